# Fig 5, all filters: as codes.gnuplot, a small plot for each, over it its number and its nearest neighbours' accuracy.
# Of the command: data, filters, label (the column of the digit), knn and dead (a word for each filter), output.
load 'study/figures/style.gnuplot'
set terminal pngcairo size 1240, 1300 font 'sans,10'
set output output
set multiplot layout ceil(filters / 8.0), 8 margins 0.01, 0.99, 0.04, 0.93 spacing 0.012, 0.028 \
    title 'AEC latent: each of its filters; number, share of digits that its neighbours tell' font ',16'
unset tics
unset grid
unset key
set border 15 linecolor rgb '#cccccc'
do for [i = 0 : filters - 1] {
    is_dead = word(dead, i + 1) eq '1'
    set title (is_dead ? sprintf('%d: dead', i) : sprintf('%d: %.2f', i, real(word(knn, i + 1)))) offset 0, -0.8 \
        font ',11'
    if (is_dead) {
        set xrange [-1 : 1]
        set yrange [-1 : 1]
        plot NaN
    } else {
        set xrange [0 : *]
        set yrange [0 : *]
        plot data using 2 * i + 1:2 * i + 2:(0x50000000 + digit_colour(column(label))) every 4 with points pointtype 7 \
            pointsize 0.22 linecolor rgb variable, \
            '+' using (1e-3):(1e-3) every ::0::0 with dots linecolor rgb 0xffffffff  # where a value is 0 everywhere
    }
}
# the digits' colours, below all
set size 1, 0.05
set origin 0, 0
set margins 0, 0, 0, 0
unset title
unset border
set xrange [-4 : 14]
set yrange [-1 : 1]
do for [i = 0 : 9] {
    set label i + 1 sprintf('%d', i) at i + 0.2, 0 left font ',13' point pointtype 7 pointsize 1.3 \
        linecolor rgb digit_colour(i) offset 0.6, 0
}
plot NaN
unset multiplot
