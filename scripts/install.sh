#!/bin/sh
# install.sh install|uninstall: installs the build in BUILD below PREFIX, inside DESTDIR if that is set.
#
# lib/aespec/installed lists the installed files and the folders that were created, so that uninstall, even of another
# version, removes exactly these. A folder that contains other files is kept.
cd "$(dirname "$0")/.." || exit 1
umask 022
export LC_ALL=C
build=${BUILD:-build}
prefix=${PREFIX:-/usr/local}
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
root=${DESTDIR:-}$prefix
case $root in /*) ;; *) root=$PWD/$root ;; esac
list=lib/aespec/installed

# Creates a folder below root and records each folder that is new or named aespec; "." is root itself.
make_folder() {
    case $1 in */aespec | */aespec/*) ;; *) [ ! -d "$root/$1" ] || return 0 ;; esac
    if [ "$1" = . ]; then mkdir -p "$root"; else make_folder "$(dirname "$1")" && mkdir -p "$root/$1"; fi || exit 3
    printf '%s/\n' "$1" >>"$new"
}

put() {    # MODE SOURCE DESTINATION
    make_folder "$(dirname "$3")"
    # A running program cannot be overwritten, but it can be replaced.
    rm -f "$root/$3" && cp "$2" "$root/$3" && chmod "$1" "$root/$3" || exit 3
    printf '%s\n' "$3" >>"$new"
}

put_tree() {    # FOLDER DESTINATION
    (cd "$1" && find . -type f) | sed 's,^\./,,' | sort >"$new.tree"
    while IFS= read -r file; do put 644 "$1/$file" "$2/$file"; done <"$new.tree"
    rm "$new.tree"
}

# Removes the files and folders of a list, the deepest folders first.
remove() {
    sed '/\/$/d' "$1" | while IFS= read -r file; do rm -f "$root/$file" || exit 3; done || exit 3
    sed -n 's,/$,,p' "$1" | sort -r | while IFS= read -r folder; do
        if [ "$folder" = . ]; then rmdir "$root"; else rmdir "$root/$folder"; fi
    done 2>/dev/null || true
}

case ${1:-} in
install)
    new=$(mktemp) || exit 3
    trap 'rm -f "$new" "$new".*' EXIT
    put 755 "$build/aespec" bin/aespec
    put 644 "$build/libaespec_runtime.a" lib/aespec/libaespec_runtime.a
    put 644 "$build/libaespec_runtime_double.a" lib/aespec/libaespec_runtime_double.a
    put_tree "$build/include" lib/aespec/include
    put_tree "$build/share" share
    put_tree editors/vim share/vim/vimfiles
    put 644 editors/aespec.tmLanguage.json share/aespec/aespec.tmLanguage.json
    for file in README.md HACKING.md LICENSE; do put 644 $file share/doc/aespec/$file; done
    put_tree docs share/doc/aespec/docs
    put_tree specs share/doc/aespec/specs
    printf '%s\n' $list >>"$new"
    # An earlier installation: its folders are kept in the list, its other files are removed.
    if [ -e "$root/$list" ]; then
        sed -n '/\/$/p' "$root/$list" >>"$new"
        sed '/\/$/d' "$root/$list" | grep -Fxv -f "$new" >"$new.old"
        remove "$new.old"
    fi
    sort -u "$new" >"$new.list"
    rm -f "$root/$list" && cp "$new.list" "$root/$list" && chmod 644 "$root/$list" || exit 3
    echo "installed: $root/bin/aespec"
    ;;
uninstall)
    [ -e "$root/$list" ] || { echo "install.sh: nothing is installed below $root: $list is missing" >&2; exit 3; }
    new=$(mktemp) || exit 3
    trap 'rm -f "$new"' EXIT
    cp "$root/$list" "$new" && remove "$new"
    ;;
*)
    echo "usage: install.sh install|uninstall" >&2
    exit 2
    ;;
esac
