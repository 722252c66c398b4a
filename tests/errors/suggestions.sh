#!/bin/sh
# Every replacement that an expected message offers is applied to its spec, at the caret: the error must be gone.
exec "${PYTHON:-python3}" "$(dirname "$0")/suggestions.py"
