# What `aespec graph` draws: of the five specs, of odd ones and of 60 random ones.
"$PYTHON" "$TESTS/targets/make_specs.py" . 60 || exit
"$PYTHON" "$TESTS/run/graph.py" "$AESPEC" "$SPECS"/*.aespec "$TESTS"/run/graph/*.aespec ./*.aespec
# The same spec, the same bytes: where numbers have commas, too.
"$AESPEC" graph "$SPECS/vae.aespec" -o here.svg
LC_ALL=de_DE.UTF-8 "$AESPEC" graph "$SPECS/vae.aespec" -o there.svg
cmp here.svg there.svg && echo same
