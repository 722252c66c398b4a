# A file that cannot be written completely, here because of a limit on its size: exit 3, no partial file, and an
# existing file of that name is unchanged.
. "$TESTS/commands/common.sh"
make_trainers small
make_weights
make_files idx many.idx u1 3000 4 4
limited() { (ulimit -f 8; exec "$@"); }
echo "older" >codes.csv
try 3 limited ./small encode --weights small.safetensors --data many.idx -o codes.csv
cat codes.csv
try 3 limited ./small encode --weights small.safetensors --data many.idx -o codes.npy
try 3 limited ./small reconstruct --weights small.safetensors --data many.idx --count 1000 -o out.npy
try 3 limited ./small train --data many.idx --batch 1 --quiet --out run --trace trace.csv

# The same for aespec, and for a trainer that it builds.
"$AESPEC" new --template ae -o new.aespec 2>/dev/null
write_small
aespec() {
    limited "$AESPEC" "$@" 2>../messages
    code=$?
    sed 's,/[^ ]*/\(cache\|aespec\.\),\1,; s,\.[A-Za-z0-9]\{6\}/,.XXXXXX/,' ../messages >&2
    return $code
}
echo "older" >small.c
cp small.c small.html
try 3 aespec emit small.aespec -o small.c
(XDG_CACHE_HOME="$PWD/cache" && export XDG_CACHE_HOME && try 3 aespec build small.aespec -o new)
find cache
try 3 aespec train small.aespec --data many.idx --batch 1 --quiet --out driven --trace driven.csv
"$AESPEC" info driven >/dev/null || exit    # its trainer is larger than the limit
try 3 aespec report driven --data many.idx -o small.html
try 3 aespec figures driven --data many.idx
ls driven driven/figures
try 3 aespec graph new.aespec -o new.svg
cat small.c small.html

# A pipe whose reader exits early, with more output than fits in the pipe.
mkfifo broken.csv
head -c 1 broken.csv >/dev/null &
piped() { (trap '' PIPE; exec "$@"); }
try 3 piped ./small encode --weights small.safetensors --data many.idx -o broken.csv
wait
