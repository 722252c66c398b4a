# mandoc reports no problems in the manual.
. "$TESTS/install/common.sh"
without mandoc
for page in "$BUILD"/share/man/man*/*; do mandoc -T lint "$page"; done && echo "clean"
