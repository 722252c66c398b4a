#!/bin/sh
# No source and no object uses a room above its own; files, functions and rooms keep their limits. The violations that
# are left are in known.txt.
exec "${PYTHON:-python3}" "$TESTS/structure/rooms.py" "$ROOT" "$BUILD" "$TESTS/structure/known.txt"
