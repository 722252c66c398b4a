# SIGINT, SIGTERM and SIGHUP end a run with exit code 130; its files are complete.
. "$TESTS/commands/common.sh"
make_trainers small
make_files idx many.idx u1 2000 4 4
whole() {    # RUN: its files can be read
    (cd "$1" && find . | sort)
    awk -F, 'NF != 6 { print "torn line: " $0 }' "$1/metrics.csv"
    ./small evaluate --weights "$1" --data data >/dev/null && echo "the weights can be read"
}
for signal in INT TERM HUP; do
    # background commands of a shell ignore SIGINT, those of nohup SIGHUP; those of python do not
    "$PYTHON" - $signal <<'END'
import os, re, signal, subprocess, sys, time
def reset():
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)
run = "run_" + sys.argv[1]
trainer = subprocess.Popen(["./small", "train", "--data", "many.idx", "--out", run, "--epochs", "1000000", "--quiet"],
                           preexec_fn=reset, stderr=subprocess.PIPE, text=True)
limit = time.time() + 60
while time.time() < limit and trainer.poll() is None:
    try:
        if len(open(run + "/metrics.csv").readlines()) > 2:
            break
    except OSError:
        pass
    time.sleep(0.05)
trainer.send_signal(getattr(signal, "SIG" + sys.argv[1]))
print("exit", trainer.wait(30))
print(re.sub(r"(step|epoch) \d+", r"\1 N", trainer.stderr.read()), end="")
END
    whole run_$signal
done
