#!/bin/sh
# Applies every replacement suggested by an expected message to its spec, at the caret: this must remove the error.
exec "${PYTHON:-python3}" "$(dirname "$0")/suggestions.py"
