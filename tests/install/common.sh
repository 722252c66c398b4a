# Sourced by the tests of this folder: what the program itself tells of its commands and options.
commands() { "$AESPEC" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'; }
options() { "$AESPEC" "$1" --help | sed -n 's/^  \(-.,\|   \) --\([a-z0-9-]*\).*/--\2/p'; }

# without PROGRAM: skips the test when it is not there.
without() {
    command -v "$1" >/dev/null && return
    echo "there is no $1"
    exit 77
}
