# Compares our sweep with the author's 144 runs. Run with statistics.awk before it and -F,; files, in this order:
#   images.csv (name,value), the author's paper_runs.csv, our sweep.csv
# points: output file for the table of all points; orders: for that of the orders. stdout: KEY<tab>LINE for the page. A
# point is "epochs,batch,optimizer,rate,momentum", numbers as printed by awk. Losses are those of the test data.

function point_of(epochs, batch, optimizer, rate, momentum) {
    return epochs + 0 "," batch + 0 "," tolower(optimizer) "," rate + 0 "," momentum + 0
}

# A diverged run is higher than every other.
function loss_of(text) { return tolower(text) ~ /nan|inf/ ? 1e300 : text + 0 }

function say(key, line) { print key "\t" line }

# The number of distinct epochs of all points: momentum has no effect on Adam, and a run of 8 epochs is the beginning of
# one of 16.
function trained(    i, field, trajectory, longest, epochs) {
    for (i = 1; i <= points; i++) {
        split(order[i], field, ",")
        trajectory = field[2] "," field[3] "," field[4] "," (field[3] == "adam" ? "" : field[5])
        if (field[1] > longest[trajectory]) {
            epochs += field[1] - longest[trajectory]
            longest[trajectory] = field[1]
        }
    }
    return epochs
}

# A test loss that exceeds the training loss of its epoch by this much is an upset; usually it is a little lower.
BEGIN { UPSET = 1.15 }

function is_upset(train, test) { return test < image["constant"] && test > UPSET * train }

FNR == 1 { file++; next }
file == 1 { image[$1] = $2; next }
{ point = point_of($1, $2, $3, $4, $5) }
file == 2 {
    hours += $9 / 3600
    author_epochs++
    author_learned += $8 < image["constant"]
    author_upsets += is_upset($7, $8)
}
file == 3 {
    our_learned += loss_of($8) < image["constant"]
    our_upsets += is_upset(loss_of($7), loss_of($8))
}
file == 3 && $6 == 16 && $2 ~ /^(128|256)$/ && tolower($3) == "sgd" {
    ends++
    end_upsets += is_upset(loss_of($7), loss_of($8))
}
file == 2 && $6 == 8 { half[point] = $8 + 0 }
file == 2 && $6 == $1 { author[point] = $8 + 0; author_train[point] = $7 + 0; author_points++ }
file == 3 && $6 == $1 {
    ours[point] = loss_of($8)
    our_train[point] = loss_of($7)
    if (point in author) order[++points] = point
}

END {
    spreads()
    compare()
    correlate()
    best_settings()
    orders_count()
    tables()
}

# The spread of the author's runs with the same steps: a run of 8 epochs and the first half of one of 16, and for Adam
# the runs with the four momenta, which have no effect. It is the standard deviation of the logarithm of the loss, by
# optimizer and rate, over runs that have learned something. Runs that have not are counted separately.
function spreads(    point, field, group, n, sum, square, kind, squares, degrees) {
    for (point in author) {
        split(point, field, ",")
        kind = field[3] "," field[4]
        runs[kind]++
        unlearned_runs[kind] += author[point] >= image["constant"]
        group = field[2] "," kind "," (field[3] == "adam" ? "" : field[5])
        repeat(field[1] "," group, author[point], n, sum, square)
        if (field[1] == 16) repeat("8," group, half[point], n, sum, square)
    }
    for (group in n) {
        split(group, field, ",")
        kind = field[3] "," field[4]
        squares[kind] += square[group] - sum[group] ^ 2 / n[group]
        degrees[kind] += n[group] - 1
    }
    for (kind in degrees) if (degrees[kind] > 0) spread[kind] = sqrt(squares[kind] / degrees[kind])
}

function repeat(group, loss, n, sum, square) {
    if (loss >= image["constant"]) return
    n[group]++
    sum[group] += log(loss)
    square[group] += log(loss) ^ 2
}

