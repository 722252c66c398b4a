# make study QUICK=1: interrupted twice and continued, its results, and that a second call repeats nothing.
case $BUILD in
*/sanitize)
    echo "it takes many minutes with sanitizers; each of the commands that it calls has tests of its own"
    exit 77
    ;;
esac
study() { OUT=$1 QUICK=1 "$ROOT/study/study.sh" 2>>$2; }

# Interrupted by a signal to all of its processes, as sent by Ctrl-C.
for seconds in 3 6; do
    OUT=$PWD/results QUICK=1 timeout --preserve-status -s TERM $seconds "$ROOT/study/study.sh" 2>>stopped
    echo "exit $?"
done
grep -c 'stopped; the same command goes on from here' stopped
study "$PWD/results" words || { echo "exit $?"; tail -n 5 words >&2; }
sort stopped words | grep 'training\|measuring' | uniq -d | wc -l >again
[ "$(cat again)" -le 2 ] || echo "$(cat again) runs were made twice; no more than the one that each signal met can be"

# All figures exist and are pictures.
for figure in results/figures/*; do
    case $(head -c 4 "$figure" | od -An -tx1 | tr -d ' ') in
    89504e47) [ "$(tail -c 8 "$figure" | head -c 4)" = IEND ] && kind=PNG || kind="a torn PNG" ;;
    *) grep -q '<svg' "$figure" && tail -c 10 "$figure" | grep -q '</svg>' && kind=SVG || kind="no picture" ;;
    esac
    echo "$(basename "$figure") $kind"
done
for picture in $(sed -n 's/^!\[.*\](\(.*\))$/\1/p' results/study.md); do
    [ -s "results/$picture" ] || echo "$picture is missing"
done

# All sections exist, all keys are filled in, and all tables are complete.
grep '^#' results/study.md
grep -n '{[a-z_]*?*}' results/study.md
awk -F'|' '
    /^\|/ && !in_table { in_table = 1; cells = NF; next }
    !/^\|/ { in_table = 0 }
    in_table {
        if (NF != cells) print FNR ": " NF - 2 " cells instead of " cells - 2 ": " $0
        for (i = 2; i < NF; i++) if ($i ~ /^ *$/) print FNR ": an empty cell: " $0
    }' results/study.md
grep -n '±  \|± *[,.|]\|: \.\|  *of  ' results/study.md

# Every run exists and is complete.
awk -F, '
    NR == 1 { next }
    $3 != last[$1, $2] + 1 { print "not in order: " $0 }
    { last[$1, $2] = $3 }
    END {
        for (run in last) {
            runs++
            if (last[run] != (run ~ /^aec_start/ ? 1 : run ~ /^vae/ ? 8 : 16)) print run " ends at " last[run]
        }
        print runs " runs"
    }' results/losses.csv
wc -l results/sweep.csv results/points.csv results/filters.csv | sed '$d'

# A second call repeats nothing.
touch stamp && sleep 1
study "$PWD/results" second
find results -type f -newer stamp
sed "s,$PWD/,," second

# Only one study can run at a time.
echo $$ >results/runs/running
study "$PWD/results" refused
echo "exit $?"
sed "s,$PWD/,,; s/process [0-9]*/process N/" refused
rm results/runs/running

# Missing runs, and one that was made from another spec, are repeated with the same numbers.
mkdir other && cp -r results/runs other/runs && rm -r other/runs/vae-2 other/runs/aec-1/made
echo '# changed' >>other/runs/ael-1/spec.aespec
study "$PWD/other" third
grep training third
for table in losses measures filters alive images sweep points orders; do cmp results/$table.csv other/$table.csv; done

# A machine that produced the same tables is kept in the list, one with other tables is removed.
sum=$(sed -n 's/,.*//; 2p' results/machines.csv)
printf '%s\n' "$sum,an older machine" '1,one with other bytes' >>results/machines.csv
# A study that was interrupted in its sweep, after its tables were written, is continued.
rm results/runs/sweep.made && sed -i /^sweep,/d results/times.csv
study "$PWD/results" fourth || { echo "exit $?"; cat fourth; }
grep -c '^sweep,' results/times.csv
sed "1,2d; s/^$sum,/SUM,/" results/machines.csv
grep -o 'On the machines .*' results/study.md
