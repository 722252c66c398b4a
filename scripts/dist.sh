#!/bin/sh
# Makes BUILD/aespec-VERSION.tar.gz from the files of the last commit, with the same bytes each time. The archive can be
# built and tested.
cd "$(dirname "$0")/.." || exit 1
if ! above=$(git rev-parse --show-cdup 2>/dev/null) || [ -n "$above" ]; then
    echo "dist: this folder is not a git repository, which is required to make an archive" >&2
    exit 3
fi
name=aespec-$(sed -n 's/#define AESPEC_VERSION "\(.*\)"/\1/p' driver/trainers/version.h)
[ -z "$(git status --porcelain)" ] || echo "dist: uncommitted changes are not in the archive" >&2
mkdir -p "${BUILD:-build}"
archive=${BUILD:-build}/$name.tar.gz
git archive --format=tar --prefix="$name/" HEAD >"$archive.tar" && gzip -n <"$archive.tar" >"$archive.new" &&
    mv "$archive.new" "$archive" && rm "$archive.tar" && echo "$archive"
