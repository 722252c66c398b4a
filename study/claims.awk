# The claims of the study, as numbers and verdicts for the page: lines KEY<tab>TEXT. Run with statistics.awk before it
# and -F,; files, in this order: images.csv, losses.csv, measures.csv, filters.csv, alive.csv, times.csv, machines.csv
# and, if it exists, torch.csv; page.md describes their columns at its end. author_best: the lowest final test loss of
# the author's runs.
#
# Sentences with a verdict are made here, next to the rule that decides them, so that they agree with the numbers. A is
# above B when the mean over A's seeds is above that over B's by more than two standard errors of the difference.

function say(key, text) { print key "\t" text }

function claim(key, verdict, text) {
    say(key, text)
    say("claims", "| " verdict " | " text " |")
}

FNR == 1 { file++; next }
file == 1 { image[$1] = $2; next }
file == 2 {
    add($1, $3 " test", $5)
    add($1, $3 " train", $4)
    if ($3 > epochs[$1]) epochs[$1] = $3
    if (!(($1, $2) in seeds)) { seeds[$1, $2] = 1; count[$1]++ }
    next
}
file == 3 { if ($4 != "") add($1, $3, $4); next }
file == 4 { filters[$1]++; dead[$1] += $4; filter[$1, filters[$1]] = $3; next }
file == 5 { alive[$2]++; tried++; next }
file == 6 { seconds[$1] = $3; runs[$1] = $2; place[$1] = $4; parts[++part_count] = $1; next }
file == 7 { same[++same_count] = $2; next }
# A PyTorch run that ended early because of a dead unit is not used for comparison.
file == 8 { if ($5 == epochs[$3]) add("torch " $3, "last", $7); torch_version = $1; next }

# --- a network's values over its seeds --------------------------------------------------------------------------------

function add(network, what, number) { value[network, what, ++size[network, what]] = number + 0 }

function values(network, what, list,    i) {
    for (i = 1; i <= size[network, what]; i++) list[i] = value[network, what, i]
    return size[network, what] + 0
}

function mean_of(network, what,    list, n) { n = values(network, what, list); return mean(list, n) }

function lowest_of(network, what,    list, n) { n = values(network, what, list); return lowest(list, n) }

function highest_of(network, what,    list, n) { n = values(network, what, list); return highest(list, n) }

# The squared standard error of the mean.
function error_square(network, what,    list, n) {
    n = values(network, what, list)
    return deviation(list, n) ^ 2 / n
}

function shown(network, what,    list, n) {
    n = values(network, what, list)
    if (n == 0) return "none"
    return sprintf(n > 1 && deviation(list, n) > 0 ? "%.4g ± %.2g" : "%.4g", mean(list, n), deviation(list, n))
}

function last_test(network) { return epochs[network] " test" }

function is_above(network, other, what) {
    return mean_of(network, what) - mean_of(other, what) > \
        2 * sqrt(error_square(network, what) + error_square(other, what))
}

# The verdict on the claim that the measure of one network is above that of the other.
function verdict_above(network, other, what) {
    return is_above(network, other, what) ? "confirmed" : is_above(other, network, what) ? "not confirmed" : "undecided"
}

# "confirmed" if `good` equals `of`, the number of conditions; "in part" if only some hold.
function verdict_of(good, of) { return good == of ? "confirmed" : good > 0 ? "confirmed in part" : "not confirmed" }

# --- the claims -------------------------------------------------------------------------------------------------------

END {
    names()
    table_networks()
    claim_faster()
    claim_filters()
    claim_live()
    claim_separates()
    find_silhouettes()
    claim_centred()
    claim_prior()
    claim_even()
    claim_holes()
    claim_sharp()
    control()
    table_measures()
    bars()
    start()
    times()
}

function names() {
    title["aec"] = "AEC"
    title["aec_best"] = "AEC, the author's best settings"
    title["aec_start"] = "AEC, one epoch of SGD at 0.001"
    title["ael"] = "AEL"
    title["ael_no_relu"] = "AEL without the relu at its output"
    title["aec_latent"] = "AEC latent"
    title["ael_latent"] = "AEL latent, live seeds"
    title["ael_latent_no_relu"] = "AEL latent without its two relus"
    title["vae_no_kl"] = "that, trained as the VAE"
    title["vae"] = "VAE"
    title["vae_usual_prior"] = "VAE, prior of standard deviation 1"
    title["ael_latent_start"] = "AEL latent, one epoch of each seed"
    title["sweep"] = "the sweep"
    listed = split("aec aec_best aec_start ael ael_no_relu aec_latent ael_latent ael_latent_no_relu vae_no_kl vae" \
        " vae_usual_prior", network, " ")
}

