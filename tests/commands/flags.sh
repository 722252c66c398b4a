# Wrong command lines of a trainer: each is rejected with exit code 2 before anything is read or written.
. "$TESTS/commands/common.sh"
make_trainers
try 2 ./small
try 2 ./small trian
try 2 ./small train --epoch
try 2 ./small train --epohcs 2
try 2 ./small train --epochs
try 2 ./small train extra
for value in 0 -1 1.5 x "" 1e99 nan 0x2 "2 "; do try 2 ./small train --data data --epochs "$value"; done
for value in 0 1000001 0.5; do try 2 ./small train --data data --batch "$value"; done
for value in -1 nan inf 1,5 1e31; do try 2 ./small train --data data --learning-rate "$value"; done
for value in 1 -0.1 nan; do try 2 ./small train --data data --momentum "$value"; done
try 2 ./small train --data data --beta1 1
try 2 ./small train --data data --beta2 -1
try 2 ./small train --data data --epsilon 0
try 2 ./small train --data data --weight-decay -1
for value in -1 9007199254740993 1.5; do try 2 ./small train --data data --seed "$value"; done
try 2 ./small train --data data --optimizer adagrad
try 2 ./small train --data data --optimizer Adam
try 2 ./small train --data data --reduction average
try 2 ./small train --data data --threads 0
try 2 ./small train --data data --steps x
try 2 ./small train --data data --limit -1
try 2 ./small train --data data --set nothing=1
try 2 ./small train --data data --set epochs
try 2 ./small train --data data --no-shuffle=yes
try 2 ./small train --resume
try 2 ./small train --checkpoint-seconds 5
try 2 ./small train --deadline 5
try 2 ./small bench --batch 0
try 2 ./small bench --threads none
try 2 ./small evaluate
try 2 ./small evaluate --weights w.safetensors --split validation
try 2 ./small encode --weights w.safetensors
try 2 ./small encode --weights w.safetensors -o codes.txt
try 2 ./small decode --weights w.safetensors -o out.npy
try 2 ./small decode --weights w.safetensors --latent codes.txt -o out.npy
try 2 ./small decode --weights w.safetensors --latent codes.npy -o out.jpg
try 2 ./small reconstruct --weights w.safetensors -o out.csv
try 2 ./small reconstruct --weights w.safetensors --count 0 -o out.png
try 2 ./small sample --weights w.safetensors -o out.png
try 2 ./bell sample --weights w.safetensors --count -1 -o out.png
try 2 ./bell sample --weights w.safetensors --seed x -o out.png
try 2 ./bell grid --weights w.safetensors --cells 0 -o out.png
try 2 ./bell grid --weights w.safetensors --from 1 --to 2,2 -o out.png
try 2 ./bell grid --weights w.safetensors --from 1,1 -o out.png
try 2 ./bell grid --weights w.safetensors --from 1,x --to 2,2 -o out.png
