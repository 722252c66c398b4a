# show: the table for people, and the same numbers as JSON.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
cat >weighted.aespec <<'SPEC'
model weighted
const beta = 2
input x : [3, 8, 8]
encoder { conv(4, kernel = 3) -> relu; flatten }
latent z ~ gaussian(5)
decoder { mirror(encoder) }
loss { mse(x); prior = beta * kl(z); small = 1/8 * l1(z) }
train { batch = 20; epochs = 2 }
SPEC
aespec show weighted.aespec
cat >mirrored.aespec <<'SPEC'
model mirrored
input x : [1, 30, 20]
encoder { conv(4, kernel = [5, 3], stride = 2, padding = [1, 0]) -> leaky_relu(0.2); dropout(0.5); flatten }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
SPEC
aespec show mirrored.aespec | head -n 12
"$PYTHON" "$TESTS/commands/show.py" "$AESPEC" "$SPECS"
try 2 aespec show weighted.aespec --jsn
try 2 aespec show weighted.aespec weighted.aespec
try 3 aespec show missing.aespec
try 2 aespec show weighted.aespec --set gamma=1
sed 's/mse(x)/mse(y)/' weighted.aespec >wrong.aespec
try 1 aespec show wrong.aespec --json
try 3 sh -c '"$AESPEC" show weighted.aespec >/dev/full'
