# Data that are missing, or not of the required kind.
. "$TESTS/commands/common.sh"
make_trainers small
train() { try "$1" ./small train --out run --quiet --data "$2"; }
train 3 missing
mkdir empty
train 3 empty
cp -r data other && rm other/train-images-idx3-ubyte
train 3 other
cp -r data only_train && rm only_train/t10k-*
train 0 only_train
head -n 1 run/metrics.csv && sed 's/[0-9.e-]*[0-9]/N/g' run/metrics.csv | tail -n 1
rm -r run
try 0 ./small train --out run --quiet --data only_train --epochs 1
try 0 ./small evaluate --weights run --data only_train
rm -r run
cp -r data folder_for_file && rm folder_for_file/train-images-idx3-ubyte && mkdir folder_for_file/train-images-idx3-ubyte
train 3 folder_for_file
cp -r data both && make_files gzip data/train-images-idx3-ubyte both/train-images-idx3-ubyte.gz
train 1 both
cp -r data both_labels && make_files gzip data/t10k-labels-idx1-ubyte both_labels/t10k-labels-idx1-ubyte.gz
train 1 both_labels
cp -r data two && cp data/train-images-idx3-ubyte two/train-images-idx9-other
train 1 two
try 2 ./small train --out run --quiet
try 2 ./small train --out run --quiet --data ""
