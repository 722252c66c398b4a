# A loss that is not finite ends the run in that step with 5 and names the layer.
. "$TESTS/commands/common.sh"
make_trainers
try 5 ./small train --data data --quiet --out run --optimizer sgd --learning-rate 1e30 --epochs 50
ls run | sort
test -e run/weights.safetensors && try 0 ./small evaluate --weights run --data data
try 5 ./bell train --data data --quiet --out bell_run --optimizer sgd --learning-rate 1e10 --epochs 50
