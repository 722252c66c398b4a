# Data whose shape differs from the spec's input are rejected; other forms of the same shape are accepted.
. "$TESTS/commands/common.sh"
make_trainers small
train() { try "$1" ./small train --out run --quiet --data "$2"; rm -rf run; }
make_files idx wide.idx u1 12 4 5
train 1 wide.idx
make_files idx vector.idx u1 12 16
train 1 vector.idx
make_files idx short.idx u1 12
train 1 short.idx
make_files idx channels.idx u1 12 2 4 4
train 1 channels.idx
make_files idx rank.idx u1 12 1 1 4 4
train 1 rank.idx
make_files idx one.idx u1 12 1 4 4
train 0 one.idx
make_files idx single.idx u1 1 4 4
train 0 single.idx
for type in i1 i2 i4 f4 f8; do
    make_files idx $type.idx $type 12 4 4
    train 0 $type.idx
done
cp -r data test && make_files idx test/t10k-images-idx3-ubyte u1 6 5 4
train 1 test
