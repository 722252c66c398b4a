# The page of docs/study is up to date with its tables and scripts; without tables no page is made.
cp -r "$ROOT/docs/study" page
rm page/study.md page/points.csv page/orders.csv
OUT=$PWD/page "$ROOT/study/study.sh" page 2>words || { echo "exit $?"; cat words; }
for file in study.md points.csv orders.csv; do cmp "$ROOT/docs/study/$file" page/$file; done

mkdir empty
OUT=$PWD/empty "$ROOT/study/study.sh" page 2>words
echo "exit $?"
sed "s,$PWD/,," words
ls empty
