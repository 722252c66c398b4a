# Installed in a folder with blanks, moved, and called in several ways, aespec finds its library and trains. uninstall
# removes all of its files and no others.
. "$TESTS/commands/common.sh"
unset AESPEC_RUNTIME
export CFLAGS="${CFLAGS:--O0}"    # the trainers of this test need not be fast
export XDG_CACHE_HOME="$PWD/cache folder" DESTDIR="$PWD/dest dir" PREFIX="/opt/a b"
"$ROOT/scripts/install.sh" install | sed "s,$PWD/,,"
(cd "$DESTDIR$PREFIX" && find . -type f ! -name '*.h' ! -path '*/docs/*' ! -path '*/specs/*' ! -name 'aespec-*.1' |
    LC_ALL=C sort)
[ $(find "$DESTDIR" -name '*.h' | wc -l) -eq $(find "$BUILD/include" -name "*.h" | wc -l) ] && echo "headers"
[ $(find "$DESTDIR" ! -type d -perm /111 | wc -l) -eq 1 ] && echo "one program"
(cd "$DESTDIR" && find . -type d ! -path "./opt*")

mv "$DESTDIR$PREFIX" "moved here"
installed="$PWD/moved here"
ln -s "moved here/bin/aespec" link
mkdir bin
ln -s ../link bin/aespec
cat >"small one.aespec" <<'END'
model small
input x : [1, 4, 4]
encoder { flatten; dense(3) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x) }
train { batch = 4; epochs = 1 }
END
make_files data data
"$installed/bin/aespec" train "small one.aespec" --data data --quiet --out "run 1" && echo "trained"
./link evaluate "run 1" --data data --json | grep -c '"loss"'
(PATH="$PWD/bin:$PATH" && aespec encode "run 1" --data data -o codes.npy && ls codes.npy)
./link build "small one.aespec" --real=double -o double && ./double info | grep -c double

echo "over itself, with a file of an earlier version and one of somebody else:"
export DESTDIR= PREFIX="$installed"
mkdir "$installed/share/old" && touch "$installed/share/old/page"
printf '%s\n' share/old/ share/old/page >>"$installed/lib/aespec/installed"
touch "$installed/lib/aespec/include/mine.h"
"$ROOT/scripts/install.sh" install >/dev/null
ls "$installed/share"
"$ROOT/scripts/install.sh" uninstall && find "moved here" | LC_ALL=C sort
echo "again:"
"$ROOT/scripts/install.sh" uninstall 2>/dev/null
echo "exit $?"
"$ROOT/scripts/install.sh" install >/dev/null && rm "$installed/lib/aespec/include/mine.h"
"$ROOT/scripts/install.sh" uninstall && find "moved here"
rmdir "moved here/lib" "moved here" && "$ROOT/scripts/install.sh" install >/dev/null
"$ROOT/scripts/install.sh" uninstall && [ ! -e "moved here" ] && echo "nothing is left"
