# Damaged data: no run may be created.
. "$TESTS/commands/common.sh"
make_trainers small
train() { try "$1" ./small train --out run --quiet --data "$2"; }
images=data/train-images-idx3-ubyte
make_files bytes empty.idx
train 1 empty.idx
make_files cut $images short.idx 3
train 1 short.idx
make_files cut $images header.idx 10
train 1 header.idx
make_files cut $images truncated.idx -1
train 1 truncated.idx
make_files append $images long.idx 00
train 1 long.idx
make_files patch $images magic.idx 0 0102
train 1 magic.idx
make_files patch $images type.idx 2 0a
train 1 type.idx
make_files patch $images rank.idx 3 00
train 1 rank.idx
make_files patch $images many.idx 4 7fffffff
train 1 many.idx
make_files patch $images overflow.idx 4 ffffffffffffffffffffffff
train 1 overflow.idx
make_files idx none.idx u1 0 4 4
train 1 none.idx
printf 'a picture\n' >text.idx
train 1 text.idx
make_files gzip $images whole.idx.gz
make_files cut whole.idx.gz truncated.idx.gz -9
train 1 truncated.idx.gz
make_files patch whole.idx.gz corrupt.idx.gz 30 ffffffffff
train 1 corrupt.idx.gz
make_files patch whole.idx.gz checksum.idx.gz -8 00000000
train 1 checksum.idx.gz
cp $images plain.idx.gz
train 1 plain.idx.gz
make_files bytes empty.idx.gz
train 1 empty.idx.gz
cp -r data labels && make_files idx labels/train-labels-idx1-ubyte u1 11
train 1 labels
cp -r data label_rank && make_files idx label_rank/train-labels-idx1-ubyte u1 12 2
train 1 label_rank
cp -r data test && make_files cut data/t10k-images-idx3-ubyte test/t10k-images-idx3-ubyte -1
train 1 test
make_files fill nan.idx f4 nan 12 4 4
train 1 nan.idx
