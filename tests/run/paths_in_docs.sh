# Paths of sources that README.md, HACKING.md and docs/ have in backquotes exist: what begins with a folder of the
# repository, and names like index.c or plan/plan.c, which may leave out the folders before them. A word in capitals is a
# placeholder.
cd "$ROOT" || exit 1
folders='base|bench|compiler|docs|driver|editors|generated|grammar|language|pages|runtime|scripts|specs|study|tests'
find $(echo "$folders" | tr '|' ' ') -type f >"$OLDPWD/files"

missing() {    # PAGE...: a line for each path that does not exist
    grep -o '`[^`]*`' "$@" /dev/null | tr -d '`' | awk -F: -v folders="^($folders)/." -v files="$OLDPWD/files" '
        function add(path) { while (path != "") { there[path] = 1; if (!sub(/^[^\/]*\//, "", path)) return } }
        BEGIN { while ((getline path <files) > 0) do add(path); while (sub(/\/[^\/]*$/, "", path)) }
        {
            page = $1
            sub(/^[^:]*:/, "")
            n = split($0, words, " ")
            for (i = 1; i <= n; i++) {
                path = words[i]
                sub(/\/$/, "", path)
                if (path !~ /^[A-Za-z0-9_.\/-]+$/ || path ~ /[A-Z][A-Z]/) continue
                if (path !~ folders && path !~ /.\.(c|h|def|l|y|py|sh|awk)$/) continue
                count++
                if (!(path in there)) print page ": there is no " path
            }
        }
        END { if (count < 60) print count + 0 " paths" }'
}

missing README.md HACKING.md docs/*.md
echo "an old path \`compiler/base/arena.c\`, a name \`walk_no.c\`, one that exists: \`nest/walk.c\`" >"$OLDPWD/page.md"
missing "$OLDPWD/page.md" | sed "s,^$OLDPWD/,,"
