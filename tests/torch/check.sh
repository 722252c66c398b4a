#!/bin/sh
# What `make check-torch` runs: the references against PyTorch itself, weights and codes to PyTorch and back.
here=$(dirname "$0")
python=${PYTHON:-python3}
if ! "$python" -c 'import torch, safetensors' 2>/dev/null; then
    echo "check-torch needs the Python packages torch and safetensors" >&2
    exit 1
fi
exec "$python" "$here/live.py" --aespec "${BUILD:-build}/aespec"
