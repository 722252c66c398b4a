# CC and CFLAGS are used, and rejected if they would change results; errors without a C compiler.
spec=$SPECS/ael.aespec
export XDG_CACHE_HOME="$PWD/cache folder"
# A library compiled with sanitizers requires the same flags.
base=${CFLAGS:-}
try() { "$@" >out 2>err; echo "exit $?"; }
cached() { ls "$XDG_CACHE_HOME/aespec" 2>/dev/null | wc -l; }

cat >slow-cc <<'END'
#!/bin/sh
echo called >>calls
exec cc "$@"
END
chmod +x slow-cc
compiled() { grep -c called calls; rm -f calls; }

echo "CC of two words, a new trainer:"; CC="env ./slow-cc" CFLAGS="$base -O0" try "$AESPEC" build "$spec"; cached
[ "$(compiled)" -gt 1 ] && echo "compiled"
echo "again, from the cache:"; before=$(ls -i "$XDG_CACHE_HOME/aespec"); CC="env ./slow-cc" CFLAGS="$base -O0" try "$AESPEC" build "$spec"
[ "$before" = "$(ls -i "$XDG_CACHE_HOME/aespec")" ] && echo "same file"
echo "other flags, another trainer:"; CFLAGS="$base  -O1  -g" try "$AESPEC" build "$spec"; cached
echo "settings and run-time consts compile nothing, a const that shapes does:"
cat >mine.aespec <<'END'
model mine
const beta = 0.5
const units = 3
input x : [1, 28, 28]
encoder { flatten; dense(units) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x); beta * l2(z) }
train { batch = 10; epochs = 1 }
END
train() { try "$AESPEC" train mine.aespec --data "$ROOT/data/mnist" --limit 20 --quiet "$@"; cached; }
train --out run_1
train --out run_2 --set beta=2*0.5 --set batch=5 --learning-rate 0.1
train --out run_3 --set units=4
sed -n '/"set"/,/]/p; /"consts"/,/}/p' run_2/run.json
echo "flags that change results:"
for flag in -ffast-math -Ofast -funsafe-math-optimizations -fassociative-math -freciprocal-math -ffinite-math-only \
    -fno-signed-zeros -fapprox-func -ffp-model=fast -fdenormal-fp-math=preserve-sign -mdaz-ftz -mfpmath=387 -mpc32 \
    -mrecip=all /usr/lib/crtfastmath.o @flags; do
    CFLAGS="$base -O2 $flag" try "$AESPEC" build "$spec" -o new >code && grep -q "CFLAGS has $flag" err || echo "CFLAGS: $flag"
    CC="cc $flag" CFLAGS=$base try "$AESPEC" build "$spec" -o new >>code && grep -q "CC has $flag" err || echo "CC: $flag"
    [ "$(uniq code)" = "exit 2" ] || echo "$flag: $(cat code)"
done
CFLAGS="$base -O2 -ffast-math" try "$AESPEC" build "$spec" -o new; cat err
CC="cc -funsafe-math-optimizations" CFLAGS=$base try "$AESPEC" build "$spec" -o new; cat err
CC="cc @flags" CFLAGS=$base try "$AESPEC" build "$spec" -o new; cat err
ls new 2>/dev/null
echo "flags that do not:"; CFLAGS="$base -O0 -fno-fast-math -fno-math-errno -fno-trapping-math" try "$AESPEC" build "$spec" -o ael
echo "a --set with a trigraph:"; CFLAGS="$base -O0" try "$AESPEC" build "$spec" --set 'p=0.5#??/' -o ael
cp "$spec" 'name with ??-??(\.aespec'; CFLAGS="$base -O0" try "$AESPEC" build --target=scalar 'name with ??-??(\.aespec' -o ael; ./ael info | head -n 1

echo "compilers that make no position-independent programs by themselves:"
for flags in -no-pie -fno-pie "-fno-pie -no-pie"; do
    CC="cc $flags" CFLAGS="$base -O0" try "$AESPEC" build "$spec" -o ael && ./ael info >/dev/null || cat err
done
# An object of the library compiled by such a compiler.
object=$PWD/library/runtime/data/idx.o
env -u MAKEFLAGS make -s -C "$ROOT" BUILD="$PWD/library" CC='cc -fno-pie -no-pie' "$object" >/dev/null || exit
cc -pie -nostartfiles -Wl,--unresolved-symbols=ignore-all -o ignored "$object" 2>err || cat err
rm -r library

echo "another header of the library, another trainer:"
mkdir library && cp -r "$BUILD"/libaespec_runtime.a "$BUILD/include" library
with_library() { AESPEC_RUNTIME=library CFLAGS="$base -O0" XDG_CACHE_HOME="$PWD/cache" try "$AESPEC" build "$spec" -o ael; ls cache/aespec | wc -l; }
with_library
echo "// a comment" >>library/include/runtime/api/kernel.h
with_library
with_library

echo "no such compiler:"; CC=no-such-compiler try "$AESPEC" build "$spec" -o new; cat err
echo "no compiler at all:"; env -u CC PATH=/nowhere "$AESPEC" build "$spec" -o new 2>err; echo "exit $?"; cat err
printf '#!/bin/sh\ncase "$*" in *--version*) echo mine; exit;; esac\necho it broke; exit 1\n' >broken-cc; chmod +x broken-cc
echo "a compiler that fails:"; CC=./broken-cc try "$AESPEC" build "$spec" -o new; head -n 1 err; ls new 2>/dev/null
cached
