# aespec graph: wrong command lines, and pictures that cannot be created or written.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
cp "$SPECS/ael.aespec" .
sed 's/dense(64)/conv(64, kernel = 3)/' ael.aespec >wrong.aespec
mkdir folder.svg folder.png
echo "older" >older.png
try 2 aespec graph ael.aespec
try 2 aespec graph ael.aespec -o ael.pdf
try 2 aespec graph ael.aespec -o svg
try 2 aespec graph -o ael.svg
try 2 aespec graph ael.aespec --set q=1 -o ael.svg
try 1 aespec graph wrong.aespec -o older.png
try 3 aespec graph missing.aespec -o ael.svg
try 3 aespec graph ael.aespec -o folder.svg
try 3 aespec graph ael.aespec -o nowhere/ael.svg
try 0 aespec graph ael.aespec -o ael.svg
try 0 aespec graph ael.aespec --set p=0.25 -o dropout.svg
grep -c 'dropout 0.25' ael.svg dropout.svg

# Without rsvg-convert, with one that fails, and with one that works.
mkdir bin
(
    PATH=$PWD/bin
    try() { "$@"; echo "exit $?"; }
    try aespec graph ael.aespec -o older.png 2>&1
)
printf '#!/bin/sh\necho half a picture\nexit 1\n' >bin/rsvg-convert && chmod +x bin/rsvg-convert
PATH=$PWD/bin:$PATH try 3 aespec graph ael.aespec -o older.png
printf '#!/bin/sh\nexec cat\n' >bin/rsvg-convert
PATH=$PWD/bin:$PATH try 3 aespec graph ael.aespec -o folder.png
PATH=$PWD/bin:$PATH try 3 aespec graph ael.aespec -o nowhere/ael.png
cat older.png
PATH=$PWD/bin:$PATH try 0 aespec graph ael.aespec -o older.png
cmp ael.svg older.png && echo "all of it passed through"
ls
