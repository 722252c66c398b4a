# Each row of the language's calls is in a spec of tests/gradient, whose gradients are compared with differences and whose
# values with the interpreter, and in one of tests/torch/cases, which are compared with PyTorch. Random specs have every
# layer; activations they take from the rows. The code reads every option and every setting.
for folder in gradient torch/cases; do
    count=0
    for word in $(sed -n 's/^\(LAYER\|EXPANSION\|ACTIVATION\|LATENT\|TERM\)(\([a-z0-9_]*\),.*/\2/p' "$ROOT"/language/*.def); do
        sed '/^model /d; s/#.*//' "$TESTS/$folder"/*.aespec | grep -qw -- "$word" || echo "tests/$folder has no $word"
        count=$((count + 1))
    done
    [ $count -ge 26 ] && echo "tests/$folder has every row"
done

count=0
for layer in $(sed -n 's/^LAYER(\([a-z0-9_]*\),.*/\1/p' "$ROOT/language/layers.def"); do
    grep -q "\"$layer\"" "$TESTS/targets/make_specs.py" || echo "tests/targets/make_specs.py draws no $layer"
    count=$((count + 1))
done
for term in $(sed -n 's/^TERM(\([a-z0-9_]*\),.*/\1/p' "$ROOT/language/terms.def"); do
    grep -q "\"$term(" "$TESTS/targets/make_specs.py" || echo "tests/targets/make_specs.py draws no $term"
    count=$((count + 1))
done
[ $count -ge 15 ] && echo "random specs have every layer and term"

targets=$(sed -n 's/^TARGET([A-Z0-9]*, \([a-z0-9]*\),.*/\1/p' "$ROOT/language/targets.def" | paste -sd '|')
grep -qF "(WORD, \"$targets\", 0, 0)" "$ROOT/language/commands.def" && echo "--target has the rows of targets.def in their order"

count=0
for option in $(sed -n '/(SETTING,/d; s/^OPTION(\([a-z0-9_]*\), [^,]*, [A-Z]*, \([A-Z_]*\),.*/\1 \2/p' "$ROOT/language/commands.def" |
    sed '/ LATER$/d; s/ .*//' | sort -u); do
    grep -rqF "\"$option\"" "$ROOT/driver" "$ROOT/runtime" --include='*.c' || echo "no code reads the option $option"
    letter=$(sed -n "s/^OPTION($option, '\(.\)',.*/\1/p" "$ROOT/language/commands.def" | sed 1q)
    grep -qE -- "--$(echo "$option" | tr _ -)|[\`(|, ]-${letter:-no letter}[\` ]" "$ROOT/docs/commands.md" ||
        echo "docs/commands.md has no option $option"
    count=$((count + 1))
done
[ $count -ge 25 ] && echo "the code reads every option"

for option in $(grep -rhoE 'line_(value|has|values|whole|choice)\(([a-z]+, )*"[a-z_]+"' "$ROOT/driver" "$ROOT/runtime" |
    sed 's/.*, "//; s/"//' | sort -u); do
    grep -q "^OPTION($option," "$ROOT/language/commands.def" || echo "no row for the option $option"
done

for setting in $(sed -n 's/^SETTING(\([a-z0-9_]*\),.*/\1/p' "$ROOT/language/settings.def"); do
    grep -rqw "AE_SETTING_$setting" "$ROOT/runtime" --include='*.c' || echo "no code reads the setting $setting"
done

(cd "$ROOT" && grep -nE '"" *\)$' language/*.def | grep -v 'EXAMPLE(' | sed 's/^/an empty doc: /')
true
