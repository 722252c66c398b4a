#!/bin/sh
# Trains the variational autoencoder of specs/vae.aespec and makes its pictures.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
run=runs/demo
mark=$run/made-by-make-demo

if [ -e "$run" ] && [ ! -e "$mark" ]; then
    echo "demo: $run was not created by the demo; move it away first" >&2
    exit 2
fi
rm -rf "$run"
mkdir -p "$run" && : >"$mark" || exit 3

step() {
    printf '$ aespec %s\n' "$*"
    "$build/aespec" "$@" || exit
}

echo "A variational autoencoder with two latent units (specs/vae.aespec), on 60,000 handwritten digits:"
step train specs/vae.aespec --out $run
step graph specs/vae.aespec -o $run/figures/topology.png
step evaluate $run

cat <<END

Pictures:
  $run/figures/topology.png          the network, drawn to scale
  $run/figures/latent.png            where the encoder puts the 10,000 test digits, by label
  $run/figures/plane.png             what the decoder makes of each place there
  $run/figures/reconstructions.png   ten test digits, and below each what is left of it
  $run/figures/loss.png              the loss and its two terms against the epochs
  $run/figures/histogram.png         how the codes spread over each latent unit

Next:
  $build/aespec train specs/aec.aespec --epochs 2
      the convolutional autoencoder of the study
  $build/aespec emit specs/vae.aespec | less
      the C that was just compiled and trained
  $build/aespec grid $run --from -1,-1 --to 1,1 -o middle.png
      a closer look at the middle of the plane
  $build/aespec encode $run -o codes.csv
      the code of each test digit, for your own tools
  $build/aespec --help
END
[ -e $run/figures/latent.png ] || echo "demo: latent.png is missing; see the messages above" >&2
[ -e $run/figures/latent.png ]
