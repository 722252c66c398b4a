# The manual has a page for each command with all of its options, and one with every row of the language.
. "$TESTS/install/common.sh"
pages=$BUILD/share/man

plain() { sed 's/\\f[BIR]//g; s/\\-/-/g; s/\\e/\\/g' "$1"; }
count=0
for command in $(commands); do
    page=$pages/man1/aespec-$command.1
    [ -e "$page" ] || { echo "there is no page for $command"; continue; }
    plain "$page" >page
    for option in $(options $command); do grep -Eq -- "^(-., )?$option( |\$)" page || echo "$command: no $option"; done
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLES 'EXIT STATUS' ENVIRONMENT FILES 'SEE ALSO'; do
        grep -qx ".SH $section" page || echo "$command: no section $section"
    done
    plain "$pages/man1/aespec.1" | grep -qx "aespec-$command(1)" || echo "aespec(1) does not name $command"
    count=$((count + 1))
done
[ $(ls "$pages/man1" | wc -l) -eq $((count + 1)) ] && [ $count -ge 13 ] && echo "a page for each command, and aespec(1)"

plain "$pages/man5/aespec.5" >page
sed -n 's/^\(ITEM\|LAYER\|EXPANSION\|ACTIVATION\|LATENT\|TERM\|FUNCTION\|DATA\|SETTING\)(\([a-z0-9_]*\),.*/\2/p' \
    "$ROOT"/language/*.def >rows
while read -r row; do grep -Eq "^$row( |\(|\$)" page || echo "aespec(5): no $row"; done <rows
[ $(wc -l <rows) -ge 55 ] && echo "aespec(5) has every row"
sed -n '/^seed$/,/default/p' page
