#!/bin/sh
# Run by `make check-torch`: compares the references with PyTorch, moves weights and codes to PyTorch and back, then a
# step of 100 random specs.
here=$(dirname "$0")
python=${PYTHON:-python3}
if ! "$python" -c 'import torch, safetensors' 2>/dev/null; then
    echo "check-torch needs the Python packages torch and safetensors" >&2
    exit 1
fi
status=0
"$python" "$here/live.py" --aespec "${BUILD:-build}/aespec" || status=1
"$python" "$here/random_specs.py" --aespec "${BUILD:-build}/aespec" || status=1
exit $status
