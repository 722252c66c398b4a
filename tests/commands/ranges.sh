# Every option and setting outside of its range in language/commands.def and language/settings.def: aespec and trainers
# reject it before a C compiler runs and before anything is written. For a setting in a spec the exit code is 1.
. "$TESTS/commands/common.sh"
make_trainers bell
record_compiler
"$PYTHON" "$TESTS/commands/ranges.py" "$AESPEC" ./bell "$ROOT/language"
[ -e calls ] && echo "the C compiler was called"
rm -r data bell recorder
ls
