# aespec build: its output, the files that it replaces, and its errors.
spec=$SPECS/ael.aespec
try() { "$@" >out 2>err; echo "exit $?"; }

echo "default name:"; try "$AESPEC" build "$spec"; ls -F
echo "over a trainer:"; try "$AESPEC" build "$spec" -o ael
echo "over another file:"; echo mine >notes; try "$AESPEC" build "$spec" -o notes; cat notes err
echo "over a program that is no trainer:"; cp "$(command -v ls)" program; try "$AESPEC" build "$spec" -o program
cmp program "$(command -v ls)" && cat err
echo "over aespec itself:"; cp "$AESPEC" copy; try "$AESPEC" build "$spec" -o copy
echo "over a folder:"; mkdir folder; try "$AESPEC" build "$spec" -o folder
echo "in a folder that is not there:"; try "$AESPEC" build "$spec" -o none/ael
echo "nothing but these files:"; rm -f out err; ls
