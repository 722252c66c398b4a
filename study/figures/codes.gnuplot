# Fig 5, 6 and 9: where two latent units put the test digits, one point each, coloured by digit.
# Of the command: data, first (the column of the first of the two units), label (the column of the digit), title,
# from_x, to_x, from_y, to_y ('*' for a range of the data's own), output.
load 'study/figures/style.gnuplot'
set terminal pngcairo size 1000, 900 font 'sans,13'
set output output
set title title font ',16' noenhanced
set size square
set xlabel 'first unit'
set ylabel 'second unit'
set key outside right center samplen 0.5 spacing 1.4 title 'digit'
plot data using first:first + 1:(0x50000000 + digit_colour(column(label))) with points pointtype 7 pointsize 0.4 \
        linecolor rgb variable notitle, \
    for [i = 0 : 9] NaN with points pointtype 7 pointsize 1.4 linecolor rgb digit_colour(i) title sprintf('%d', i)
