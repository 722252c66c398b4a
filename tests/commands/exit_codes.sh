# Each exit code of docs/commands.md, returned by aespec, which passes on those of its trainer.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
cp "$SPECS/ael.aespec" fine.aespec
make_files idx digits.idx u1 64 28 28
make_files idx small.idx u1 64 4 4
sed 's/dense(64)/dense(-1)/' fine.aespec >wrong.aespec
with_compiler() { CC=$1 "$AESPEC" build fine.aespec; }
try 0 aespec train fine.aespec --data digits.idx --epochs 1 --batch 64 --quiet --out run
try 1 aespec train wrong.aespec --data digits.idx
try 1 aespec train fine.aespec --data small.idx --quiet --out other
try 2 aespec train fine.aespec --data digits.idx --epochs none
try 3 aespec train fine.aespec --data nowhere.idx
try 4 with_compiler false
try 4 with_compiler no-such-compiler
try 5 aespec train fine.aespec --data digits.idx --optimizer sgd --learning-rate 1e30 --epochs 50 --quiet --out diverged

# A trainer that is ended by an unexpected signal is a bug; one that is interrupted is not.
"$PYTHON" - "$AESPEC" <<'END_OF_PYTHON'
import os, re, signal, subprocess, sys, time
for name in "KILL", "INT":
    aespec = subprocess.Popen([sys.argv[1], "train", "fine.aespec", "--data", "digits.idx", "--epochs", "100000000", "--out", name, "--quiet"],
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), stderr=subprocess.PIPE, text=True)
    limit = time.time() + 120
    while time.time() < limit and aespec.poll() is None and not os.path.exists(name + "/weights.safetensors"):
        time.sleep(0.05)
    with open(f"/proc/{aespec.pid}/task/{aespec.pid}/children") as children:
        trainer = int(children.read().split()[0])
    os.kill(trainer, getattr(signal, "SIG" + name))
    print(name, "exit", aespec.wait(60))
    print(re.sub(r"aespec: .* was", "aespec: TRAINER was", re.sub(r"(step|epoch) \d+", r"\1 N", aespec.stderr.read())), end="")
END_OF_PYTHON
