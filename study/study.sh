#!/bin/sh
# study/study.sh        the script of `make study`: trains the networks of the study, makes its figures, runs its sweep,
#                       measures its claims, and writes docs/study. If interrupted, the same command continues it:
#                       complete parts are not repeated.
# study/study.sh page   only writes the page from the tables in OUT (`make study-page`)
#
#   SEEDS=5      seeds of each network
#   QUICK=1      a few hundred images, two seeds, a sweep of few points, all in OUT (build/study-quick)
#   OUT, RUNS    folders of the results and runs (docs/study, runs/study)
#
# A run is runs/study/NETWORK-SEED. Its file `made` has its flags and is written when the run is complete.
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C
here=study
aespec=${AESPEC:-${BUILD:-build}/aespec}
data=data/mnist
if [ -n "${QUICK:-}" ]; then
    out=${OUT:-build/study-quick} seeds=${SEEDS:-2} trials=4 starts=2
    runs=${RUNS:-$out/runs}
    data=$runs/data sweep_spec=$runs/sweep.aespec
    # with so few images and steps, AEL latent rarely has two live units, so the limits are lower
    gentle="--learning-rate 1e-4" alive_share=0.2
else
    out=${OUT:-docs/study} seeds=${SEEDS:-5} trials=40 starts=8
    runs=${RUNS:-runs/study}
    sweep_spec=specs/aec.aespec gentle= alive_share=0.8
fi
# The networks whose latent space is measured; all networks; the settings of the author's best run, and of an epoch that
# is slow enough that seeds differ mainly by their initial weights.
measured="ael_latent ael_latent_no_relu vae_no_kl vae vae_usual_prior aec_latent"
networks="ael ael_no_relu $measured aec aec_start aec_best"
best="--batch 128 --optimizer sgd --learning-rate 0.1 --momentum 0.8"
start="--batch 128 --optimizer sgd --learning-rate 0.001 --momentum 0.8 --epochs 1"

scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
# A signal ends the running program, and then this script.
interrupted=
trap 'interrupted=130' INT TERM HUP

say() { printf 'study: %s\n' "$*" >&2; }

stop() {
    [ -z "$interrupted" ] || set -- 130
    [ "$1" -ne 130 ] || say "stopped; the same command goes on from here"
    exit "$1"
}

# run COMMAND...: runs it, and stops the script if it fails.
run() {
    [ -z "$interrupted" ] || stop 130
    "$@" </dev/null || stop $?
}

# timed FILE WHAT COMMAND...: the same, and appends the time to FILE, even if the command is interrupted.
timed() {
    record=$1 what=$2
    shift 2
    [ -z "$interrupted" ] || stop 130
    begin=$(date +%s)
    "$@" </dev/null
    code=$?
    echo "$what $(($(date +%s) - begin))" >>"$record"
    [ $code -eq 0 ] || stop $code
}

# renew FILE COMMAND...: writes the output of the command to FILE, unless FILE already has this content.
renew() {
    file=$1
    shift
    [ -z "$interrupted" ] || stop 130
    "$@" >"$scratch/renewed" </dev/null || stop $?
    cmp -s "$scratch/renewed" "$file" && return
    cp "$scratch/renewed" "$file.new" && mv "$file.new" "$file" || stop 3
}

# is_current FILE INPUT...: true if FILE exists and no input is newer.
is_current() {
    [ -s "$1" ] || return 1
    made=$1
    shift
    for input in "$@"; do
        [ ! "$input" -nt "$made" ] || return 1
    done
}

spec_of() {
    case $1 in
    aec_best | aec_start) echo specs/aec.aespec ;;
    ael_latent_start) echo specs/ael_latent.aespec ;;
    *) [ -e "specs/$1.aespec" ] && echo "specs/$1.aespec" || echo "$here/$1.aespec" ;;
    esac
}

# --- data of QUICK: the first images of each split --------------------------------------------------------------------

