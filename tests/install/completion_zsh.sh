# zsh's completion is zsh.
. "$TESTS/install/common.sh"
without zsh
zsh -n "$BUILD/share/zsh/site-functions/_aespec" && echo "fine"