# The verdict on each point. Two runs of the same setting differ by sqrt(2) times the spread of one; twice that is
# exceeded by chance once in twenty.
function compare(    i, point, field, kind, verdict) {
    print "epochs,batch,optimizer,learning_rate,momentum,author,ours,log_ratio,spread,verdict," \
        "author_train,ours_train" >points_file
    for (i = 1; i <= points; i++) {
        point = order[i]
        split(point, field, ",")
        kind = field[3] "," field[4]
        ratio[point] = log(ours[point] / author[point])
        verdict = judge(author[point] >= image["constant"], ours[point] >= image["constant"], ratio[point], kind)
        verdicts[point] = verdict
        total[kind]++
        counted[kind, verdict]++
        all[verdict]++
        if (author[point] < image["constant"] && ours[point] < image["constant"]) {
            learned[kind]++
            ratios[kind, learned[kind]] = ratio[point]
        }
        print point "," author[point] "," (ours[point] == 1e300 ? "nan" : ours[point]) "," \
            (ours[point] == 1e300 ? "" : sprintf("%.4f", ratio[point])) "," \
            (kind in spread ? sprintf("%.4f", spread[kind]) : "") "," verdict "," author_train[point] "," \
            (our_train[point] == 1e300 ? "nan" : our_train[point]) >points_file
    }
    close(points_file)
}

function is_near(ratio, kind) { return kind in spread && ratio ^ 2 <= 8 * spread[kind] ^ 2 }

# A run has learned something if its loss is below that of the best constant image.
function judge(theirs_unlearned, ours_unlearned, ratio, kind) {
    if (theirs_unlearned && ours_unlearned) return "neither learned"
    if (is_near(ratio, kind)) return "same"
    if (theirs_unlearned) return "only ours learned"
    if (ours_unlearned) return "only the author's learned"
    if (!(kind in spread)) return "no repeats"
    return ratio > 0 ? "ours higher" : "ours lower"
}

function correlate(    i, field, n, one, other, m, sgd, sgd_other) {
    for (i = 1; i <= points; i++) {
        split(order[i], field, ",")
        one[++n] = author[order[i]]
        other[n] = ours[order[i]]
        if (field[3] != "sgd") continue
        sgd[++m] = author[order[i]]
        sgd_other[m] = ours[order[i]]
    }
    rank_all = points > 1 ? spearman(one, other, n) : 0
    rank_sgd = m > 1 ? spearman(sgd, sgd_other, m) : 0
    say("points", points)
    say("all_points", author_points)
    say("epochs", trained())
    say("author_hours", sprintf("%.1f", hours))
    say("author_epochs", author_epochs)
    say("spearman_all", sprintf("%.3f", rank_all))
    say("spearman_sgd", sprintf("%.3f", rank_sgd))
    say("sgd_points", m)
    bar("all points", rank_all, points, author_points)
    bar("SGD's points", rank_sgd, m, author_points / 2)
}

function setting_text(point,    field) {
    split(point, field, ",")
    return field[1] " epochs, batch " field[2] ", " \
        (field[3] == "sgd" ? "SGD, rate " field[4] ", momentum " field[5] : "Adam, rate " field[4])
}

function best_settings(    i, theirs, own) {
    theirs = own = order[1]
    for (i = 2; i <= points; i++) {
        if (author[order[i]] < author[theirs]) theirs = order[i]
        if (ours[order[i]] < ours[own]) own = order[i]
    }
    say("best", "The author's lowest loss is at " setting_text(theirs) " (" loss_text(author[theirs]) "), ours at " \
        (theirs == own ? "the same settings" : setting_text(own)) " (" loss_text(ours[own]) ").")
}

function bar(over, rank, n, wanted) {
    say("bars", "| Spearman's correlation over " over " | at least 0.90 | " sprintf("%.3f", rank) " over " n " | " \
        (n < wanted ? "the sweep is not whole: " n " of " wanted : rank >= 0.9 ? "met" : "not met") " |")
}