# cut_idx FILE COUNT HEADER SIZE: an IDX file of COUNT items, each of SIZE bytes, after a header of HEADER bytes.
cut_idx() {
    high=$(printf '%o' $(($2 / 256))) low=$(printf '%o' $(($2 % 256)))
    {
        gzip -dc "data/mnist/$1" | head -c 4
        printf "\\0\\0\\$high\\$low"
        gzip -dc "data/mnist/$1" | tail -c +9 | head -c $(($3 - 8 + $2 * $4))
    } 2>"$scratch/gzip" | gzip -n >"$data/$1.new" && mv "$data/$1.new" "$data/$1" || stop 3
}

make_data() {
    mkdir -p "$data" || stop 3
    if [ ! -e "$data/made" ]; then
        cut_idx train-images-idx3-ubyte.gz 500 16 784
        cut_idx train-labels-idx1-ubyte.gz 500 8 1
        cut_idx t10k-images-idx3-ubyte.gz 200 16 784
        cut_idx t10k-labels-idx1-ubyte.gz 200 8 1
        : >"$data/made"
    fi
    renew "$sweep_spec" sed -e 's/batch in .*/batch in [256, 1000]/' \
        -e 's/learning_rate in .*/learning_rate in [1e-1, 1e-2]/' -e 's/momentum in .*/momentum in [0.2, 0.8]/' \
        specs/aec.aespec
}

# --- runs -------------------------------------------------------------------------------------------------------------

# train NETWORK SEED [FLAG...]: makes the run $runs/NETWORK-SEED. Calls the trainer directly, because `aespec train`
# would draw the figures of all runs.
train() {
    network=$1 seed=$2 spec=$(spec_of "$1") folder=$runs/$1-$2
    shift 2
    flags="--seed $seed $*"
    [ "$(cat "$folder/made" 2>/dev/null)" = "$flags" ] && cmp -s "$spec" "$folder/spec.aespec" && return
    say "training $network, seed $seed"
    run "$aespec" build "$spec" -o "$runs/bin/$network" >"$scratch/build"
    rm -rf "$folder" "$scratch/seconds"
    timed "$scratch/seconds" train "$runs/bin/$network" train --data "$data" $flags --out "$folder" --quiet
    cp "$scratch/seconds" "$folder/seconds" && echo "$flags" >"$folder/made" || stop 3
}

# measure NETWORK SEED: writes RUN/measures, with the flags of the network in this function.
measure() {
    folder=$runs/$1-$2 parts=
    [ "$1" != aec_latent ] || parts="--parts 64"
    [ -s "$folder/measures" ] && return
    say "measuring $1, seed $2"
    timed "$folder/seconds" measure "$aespec" measure "$folder" --data "$data" $parts >"$scratch/measures"
    cp "$scratch/measures" "$folder/measures.new" && mv "$folder/measures.new" "$folder/measures" || stop 3
}

encode() {
    [ -s "$runs/$1/codes.csv" ] && return
    run "$aespec" encode "$runs/$1" --data "$data" -o "$runs/$1/codes.csv"
}

# units_alive RUN: prints how many of its two units are above 0 for at least 80 % of the test images, as `measure` does.
units_alive() {
    awk -F, -v share=$alive_share 'NR > 1 { first += $1 > 0; second += $2 > 0 }
             END { print (first >= share * (NR - 1)) + (second >= share * (NR - 1)) }' "$runs/$1/codes.csv"
}

# try_seed SEED: trains AEL latent for one epoch; a unit that is dead then stays dead.
try_seed() {
    train ael_latent_start "$1" --epochs 1 $gentle
    encode "ael_latent_start-$1"
    tried=$1
}

