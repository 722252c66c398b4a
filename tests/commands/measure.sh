# measure: every number agrees with NumPy, the bytes are the same for any number of threads and target, and reasons are
# given for what cannot be measured.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }

# model NAME DATA STEPS: trains the spec of stdin to a run of that name
model() {
    cat >$1.aespec
    aespec train $1.aespec --data $2 --out $1 --steps $3 --quiet >/dev/null 2>&1 || echo "$1: exit $?"
}

make_files random images 300 220 4 5
make_files random colours 130 70 2 6 6
model bell images 60 <<'END'
model bell
data { scale = 1/255; mean = 0.4; std = 0.3 }
input x : [1, 4, 5]
encoder { flatten; dense(7) -> tanh }
latent z ~ gaussian(2, prior_std = sqrt(1/2))
decoder { dense(7) -> tanh; dense(20); reshape(1, 4, 5) }
loss { sse(x); kl(z) }
train { batch = 30; learning_rate = 0.01 }
END
model wide images 30 <<'END'
model wide
data { scale = 1/255; mean = 0.4; std = 0.3 }
input x : [20]
encoder { dense(30) -> tanh }
latent z ~ gaussian(17)
decoder { dense(20) -> relu }
loss { mse(x); kl(z) }
train { batch = 30 }
END
model filters colours 20 <<'END'
model filters
data { scale = 1/255; mean = [0.4, 0.2]; std = [0.3, 0.5] }
input x : [2, 6, 6]
encoder { conv(4, kernel = 3) -> tanh; conv(3, kernel = 3) -> relu }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 10; learning_rate = 0.01 }
END
model logits colours 30 <<'END'
model logits
data { scale = 1/255 }
input x : [2, 6, 6]
encoder { flatten; dense(3) }
latent z = code
decoder { dense(72); reshape(2, 6, 6) }
loss { bce(x) }
train { batch = 10; learning_rate = 0.01 }
END
model one images 5 <<'END'
model one
input x : [1, 4, 5]
encoder { flatten; dense(1) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 10 }
END
describe() { printf '{"scale": %s, "mean": %s, "std": %s, "prior_std": %s}\n' "$2" "$3" "$4" "$5" >$1.json; }
describe bell 0.00392156862745098 '[0.4]' '[0.3]' 0.7071067811865476
describe wide 0.00392156862745098 '[0.4]' '[0.3]' 1
describe filters 0.00392156862745098 '[0.4, 0.2]' '[0.3, 0.5]' null
describe logits 0.00392156862745098 '[0, 0]' '[1, 1]' null
describe one 1 '[0]' '[1]' null
for run in bell wide; do "$PYTHON" "$TESTS/commands/measure.py" $run images; done
for run in filters logits; do "$PYTHON" "$TESTS/commands/measure.py" $run colours; done
# a filter is a part
"$PYTHON" "$TESTS/commands/measure.py" filters colours 3
"$PYTHON" "$TESTS/commands/measure.py" one images

# The output does not depend on threads and targets.
for run in bell filters; do
    data=images
    [ $run = bell ] || data=colours
    aespec measure $run --data $data --json >first
    for threads in 1 2 3; do
        aespec measure $run --data $data --json --threads $threads | cmp - first && echo "$run: $threads threads, equal"
    done
    aespec measure $run --data $data --json --target=scalar | cmp - first && echo "$run: scalar, equal"
done

# The text has the same numbers as the JSON, and the reasons for missing numbers.
lines() { grep '^[a-z_ ]* none: \|^units_alive \|^live \|^cells ' ../stdout; }
try 0 aespec measure bell --data images
cut -d' ' -f1 ../stdout | uniq | tr '\n' ' '
echo
mv ../stdout bell.lines
aespec measure bell --data images --json >bell.measured
"$PYTHON" - <<'END'
import json

found = json.load(open("bell.measured"))
for line in open("bell.lines"):
    name, *values = line.split()
    value = found.get(name)
    if isinstance(value, (list, dict)):
        value = value[values[0] if isinstance(value, dict) else int(values[0])]
        values = values[1:]
    numbers = value if isinstance(value, list) else [value]
    texts = ["%.9g" % each if isinstance(each, float) else str(each) for each in numbers]
    if name != "units_alive" and texts != values:
        print(line, value)
END
try 0 aespec measure wide --data images
sed -n 's/[-0-9.e]*[0-9]\b/N/g; /^extent\|^covariance/p' ../stdout
try 0 aespec measure one --data images
lines

# For each part its first and last unit, and the same numbers as in JSON.
aespec measure filters --data colours --parts 3 | grep '^part' >filters.parts
cut -d' ' -f1-3 filters.parts
aespec measure filters --data colours --parts 3 --json >filters.measured
cut -d' ' -f4 filters.parts | "$PYTHON" -c '
import json, sys
numbers = json.load(open("filters.measured"))["parts"]
print(["%.9g" % number for number in numbers] == sys.stdin.read().split())'
aespec measure one --data images --parts 1 | grep '^part\|^knn'
try 2 aespec measure filters --data colours --parts 5
try 2 aespec measure filters --data colours --parts 0
try 2 aespec measure one --data images --parts 2

# Data without labels, without a test split, of one sample, of one file; codes that are all the same.
cp -r images unlabelled && rm unlabelled/*-labels-*
try 0 aespec measure bell --data unlabelled
lines
try 0 aespec measure bell --data unlabelled --parts 2
grep "^part" ../stdout
cp -r images train_only && rm train_only/t10k-*
try 0 aespec measure bell --data train_only
head -n 2 ../stdout
lines
make_files random single 1 1 4 5
try 0 aespec measure bell --data single
lines
make_files fill same.idx u1 7 12 4 5
try 0 aespec measure bell --data same.idx
lines
try 0 aespec measure bell --data same.idx --json

# Errors.
try 2 aespec measure bell
try 3 aespec measure bell --data missing
cp -r images test_only && rm test_only/train-*
try 3 aespec measure bell --data test_only
try 1 aespec measure bell --data colours
try 2 aespec measure bell.aespec --data images
try 3 aespec measure bell.aespec --data images --weights missing
try 1 aespec measure one.aespec --data images --weights bell
try 2 aespec measure bell --data images --split train
try 2 aespec measure bell --data images --threads 0
try 2 aespec measure
"$PYTHON" - <<'END'
import numpy as np, os, sys
sys.path.insert(0, os.environ["TESTS"] + "/torch")
from files import read_safetensors, write_safetensors
arrays, metadata = read_safetensors("one/weights.safetensors")
name = next(name for name in arrays if name.startswith("encoder") and name.endswith("weight"))
arrays[name] = np.full_like(arrays[name], 3e38)
write_safetensors("huge.safetensors", arrays, metadata)
END
try 1 aespec measure one.aespec --data images --weights huge.safetensors