# The orders along the axes, each with the points to compare, and the required share of points at which it must hold.
function orders_count() {
    print "order,author,ours,of" >orders_file
    pair("SGD: momentum 0.8 below 0.2", "12 of 18", "sgd", 5, 0.8, 0.2)
    pair("SGD: 16 epochs below 8", "27 of 36", "sgd", 1, 16, 8)
    pair("SGD: batch 128 below 1000", "20 of 24", "sgd", 2, 128, 1000)
    pair("SGD: rate 0.1 below 0.01", "14 of 24", "sgd", 4, 0.1, 0.01)
    pair("SGD: rate 0.01 below 0.001", "20 of 24", "sgd", 4, 0.01, 0.001)
    bound("Adam: rates 0.1 and 0.01 above 0.15", "40 of 48", "adam", 0.01, 1, 0.15, 1)
    bound("Adam: rate 0.001 below 0.2", "20 of 24", "adam", 0, 0.001, 0.2, 0)
    close(orders_file)
    say("bars", "| the losses' orders along the axes | each at as many points as their table below says | " held + 0 " of " \
        statements " orders | " (whole < statements ? "the sweep is not whole" : held == statements ? "met" : "not met") \
        " |")
}

# The number of points at which value `low` of an axis has a lower loss than `high`, with the same other values.
function pair(what, least, optimizer, axis, low, high,    i, field, mate, of, theirs, own) {
    for (i = 1; i <= points; i++) {
        split(order[i], field, ",")
        if (field[3] != optimizer || field[axis] != low) continue
        field[axis] = high
        mate = point_of(field[1], field[2], field[3], field[4], field[5])
        if (!(mate in ours)) continue
        of++
        theirs += author[order[i]] < author[mate]
        own += ours[order[i]] < ours[mate]
    }
    order_say(what, least, theirs, own, of)
}

# The number of points with a rate from `least` to `most` at which the loss is above (or below) a bound.
function bound(what, wanted, optimizer, least, most, limit, above,    i, field, of, theirs, own) {
    for (i = 1; i <= points; i++) {
        split(order[i], field, ",")
        if (field[3] != optimizer || field[4] < least || field[4] > most) continue
        of++
        theirs += above ? author[order[i]] > limit : author[order[i]] < limit
        own += above ? ours[order[i]] > limit : ours[order[i]] < limit
    }
    order_say(what, wanted, theirs, own, of)
}

function order_say(what, wanted, theirs, own, of,    needed) {
    split(wanted, needed, " of ")
    statements++
    whole += of == needed[2]
    held += own >= needed[1]
    if (!of) return
    print what "," theirs + 0 "," own + 0 "," of >orders_file
    say("orders", "| " what " | " theirs + 0 " of " of " | " own + 0 " of " of " | " \
        wanted " |")
}

function loss_text(loss) { return loss == 1e300 ? "nan" : sprintf("%.4f", loss) }

function tables(    batches, rates, momenta, b, r, m, e, point, line, theirs, own, kind, count, i) {
    split("128 256 1000", batches, " ")
    split("0.1 0.01 0.001", rates, " ")
    split("0.2 0.4 0.6 0.8", momenta, " ")
    for (b = 1; b <= 3; b++) for (r = 1; r <= 3; r++) {
        line = ""
        for (e = 8; e <= 16; e += 8) for (m = 1; m <= 4; m++) {
            point = point_of(e, batches[b], "sgd", rates[r], momenta[m])
            line = line " | " (point in ours ? loss_text(author[point]) " / " loss_text(ours[point]) : "–")
        }
        if (line ~ /[0-9]/) say("table_sgd", "| " batches[b] " | " rates[r] line " |")
    }
    for (b = 1; b <= 3; b++) for (r = 1; r <= 3; r++) {
        line = ""
        for (e = 8; e <= 16; e += 8) {
            count = 0
            for (m = 1; m <= 4; m++) {
                point = point_of(e, batches[b], "adam", rates[r], momenta[m])
                if (!(point in ours)) continue
                theirs = (count++ ? theirs ", " : "") loss_text(author[point])
                own = ours[point]
            }
            line = line " | " (count ? theirs " | " loss_text(own) : "– | –")
        }
        if (line ~ /[0-9]/) say("table_adam", "| " batches[b] " | " rates[r] line " |")
    }
    split("sgd,0.1 sgd,0.01 sgd,0.001 adam,0.1 adam,0.01 adam,0.001", kind, " ")
    for (i = 1; i <= 6; i++) if (total[kind[i]]) agreement(kind[i])
    reasons()
}

