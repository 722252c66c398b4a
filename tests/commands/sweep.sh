# sweep: the plan, the table compared with separate trainings, interruption and continuation, and errors.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_files data data
make_files idx many.idx u1 600 4 4
cat >small.aespec <<'SPEC'
model small
const units = 3
input x : [1, 4, 4]
encoder { flatten; dense(units) -> tanh }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 4; epochs = 4; optimizer = sgd }
sweep {
  epochs in [2, 4]
  optimizer in [adam, sgd]
  learning_rate in [1e-2, 1e-3, 1e30]
  momentum in [0.2, 0.8]
  units in [2, 3]
}
SPEC
aespec sweep small.aespec --data data --jobs 2 --dry-run | sed 's|time: .* with 2 at a time.*|time: TIME with 2 at a time|'
ls
aespec sweep "$SPECS/aec.aespec" --data "$ROOT/data/mnist" --limit 40 --dry-run | sed -n 1,5p
aespec sweep small.aespec --data data --jobs 2 --quiet >ranking.txt && wc -l <ranking.txt
(cd runs/small-sweep && ls . figures && ls runs | wc -l)
"$PYTHON" "$TESTS/commands/sweep.py" points "$AESPEC" small.aespec runs/small-sweep
rm -rf alone-*

# A finished sweep is not trained again; a missing training is repeated. Files are compared by time, too, because a new
# file may reuse an inode.
list_runs() { stat -c '%n %i %z' runs/small-sweep/runs/*/weights.safetensors; }
list_runs >before
cp runs/small-sweep/sweep.csv first.csv
rm -r runs/small-sweep/runs/optimizer=adam_learning_rate=0.001_units=2
aespec sweep small.aespec --data data --quiet >/dev/null
list_runs | diff before - | grep -c '^>'
cmp first.csv runs/small-sweep/sweep.csv && echo "the same table"

sed 's/epochs in .*/epochs in [10, 20]/; s/1e30/1e-4/' small.aespec >longer.aespec
"$PYTHON" "$TESTS/commands/sweep.py" stop "$AESPEC" longer.aespec stopped
aespec sweep longer.aespec --data many.idx --out stopped --quiet >/dev/null
aespec sweep longer.aespec --data many.idx --out whole --jobs 1 --quiet >/dev/null
cmp stopped/sweep.csv whole/sweep.csv && ls stopped/runs | grep -c . && ls stopped/runs | grep -c -e part -e log

# A folder locked by another process is rejected, unless the lock is released soon.
"$PYTHON" - <<'END'
import fcntl, os, subprocess, time
command = [os.environ["AESPEC"], "sweep", "longer.aespec", "--data", "many.idx", "--out", "whole", "--quiet"]
lock = open("whole/lock")
fcntl.flock(lock, fcntl.LOCK_EX)
refused = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
print("exit", refused.returncode, refused.stderr, end="")
waiting = subprocess.Popen(command, stdout=subprocess.DEVNULL)
time.sleep(0.5)
print("it waits:", waiting.poll() is None)
lock.close()
print("exit", waiting.wait())
END

cp "$SPECS/ael.aespec" .
try 1 aespec sweep ael.aespec
try 2 aespec sweep longer.aespec --data data --out whole
try 2 aespec sweep small.aespec --data many.idx --out whole
try 2 aespec sweep longer.aespec --data many.idx --out whole --set batch=8
try 2 aespec sweep small.aespec --jobs 0
try 2 aespec sweep small.aespec --jobs two
try 3 aespec sweep missing.aespec
try 3 aespec sweep small.aespec --data data --out data/train-images-idx3-ubyte
try 3 aespec sweep small.aespec --data nowhere --out nowhere-sweep --jobs 1
# The data files change during a sweep.
cp -r data other && make_files fill other/train-images-idx3-ubyte u1 7 12 4 4
mv data kept && mv other data
rm -r runs/small-sweep/runs/optimizer=adam_learning_rate=0.001_units=2
try 1 aespec sweep small.aespec --data data --quiet
