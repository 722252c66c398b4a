#!/bin/sh
# tests/browser/check.sh   checks the reports of three small runs in a headless chromium, see tests/browser/check.py.
# Skipped if chromium is not installed.
cd "$(dirname "$0")/../.." || exit 3
ROOT=$PWD TESTS=$PWD/tests
case $AESPEC in /*) ;; *) AESPEC=$ROOT/$AESPEC ;; esac
export AESPEC
if ! command -v chromium chromium-browser google-chrome >/dev/null; then
    echo "skipped: there is no chromium (Debian's package chromium)"
    exit
fi
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 3
"$PYTHON" "$TESTS/commands/make.py" random images 300 220 4 5
"$PYTHON" "$TESTS/commands/make.py" random colours 130 70 3 6 7
cat >bell.aespec <<'END'
model bell
data { scale = 1/255; mean = 0.4; std = 0.3 }    # a comment
input x : [1, 4, 5]
encoder { flatten; dense(7) -> tanh }
latent z ~ gaussian(2)
decoder { dense(7) -> tanh; dense(20); reshape(1, 4, 5) }
loss { sse(x); kl(z) }
train { batch = 30; learning_rate = 0.01; epochs = 9 }
END
cat >deep.aespec <<'END'
model a_name_that_is_as_long_as_a_name_of_a_model_can_be_before_it_is_too_long_for_a_phone
data { scale = 1/255 }
input x : [3, 6, 7]
encoder { conv(12, kernel = 3) -> relu; conv(9, kernel = 2) -> relu; conv(6, kernel = 2) -> relu; flatten; dense(1) }
latent z = code
decoder { mirror(encoder) }
loss { mse(x); a_rather_long_name = 0.1 * l2(z) }
train { batch = 10; epochs = 80 }
END
cat >vector.aespec <<'END'
model vector
data { scale = 1/255 }
input x : [20]
encoder { dense(30) -> tanh }
latent z = code(17)
decoder { dense(20) -> relu }
loss { mse(x) }
train { batch = 30; epochs = 1 }
END
for model in bell deep vector; do
    data=images
    [ $model = deep ] && data=colours
    "$AESPEC" train $model.aespec --data $data --out $model --quiet && "$AESPEC" report $model || exit
done
"$PYTHON" "$TESTS/browser/check.py" bell/report.html deep/report.html vector/report.html
