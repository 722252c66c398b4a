# The author's runs and ours, one point a setting: final test loss.
# Of the command: data (points.csv), output.
load 'study/figures/style.gnuplot'
set terminal svg size 720, 680 font 'sans,13' background rgb 'white'
set output output
set title 'Final test loss of each setting' font ',16'
set size square
set logscale xy
set xlabel "the author's run"
set ylabel 'ours'
set xrange [0.02 : 2]
set yrange [0.02 : 2]
set key top left samplen 0.5 spacing 1.3
of(name, rate) = strcol(3) eq name && column(4) == rate ? column(7) : NaN
rates = '0.1 0.01 0.001'
array colours[3] = [0xe15759, 0xf28e2b, 0x4e79a7]
plot x with lines linewidth 1 linecolor rgb '#888888' notitle, \
    for [i = 1 : 3] data using 6:(of('sgd', real(word(rates, i)))) with points pointtype 7 pointsize 0.6 \
        linecolor rgb colours[i] title 'SGD, ' . word(rates, i), \
    for [i = 1 : 3] data using 6:(of('adam', real(word(rates, i)))) with points pointtype 8 pointsize 0.8 \
        linecolor rgb colours[i] title 'Adam, ' . word(rates, i)
