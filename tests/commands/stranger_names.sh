# An untrusted run: names and texts in its files must not become gnuplot commands or HTML.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_files data data
cat >t.aespec <<'SPEC'
model t
input x : [1, 4, 4]
encoder { flatten; dense(3) }
latent z = code(2)
decoder { mirror(encoder) }
loss { sse(x); small = 0.1 * l2(z) }
train { batch = 4; epochs = 2 }
SPEC
aespec train t.aespec --data data --out run --quiet 2>/dev/null || exit
cp -r run kept

# Columns of its tables: those of metrics.csv are used in the script of the losses and in the report.
rename() { sed -i "1s|$1|$2|" run/$3; }
shown() { find . -name 'pwned*'; rm -rf run && cp -r kept run; }
rename train_sse "train_sse'; system('touch pwned'); y = 'z" metrics.csv
try 1 aespec figures run --data data
try 1 aespec report run --data data
shown
for name in 'train_sse"><script>alert(1)</script>' 'train sse' 'train_`touch pwned`' 'train_@macro' train-sse 4 ''; do
    rename train_sse "$name" metrics.csv
    aespec figures run --data data 2>&1
    echo "exit $?"
    shown
done
rename samples_per_second '"><script>alert(1)</script>' timing.csv
try 1 aespec report run --data data
shown
: >run/metrics.csv
try 3 aespec figures run --data data
shown

# Texts of run.json and of the command line. The page must be the same except for these.
"$PYTHON" - <<'END_OF_PYTHON'
import json

def spoil(value):
    if isinstance(value, str):
        return value + "'\"></title></code><script>alert(1)</script>&"
    if isinstance(value, list):
        return [spoil(item) for item in value]
    return {spoil(key) if isinstance(item, (int, float)) else key: spoil(item) for key, item in value.items()} \
        if isinstance(value, dict) else value

facts = json.load(open("run/run.json"))
json.dump({key: value if key == "set" else spoil(value) for key, value in facts.items()}, open("run/run.json", "w"))
END_OF_PYTHON
hostile='data "><script>alert(1)<.script>'
cp -r data "$hostile"
try 0 aespec report run --data "$hostile" -o page.html
"$PYTHON" "$TESTS/commands/report.py" page.html | head -n 1
grep -q 'alert(1)' page.html && echo "it is there as text"
grep -o '<meta http-equiv[^>]*>' page.html
shown

# A folder whose name has quotes and a line end.
odd="it's \"a
run\"'; system('touch pwned'); x = \"\`touch pwned\`"
cp -r run "$odd" && rm -r "$odd/figures"
aespec figures "$odd" --data data 2>/dev/null
echo "exit $?"
ls "$odd/figures"
find . -name 'pwned*'
grep -h "^title\|^panels\|^set title\|label '" "$odd/figures/loss.gnuplot" "$odd/figures/latent.gnuplot"

# A sweep is continued in an untrusted folder: its losses are used in the tables, the plots and on the terminal.
printf 'sweep { learning_rate in [0.1, 0.2]; batch in [2, 4] }\n' >>t.aespec
out="a sweep's"
aespec sweep t.aespec --data data --out "$out" --quiet >/dev/null || exit
(cd "$out/figures" && ls && grep -h "^title\|^names\|^values\|^across\|^up" ./*.gnuplot)
metrics="$out/runs/learning_rate=0.1_batch=2/metrics.csv"
cp "$metrics" metrics.csv
sed -i '2s/^1,[^,]*/1,0.5'"$(printf '\033')"'[31m/' "$metrics"
try 1 aespec sweep t.aespec --data data --out "$out" --quiet
sed "1s/train_loss/train_loss'/" metrics.csv >"$metrics"
try 1 aespec sweep t.aespec --data data --out "$out" --quiet
