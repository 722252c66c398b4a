# docs/ir.md: its tables are those of the rows, each op has a line, and its example is the dump of a test.
page=$ROOT/docs/ir.md
"$BUILD/aespec-pages" tables "$page" >renewed.md || exit 1
diff -u "$page" renewed.md >&2 && echo "the tables are those of the rows ('make docs')"

sed -n 's/^OP([A-Z0-9_]*, \([a-z0-9_]*\), .*/\1/p' "$ROOT/language/ops.def" >ops
while read -r op; do
    [ "$(grep -c "^| \`$op\` |" "$page")" -eq 1 ] || echo "$op has no line, or two"
done <ops
[ "$(wc -l <ops)" -ge 32 ] && echo "each op has a line"

sed -n '/^## Text$/,/^A line is/s/^    //p' "$page" | grep -v '^ *\.\.\.$' >example
while IFS= read -r line; do
    grep -qxF -- "$line" "$TESTS/graph/convolution.expect" || echo "not in the dump: $line"
done <example
[ "$(wc -l <example)" -ge 8 ] && echo "the example is of tests/graph/convolution"
