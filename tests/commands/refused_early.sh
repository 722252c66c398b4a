# Errors in a command line, a spec or a run that aespec can find early are reported before a C compiler runs or anything
# is written.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
record_compiler
make_files data data
spec() {    # NAME LATENT [DATA]
    cat <<END >$1.aespec
model $1
const beta = 1
input x : [1, 4, 4]
encoder { flatten; dense(6) -> tanh$2
decoder { mirror(encoder) }
loss { sse(x); beta * l2(z) }
${3:-}
END
}
spec bell " }
latent z ~ gaussian(2)"
spec wide " }
latent z ~ gaussian(6)" 'data { source = idx("nowhere") }'
spec code "; dense(6) }
latent z = code" 'data { source = idx("data") }'
sed 's/\[1, 4, 4\]/[16]/; s/flatten; //' bell.aespec >flat.aespec
spec swept " }
latent z ~ gaussian(6)" 'data { source = idx("nowhere") }
sweep { batch in [1, 2] }'
# The files of a run, without weights.
mkdir -p runs/bell && cp bell.aespec runs/bell/spec.aespec && echo '{"set": []}' >runs/bell/run.json
: >w.safetensors
: >codes.npy

echo "a model that does not fit the command"
try 2 aespec grid wide.aespec --weights w.safetensors -o plane.png
try 2 aespec sample code.aespec --weights w.safetensors -o sample.png
try 2 aespec measure wide.aespec --weights w.safetensors --data data --parts 4
try 2 aespec decode flat.aespec --weights w.safetensors --latent codes.npy -o out.png
try 2 aespec grid bell.aespec --weights w.safetensors --from 0,0 -o plane.png
echo "what is not there"
try 2 aespec evaluate bell.aespec --data data
try 3 aespec evaluate bell.aespec --data data --weights w
try 3 aespec train bell.aespec --data missing
try 3 aespec train wide.aespec
try 2 aespec train flat.aespec
try 3 aespec train code.aespec --init missing.safetensors
try 3 aespec decode bell.aespec --weights w.safetensors --latent missing.csv -o out.npy
try 3 aespec evaluate runs/bell --data data
try 3 aespec figures runs/bell --data data
try 3 aespec sweep swept.aespec
try 2 aespec sample bell.aespec --weights w.safetensors
echo "a run that is there"
try 2 aespec train bell.aespec --data data
echo "wrong sets"
try 2 aespec evaluate bell.aespec --data data --weights w.safetensors --set gamma=1
try 2 aespec train code.aespec --set batch=0
try 2 aespec train code.aespec --set beta=1/0 --epochs 3
[ -e calls ] && echo "the C compiler was called"
ls
