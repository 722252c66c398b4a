# The pictures of `aespec graph`: of the five specs, of special cases and of 60 random specs.
"$PYTHON" "$TESTS/targets/make_specs.py" . 60 || exit
"$PYTHON" "$TESTS/run/graph.py" "$AESPEC" "$SPECS"/*.aespec "$TESTS"/run/graph/*.aespec ./*.aespec
# The same spec gives the same bytes, also in a locale with decimal commas.
"$AESPEC" graph "$SPECS/vae.aespec" -o here.svg
LC_ALL=de_DE.UTF-8 "$AESPEC" graph "$SPECS/vae.aespec" -o there.svg
cmp here.svg there.svg && echo same
