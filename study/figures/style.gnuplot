# The house style, as in the figures of a run.
set datafile separator ','
set border 3 linecolor rgb '#666666'
set tics nomirror out scale 0.6 textcolor rgb '#444444'
set grid xtics ytics back linetype 1 linewidth 1 linecolor rgb '#e4e4e4'
array digit_colours[10] = [0x4e79a7, 0xf28e2b, 0xe15759, 0x17a2a8, 0x59a14f, \
                           0xd4a72c, 0x9c6bb0, 0xe377a9, 0x8c5a3c, 0x7f7f7f]
digit_colour(label) = digit_colours[1 + int(label)]
