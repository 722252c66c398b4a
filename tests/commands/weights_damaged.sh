# Weights that are missing, damaged or of another model, for --weights and for --init.
. "$TESTS/commands/common.sh"
make_trainers small
make_weights
both() {
    try "$1" ./small evaluate --data data --weights "$2"
    try "$1" ./small train --data data --out run --quiet --init "$2"
}
change() { make_files weights small.safetensors wrong.safetensors "$@"; both 1 wrong.safetensors; }
both 3 missing.safetensors
mkdir folder
both 3 folder
make_files bytes empty.safetensors
both 1 empty.safetensors
printf 'not weights' >text.safetensors
both 1 text.safetensors
make_files cut small.safetensors truncated.safetensors -1
both 1 truncated.safetensors
make_files cut small.safetensors header.safetensors 20
both 1 header.safetensors
make_files append small.safetensors long.safetensors 0000
both 1 long.safetensors
make_files patch small.safetensors length.safetensors 0 ffffffffffffff7f
both 1 length.safetensors
make_files patch small.safetensors brace.safetensors 8 78
both 1 brace.safetensors
change drop encoder.1.bias
change add encoder.9.weight
change rename encoder.1.weight encoder.0.weight
change shape encoder.1.weight 16 5
change shape encoder.1.bias 5 1
change type encoder.1.weight
change value decoder.0.weight nan
change header '{}'
change header '[]'
change header '{"encoder.1.weight":{"dtype":"F32","shape":[5,16],"data_offsets":[0,99999999]}}'
change header '{"encoder.1.weight":{"dtype":"F32","shape":[5,16],"data_offsets":[64,0]}}'
change header '{"encoder.1.weight":{"dtype":"F32","shape":[-5,16],"data_offsets":[0,320]}}'
change header '{"encoder.1.weight":{"dtype":"F32"}}'
change header '{"encoder.1.weight":3}'
change header "$(printf '%s' '{"a":'; i=0; while [ $i -lt 3000 ]; do printf '['; i=$((i + 1)); done)"
make_files weights small.safetensors turned.safetensors order
try 0 ./small evaluate --data data --weights turned.safetensors
cp ../stdout turned.txt
try 0 ./small evaluate --data data --weights small.safetensors
cmp ../stdout turned.txt && echo "same in any order"