# Only seeds that keep both units alive to the end are used for this network.
train_live() {
    at=0 live=
    while [ "$(echo "$live" | wc -w)" -lt "$seeds" ]; do
        at=$((at + 1))
        if [ $at -gt $((10 * trials)) ]; then
            say "fewer than $seeds of $((10 * trials)) seeds of ael_latent keep both code units alive"
            stop 5
        fi
        try_seed $at
        [ "$(units_alive "ael_latent_start-$at")" -eq 2 ] || continue
        train ael_latent $at $gentle
        encode "ael_latent-$at"
        [ "$(units_alive "ael_latent-$at")" -eq 2 ] || continue
        measure ael_latent $at
        live="$live $at"
    done
    while [ "$tried" -lt $trials ]; do
        try_seed $((tried + 1))
    done
}

# seeds_of NETWORK
seeds_of() {
    case $1 in
    ael_latent) echo $live ;;
    aec_best) seq $((seeds < 3 ? seeds : 3)) ;;
    aec_start) seq $starts ;;
    *) seq "$seeds" ;;
    esac
}

train_all() {
    train_live
    for name in $networks; do
        [ $name != ael_latent ] || continue
        for at in $(seeds_of $name); do
            case $name in
            aec_best) train $name "$at" $best ;;
            aec_start) train $name "$at" $start ;;
            *) train $name "$at" ;;
            esac
            case " $measured " in *" $name "*) measure $name "$at" ;; esac
        done
    done
}

run_sweep() {
    say "the sweep"
    timed "$runs/sweep.seconds" sweep \
        "$aespec" sweep "$sweep_spec" --data "$data" --out "$runs/sweep" >"$scratch/ranking"
    cp "$sweep_spec" "$runs/sweep.made" || stop 3
}

# --- tables -----------------------------------------------------------------------------------------------------------

# each FUNCTION NETWORK...: calls FUNCTION NETWORK SEED for all seeds of each network.
each() {
    function=$1
    shift
    for name in "$@"; do
        for at in $(seeds_of "$name"); do $function "$name" "$at"; done
    done
}

losses_of() {
    awk -F, -v OFS=, -v name="$1" -v seed="$2" 'NR > 1 { print name, seed, $1, $2, $3 }' "$runs/$1-$2/metrics.csv"
}

table_losses() {
    echo network,seed,epoch,train_loss,test_loss
    each losses_of $networks
}

# Lines with a single number; the name can have two words.
measures_of() {
    awk -v OFS=, -v name="$1" -v seed="$2" '
        / none: / { sub(/ none: .*/, ""); print name, seed, $0, ""; next }
        $1 == "sharpness" { print name, seed, $1 " " $2, $3; next }
        NF == 2 && $2 ~ /^[-+.0-9e]+$/ { print name, seed, $1, $2 }' "$runs/$1-$2/measures"
}

table_measures() {
    echo network,seed,measure,value
    each measures_of $measured
}

# For each filter, the nearest neighbours' accuracy and whether it is dead: both of its values are 0 for every test
# image.
filters_of() {
    awk -v OFS=, -v name="$1" -v seed="$2" '
        FILENAME ~ /measures$/ { if ($1 == "part") knn[$2 / 2] = $4; next }
        FNR == 1 { FS = ","; next }
        { for (i = 0; i < 64; i++) alive[i] += $(2 * i + 1) > 0 || $(2 * i + 2) > 0 }
        END { for (i = 0; i < 64; i++) print seed, i, knn[i], alive[i] == 0 }
        ' "$runs/$1-$2/measures" "$runs/$1-$2/codes.csv"
}

table_filters() {
    echo seed,filter,knn,dead
    each filters_of aec_latent
}

table_alive() {
    echo seed,units_alive,test_loss
    for at in $(seq "$tried"); do
        loss=$(awk -F, 'NR == 2 { print $3 }' "$runs/ael_latent_start-$at/metrics.csv")
        echo "$at,$(units_alive "ael_latent_start-$at"),$loss"
    done
}

table_images() {
    gzip -dc "$data/t10k-images-idx3-ubyte.gz" | tail -c +17 | od -An -v -tu1 -w784 | awk -f $here/images.awk
}

