# The kinds of files for -o and --trace: a regular file is replaced; the target of a symbolic link is replaced or
# created and the link is kept; any other file is opened and written. All files are in this folder.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_trainers
cp "$SPECS/ael.aespec" t.aespec
./bell train --data data --out run --quiet 2>/dev/null || exit

# kinds FILE COMMAND...: runs the command with -o FILE (or the option of `option`) for each kind of file.
option=-o
kinds() {
    file=$1
    shift
    mkdir kinds kinds/there
    printf '%s:' "$file"
    "$@" $option kinds/$file >/dev/null 2>&1 || printf ' exit %s' $?
    mkfifo kinds/fifo-$file
    timeout 20 cat kinds/fifo-$file >kinds/read &
    "$@" $option kinds/fifo-$file >/dev/null 2>&1 || printf ' exit %s' $?
    wait
    same kinds/read && [ -p kinds/fifo-$file ] && printf ' fifo'
    echo old >kinds/there/target
    ln -s there/target kinds/link-$file
    ln -s "$PWD/kinds/link-$file" kinds/second-$file
    "$@" $option kinds/second-$file >/dev/null 2>&1 || printf ' exit %s' $?
    links_stay && same kinds/there/target && printf ' link'
    rm kinds/there/target
    "$@" $option kinds/second-$file >/dev/null 2>&1 || printf ' exit %s' $?
    links_stay && same kinds/there/target && printf ' dangling'
    echo " $(ls kinds kinds/there | wc -l)"
    rm -r kinds
}
same() { cmp -s "$1" kinds/$file; }
links_stay() { [ -h kinds/link-$file ] && [ -h kinds/second-$file ]; }

kinds t.c aespec emit t.aespec
kinds t.svg aespec graph t.aespec
kinds t.html aespec report run --data data
kinds codes.csv ./bell encode --weights run --data data
kinds codes.npy ./bell encode --weights run --data data
kinds pairs.png ./bell reconstruct --weights run --data data
kinds pairs.npy ./bell reconstruct --weights run --data data
kinds sample.png ./bell sample --weights run
kinds grid.png ./bell grid --weights run
./bell encode --weights run --data data -o z.csv 2>/dev/null
cut -d, -f1,2 z.csv >codes.csv
kinds decoded.npy ./bell decode --weights run --latent codes.csv
train() { rm -rf traced && ./bell train --data data --out traced --quiet "$@"; }
option=--trace
kinds trace.csv train

# A link that points to itself.
ln -s circle.c circle.c
try 3 aespec emit t.aespec -o circle.c

# `build` replaces only trainers.
mkfifo fifo && echo words >words
mkdir there && cp bell there/bell
ln -s words to_words && ln -s fifo to_fifo && ln -s there/bell to_bell && ln -s there/new to_new
for name in fifo words to_words to_fifo; do try 2 aespec build t.aespec -o $name; done
for name in to_bell to_new; do try 0 aespec build t.aespec -o $name; done
cmp there/bell there/new && ./there/new info | sed -n '1s/ (.*//p'
stat -c '%N %F' fifo words to_words to_fifo to_bell to_new
cat words
# `fmt -i` rewrites only regular files.
printf 'model   m\n' >there/loose.aespec && ln -s there/loose.aespec loose.aespec
aespec fmt -i loose.aespec
stat -c '%N %F' loose.aespec
cat there/loose.aespec
