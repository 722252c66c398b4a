# The pages of the manual are clean for mandoc.
. "$TESTS/install/common.sh"
without mandoc
for page in "$BUILD"/share/man/man*/*; do mandoc -T lint "$page"; done && echo "clean"