# The minimum, mean and maximum over the seeds at each epoch, for Fig 2.
table_loss_figure() {
    awk -F, -v OFS=, '
        NR == 1 || $1 !~ /^(aec|ael|ael_no_relu)$/ { next }
        {
            key = $1 OFS $3
            if (!(key in n)) order[++count] = key
            n[key]++; train[key] += $4; test[key] += $5
            if (n[key] == 1 || $5 < low[key]) low[key] = $5
            if (n[key] == 1 || $5 > high[key]) high[key] = $5
        }
        END {
            for (i = 1; i <= count; i++) {
                key = order[i]
                print key, train[key] / n[key], test[key] / n[key], low[key], high[key]
            }
        }' "$out/losses.csv"
}

describe_machine() {
    printf '%s; %s processors; %s; %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "$(getconf _NPROCESSORS_ONLN)" "$(uname -sm)" "$(${CC:-cc} --version | head -n 1)"
}

# The seconds of each completed part, and the machine. The line of a sweep that was made elsewhere is kept, like its
# table.
table_times() {
    machine=$(describe_machine)
    echo part,runs,seconds,machine
    for name in ael_latent_start $networks; do
        all=$(case $name in ael_latent_start) seq "$tried" ;; *) seeds_of $name ;; esac)
        for at in $all; do cat "$runs/$name-$at/seconds"; done |
            awk -v OFS=, -v name=$name -v machine="$machine" '
                { sum += $2; runs += $1 == "train" }
                END { print name, runs, sum, machine }'
    done
    if [ -e "$runs/sweep.made" ]; then
        awk -v OFS=, -v machine="$machine" '{ sum += $2 } END { print "sweep", 1, sum, machine }' "$runs/sweep.seconds"
    elif [ -e "$out/times.csv" ]; then
        sed -n '/^sweep,/p' "$out/times.csv"
    fi
}

# The machines that have produced these same tables, this one first, and the checksum of the tables. The tables depend
# only on the weights of the networks.
table_machines() {
    sum=$(cat "$out/measures.csv" "$out/filters.csv" "$out/alive.csv" | cksum)
    sum=${sum%% *} machine=$(describe_machine)
    echo checksum,machine
    echo "$sum,$machine"
    [ ! -e "$out/machines.csv" ] ||
        awk -F, -v sum="$sum" -v machine="$machine" '$1 == sum && $2 != machine' "$out/machines.csv"
}

# The table and the figures of the sweep.
keep_sweep() {
    renew "$out/sweep.csv" cat "$runs/sweep/sweep.csv"
    for name in curves map; do
        renew "$out/figures/sweep_$name.svg" cat "$runs/sweep/figures/$name.svg"
    done
}

write_tables() {
    renew "$out/losses.csv" table_losses
    renew "$out/measures.csv" table_measures
    for at in $(seeds_of aec_latent); do encode "aec_latent-$at"; done
    renew "$out/filters.csv" table_filters
    renew "$out/alive.csv" table_alive
    [ -s "$out/images.csv" ] || renew "$out/images.csv" table_images
    [ ! -e "$runs/sweep.made" ] || keep_sweep
    renew "$out/times.csv" table_times
    renew "$out/machines.csv" table_machines
}

# --- figures ----------------------------------------------------------------------------------------------------------

# plot SCRIPT OUTPUT [NAME VALUE]...: runs gnuplot with variables; values that are not numbers become strings. An
# incomplete picture is an error.
plot() {
    script=$here/figures/$1.gnuplot output=$2
    shift 2
    settings="output = '$scratch/figure'"
    while [ $# -gt 0 ]; do
        case $2 in
        *[!-+.0-9e]* | "") settings="$settings; $1 = '$2'" ;;
        *) settings="$settings; $1 = $2" ;;
        esac
        shift 2
    done
    run gnuplot -e "$settings" "$script"
    [ -s "$scratch/figure" ] || stop 3
    cp "$scratch/figure" "$output.new" && mv "$output.new" "$output" || stop 3
}

