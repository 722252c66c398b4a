# make dist: the same bytes each time, and the committed files.
cd "$ROOT" || exit 1
if ! above=$(git rev-parse --show-cdup 2>/dev/null) || [ -n "$above" ]; then
    echo "this folder is not a git repository"
    exit 77
fi
here=$OLDPWD
BUILD="$here/first time" scripts/dist.sh >/dev/null 2>&1 && BUILD="$here/second time" scripts/dist.sh >/dev/null 2>&1
cmp "$here/first time"/aespec-*.tar.gz "$here/second time"/aespec-*.tar.gz && echo "the same bytes"
git ls-tree -r --name-only HEAD | LC_ALL=C sort >"$here/committed"
tar -tzf "$here/first time"/aespec-*.tar.gz | sed -n 's,^aespec-[0-9.]*/\(.*[^/]\)$,\1,p' | LC_ALL=C sort |
    diff "$here/committed" - && echo "all that is committed"
