# report: a self-contained page with the numbers of the run, for many kinds of runs.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
page() { echo "-- $1"; "$PYTHON" "$TESTS/commands/report.py" "$@"; }
make_files random "it's images" 300 220 4 5
make_files random colours 130 70 3 6 7
cat >bell.aespec <<'END'
model bell    # a comment of <b>, "quotes" & more
const beta = 1
data { scale = 1/255; mean = 0.4; std = 0.3 }
input x : [1, 4, 5]
encoder { flatten; dense(7) -> tanh }
latent z ~ gaussian(2)
decoder { dense(7) -> tanh; dense(20); reshape(1, 4, 5) }
loss { sse(x); beta * kl(z) }
train { batch = 30; learning_rate = 0.01; epochs = 9 }
END
cat >vector.aespec <<'END'
model vector
data { scale = 1/255 }
input x : [20]
encoder { dense(30) -> tanh }
latent z = code(17)
decoder { dense(20) -> relu }
loss { mse(x) }
train { batch = 30; epochs = 3 }
END
cat >one.aespec <<'END'
model one
data { scale = 1/255 }
input x : [3, 6, 7]
encoder { conv(4, kernel = 3) -> relu; flatten; dense(1) }
latent z = code
decoder { dense(126); reshape(3, 6, 7) }
loss { mse(x); small = 0 * l2(z) }
train { batch = 10; epochs = 1 }
END
train() { aespec train "$@" --quiet >/dev/null 2>&1 || echo "$1: exit $?"; }
train bell.aespec --data "it's images" --out "a run" --set beta=0.5 --set batch=20 --epochs 4 --seed 7 --limit 290
train vector.aespec --data "it's images" --out vector
train one.aespec --data colours --out one --no-shuffle

# Numbers, pictures and samples are those of the run.
try 0 aespec report "a run"
page "a run/report.html" "a run" "it's images" 0.00392156862745098 0.4 0.3 sse
try 0 aespec report vector -o vector.html
page vector.html vector "it's images" 0.00392156862745098 0 1 mse
try 0 aespec report one
page one/report.html one colours 0.00392156862745098 0 1 mse

# The command on the page repeats the run.
"$PYTHON" "$TESTS/commands/report.py" --command "a run/report.html" | tee command
eval "$(cat command) --out again --quiet" 2>/dev/null
for file in metrics.csv weights.safetensors; do cmp again/$file "a run/$file" && echo "$file is the same again"; done
"$PYTHON" "$TESTS/commands/report.py" --command one/report.html

# The same bytes for any number of threads, any target, and without gnuplot.
mkdir tools
for tool in cc gcc clang as ld; do command -v $tool >/dev/null && ln -s "$(command -v $tool)" tools/$tool; done
aespec report "a run" -o threads.html --threads 1 2>/dev/null && cmp threads.html "a run/report.html"
aespec report "a run" -o target.html --target scalar 2>/dev/null && cmp target.html "a run/report.html"
PATH=$PWD/tools "$AESPEC" report "a run" -o bare.html 2>/dev/null && cmp bare.html "a run/report.html"
rm -- *.html

# Runs without labels, test data, epochs or finite codes; other data, the other split.
cp -r "it's images" unlabelled && rm unlabelled/*-labels-*
aespec report "a run" --data unlabelled -o out.html 2>/dev/null && page out.html
grep -c '<br>label [0-9]\|class="c1"' out.html "a run/report.html"
grep -o 'test data in unlabelled' out.html
cp -r "it's images" train_only && rm train_only/t10k-*
train bell.aespec --data train_only --out untested --epochs 2
try 0 aespec report untested
page untested/report.html
grep -c 'There are no test data' untested/report.html
cp -r "it's images" test_only && rm test_only/train-*
try 0 aespec report "a run" --data test_only -o out.html
page out.html | grep Measures
try 0 aespec report "a run" --split train -o out.html
grep -o '300 samples of the train data' out.html
aespec train bell.aespec --data "it's images" --out diverged --learning-rate 1e30 --quiet 2>/dev/null
echo "exit $?"
try 0 aespec report diverged
page diverged/report.html
grep -o 'No epochs: training ended' diverged/report.html
"$PYTHON" - <<'END'
import numpy as np, os, sys
sys.path.insert(0, os.environ["TESTS"] + "/torch")
from files import read_safetensors, write_safetensors
arrays, metadata = read_safetensors("vector/weights.safetensors")
name = next(name for name in arrays if name.startswith("encoder") and name.endswith("weight"))
arrays = {name: np.full_like(array, 3e38) for name, array in arrays.items()}
write_safetensors("vector/weights.safetensors", arrays, metadata)
END
try 0 aespec report vector -o out.html
page out.html
rm out.html

# Errors: nothing is written.
echo older >older.html
try 2 aespec report
try 2 aespec report "a run" one
try 2 aespec report "a run" --set beta=1
try 2 aespec report "a run" -o page.txt
try 2 aespec report "a run" --split both -o older.html
try 3 aespec report missing
try 3 aespec report bell.aespec
try 3 aespec report colours
try 3 aespec report "a run" --data missing -o older.html
try 1 aespec report "a run" --data colours -o older.html
try 3 aespec report "a run" -o nowhere/page.html
mkdir folder.html
try 3 aespec report "a run" -o folder.html
export TMPDIR=nowhere
try 3 aespec report "a run" -o older.html
unset TMPDIR
mv "a run/metrics.csv" .
try 3 aespec report "a run" -o older.html
mv metrics.csv "a run" && mv "a run/weights.safetensors" .
try 3 aespec report "a run" -o older.html
mv weights.safetensors "a run" && echo "{" >"a run/run.json"
try 1 aespec report "a run" -o older.html
cat older.html
