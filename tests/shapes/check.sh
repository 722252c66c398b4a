#!/bin/sh
# Checks mirror(encoder) for 10,000 random encoders.
exec "${PYTHON:-python3}" "$(dirname "$0")/mirror.py"
