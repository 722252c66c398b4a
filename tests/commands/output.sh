# Results that cannot be written: exit 3, and existing files are unchanged.
. "$TESTS/commands/common.sh"
make_trainers
make_weights
./bell train --data data --out bell_run --steps 1 --quiet || exit
mkdir folder.npy folder.png folder.csv
try 3 ./small encode --weights small.safetensors --data data -o folder.csv
try 3 ./small encode --weights small.safetensors --data data -o nowhere/codes.csv
try 3 ./small encode --weights small.safetensors --data data -o small/codes.csv
try 3 ./small reconstruct --weights small.safetensors --data data -o folder.png
try 3 ./small reconstruct --weights small.safetensors --data data -o nowhere/out.npy
try 3 ./bell sample --weights bell_run -o nowhere/out.png
try 3 ./bell sample --weights bell_run -o folder.npy
try 3 ./bell grid --weights bell_run -o nowhere/out.png
try 3 ./small train --data data --quiet --out small
try 3 ./small train --data data --quiet --out small/run
try 3 ./small train --data data --quiet --out run --trace nowhere/trace.csv
try 3 ./small train --data data --quiet --out other --trace folder.csv
