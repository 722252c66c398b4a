#!/bin/sh
# No source and no object uses a room above its own, and files, functions and rooms do not exceed their limits. Known
# violations are in known.txt.
exec "${PYTHON:-python3}" "$TESTS/structure/rooms.py" "$ROOT" "$BUILD" "$TESTS/structure/known.txt"
