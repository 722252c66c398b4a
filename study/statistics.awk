# Statistics of lists [1..n], for the other scripts of this folder.

function mean(list, n,    i, sum) {
    for (i = 1; i <= n; i++) sum += list[i]
    return sum / n
}

# The standard deviation of a sample, with divisor n - 1; 0 for a single value.
function deviation(list, n,    i, middle, sum) {
    if (n < 2) return 0
    middle = mean(list, n)
    for (i = 1; i <= n; i++) sum += (list[i] - middle) ^ 2
    return sqrt(sum / (n - 1))
}

function lowest(list, n,    i, least) {
    least = list[1]
    for (i = 2; i <= n; i++) if (list[i] < least) least = list[i]
    return least
}

function highest(list, n,    i, most) {
    most = list[1]
    for (i = 2; i <= n; i++) if (list[i] > most) most = list[i]
    return most
}

# The median.
function median(list, n,    i, j, below, same, sum, found) {
    for (i = 1; i <= n; i++) {
        below = same = 0
        for (j = 1; j <= n; j++) {
            below += list[j] < list[i]
            same += list[j] == list[i]
        }
        # it has the positions below + 1 to below + same; the middle is (n + 1) / 2, or the two positions around it
        if (below + 1 <= int((n + 1) / 2) && int((n + 1) / 2) <= below + same && !(1 in found)) found[1] = list[i]
        if (below + 1 <= int((n + 2) / 2) && int((n + 2) / 2) <= below + same && !(2 in found)) found[2] = list[i]
    }
    return (found[1] + found[2]) / 2
}

# The rank of each value from 1; equal values share the mean of their ranks.
function ranks(list, n, rank,    i, j, below, same) {
    for (i = 1; i <= n; i++) {
        below = same = 0
        for (j = 1; j <= n; j++) {
            below += list[j] < list[i]
            same += list[j] == list[i]
        }
        rank[i] = below + (same + 1) / 2
    }
}

function correlation(one, other, n,    i, middle, middle_other, both, square, square_other) {
    middle = mean(one, n)
    middle_other = mean(other, n)
    for (i = 1; i <= n; i++) {
        both += (one[i] - middle) * (other[i] - middle_other)
        square += (one[i] - middle) ^ 2
        square_other += (other[i] - middle_other) ^ 2
    }
    return both / sqrt(square * square_other)
}

# Spearman's rank correlation.
function spearman(one, other, n,    rank, rank_other) {
    ranks(one, n, rank)
    ranks(other, n, rank_other)
    return correlation(rank, rank_other, n)
}
