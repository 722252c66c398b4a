# The same seed gives the same bytes of weights.safetensors, metrics.csv, --trace and the output of measure: gcc and
# clang,
# -O0 to -O3, the processor's own instructions or not, 1, 2 or 3 threads. The runtime, too, is compiled with both
# compilers.
command -v gcc >/dev/null && command -v clang >/dev/null || { echo "gcc and clang are needed"; exit 77; }
unset MAKEFLAGS MFLAGS
for spec in every every_code; do "$PYTHON" "$TESTS/commands/make.py" idx $spec.idx u1 200 2 9 8; done
"$PYTHON" "$TESTS/commands/make.py" idx choices.idx u1 200 2 5 3
specs="every every_code choices"
first=

# train FOLDER TRAINER FLAG...
train() {
    folder=$1 trainer=$2
    shift 2
    "./$trainer" train --data "${folder##*.}.idx" --out "$folder" --trace "$folder.csv" --quiet "$@" || echo "$folder: exit $?"
    "./$trainer" measure --weights "$folder" --data "${folder##*.}.idx" --json ${threads:+--threads $threads} >"$folder.json" ||
        echo "$folder: measure: exit $?"
}

same() {
    cmp "$1/weights.safetensors" "$2/weights.safetensors" && cmp "$1/metrics.csv" "$2/metrics.csv" &&
        cmp "$1.csv" "$2.csv" && cmp "$1.json" "$2.json"
}

# try NAME RUNTIME COMPILER FLAGS
try() {
    for spec in $specs; do
        AESPEC_RUNTIME=$BUILD/exact/$2 CC=$3 CFLAGS=$4 "$AESPEC" build "$TESTS/run/$spec.aespec" -o "$1.$spec" >/dev/null ||
            echo "$1 $spec: exit $?"
        train "run.$1.$spec" "$1.$spec"
        [ -n "$first" ] || continue
        same "run.$first.$spec" "run.$1.$spec" && echo "$spec: $1 as $first"
    done
    first=${first:-$1}
}

for compiler in gcc clang; do
    for level in -O0 -O3; do
        make -C "$ROOT" --no-print-directory runtime BUILD="${BUILD#"$ROOT/"}/exact/$compiler$level" CC=$compiler CFLAGS=$level \
            >make.log 2>&1 || { cat make.log; exit 1; }
    done
done
for compiler in gcc clang; do
    try $compiler-O0 $compiler-O0 $compiler -O0
    try $compiler-O1 $compiler-O0 $compiler -O1
    try $compiler-O2 $compiler-O3 $compiler -O2
    try $compiler-O3 $compiler-O3 $compiler -O3
    try $compiler-native $compiler-O3 $compiler "-O3 -march=native"
done
for threads in 1 2 3; do
    for spec in $specs; do
        train run.threads$threads.$spec gcc-O3.$spec --threads $threads
        same run.$first.$spec run.threads$threads.$spec && echo "$spec: $threads threads as $first"
    done
done

# The comparison must detect differences: another seed gives other bytes, and training changes the loss.
threads=
for spec in $specs; do
    grep -q '"nearest": [0-9]' "run.$first.$spec.json" || echo "$spec: measure has no nearest"
    train run.seed.$spec gcc-O3.$spec --seed 2
    cmp -s run.seed.$spec/weights.safetensors run.$first.$spec/weights.safetensors || echo "$spec: another seed, other weights"
    awk -F, 'NR == 2 { first = $2 } NR == 3 && $2 < first { print "the loss goes down" }' run.$first.$spec/metrics.csv
done
