# CC and CFLAGS: honoured, and refused where they would change numbers; what happens without a C compiler.
spec=$SPECS/ael.aespec
export XDG_CACHE_HOME="$PWD/cache folder"
try() { "$@" >out 2>err; echo "exit $?"; }
cached() { ls "$XDG_CACHE_HOME/aespec" 2>/dev/null | wc -l; }

cat >slow-cc <<'END'
#!/bin/sh
echo called >>calls
exec cc "$@"
END
chmod +x slow-cc
compiled() { grep -c called calls; rm -f calls; }

echo "CC of two words, a new trainer:"; CC="env ./slow-cc" CFLAGS=-O0 try "$AESPEC" build "$spec"; cached
[ "$(compiled)" -gt 1 ] && echo "compiled"
echo "again, from the cache:"; before=$(ls -i "$XDG_CACHE_HOME/aespec"); CC="env ./slow-cc" CFLAGS=-O0 try "$AESPEC" build "$spec"
[ "$before" = "$(ls -i "$XDG_CACHE_HOME/aespec")" ] && echo "same file"
echo "other flags, another trainer:"; CFLAGS="-O1  -g" try "$AESPEC" build "$spec"; cached
echo "a run-time setting compiles nothing:"
CFLAGS="-O1 -g" try "$AESPEC" train "$spec" --set epochs=1 --steps 0 --help; cached
for flag in -ffast-math -Ofast -funsafe-math-optimizations; do
    echo "$flag:"; CFLAGS="-O2 $flag" try "$AESPEC" build "$spec" -o new; cat err
done
echo "no such compiler:"; CC=no-such-compiler try "$AESPEC" build "$spec" -o new; cat err
echo "no compiler at all:"; env -u CC PATH=/nowhere "$AESPEC" build "$spec" -o new 2>err; echo "exit $?"; cat err
printf '#!/bin/sh\ncase "$*" in *--version*) echo mine; exit;; esac\necho it broke; exit 1\n' >broken-cc; chmod +x broken-cc
echo "a compiler that fails:"; CC=./broken-cc try "$AESPEC" build "$spec" -o new; head -n 1 err; ls new 2>/dev/null
cached
