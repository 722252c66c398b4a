#!/bin/sh
# check.sh [COUNT [SEED [FIRST]]]: see check.py.
exec "${PYTHON:-python3}" "$(dirname "$0")/check.py" "$@"
