# One IDX file is the data of both splits: both training and evaluation load it only once.
. "$TESTS/commands/common.sh"
cat >large.aespec <<'END'
model large
input x : [1, 64, 64]
encoder { flatten; dense(2) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 4; epochs = 1 }
END
"$AESPEC" build large.aespec -o large || exit
make_files idx images.idx u1 10000 64 64
./large train --data images.idx --limit 8 --quiet --out run || exit
"$PYTHON" - <<'END'
import os


def peak(*arguments):
    """The most memory that the trainer has, in bytes."""
    child = os.posix_spawn("./large", ["large", *arguments, "--data", "images.idx", "--threads", "1"], os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    assert status == 0, arguments
    return usage.ru_maxrss * 1024


size = os.path.getsize("images.idx")
evaluated = peak("evaluate", "--weights", "run", "--split", "train")
trained = peak("train", "--limit", "8", "--quiet", "--out", "more")
print("evaluation has the file in memory" if evaluated > size else evaluated)
print("training has it once" if trained < evaluated + size / 2 else (trained, evaluated, size))
END
