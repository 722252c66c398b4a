# aespec fmt: to stdout, in place, and --check; files that it must not write.
. "$TESTS/commands/common.sh"
fmt() { "$AESPEC" fmt "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    command -v setpriv >/dev/null || { echo "root writes everything, and there is no setpriv"; exit 77; }
    chmod 755 .. && chmod 777 .
    as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    as_user test -x "$PWD" || { echo "root writes everything, and another user cannot reach this folder"; exit 77; }
else
    as_user() { "$@"; }
fi
user_fmt() { as_user "$AESPEC" fmt "$@"; }
limited_fmt() { (trap '' XFSZ; ulimit -f 8; exec "$AESPEC" fmt "$@"); }

echo 'model fine' >fine.aespec
echo 'model   loose;head h{a( )}' >loose.aespec
echo 'model model model' >wrong.aespec
echo 'encoder { dense( 2 )' >open.aespec

echo "one to stdout"
try 0 fmt loose.aespec && cat ../stdout
echo 'model   piped' | fmt /dev/stdin
try 1 fmt wrong.aespec
try 1 fmt open.aespec
try 3 fmt missing.aespec
cat loose.aespec

echo "wrong usage"
try 2 fmt
try 2 fmt loose.aespec fine.aespec
try 2 fmt -i --check loose.aespec
try 2 fmt --set p=1 loose.aespec

echo "as a check"
try 0 fmt --check fine.aespec fine.aespec
try 1 fmt --check fine.aespec loose.aespec wrong.aespec missing.aespec loose.aespec
try 3 fmt --check missing.aespec loose.aespec

echo "in place"
chmod 640 fine.aespec && chmod 666 loose.aespec && umask 077
mkdir there && cp -p loose.aespec there/behind.aespec && ln -s there/behind.aespec link.aespec
[ "$(id -u)" -ne 0 ] || chown 65534 there/behind.aespec
owner=$(stat -c %u there/behind.aespec)
before=$(ls -i fine.aespec)
try 1 fmt -i fine.aespec wrong.aespec loose.aespec link.aespec loose.aespec missing.aespec
[ "$before" = "$(ls -i fine.aespec)" ] || echo "fine.aespec was written"
[ "$owner" = "$(stat -c %u there/behind.aespec)" ] || echo "behind.aespec has another owner"
cat loose.aespec there/behind.aespec
stat -c '%A %N' fine.aespec loose.aespec link.aespec there/behind.aespec
ls
umask 022

echo "what cannot be written stays as it is"
mkdir closed && echo 'model   loose' | tee closed/loose.aespec >read_only.aespec
chmod 666 closed/loose.aespec && chmod 444 read_only.aespec && chmod 555 closed
try 3 user_fmt -i closed/loose.aespec
try 3 user_fmt -i read_only.aespec
mkfifo pipe.aespec && { cat read_only.aespec >pipe.aespec & }
try 3 fmt -i pipe.aespec
awk 'BEGIN { printf "const  a = [0"; for (i = 0; i < 20000; i++) printf ", %d", i; print "]" }' >long.aespec
try 3 limited_fmt -i long.aespec
"$AESPEC" fmt long.aespec >/dev/full 2>../stderr
echo "fmt long.aespec >/dev/full: exit $?"
ls closed
chmod 755 closed
