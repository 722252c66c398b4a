# With several specs, the exit code is the first one that is not 0; all specs are checked.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
cp "$SPECS/ael.aespec" good.aespec
printf 'model wrong\ninput x : [2, 3]\nencoder { }\nlatent z = code\ndecoder { }\nloss { mse(x) }\n' >wrong.aespec
try 0 aespec check good.aespec good.aespec
try 1 aespec check good.aespec wrong.aespec missing.aespec
try 3 aespec check missing.aespec wrong.aespec good.aespec
try 1 aespec check wrong.aespec wrong.aespec
