# A file that cannot be written to its end (here by a limit on its size, its signal ignored): exit 3, nothing of it left,
# and the older file of that name as it was.
. "$TESTS/commands/common.sh"
make_trainers small
make_weights
make_files idx many.idx u1 3000 4 4
limited() { (trap '' XFSZ; ulimit -f 8; exec "$@"); }
echo "older" >codes.csv
try 3 limited ./small encode --weights small.safetensors --data many.idx -o codes.csv
cat codes.csv
try 3 limited ./small encode --weights small.safetensors --data many.idx -o codes.npy
try 3 limited ./small reconstruct --weights small.safetensors --data many.idx --count 1000 -o out.npy
try 3 limited ./small train --data many.idx --batch 1 --quiet --out run --trace trace.csv
# A pipe whose reader ends first: more than the pipe holds is written.
mkfifo broken.csv
head -c 1 broken.csv >/dev/null &
piped() { (trap '' PIPE; exec "$@"); }
try 3 piped ./small encode --weights small.safetensors --data many.idx -o broken.csv
wait
