# Fig 3: inputs above, outputs below.
# Of the command: picture (by aespec reconstruct), count, title, output.
load 'study/figures/style.gnuplot'
set datafile separator
set terminal pngcairo size 110 * count + 90, 300 font 'sans,13'
set output output
set title title font ',16' noenhanced
set size ratio -1
set lmargin 9
unset grid
unset border
unset key
unset xtics
set ytics scale 0 ('input' 43, 'output' 14)
set xrange [-1 : 29 * count]
set yrange [-1 : 57]
plot picture binary filetype=png with rgbimage
