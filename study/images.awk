# Two losses that depend only on the test images. A line of the input is an image, its bytes as numbers. relu_floor: the
# mean squared error if only pixels below 0, in normalised units, are wrong: they are output as 0. No output that ends
# in relu can be better. constant: the error of the best constant image, the mean of all.
{
    for (i = 1; i <= NF; i++) {
        count[$i]++
        sum[i] += $i
        square += $i * $i
    }
    pixels = NF
}
END {
    for (byte in count) {
        x = (byte / 255 - 0.1307) / 0.3081
        if (x < 0) floor += count[byte] * x * x
    }
    for (i = 1; i <= pixels; i++) square -= sum[i] * sum[i] / NR
    print "name,value"
    printf "images,%d\n", NR
    printf "relu_floor,%.6f\n", floor / (NR * pixels)
    printf "constant,%.6f\n", square / (255 * 0.3081) ^ 2 / (NR * pixels)
}
