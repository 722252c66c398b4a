# State inherited from the parent process: closed descriptors, whose numbers no other file must get, and ignored
# signals.
. "$TESTS/commands/common.sh"
make_trainers small
make_weights
write_small
echo 'sweep { learning_rate in [0.1, 0.2] }' >>small.aespec
aespec() { "$AESPEC" "$@"; }
closed() { "$@" <&- >&- 2>&-; }
silent() { "$@" 2>&-; }
train() { ./small train --data data --batch 12 "$@"; }
encode() { ./small encode --data data --weights "$@"; }
train --out open --trace open.csv 2>/dev/null
for files in closed silent; do
    try 0 $files train --out $files --trace $files.csv
    for file in run.json metrics.csv weights.safetensors; do cmp open/$file $files/$file; done
    try 0 $files aespec train small.aespec --data data --batch 12 --out $files.driven --trace $files.driven.csv
    for file in $files.csv $files.driven.csv; do cmp open.csv $file; done
done
encode small.safetensors -o open.npy
try 0 closed encode small.safetensors -o closed.npy
cmp open.npy closed.npy
try 3 silent encode missing.safetensors -o closed.npy
cmp open.npy closed.npy
aespec emit small.aespec -o open.c
try 0 closed aespec emit small.aespec -o closed.c
cmp open.c closed.c
try 0 closed aespec build small.aespec -o built
./built info >/dev/null || echo "it does not run"
try 0 closed aespec report open --data data -o closed.html
tail -n 1 closed.html
# Output to a closed stdout is an error.
no_output() { "$@" >&-; }
try 3 no_output aespec show small.aespec
try 3 no_output ./small info

cat >ignore.py <<'END'
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.argv[1], sys.argv[1:])
END
ignoring() { XDG_CACHE_HOME="$PWD/cache" "$PYTHON" ignore.py "$AESPEC" "$@"; }
try 0 ignoring build small.aespec -o ignoring
try 0 ignoring train small.aespec --data data --out ignored --quiet
try 0 ignoring sweep small.aespec --data data --out swept --quiet
ls swept/runs
try 0 ignoring report ignored --data data -o ignored.html
