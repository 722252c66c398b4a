# kill -9 at any time: every file with its final name is complete.
. "$TESTS/commands/common.sh"
make_trainers small
make_files idx many.idx u1 2000 4 4
"$PYTHON" - <<'END'
import os, signal, subprocess, sys, time
for number in range(8):
    run = f"run{number}"
    trainer = subprocess.Popen(["./small", "train", "--data", "many.idx", "--out", run, "--epochs", "1000000", "--quiet"])
    limit = time.time() + 60
    while time.time() < limit and not os.path.exists(run + "/metrics.csv") and trainer.poll() is None:
        time.sleep(0.01)
    time.sleep(0.037 * number)
    trainer.kill()
    trainer.wait()
    for name in sorted(os.listdir(run)):
        if name == "metrics.csv":
            lines = open(f"{run}/{name}").read()
            if not lines.endswith("\n") or any(line.count(",") != 5 for line in lines.splitlines()):
                print("torn", run, name)
        if name == "weights.safetensors":
            if subprocess.run(["./small", "evaluate", "--weights", run, "--data", "data"], stdout=subprocess.DEVNULL).returncode != 0:
                print("unreadable", run, name)
print("8 runs killed")
END