function agreement(kind,    field, i, list, n, shift) {
    split(kind, field, ",")
    n = learned[kind] + 0
    for (i = 1; i <= n; i++) list[i] = ratios[kind, i]
    shift = n ? sprintf("%+.0f %%", 100 * (exp(mean(list, n)) - 1)) : "–"
    say("table_agreement", "| " (field[1] == "sgd" ? "SGD" : "Adam") ", " field[2] " | " total[kind] " | " \
        (kind in spread ? sprintf("%.2f", spread[kind]) : "–") " | " counted[kind, "same"] + 0 " | " \
        counted[kind, "ours lower"] + 0 " | " counted[kind, "ours higher"] + 0 " | " \
        counted[kind, "neither learned"] + 0 " | " counted[kind, "only ours learned"] + 0 " | " \
        counted[kind, "only the author's learned"] + 0 " | " shift " |")
}

function share(part, of) { return of ? sprintf("%.1f %%", 100 * part / of) : "none" }

# Where the two disagree, and why: the reason follows from the verdict, and its numbers from the author's runs.
function reasons(    i, point, field, escaped, hot, n, apart, ours_upset, theirs_upset) {
    for (i = 1; i <= points; i++) {
        point = order[i]
        if (verdicts[point] != "ours lower" && verdicts[point] != "ours higher") continue
        split(point, field, ",")
        n++
        ours_upset += is_upset(our_train[point], ours[point])
        theirs_upset += is_upset(author_train[point], author[point])
        say("table_beyond", "| " field[1] " | " field[2] " | " (field[3] == "sgd" ? "SGD" : "Adam") " | " field[4] \
            " | " (field[3] == "sgd" ? field[5] : "–") " | " loss_text(author[point]) " | " loss_text(ours[point]) " | " loss_text(author_train[point]) " | " \
            loss_text(our_train[point]) " |")
    }
    if (!n) say("table_beyond", "| – | – | – | – | – | – | – | – | – |")
    hot = runs["adam,0.1"] + runs["adam,0.01"]
    escaped = hot - unlearned_runs["adam,0.1"] - unlearned_runs["adam,0.01"]
    apart = all["ours lower"] + all["ours higher"]
    say("reasons", "- As near as the author's own repeats: " all["same"] + 0 " points.")
    say("reasons", "- Neither run below the best constant image (" loss_text(image["constant"]) "): " \
        all["neither learned"] + 0 " points, whose losses say little of their settings.")
    say("reasons", "- Only one of the two below that image: " \
        all["only the author's learned"] + all["only ours learned"] " points. With Adam at 0.1 and 0.01 it is" \
        " chance which: of the author's own " hot " runs " escaped " got there, where a momentum, which does" \
        " not reach Adam, cannot be why.")
    say("reasons", "- Both learned, and further apart than the repeats: " apart " points (ours lower: " \
        all["ours lower"] + 0 ", higher: " all["ours higher"] + 0 "); chance alone would make it " \
        sprintf("%.0f", 0.05 * (all["same"] + apart)) ". All points of ours start from the same weights and see the" \
        " same batches, each of the author's from its own: ours are off together where this start is a good" \
        " or a bad one.")
    say("reasons", "- Of these, at " ours_upset + 0 " points ours and at " theirs_upset + 0 " the author's run ends upset: its" \
        " test loss is more than " UPSET " times the training loss of the epoch. So do " share(author_upsets, author_learned) \
        " of the author's epochs and " share(our_upsets, our_learned) " of ours, and mostly the next one has mended it. The" \
        " last step of an epoch is taken on the images that are left over, the same 96 for batches of 128 and of 256, and" \
        " those of our epoch 16 are unlucky: of our SGD runs with these batches " end_upsets + 0 " of " ends " end upset.")
}