# topology FIGURE SPEC
topology() {
    is_current "$out/figures/$1" "$2" || run "$aespec" graph "$2" -o "$out/figures/$1"
}

# codes FIGURE RUN TITLE: the codes in the plane of the two units
codes() {
    encode "$2"
    is_current "$out/figures/$1" "$runs/$2/codes.csv" $here/figures/codes.gnuplot ||
        plot codes "$out/figures/$1" data "$runs/$2/codes.csv" first 1 label label title "$3"
}

# plane FIGURE RUN TITLE FROM_X FROM_Y TO_X TO_Y
plane() {
    is_current "$out/figures/$1" "$runs/$2/made" $here/figures/plane.gnuplot && return
    run "$aespec" grid "$runs/$2" --cells 12 --from "$4,$5" --to "$6,$7" -o "$scratch/plane.png"
    plot plane "$out/figures/$1" picture "$scratch/plane.png" title "$3" from_x "$4" from_y "$5" to_x "$6" to_y "$7"
}

filter_figures() {
    codes=$runs/aec_latent-1/codes.csv
    best_filter=$(awk -F, '$1 == 1 && $3 > most { most = $3; best = $2 } END { print best }' "$out/filters.csv")
    is_current "$out/figures/fig05_filter.png" "$codes" "$out/filters.csv" $here/figures/codes.gnuplot ||
        plot codes "$out/figures/fig05_filter.png" data "$codes" first $((2 * best_filter + 1)) label label \
            title "AEC latent: filter $best_filter, the one that tells the digits apart best"
    is_current "$out/figures/fig05_filters.png" "$codes" "$out/filters.csv" $here/figures/filters.gnuplot ||
        plot filters "$out/figures/fig05_filters.png" data "$codes" filters 64 label label \
            knn "$(awk -F, '$1 == 1 { printf "%s ", $3 }' "$out/filters.csv")" \
            dead "$(awk -F, '$1 == 1 { printf "%s ", $4 }' "$out/filters.csv")"
}

