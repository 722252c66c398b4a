# A run is never overwritten.
. "$TESTS/commands/common.sh"
make_trainers small
try 0 ./small train --data data --quiet --out run
(cd run && find . | sort)
try 2 ./small train --data data --quiet --out run
mkdir empty
try 0 ./small train --data data --quiet --out empty
cmp run/weights.safetensors empty/weights.safetensors && cmp run/metrics.csv empty/metrics.csv && echo "same bytes"
try 0 ./small train --data data --quiet
ls runs
try 2 ./small train --data data --quiet
mkdir torn && cp run/run.json torn
try 2 ./small train --data data --quiet --out torn
