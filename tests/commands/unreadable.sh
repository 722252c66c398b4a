# Files without read permission, and folders without write permission.
. "$TESTS/commands/common.sh"
if [ "$(id -u)" -eq 0 ]; then
    command -v setpriv >/dev/null || { echo "root reads everything, and there is no setpriv"; exit 77; }
    chmod 755 .. && chmod 777 .
    as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    as_user test -x "$PWD" || { echo "root reads everything, and another user cannot reach this folder"; exit 77; }
else
    as_user() { "$@"; }
fi
make_trainers small
make_weights
chmod 755 small
cp small.safetensors secret.safetensors && chmod 000 secret.safetensors
cp -r data secret && chmod 000 secret/train-images-idx3-ubyte && chmod 755 secret
mkdir closed && chmod 555 closed
try 3 as_user ./small evaluate --data data --weights secret.safetensors
try 3 as_user ./small train --data secret --out run --quiet
try 3 as_user ./small encode --data data --weights small.safetensors -o closed/codes.csv
try 3 as_user ./small train --data data --out closed/run --quiet
