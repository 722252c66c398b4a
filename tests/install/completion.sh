# The completion of bash offers the words listed by --help; the files for zsh and fish have the same words.
. "$TESTS/install/common.sh"
cat >complete.bash <<'END'
. "$BUILD/share/bash-completion/completions/aespec"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_aespec
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
END
try() { bash complete.bash aespec "$@"; }

{ commands; echo "--help"; echo "--version"; } | sort >told
try "" | sort | diff told - && echo "bash: every command"
for command in $(commands); do
    options $command | sort >told
    try $command --  | sort | diff told - || echo "bash: $command"
    sed -n "/^$command)\$/,/^    ;;/p" "$BUILD/share/zsh/site-functions/_aespec" |
        sed "s/{-.,\(--[a-z-]*\)/'\1/" | sed -n "s/^ *['(*].*'\**\(--[a-z0-9-]*\).*/\1/p; s/^ *'\**\(--[a-z0-9-]*\).*/\1/p" |
        sort | diff told - || echo "zsh: $command"
    sed -n "s/.*'__aespec_command $command'.* -l \([a-z0-9-]*\) .*/--\1/p" \
        "$BUILD/share/fish/vendor_completions.d/aespec.fish" | sort | diff told - || echo "fish: $command"
done
echo "every option"

mkdir runs "runs of mine"
touch "my spec.aespec" notes.txt codes.csv codes.npy
show() {
    echo "aespec $*:"
    try "$@" | LC_ALL=C sort | sed 's/^/    /'
}
show e
show train --optimizer ""
show emit --target = av
show emit --dump =
show train ""
show check my
show check 'my\ s'
show train --out ""
show encode -o c
show train --set ""
show train --set batch = 1
show train --set batch =
show train --steps ""
show train runs --no
show nothing ""
