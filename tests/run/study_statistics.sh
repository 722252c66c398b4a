# The sweep's correlation and orders, for tables with ties and diverged runs, compared with Python.
"$PYTHON" "$TESTS/run/study_statistics.py" make
awk -F, -v points_file=points.csv -v orders_file=orders.csv -f "$ROOT/study/statistics.awk" -f "$ROOT/study/sweep.awk" \
    images.csv author.csv sweep.csv >numbers || echo "exit $?"
"$PYTHON" "$TESTS/run/study_statistics.py" check

# A page with a missing key is rejected, one without is filled.
printf 'one\tfirst\nrows\t| 1 |\nrows\t| 2 |\n' >numbers
printf 'It is {one}, [{one}](x){.}\n{rows}\n{nothing?}\nend\n' >page
awk -f "$ROOT/study/fill.awk" numbers page
echo 'It is {two}.' >page
awk -f "$ROOT/study/fill.awk" numbers page
echo "exit $?"
