#!/bin/sh
# tests/scale/check.sh [LINES [LAYERS [SECONDS]]]   long specs of every kind of specs.py, 20,000 lines and 10,000 layers
# by default: each command must end within SECONDS of processor time and a memory limit that a quadratic pass exceeds.
exec "${PYTHON:-python3}" "$(dirname "$0")/check.py" "$@"
