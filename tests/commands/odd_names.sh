# Names that are not UTF-8 are escaped in run.json. Control characters, and characters that change the direction of
# text, in a spec's name must not be in the generated C.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
byte=$(printf '\377')
make_files data "data$byte"
spec="t$byte.aespec"
cat >"$spec" <<'END'
model t
const p = 0.5
input x : [1, 4, 4]
encoder { flatten; dense(3) }
latent z = code(2)
decoder { mirror(encoder) }
loss { p * sse(x) }
train { batch = 4; epochs = 2 }
END
aespec train "$spec" --data "data$byte" --out "run$byte" --quiet || exit
aespec train "$spec" --data "data$byte" --out more --init "run$byte" --set "p = 2  # é$byte" --quiet || exit
"$PYTHON" - "run$byte" more <<'END'
import json
import sys

for folder in sys.argv[1:]:
    facts = json.load(open(f"{folder}/run.json", encoding="utf-8"))
    print(" ".join(facts))
    print(facts["spec"], facts["set"], facts["init"], facts["data"]["path"])
    for split in ("train", "test"):
        for file in ("images", "labels"):
            print(facts["data"][split][file]["path"], facts["data"][split][file]["crc32"])
END
aespec evaluate more --data "data$byte" | head -n 2
# --data is given because the escaped name in run.json is not a path.
aespec report more --data "data$byte" -o page.html 2>&1
aespec report more -o page.html 2>&1
echo "exit $?"

for character in '\342\200\256' '\342\201\246' '\330\234' '\033' '\r' '\n'; do
    name=$(printf "a${character}b.aespec")
    cp "$spec" "$name"
    aespec emit "$name" >odd.c && head -n 1 odd.c
    [ "$character" = '\n' ] || LC_ALL=C grep -n "$(printf "$character")" odd.c
    rm "$name"
done
