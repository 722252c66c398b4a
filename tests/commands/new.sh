# new: each template is a working spec with the name of its file, and no file is overwritten.
. "$TESTS/commands/common.sh"
aespec() { "$AESPEC" "$@"; }
make_files idx digits.idx u1 40 28 28
for template in ae conv vae; do
    try 0 aespec new --template $template -o my-$template.aespec
    aespec check my-$template.aespec && grep '^model' my-$template.aespec
    try 0 aespec train my-$template.aespec --data digits.idx --epochs 1 --batch 20 --quiet --out run-$template
    head -n 1 my-$template.aespec
done
aespec new >plain.aespec && aespec check plain.aespec && head -n 6 plain.aespec
aespec new --template ae | cmp - plain.aespec && echo "ae is the default"
for file in in.aespec 3d.aespec relu.aespec "with blank.spec.aespec"; do
    aespec new -o "$file" 2>/dev/null && aespec check "$file" && grep '^model' "$file"
done
try 2 aespec new -o plain.aespec
try 2 aespec new --template gan
try 2 aespec new --template va
try 2 aespec new plain.aespec
try 3 aespec new -o nowhere/plain.aespec
