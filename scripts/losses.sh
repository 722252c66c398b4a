#!/bin/sh
# scripts/losses.sh [FOLDER]   trains the five specs of the study on all of MNIST and writes docs/study.md. A run that FOLDER
# (runs/study) already holds whole is taken as it is.
cd "$(dirname "$0")/.." || exit 1
aespec=${BUILD:-build}/aespec
folder=${1:-runs/study}
page=docs/study.md
mkdir -p "$folder" || exit 1

# train MODEL [FLAG...]
train() {
    model=$1
    shift
    [ -e "$folder/$model/weights.safetensors" ] && return
    rm -rf "$folder/$model"
    "$aespec" train "specs/$model.aespec" --out "$folder/$model" "$@" || exit 1
}

# table MODEL TITLE COMMAND: every epoch of a run.
table() {
    printf '\n## %s\n\n`%s`\n\n' "$2" "$3"
    awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; columns = NF - 1; next }
        NR == 2 { line = "|"; rule = "|"
                  for (i = 1; i <= columns; i++) { line = line " " name[i] " |"; rule = rule " --- |" }
                  print line; print rule }
        { line = "|"; for (i = 1; i <= columns; i++) line = line " " $i " |"; print line }
    ' "$folder/$1/metrics.csv"
    awk -F, 'NR > 1 { seconds += $2 } END { printf "\n%d epochs in %.0f s.\n", NR - 1, seconds }' "$folder/$1/timing.csv"
}

train vae
train ael
train ael_latent
train aec --batch 128 --epochs 2
train aec_latent
{
    cat <<'TEXT'
# The five networks of the study, trained

Made by `scripts/losses.sh`, which trains each spec of specs/ on all 60,000 training images of MNIST and tests it on
the 10,000 others. Losses are of the normalised pixels, a sample's mean; training values are the means over the epoch
of what its steps saw. The bits of these numbers follow from spec, data, settings and seed alone, on every target.
TEXT
    printf '\nMachine: %s, %s processors; compiler: %s. Seconds are those of a shared machine.\n' \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(getconf _NPROCESSORS_ONLN)" \
        "$(${CC:-cc} --version | head -n 1)"
    table vae "VAE" "aespec train specs/vae.aespec"
    table ael "AEL" "aespec train specs/ael.aespec"
    table ael_latent "AEL latent" "aespec train specs/ael_latent.aespec"
    cat <<'TEXT'

With this seed the relu on the two code units leaves neither alive: the code of every image is (0, 0), a unit that is 0 for
every image has no gradient, and the loss stays where one constant image puts it. The decoder's own relu adds to it: it
cannot make the background of -0.4242.
TEXT
    table aec "AEC, 2 epochs" "aespec train specs/aec.aespec --batch 128 --epochs 2"
    table aec_latent "AEC latent" "aespec train specs/aec_latent.aespec"
} >"$page.new" && mv "$page.new" "$page"
