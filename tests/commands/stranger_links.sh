# Runs and sweeps in a folder with untrusted content: no symbolic link in it is followed when files are written or
# removed.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_trainers small
cat >t.aespec <<'SPEC'
model t
input x : [1, 4, 4]
encoder { flatten; dense(2) }
latent z = code(2)
decoder { mirror(encoder) }
loss { sse(x) }
train { batch = 4; epochs = 2 }
sweep { learning_rate in [0.1, 0.2]; batch in [2, 4] }
SPEC
mkdir -p victim/figures/inner && echo precious >victim/file
for name in run.json figures/loss.png figures/inner/file; do cp victim/file victim/$name; done
victim=$PWD/victim
(cd victim && list_files) >intact
untouched() { (cd victim && list_files) | diff ../intact_of_victim - && echo "the victim is untouched"; }
cp intact ../intact_of_victim
kind() { [ -h "$1" ] && printf 'link ' || printf 'no link '; echo "$1"; }

# A sweep: folders of trainings, their logs, its tables and plots.
sweep() { aespec sweep t.aespec --data data --out s --quiet --jobs 2 >/dev/null; }
stranger() { rm -rf s && mkdir -p s/runs; }
first=s/runs/learning_rate=0.1_batch=2
stranger
ln -s "$victim" $first.part
mkdir -p s/runs/learning_rate=0.2_batch=2.part/more/inside
ln -s "$victim" s/runs/learning_rate=0.2_batch=2.part/figures
ln -s "$victim" s/runs/learning_rate=0.2_batch=2.part/more/inside/link
echo old >s/runs/learning_rate=0.1_batch=4.part
ln -s "$victim/file" $first.log
ln -s "$victim/new" s/runs/learning_rate=0.2_batch=2.log
ln -s "$victim/file" s/sweep.csv
ln -s "$victim/new" s/ranking.csv
mkdir s/figures
for name in curves.png curves.svg map.csv map.gnuplot; do ln -s "$victim/file" s/figures/$name; done
ln -s "$victim/new" s/figures/map.png
try 0 sweep
untouched
for name in $first s/sweep.csv s/ranking.csv s/figures/*; do kind $name; done
ls s/runs

stranger && rmdir s/runs && ln -s "$victim" s/runs
try 3 sweep
stranger && ln -s "$victim/new" s/lock
try 3 sweep
stranger && ln -s "$victim/new" s/spec.aespec
try 2 sweep
stranger && ln -s "$victim" s/figures
try 0 sweep
# A training that fails: its partial run is removed.
stranger
ln -s "$victim" $first.part
try 3 aespec sweep t.aespec --data victim --out s --quiet --jobs 1
untouched
rm -rf s

# A run.
mkdir run
ln -s "$victim/file" run/timing.csv
ln -s "$victim/new" run/weights.safetensors
ln -s "$victim/new" run/metrics.csv
try 0 ./small train --data data --out run --quiet
untouched
for name in timing.csv weights.safetensors metrics.csv; do kind run/$name; done
mkdir other && ln -s "$victim" other/figures
try 3 ./small train --data data --out other --quiet
untouched
ls other

# Its figures and its report.
rm -rf run && aespec train t.aespec --data data --out run --quiet 2>/dev/null
rm -r run/figures/* && ln -s "$victim/file" run/figures/loss.png && ln -s "$victim/new" run/figures/latent.csv
ln -s "$victim/file" run/report.html
try 0 aespec figures run --data data
try 0 aespec report run --data data
untouched
for name in figures/loss.png figures/latent.csv report.html; do kind run/$name; done
rm -r run/figures && ln -s "$victim" run/figures
try 3 aespec figures run --data data
mkdir drawn
for name in latent.csv plane.png losses.csv worst.png; do ln -s "$victim/file" drawn/$name; done
try 0 ./small train --data data --out again --quiet
try 0 ./small figures --weights again --data data -o drawn
untouched
for name in latent.csv plane.png losses.csv worst.png; do kind drawn/$name; done
