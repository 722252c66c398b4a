# The files of editors/ are up to date with the tables and have a word for each row.
"$BUILD/aespec-pages" editors made && diff -ru "$ROOT/editors" made >&2 && echo "the files are those of the tables ('make docs')"

sed -n 's/^\(ITEM\|RESERVED\|LAYER\|EXPANSION\|ACTIVATION\|LATENT\|TERM\|FUNCTION\|DATA\|READER\|SETTING\|OPTIMIZER\|REDUCTION\)(\([a-z0-9_]*\)[,)].*/\2/p' "$ROOT"/language/*.def >rows
[ $(wc -l <rows) -ge 60 ] || echo "only $(wc -l <rows) rows were found"
for file in vim/syntax/aespec.vim aespec.tmLanguage.json; do
    missing=$(while read -r row; do grep -Eq "[(|:]$row[\\|)]" "made/$file" || echo "$row"; done <rows)
    [ -z "$missing" ] && echo "$file has every row" || echo "$file lacks" $missing
done

for word in $(sed -n 's/^RESERVED(\(.*\))$/\1/p' "$ROOT/language/tables.def"); do
    echo "model $word" >reserved.aespec
    "$AESPEC" check reserved.aespec 2>&1 | grep -q "'$word' is a reserved word" || echo "$word is not reserved"
done

"$PYTHON" - made/aespec.tmLanguage.json "$SPECS"/*.aespec <<'END'
# The grammar can be parsed, its expressions compile, and the patterns that it includes exist.
import json, re, sys
grammar = json.load(open(sys.argv[1]))
count = 0
def walk(part):
    global count
    if isinstance(part, dict):
        for key in ("match", "begin", "end"):
            if key in part:
                re.compile(part[key])
                count += 1
        if "include" in part:
            assert part["include"][1:] in grammar["repository"], part["include"]
    for below in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        walk(below)
walk(grammar)
assert count > 15, count
item = re.compile(grammar["patterns"][0]["match"], re.M)
for path in sys.argv[2:]:
    found = [word.strip() for word in item.findall(open(path).read())]
    assert found[0] == "model" and "loss" in found and "conv" not in found, found
print("the TextMate grammar parses")
END
