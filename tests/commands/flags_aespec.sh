# Wrong command lines of aespec, and specs that are not files.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
cp "$SPECS/ael.aespec" .
mkdir folder
try 2 aespec
try 2 aespec chekc ael.aespec
try 2 aespec check
try 2 aespec check --st p=1 ael.aespec
try 2 aespec emit --dump=tree ael.aespec
try 2 aespec emit --target=sse ael.aespec
try 2 aespec emit --real=half ael.aespec
try 2 aespec emit --target
try 2 aespec emit ael.aespec ael.aespec
try 2 aespec emit --target=avx2 --real=double ael.aespec
try 2 aespec show
try 2 aespec train
try 2 aespec train ael.aespec --epochs 0
try 2 aespec train ael.aespec --resume
try 2 aespec graph ael.aespec -o ael.txt
try 2 aespec fmt ael.aespec ael.aespec
try 2 aespec fmt -i --check ael.aespec
try 3 aespec check missing.aespec
try 3 aespec check folder
try 3 aespec emit missing.aespec
try 3 aespec emit ael.aespec -o folder
try 3 aespec emit ael.aespec -o nowhere/ael.c
try 3 aespec train missing
try 3 aespec evaluate folder
try 3 aespec report folder
try 3 aespec measure folder
try 2 aespec check --set p ael.aespec
try 2 aespec check --set =1 ael.aespec
try 2 aespec check --set q=1 ael.aespec
try 1 aespec check --set p=2 ael.aespec
try 2 aespec check --set p=1/0 ael.aespec
try 2 aespec check --set "p=(" ael.aespec
try 2 aespec check --set epochs=0 ael.aespec
echo "not a trainer" >ael
try 2 aespec build ael.aespec
try 2 aespec build ael.aespec -o folder
try 2 aespec build ael.aespec -o ael.aespec
