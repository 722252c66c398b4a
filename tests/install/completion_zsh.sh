# The completion of zsh has no syntax errors.
. "$TESTS/install/common.sh"
without zsh
zsh -n "$BUILD/share/zsh/site-functions/_aespec" && echo "fine"
