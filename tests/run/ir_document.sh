# docs/ir.md: its tables are those of the rows, each op and each kind of the nests has a line, and its examples are
# dumps of tests.
page=$ROOT/docs/ir.md
"$BUILD/aespec-pages" tables "$page" >renewed.md || exit 1
diff -u "$page" renewed.md >&2 && echo "the tables are those of the rows ('make docs')"

# section HEADING: the lines of the page up to the next heading of the same or a higher level.
section() {
    awk -v heading="$1" '/^#+ / { level = length($1); if (inside && level <= own) inside = 0 }
        $0 == heading { inside = 1; own = level }
        inside' "$page"
}

sed -n 's/^OP([A-Z0-9_]*, \([a-z0-9_]*\), .*/\1/p' "$ROOT/language/ops.def" >ops
section "## Ops" >lines
while read -r op; do
    [ "$(grep -c "^| \`$op\` |" lines)" -eq 1 ] || echo "$op has no line, or two"
done <ops
[ "$(wc -l <ops)" -ge 32 ] && echo "each op has a line"

section "## Text" | sed -n '/^A line is/q; s/^    //p' | grep -v '^ *\.\.\.$' >example
while IFS= read -r line; do
    grep -qxF -- "$line" "$TESTS/graph/convolution.expect" || echo "not in the dump: $line"
done <example
[ "$(wc -l <example)" -ge 8 ] && echo "the example is of tests/graph/convolution"

# listed HEADING: each of the names has one line below the heading, and there is no other line.
listed() {
    section "### $1" | sed -n 's/^| `\([a-z0-9_]*\)` |.*/\1/p' | sort >lines
    sort names | diff - lines >&2 && echo "$1: $(wc -l <names) kinds"
}
# kinds ENUM PREFIX FILE HEADING: the names are the constants PREFIX_NAME of the enumeration.
kinds() {
    sed -n "/^enum $1 {/,/}/p" "$ROOT/compiler/nest/$3" | grep -o "\b$2_[A-Z_]*" | sed "s/^$2_//" | tr A-Z a-z >names
    listed "$4"
}
sed -n 's/^KERNEL([A-Z_]*, \([a-z_]*\),.*/\1/p' "$ROOT/language/ops.def" >names
listed Kernels
kinds symbol_kind SYMBOL nest.h Symbols
kinds index_kind INDEX index.h "Index expressions"
kinds operand_kind OPERAND nest.h Operands
kinds statement_kind STATEMENT nest.h Statements
kinds callee CALL nest.h Calls
kinds passed_kind PASSED nest.h Parts

sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\), [^,]*, [^,]*, \([0-9]*\), \([0-9]*\), .*/| `\1` | \2 | \3 |/p' \
    "$ROOT/language/targets.def" >machines
while IFS= read -r row; do
    section "### Machines" | grep -qF -- "$row" || echo "no row of the machines: $row"
done <machines
[ "$(wc -l <machines)" -ge 4 ] && echo "the machines are the rows of targets.def"

# The first block of the example is the whole nest, the second a part of the one for avx2.
section "### An example" | awk '/^    / { if (!inside) block++; print substr($0, 5) >("block" block) }
    { inside = /^    / }'
awk -v RS= -v ORS= '/^dense_3_to_3_forward_relu\n/ { print $0 "\n" }' "$TESTS/nest/dense_relu.expect" | diff block1 - >&2 &&
    echo "the example is the nest of tests/nest/dense_relu"
"$PYTHON" -c 'import sys; sys.exit(open(sys.argv[1]).read() not in open(sys.argv[2]).read())' \
    block2 "$TESTS/nest/dense_relu.avx2.expect" && echo "its second half is of the target avx2"

# The names of nests are those of the functions of the generated C.
"$AESPEC" emit --dump=nest "$ROOT/specs/vae.aespec" | awk -v RS= '{ print $1 }' | sort >nests
"$AESPEC" emit "$ROOT/specs/vae.aespec" | sed -n 's/^AE_KERNEL void \([a-z0-9_]*\)(.*/\1/p' | sort >functions
diff nests functions >&2 && echo "nests have the names of functions"
