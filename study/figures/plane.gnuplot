# Fig 7 and 10: a plane of codes, decoded in 12x12 places; the axes are those of the latent units, a picture's middle is
# its code. Of the command: picture (by aespec grid), title, from_x, from_y, to_x, to_y, output.
load 'study/figures/style.gnuplot'
set datafile separator
set terminal pngcairo size 900, 920 font 'sans,13'
set output output
set title title font ',16' noenhanced
set size square
unset grid
unset key
set xlabel 'first unit'
set ylabel 'second unit'
# 28 pixels a picture and one between two
cells = 12
pitch = 29.0
step_x = (to_x - from_x) / ((cells - 1) * pitch)
step_y = (to_y - from_y) / ((cells - 1) * pitch)
set xrange [from_x - 15 * step_x : to_x + 15 * step_x]
set yrange [from_y - 15 * step_y : to_y + 15 * step_y]
plot picture binary filetype=png origin=(from_x - 13.5 * step_x, from_y - 13.5 * step_y) dx=step_x dy=step_y \
    with rgbimage
