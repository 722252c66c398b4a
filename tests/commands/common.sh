# Sourced by the tests of this folder. They run in an empty folder; AESPEC, TESTS and PYTHON are in the environment. The
# test has the expected exit code of a command; its messages and files are compared with NAME.expect.

make_files() { "$PYTHON" "$TESTS/commands/make.py" "$@"; }

# Every file with its checksum, every folder.
list_files() {
    find . -type f -exec cksum {} + | awk '{ print $3, $1, $2 }' | sort
    find . -mindepth 1 -type d | sed 's,$,/,' | sort
}

# try CODE COMMAND...: runs the command; prints the command line, stderr, the changes in the folder, and the exit code.
# If the command should fail, stdout is printed, too, because it should be empty.
try() {
    expected=$1
    shift
    printf '$ %s\n' "$*"
    list_files >../before
    "$@" >../stdout 2>../stderr </dev/null
    code=$?
    list_files >../after
    # the times of runs differ
    sed 's/[0-9.]* *samples\/s/N samples\/s/g' ../stderr | head -n 6
    if [ "$expected" -ne 0 ] && [ -s ../stdout ]; then
        echo "stdout:" && head -n 3 ../stdout
    fi
    [ "$expected" -eq 0 ] || diff ../before ../after | sed -n 's/^\([<>] [^ ]*\).*/left behind: \1/p'
    if [ $code -eq "$expected" ]; then echo "exit $code"; else echo "exit $code, EXPECTED $expected"; fi
}

# The spec of ./small.
write_small() {
    cat >small.aespec <<'END'
model small
input x : [1, 4, 4]
encoder { flatten; dense(5) -> tanh; dense(2) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 4; epochs = 2 }
END
}

# A trainer ./small for images of 4x4 with a code of 2, one ./bell with a gaussian latent space of 2, and ./data with 12
# samples for training and 6 for testing. `make_trainers` makes both, with arguments only those named; $target, if set,
# is their target.
make_trainers() {
    write_small
    cat >bell.aespec <<'END'
model bell
input x : [1, 4, 4]
encoder { flatten; dense(5) -> tanh }
latent z ~ gaussian(2)
decoder { mirror(encoder) }
loss { sse(x); kl(z) }
train { batch = 4; epochs = 2 }
END
    for name in ${*:-small bell}; do
        "$AESPEC" build $name.aespec ${target:+--target=$target} -o $name >/dev/null || exit
        rm $name.aespec
    done
    rm -f small.aespec bell.aespec
    make_files data data
}

# Makes ./small.safetensors, the weights of a short run.
make_weights() {
    ./small train --data data --out first --steps 2 --quiet >/dev/null 2>&1 || exit
    mv first/weights.safetensors small.safetensors && rm -r first
}

# A C compiler that notes in ./calls that it was called; with an empty cache of trainers.
record_compiler() {
    printf '#!/bin/sh\necho called >>"$(dirname "$0")/calls"\nexec cc "$@"\n' >recorder
    chmod +x recorder
    export CC="$PWD/recorder" XDG_CACHE_HOME="$PWD/cache"
}