function table_networks(    i) {
    for (i = 1; i <= listed; i++)
        say("table_networks", "| " title[network[i]] " | " count[network[i]] " | " epochs[network[i]] " | " \
            shown(network[i], epochs[network[i]] " train") " | " shown(network[i], last_test(network[i])) " |")
    say("seeds", count["vae"])
}

# Confirmed if the worst seed of the AEC at epoch 5 is below the best of the AEL at its last epoch; in part if the mean
# is.
function claim_faster(    verdict, beside) {
    verdict = highest_of("aec", "5 test") < lowest_of("ael", last_test("ael")) ? "confirmed" : \
        mean_of("aec", "5 test") < mean_of("ael", last_test("ael")) ? "confirmed in part" : "not confirmed"
    claim("claim_faster", verdict, "The AEC learns much faster than the AEL: " verdict ". Its test loss after 5" \
        " epochs is " shown("aec", "5 test") ", the AEL's after " epochs["ael"] " is " \
        shown("ael", last_test("ael")) ".")
    beside = mean_of("aec", "5 test") < mean_of("ael_no_relu", last_test("ael_no_relu"))
    say("claim_floor", sprintf("Of the AEL's loss %.4f, %.0f %%, is what the relu at its output cannot get below: the" \
        " background is %.4f. Without that relu the AEL ends at %s, and the AEC's %s after 5 epochs is %s it.", \
        image["relu_floor"], 100 * image["relu_floor"] / mean_of("ael", last_test("ael")), -0.1307 / 0.3081, \
        shown("ael_no_relu", last_test("ael_no_relu")), shown("aec", "5 test"), \
        beside ? "still below" : "no longer below"))
    say("floor", sprintf("%.4f", image["relu_floor"]))
    say("constant", sprintf("%.4f", image["constant"]))
}

# Separate: the neighbours predict the digit of at least 90 % of the test images. Overlapping: of at most 75 %.
function claim_filters(    seed, i, list, verdict) {
    for (seed in filters) {
        for (i = 1; i <= filters[seed]; i++) list[i] = filter[seed, i]
        add("aec_latent", "best filter", highest(list, filters[seed]))
        add("aec_latent", "median filter", median(list, filters[seed]))
        add("aec_latent", "dead filters", dead[seed])
    }
    verdict = verdict_of((highest_of("aec_latent", "best filter") <= 0.75) + (lowest_of("aec_latent", "knn") >= 0.9), 2)
    claim("claim_filters", verdict, "One filter of the AEC latent overlaps, all of them together separate: " verdict \
        ". The nearest neighbours tell the digit of " shown("aec_latent", "best filter") " of the test images in the" \
        " best filter (median filter " shown("aec_latent", "median filter") "), of " shown("aec_latent", "knn") \
        " in all 64.")
    say("dead_filters", shown("aec_latent", "dead filters"))
}

function claim_live(    text) {
    say("live", alive[2] + 0)
    say("tried", tried)
    text = "The AEL latent keeps both of its code units alive for " alive[2] + 0 " of " tried " seeds, one for " \
        alive[1] + 0 ", none for " alive[0] + 0 ", after one epoch; what the study shows of it is a seed that has both."
    claim("claim_live", "found", text)
}

function claim_separates(    verdict) {
    verdict = verdict_above("ael_latent", "vae", "knn")
    claim("claim_separates", verdict, "The AEL separates the digits better than the VAE: " verdict \
        ". The neighbours tell the digit of " shown("ael_latent", "knn") " of the test images in the AEL latent, of " \
        shown("vae", "knn") " in the VAE.")
}

# Pairs of networks that differ in the neighbours' accuracy, and the silhouette of each pair.
function find_silhouettes(    i, j, better, worse, pairs, against) {
    for (i = 1; i <= listed; i++) for (j = 1; j <= listed; j++) {
        better = network[i]
        worse = network[j]
        if (!size[better, "knn"] || !size[worse, "knn"] || !is_above(better, worse, "knn")) continue
        pairs++
        against += is_above(worse, better, "silhouette")
    }
    say("found_silhouettes", "Of the " pairs + 0 " pairs of latent spaces that the neighbours tell apart (*All" \
        " measures* has them) the silhouette has " against + 0 " the other way round: it is " \
        shown("ael_latent", "silhouette") " in the AEL latent, " shown("vae", "silhouette") " in the VAE and " \
        shown("aec_latent", "silhouette") " in the AEC latent. It asks for round clusters, which digits need not form" \
        " to lie apart.")
}

