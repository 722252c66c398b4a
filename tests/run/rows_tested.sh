# Each layer, activation, latent and term is used in a spec of tests/gradient, whose gradients are compared with central
# differences and whose values with the interpreter, and in one of tests/torch/cases, which are compared with PyTorch.
for folder in gradient torch/cases; do
    count=0
    for word in $(sed -n 's/^\(LAYER\|EXPANSION\|ACTIVATION\|LATENT\|TERM\)(\([a-z0-9_]*\),.*/\2/p' "$ROOT"/language/*.def); do
        sed 's/#.*//' "$TESTS/$folder"/*.aespec | grep -qw -- "$word" || echo "tests/$folder has no $word"
        count=$((count + 1))
    done
    [ $count -ge 26 ] && echo "tests/$folder has every row"
done
