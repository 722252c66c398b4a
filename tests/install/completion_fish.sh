# fish offers the words listed by --help, and words of options.
. "$TESTS/install/common.sh"
without fish
export HOME="$PWD"
try() { fish --no-config -c "source '$BUILD/share/fish/vendor_completions.d/aespec.fish'; complete -C '$1'" | cut -f 1; }
commands | sort >told
try "aespec " | sort | diff told - && echo "every command"
options train | sort >told
try "aespec train --" | sort | diff told - && echo "every option of train"
try "aespec train --optimizer "
try "aespec train --reduction=m"
try "aespec emit -o x --dump "