# Centred: the mean of the codes is within half a standard deviation of the origin.
function claim_centred(    verdict) {
    verdict = verdict_of((highest_of("vae", "offset") <= 0.5) + (lowest_of("ael_latent", "offset") > 0.5), 2)
    claim("claim_centred", verdict, "The VAE's latent space is centred, the AEL's is not: " verdict \
        ". The codes' mean is " shown("vae", "offset") " standard deviations from the origin in the VAE, " \
        shown("ael_latent", "offset") " in the AEL latent.")
}

# A prior is matched if the divergence of the codes' Gaussian from it is at most a tenth of a nat; the nearer prior has
# the smaller divergence.
function claim_prior(    study, usual, nearer, text) {
    study = highest_of("vae", "kl") <= 0.1
    usual = highest_of("vae_usual_prior", "kl") <= 0.1
    text = study && usual ? "both match their prior" : study ? "only the study's matches its prior" : \
        usual ? "only the usual one matches its prior" : "neither matches its prior"
    nearer = is_above("vae", "vae_usual_prior", "kl") ? "the usual one is the nearer to it" : \
        is_above("vae_usual_prior", "vae", "kl") ? "the study's is the nearer to it" : "neither is the nearer to it"
    claim("claim_prior", "found", "Of the two VAEs " text ", and " nearer ": the Gaussian of the codes is " \
        shown("vae", "kl") " nats from the study's prior (standard deviation " \
        sprintf("%.3f", mean_of("vae", "prior_std")) "), whose codes have one of " shown("vae", "scale") ", and " \
        shown("vae_usual_prior", "kl") " nats from the usual one (1), whose codes have " \
        shown("vae_usual_prior", "scale") ".")
}

function claim_even(    verdict) {
    verdict = verdict_above("vae", "ael_latent", "occupancy")
    claim("claim_even", verdict, "The VAE fills its region more evenly than the AEL: " verdict ". Occupancy, 1 where" \
        " codes lie evenly over their hull, is " shown("vae", "occupancy") " in the VAE and " \
        shown("ael_latent", "occupancy") " in the AEL latent.")
}

# Both measures of points between the codes must be better in the VAE.
function claim_holes(    verdict) {
    verdict = verdict_of(is_above("ael_latent", "vae", "cycle") + is_above("ael_latent", "vae", "nearest"), 2)
    claim("claim_holes", verdict, "The AEL's holes decode badly, the VAE's do not: " verdict ". Decoded and encoded" \
        " again, a place of the plane comes back " shown("ael_latent", "cycle") " standard deviations away in the AEL" \
        " latent, " shown("vae", "cycle") " in the VAE; its picture is " shown("ael_latent", "nearest") " and " \
        shown("vae", "nearest") " times as far from the nearest training image as reconstructions are.")
}

function claim_sharp(    verdict) {
    verdict = verdict_above("vae", "ael_latent", "sharpness decoded")
    claim("claim_sharp", verdict, "The VAE decodes more sharply: " verdict ". Total variation over ink is " \
        shown("vae", "sharpness decoded") " in its decoded plane and " shown("ael_latent", "sharpness decoded") \
        " in the AEL latent's; the test images have " shown("vae", "sharpness images") ".")
}

# How much of the difference between AEL latent and VAE remains without the two relus and the different training: the
# remainder is due to noise and KL. A share is printed if the whole difference exceeds two standard errors.
function control(    what, n, i, whole, rest, text) {
    n = split("knn offset occupancy cycle nearest sharpness_decoded", what, " ")
    for (i = 1; i <= n; i++) {
        sub(/_/, " ", what[i])
        whole = mean_of("vae", what[i]) - mean_of("ael_latent", what[i])
        rest = mean_of("vae", what[i]) - mean_of("vae_no_kl", what[i])
        text = is_above("vae", "ael_latent", what[i]) || is_above("ael_latent", "vae", what[i]) ? \
            sprintf("%.0f %%", 100 * rest / whole) : "no difference"
        say("table_control", "| " what[i] " | " shown("ael_latent", what[i]) " | " \
            shown("ael_latent_no_relu", what[i]) " | " shown("vae_no_kl", what[i]) " | " \
            shown("vae", what[i]) " | " text " |")
    }
}

function table_measures(    what, names_of, n, i, j, line) {
    n = split("knn silhouette offset scale occupancy cycle nearest sharpness_decoded kl", what, " ")
    for (i = 1; i <= listed; i++) {
        if (!size[network[i], "knn"]) continue
        line = "| " title[network[i]]
        for (j = 1; j <= n; j++) {
            names_of = what[j]
            sub(/_/, " ", names_of)
            line = line " | " (size[network[i], names_of] ? shown(network[i], names_of) : "–")
        }
        say("table_measures", line " |")
    }
}

