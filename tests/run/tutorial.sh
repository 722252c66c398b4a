# docs/tutorial.md: runs all commands, in order, in one folder. Training is shortened to a few hundred samples and one
# epoch. A block "```sh" has commands; "```sh shown" is followed by a block with their output; "exit N" is the exit code
# of the last one.
page=$ROOT/docs/tutorial.md
mkdir bin folder
cat >bin/aespec <<'SCRIPT'
#!/bin/sh
# The limits come last, so that they override those of the page.
if [ "$1" = train ]; then set -- "$@" --limit 300 --epochs 1; fi
exec "$AESPEC" "$@"
SCRIPT
chmod +x bin/aespec
PATH=$PWD/bin:$PATH
ln -s "$ROOT/data" folder/data

awk '
    /^```sh/ { name = sprintf("block_%02d", ++blocks); shown = /shown/; print /exit/ ? $NF : 0 >name ".code"; file = name ".sh"; inside = 1; next }
    /^```text/ { if (shown) { file = name ".words"; inside = 1 } else inside = 2; shown = 0; next }
    /^```/ && !inside { inside = 2; next }
    /^```$/ { inside = 0; next }
    inside == 1 { print >file }
' "$page"

count=0
for block in block_*.sh; do
    name=${block%.sh}
    read -r expected <$name.code
    (cd folder && sh -e ../$block) >$name.out 2>&1
    code=$?
    [ $code -eq "$expected" ] || { echo "exit $code:"; cat $block; cat $name.out >&2; }
    [ ! -e $name.words ] || diff $name.words $name.out >&2 || { echo "other words than the page shows:"; cat $block; }
    count=$((count + $(grep -c . $block)))
done
ls block_*.words | wc -l
[ $count -ge 20 ] && echo "every command does what the page says"
cd folder && ls
# Files that the page shows of a run that is not made here.
for picture in $(sed -n 's/^!\[.*\](\(.*\))$/\1/p' "$page"); do [ -s "$ROOT/docs/$picture" ] || echo "docs/$picture is missing"; done
