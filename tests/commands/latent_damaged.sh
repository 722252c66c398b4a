# decode with files of codes that are damaged or do not fit the model.
. "$TESTS/commands/common.sh"
make_trainers small
make_weights
decode() { try "$1" ./small decode --weights small.safetensors --latent "$2" -o out.npy; rm -f out.npy; }
decode 3 missing.npy
decode 3 missing.csv
mkdir folder.npy
decode 3 folder.npy
make_files bytes empty.npy
decode 1 empty.npy
make_files npy three.npy f4 5 3
decode 1 three.npy
make_files npy flat.npy f4 10
decode 1 flat.npy
make_files npy deep.npy f4 5 2 1
decode 1 deep.npy
make_files npy whole.npy i4 5 2
decode 1 whole.npy
make_files npy good.npy f4 5 2
decode 0 good.npy
make_files cut good.npy truncated.npy -1
decode 1 truncated.npy
make_files append good.npy long.npy 00
decode 1 long.npy
make_files patch good.npy magic.npy 0 00
decode 1 magic.npy
make_files patch good.npy header.npy 12 ff
decode 1 header.npy
make_files npy none.npy f4 0 2
decode 1 none.npy
: >empty.csv
decode 1 empty.csv
printf 'z_0,z_1\n' >none.csv
decode 1 none.csv
printf 'z_0,z_1\n1,2\n3\n' >ragged.csv
decode 1 ragged.csv
printf 'z_0,z_1\n1,2,3,4\n' >extra.csv
decode 1 extra.csv
printf 'z_0,z_1\n1,two\n' >word.csv
decode 1 word.csv
printf 'a,b\n1,2\n' >header.csv
decode 1 header.csv
printf '1,2\n3,4\n' >headless.csv
decode 1 headless.csv
printf 'z_0,z_2\n1,2\n' >column.csv
decode 1 column.csv
printf 'z_0,z_1,label\n1,2,7\n-1.5,2e-1,0\n' >good.csv
decode 0 good.csv
printf 'z_0,z_1\r\n1,2\r\n' >crlf.csv
decode 0 crlf.csv
printf 'z_0,z_1\n1,2' >no_end.csv
decode 0 no_end.csv
# encode does not write codes that decode would reject.
make_files weights small.safetensors large.safetensors value encoder.3.weight 3e38
encode() { try 1 ./small encode --weights large.safetensors --data data -o "$1"; }
encode out.csv
encode out.npy
