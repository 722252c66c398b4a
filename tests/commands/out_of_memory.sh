# Out of memory: one line, exit 3, existing files unchanged, no temporary files. First each single allocation fails,
# then the memory is limited.
. "$TESTS/commands/common.sh"
case $BUILD in */sanitize)
    echo "the sanitizers have their own malloc"
    exit 77
    ;;
esac
cc -shared -fPIC -o ../failing_malloc.so "$TESTS/commands/failing_malloc.c" || exit
make_trainers small
"$AESPEC" new -o new.aespec
write_small
echo 'sweep { learning_rate in [0.1, 0.2] }' >>small.aespec
./small train --data data --out run --quiet 2>/dev/null || exit
for name in codes.csv codes.npy; do ./small encode --weights run --data data -o $name || exit; done
fail_each() { "$PYTHON" "$TESTS/commands/out_of_memory.py" ../failing_malloc.so "$@" | sed "s,$AESPEC,aespec,"; }
fail_each -- "$AESPEC" check new.aespec
fail_each -- "$AESPEC" show --json new.aespec
fail_each -- "$AESPEC" emit new.aespec -o new.c
fail_each -- "$AESPEC" fmt -i new.aespec
fail_each -- "$AESPEC" graph new.aespec -o new.svg
fail_each -- "$AESPEC" build small.aespec -o built
# A build that is not in the cache, with a fast stub compiler.
cat >compiler <<'END'
#!/bin/sh
case "$*" in
*--version*) echo compiler ;;
*trainer*) cp small "$(echo "$*" | sed 's/.* -o \([^ ]*\).*/\1/')" ;;
esac
END
chmod +x compiler
CC=./compiler XDG_CACHE_HOME="$PWD/cache" fail_each --made cache -- "$AESPEC" build small.aespec -o built
fail_each -- "$AESPEC" report run --data data -o page.html
fail_each --made more -- "$AESPEC" train small.aespec --data data --out more --quiet
fail_each --made all -- "$AESPEC" sweep small.aespec --data data --out all --quiet
fail_each --made new -- ./small train --data data --out new --quiet
for file in new.csv codes.npy; do fail_each -- ./small encode --weights run --data data -o $file; done
for file in new.png new.npy; do fail_each -- ./small decode --weights run --latent codes.csv -o $file; done
fail_each -- ./small decode --weights run --latent codes.npy -o new.npy
fail_each -- ./small evaluate --weights run --data data --json
fail_each -- ./small measure --weights run --data data --json
fail_each -- ./small info --json

echo "the system has no more:"
limited() { (ulimit -v "$1"; shift; exec "$@"); }
"$PYTHON" - <<'END'
import json

layers = "\n".join("dense(8)" for _ in range(2000))
with open("deep.aespec", "w") as spec:
    spec.write(f"model deep\ninput x : [8]\nencoder {{\n{layers}\n}}\nlatent z = code\ndecoder {{ mirror(encoder) }}\n"
               "loss { mse(x) }\n")
tensor = {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
header = json.dumps({f"tensor{i}": tensor for i in range(100000)}).encode()
with open("large.safetensors", "wb") as weights:
    weights.write(len(header).to_bytes(8, "little") + header)
END
echo "older" >deep.c
aespec() { limited "$memory" "$AESPEC" "$@"; }
for memory in 5000 6000 8000 20000; do try 3 aespec emit deep.aespec -o deep.c; done
memory=5000
try 3 aespec check deep.aespec
try 3 limited 40000 ./small evaluate --threads 1 --weights large.safetensors --data data
cat deep.c