write_figures() {
    topology fig01_aec.svg specs/aec.aespec
    renew "$runs/loss_figure.csv" table_loss_figure
    is_current "$out/figures/fig02_loss.svg" "$runs/loss_figure.csv" $here/figures/loss.gnuplot ||
        plot loss "$out/figures/fig02_loss.svg" data "$runs/loss_figure.csv" \
            floor "$(awk -F, '$1 == "relu_floor" { print $2 }' "$out/images.csv")"
    pairs=$out/figures/fig03_reconstructions.png
    if ! is_current "$pairs" "$runs/aec-1/made" $here/figures/reconstructions.gnuplot; then
        run "$aespec" reconstruct "$runs/aec-1" --data "$data" --count 10 -o "$scratch/pairs.png"
        plot reconstructions "$pairs" picture "$scratch/pairs.png" count 10 \
            title "AEC: input above, output below"
    fi
    topology fig04_aec_latent.svg specs/aec_latent.aespec
    filter_figures
    first_live=${live# }
    first_live=${first_live%% *}
    codes fig06_ael_codes.png "ael_latent-$first_live" "AEL latent: the test digits in its latent space"
    # the range of the codes of the test images without half a percent at each end
    covered=$(awk '$1 == "extent" { from = from " " $3; to = to " " $4 } END { print from to }' \
        "$runs/ael_latent-$first_live/measures")
    plane fig07_ael_plane.png "ael_latent-$first_live" "AEL latent: its latent space, decoded" $covered
    topology fig08_vae.svg specs/vae.aespec
    codes fig09_vae_codes.png vae-1 "VAE: the test digits in its latent space"
    plane fig10_vae_plane.png vae-1 "VAE: its latent space, decoded" -2 -2 2 2
}

# From points.csv, which is written with the page.
sweep_figure() {
    [ ! -e "$out/points.csv" ] || is_current "$out/figures/sweep.svg" "$out/sweep.csv" $here/figures/sweep.gnuplot ||
        plot sweep "$out/figures/sweep.svg" data "$out/points.csv"
}

# --- the page ---------------------------------------------------------------------------------------------------------

# The texts that are inserted into the page, as KEY<tab>TEXT.
numbers() {
    [ -z "${QUICK:-}" ] ||
        printf 'quick\t**This is `QUICK=1`: %s images, no results. It shows that everything runs.**\n' \
            "$(awk -F, '$1 == "images" { print $2 }' "$out/images.csv")"
    best_loss=$(awk -F, '$1 == $6 && (!least || $8 < least) { least = $8 } END { print least }' $author)
    awk -F, -v author_best="$best_loss" -f $here/statistics.awk -f $here/claims.awk "$out/images.csv" \
        "$out/losses.csv" "$out/measures.csv" "$out/filters.csv" "$out/alive.csv" "$out/times.csv" \
        "$out/machines.csv" "$torch"
}

sweep_numbers() {
    awk -F, -v points_file="$scratch/points.csv" -v orders_file="$scratch/orders.csv" -f $here/statistics.awk \
        -f $here/sweep.awk "$out/images.csv" $author "$out/sweep.csv" || return
    grep '^sweep_machine\|^our_hours\|^start' "$scratch/numbers.most"
}

# The section of the sweep is filled in as a page of its own; it is one line until there is a sweep.
sweep_section() {
    if [ -e "$out/sweep.csv" ]; then
        awk -f $here/fill.awk "$scratch/numbers.sweep" $here/sweep.md >"$scratch/section" || return
        grep '^bars' "$scratch/numbers.sweep"
    else
        echo 'The sweep has not been made yet; `make study` goes on with it.' >"$scratch/section"
    fi
    sed 's/^/sweep\t/' "$scratch/section"
}

write_page() {
    author=docs/study/author/paper_runs.csv
    torch=docs/study/torch.csv
    [ -e $torch ] || torch=/dev/null
    renew "$scratch/numbers.most" numbers
    if [ -e "$out/sweep.csv" ]; then
        renew "$scratch/numbers.sweep" sweep_numbers
        renew "$out/points.csv" cat "$scratch/points.csv"
        renew "$out/orders.csv" cat "$scratch/orders.csv"
    fi
    renew "$scratch/numbers.section" sweep_section
    renew "$scratch/numbers" cat "$scratch/numbers.most" "$scratch/numbers.section"
    renew "$out/study.md" awk -f $here/fill.awk "$scratch/numbers" $here/page.md
}

# A function, so that the shell reads the whole file before it begins: a run takes hours, and the file may change.
main() {
    if [ "${1:-}" = page ]; then
        if [ ! -e "$out/losses.csv" ]; then
            say "no tables in $out, of which the page could be made"
            exit 3
        fi
        write_page
        say "the page is $out/study.md"
        return
    fi
    mkdir -p "$out/figures" "$runs/bin" || exit 3
    # Two studies at the same time would treat each other's runs as incomplete.
    if kill -0 "$(cat "$runs/running" 2>/dev/null)" 2>/dev/null; then
        say "process $(cat "$runs/running") is at work in $runs"
        exit 2
    fi
    echo $$ >"$runs/running"
    trap 'rm -rf "$scratch" "$runs/running"' EXIT
    [ -z "${QUICK:-}" ] || make_data
    train_all
    write_tables
    write_figures
    write_page
    sweep_figure
    # The sweep takes longest, so it comes last, after the page has been written.
    if ! cmp -s "$sweep_spec" "$runs/sweep.made"; then
        run_sweep
        write_tables
        write_page
        sweep_figure
    fi
    say "the page is $out/study.md"
}

main "$@"; exit
