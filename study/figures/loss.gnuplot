# Fig 2: loss against epochs, train and test, every network in one plot. A line is the mean over the seeds, a band
# reaches from the lowest to the highest test loss. Of the command: data (CSV of
# network,epoch,train,test,lowest,highest), floor, output.
load 'study/figures/style.gnuplot'
set terminal svg size 900, 560 font 'sans,13' background rgb 'white'
set output output
set title 'Loss against epochs: AEC and AEL' font ',16'
set xlabel 'epoch'
set ylabel 'mean squared error'
set xrange [0.5 : 16.5]
set xtics 1
set yrange [0 : 0.8]
set key top right samplen 2 spacing 1.2
of(name, column_number) = strcol(1) eq name ? column(column_number) : NaN
names = 'aec ael ael_no_relu'
titles = "'AEC' 'AEL' 'AEL without its relu'"
array colours[3] = [0x4e79a7, 0xf28e2b, 0x59a14f]
plot for [i = 1 : 3] data using 2:(of(word(names, i), 5)):(of(word(names, i), 6)) with filledcurves \
        fillcolor rgb colours[i] fillstyle transparent solid 0.2 noborder notitle, \
    for [i = 1 : 3] data using 2:(of(word(names, i), 3)) with lines linewidth 1.5 dashtype 2 \
        linecolor rgb colours[i] title word(titles, i) . ', train', \
    for [i = 1 : 3] data using 2:(of(word(names, i), 4)) with linespoints linewidth 2 pointtype 7 pointsize 0.4 \
        linecolor rgb colours[i] title word(titles, i) . ', test', \
    floor with lines linewidth 1 dashtype 3 linecolor rgb '#888888' \
        title sprintf('%.4f, the least that a relu at the output allows', floor)
