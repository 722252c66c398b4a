# docs/language.md: its tables are generated from the rows, and its examples are checked. A block with the fence
# ```aespec is a whole spec, or some items, to which the missing ones are added; ```aespec refused is not supported yet;
# ```shapes is the dump of the previous block.
page=$ROOT/docs/language.md
"$BUILD/aespec-pages" tables "$page" >renewed.md || exit 1
diff -u "$page" renewed.md >&2 && echo "the tables are those of the compiler"
"$BUILD/aespec-pages" tables "$ROOT/docs/commands.md" | diff -u "$ROOT/docs/commands.md" - >&2 || echo "commands.md has other tables"

awk '
    function rank(line,    word) {
        word = line
        sub(/[^a-z].*/, "", word)
        return word == "" ? 0 : index(" model const data block input encoder latent decoder loss head train sweep ", " " word " ")
    }
    # Prints the items of these ranks that are missing in the block.
    function fill(from, to,    i, at) {
        for (i = 1; i <= 6; i++) {
            at = rank(item[i])
            if (at > from && at <= to && !has[at]) print item[i] >file
        }
    }
    function write(    i, at, last) {
        for (i = 1; i <= count; i++) {
            at = kind == "shapes" ? 0 : rank(body[i])
            if (at > last) {
                fill(last, at - 1)
                last = at
            }
            print body[i] >file
        }
        if (kind != "shapes") fill(last, 1000)
        close(file)
    }
    BEGIN {
        item[1] = "model page"
        item[2] = "input x : [1, 28, 28]"
        item[3] = "encoder { flatten; dense(64) -> relu }"
        item[4] = "latent z = code"
        item[5] = "decoder { mirror(encoder) }"
        item[6] = "loss { mse(x) }"
    }
    /^```./ && !kind {
        kind = /^```aespec refused/ ? "refused" : /^```aespec/ ? "aespec" : /^```shapes/ ? "shapes" : "other"
        if (kind != "shapes") name = sprintf("line_%04d", NR)
        file = name "." kind
        count = 0
        split("", has)
        next
    }
    /^```$/ && kind {
        write()
        kind = ""
        next
    }
    kind {
        body[++count] = $0
        has[rank($0)] = 1
    }
' "$page"

count=0
for spec in line_*.aespec; do
    "$AESPEC" check "$spec" || { echo "$spec of the page is refused"; cat "$spec" >&2; }
    count=$((count + 1))
    shapes=${spec%.aespec}.shapes
    [ ! -e "$shapes" ] || "$AESPEC" emit --dump=shapes "$spec" | diff -u "$shapes" - >&2 || echo "$shapes differs"
done
[ $count -ge 15 ] || echo "only $count examples were found"
for spec in line_*.refused; do
    "$AESPEC" check "$spec" 2>error && echo "$spec of the page is not refused"
    grep -q "not supported yet" error || { echo "$spec is refused otherwise"; cat error >&2; }
    [ "$(grep -c error: error)" -eq 1 ] || { echo "$spec has other errors"; cat error >&2; }
done
ls line_*.shapes line_*.refused >/dev/null && echo "the examples are what they are said to be"
