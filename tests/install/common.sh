# Sourced by the tests of this folder: reads commands and options from the program's help.
commands() { "$AESPEC" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'; }
options() { "$AESPEC" "$1" --help | sed -n 's/^  \(-.,\|   \) --\([a-z0-9-]*\).*/--\2/p'; }

# without PROGRAM: skips the test if it is not installed.
without() {
    command -v "$1" >/dev/null && return
    echo "there is no $1"
    exit 77
}
