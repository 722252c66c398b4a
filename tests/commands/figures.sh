# RUN/figures: pictures, plots with their scripts and data, from a path with a blank and a quote; without gnuplot
# everything except plots.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_files data data
spec() {    # NAME LATENT INPUT FIRST-LAYERS
    cat >"$1.aespec" <<SPEC
model $1
input x : $3
encoder { $4 dense(6) -> tanh }
latent $2
decoder { mirror(encoder) }
loss { sse(x); small = 0.1 * l2(z) }
train { batch = 4; epochs = 2 }
SPEC
}
spec two "z ~ gaussian(2)" "[1, 4, 4]" "flatten;"
spec many "z = code(5)" "[1, 4, 4]" "flatten;"
spec one "z = code(1)" "[16]" ""
for model in two many one; do
    run="it's a $model"
    try 0 aespec train $model.aespec --data data --out "$run"
    (cd "$run/figures" && ls)
    aespec encode "$run" --data data -o codes.npy && "$PYTHON" "$TESTS/commands/figures.py" "$run" codes.npy
    cut -d, -f1-3 "$run/figures/loss.csv" | head -n 1
done
grep 'panels =' "it's a two/figures/loss.gnuplot"

# Figures made a second time are the same, except plots, in which gnuplot may write the time.
cp -r "it's a two" before
try 0 aespec figures "it's a two" --data data
for file in latent.csv histogram.csv plane.png reconstructions.png; do cmp "before/figures/$file" "it's a two/figures/$file"; done
try 0 aespec figures "it's a two" --data data --split train
wc -l <"it's a two/figures/latent.csv"

mkdir tools
for tool in cc gcc clang as ld; do command -v $tool >/dev/null && ln -s "$(command -v $tool)" tools/$tool; done
without_gnuplot() { PATH=$PWD/tools "$AESPEC" "$@"; }
rm -r "it's a two/figures"
try 3 without_gnuplot figures "it's a two" --data data
(cd "it's a two/figures" && ls)
try 0 without_gnuplot train two.aespec --data data --out bare
try 0 aespec train two.aespec --data data --out hushed --quiet
try 3 aespec figures two.aespec
try 3 aespec figures missing
try 2 aespec figures
try 2 aespec figures "it's a two" --epochs 3
try 3 aespec figures "it's a two" --data missing