# --- the reference results -------------------------------------------------------------------------------------------

function bars(    i, compared, n) {
    bar_best()
    n = split("aec_start aec_best ael vae vae_usual_prior ael_latent", compared, " ")
    for (i = 1; i <= n; i++) bar_torch(compared[i])
    say("torch_version", torch_version == "" ? "none" : torch_version)
}

function bar_best(    verdict, beside, theirs) {
    verdict = mean_of("aec_best", last_test("aec_best")) <= 0.03 ? "met" : "not met"
    beside = "the author: " sprintf("%.4f", author_best)
    theirs = size["torch aec_best", "last"]
    if (theirs) {
        beside = beside "; PyTorch, " theirs " seeds: " shown("torch aec_best", "last")
        if (verdict == "not met" && mean_of("torch aec_best", "last") > 0.03) verdict = "not met, nor by PyTorch"
    }
    say("bars", "| AEC, batch 128, SGD 0.1, momentum 0.8, 16 epochs; " count["aec_best"] " seeds | mean at most 0.030" \
        " (" beside ") | " shown("aec_best", last_test("aec_best")) " | " verdict " |")
}

# Our result is a sample mean, too, so the standard error of the difference has both parts. That of PyTorch's mean alone
# is also printed.
function bar_torch(network,    theirs, difference, both, alone) {
    theirs = "torch " network
    if (!size[theirs, "last"]) {
        say("bars", "| " title[network] " | as PyTorch | " shown(network, last_test(network)) \
            " | PyTorch has not been run |")
        return
    }
    difference = mean_of(network, last_test(network)) - mean_of(theirs, "last")
    both = sqrt(error_square(network, last_test(network)) + error_square(theirs, "last"))
    alone = sqrt(error_square(theirs, "last"))
    say("bars", "| " title[network] " | PyTorch's " shown(theirs, "last") ", within 2 standard errors | " \
        shown(network, last_test(network)) ": " (both ? sprintf("%.1f", difference / both) : "?") \
        " of the difference, " (alone ? sprintf("%.1f", difference / alone) : "?") " of PyTorch's mean | " \
        (size[theirs, "last"] < count[network] ? "PyTorch has " size[theirs, "last"] " of " count[network] " seeds" : \
            difference ^ 2 <= 4 * both ^ 2 ? "met" : "not met") " |")
}

# The rank of seed 1, which the points of the sweep use, among the seeds.
function start(    last, list, n, away) {
    last = last_test("aec_start")
    n = values("aec_start", last, list)
    away = deviation(list, n) ? (list[1] - mean(list, n)) / deviation(list, n) : 0
    say("start", "- The start that all points of ours share is a " \
        (away > 0.5 ? "slow" : away < -0.5 ? "fast" : "middling") " one: after one epoch of batches" \
        " of 128, SGD at 0.001, momentum 0.8, its test loss is " sprintf("%.4f, %+.1f", list[1], away) \
        " standard deviations from the mean of " n " seeds, " shown("aec_start", last) "." \
        (size["torch aec_start", "last"] ? " PyTorch's " size["torch aec_start", "last"] " seeds have " \
            shown("torch aec_start", "last") "." : ""))
}

function duration(time) {
    if (time < 120) return sprintf("%d s", time)
    return time < 7200 ? sprintf("%.0f min", time / 60) : sprintf("%.1f h", time / 3600)
}

# The number of a machine in the list of the page.
function number_of(machine) {
    if (!(machine in numbers)) {
        numbers[machine] = ++number_count
        say("machines", number_count ". " machine)
    }
    return numbers[machine]
}

function times(    i, total, all_runs, text) {
    for (i = 1; i <= part_count; i++) {
        say("table_times", "| " title[parts[i]] " | " runs[parts[i]] " | " duration(seconds[parts[i]]) " | " \
            number_of(place[parts[i]]) " |")
        total += seconds[parts[i]]
        all_runs += runs[parts[i]]
    }
    say("table_times", "| all of it | " all_runs " | " duration(total) " | – |")
    say("our_hours", ("sweep" in seconds) ? sprintf("%.2f h", seconds["sweep"] / 3600) : "not made yet")
    say("sweep_machine", place["sweep"])
    for (i = 1; i <= same_count; i++) text = text (i == 1 ? "" : i == same_count ? " and " : ", ") number_of(same[i])
    if (same_count > 1) say("same_bytes", "On the machines " text " the measures came out the same, byte for byte.")
}
