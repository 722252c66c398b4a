# A trainer fails if the processor is set to flush denormal numbers or to another rounding mode.
. "$TESTS/commands/common.sh"
case $(uname -m) in x86_64) ;; *)
    echo "the control word of $(uname -m) is not set here"
    exit 77
    ;;
esac
make_trainers small
rm -r data
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
# library NAME MASK: makes a library that sets bits of MXCSR when it is loaded, like one linked with -ffast-math.
library() {
    echo "__attribute__((constructor)) static void set(void) { __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | $2); }" >$1.c
    cc -shared -fPIC -o $1.so $1.c && rm $1.c
}
with() { LD_PRELOAD="$PWD/$1.so" "$2" "$3" --json; }
library zero 0x40
library flush 0x8000
library up 0x4000
library nothing 0
try 3 with zero ./small info
try 3 with flush ./small info
try 3 with up ./small info
try 0 with nothing ./small info
