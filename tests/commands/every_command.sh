# Every command of aespec and of a trainer: its help, a wrong flag, a flag without its value, a missing file. Prints a
# line with the exit codes for each, and a description of each failure.
. "$TESTS/commands/common.sh"
make_trainers small
cp "$SPECS/ael.aespec" fine.aespec
wrong() { echo "$program $command: $*"; }

# run CODE STREAM PATTERN WORD...: runs program, command and words; its output on `words` or `errors` must match
# PATTERN.
run() {
    expected=$1 stream=$2 pattern=$3
    shift 3
    "$path" "$command" "$@" >../words 2>../errors </dev/null
    code=$?
    codes="$codes $code"
    [ $code -eq "$expected" ] || wrong "$*: exit $code instead of $expected: $(head -n 2 ../errors)"
    grep -q -e "$pattern" ../$stream || wrong "$*: no '$pattern' on $stream but: $(head -n 2 ../$stream)"
    [ "$expected" -eq 0 ] || ! [ -s ../words ] || wrong "$*: words on stdout: $(head -n 2 ../words)"
    [ "$expected" -ne 0 ] || ! [ -s ../errors ] || wrong "$*: words on stderr: $(head -n 2 ../errors)"
}

# Checks that each option in the help of a command requires a value, or rejects one.
try_options() {
    "$path" "$command" --help | sed -n 's/^  \(-.,\)\{0,1\} *\(--[a-z0-9-]*\)\( [A-Za-z|]*\)\{0,1\}  .*/\2 \3/p;
        s/^  \(-.,\)\{0,1\} *\(--[a-z0-9-]*\)\( [^ ]*\)\{0,1\}$/\2 \3/p' >../options
    [ -s ../options ] || wrong "its help has no options"
    while read -r option argument; do
        if [ -n "$argument" ]; then
            run 2 errors "requires a value" "$option" 3<&0
        else
            run 2 errors "does not take a value" "$option=1" 3<&0
        fi
    done <../options
}

# missing: arguments with which a command reads a missing file
try_command() {
    codes=
    run 0 words "^usage: .*$command" --help
    grep -q "^options:" ../words && grep -q "^examples:" ../words || wrong "help without options or examples"
    run 2 errors "unknown option '--no-such-thing'" --no-such-thing
    run 2 errors "did you mean '--help'" --hlep
    run 2 errors "unknown option '-z'" -z
    shown=$codes codes=
    try_options
    codes=$shown
    if "$path" "$command" --help | sed -n 3p | grep -q "not supported yet"; then
        run 2 errors "not supported yet" missing
    elif [ -n "$missing" ]; then
        run 3 errors missing $missing
    fi
    echo "$program $command:$codes"
}

program=aespec path=$AESPEC
for command in $("$AESPEC" --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    case $command in
    new) missing= ;;
    graph) missing="missing.aespec -o graph.svg" ;;
    encode | reconstruct | sample | grid) missing="missing -o out.npy" ;;
    decode) missing="missing --latent codes.csv -o out.npy" ;;
    *) missing=missing ;;
    esac
    try_command
done

program=trainer path=./small
for command in $(./small --help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    case $command in
    train) missing="--data missing" ;;
    info | bench | sample | grid) missing= ;;
    encode | reconstruct | figures) missing="--weights missing --data data -o out.npy" ;;
    decode) missing="--weights missing --latent codes.csv -o out.npy" ;;
    *) missing="--weights missing --data data" ;;
    esac
    try_command
done
rm -f ../words ../errors ../options
ls
