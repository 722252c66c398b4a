#!/bin/sh
# deps.sh look|install GROUP...: prints the missing packages of the groups build, demo, check, lint and neon. `look`
# fails if there are any; `install` installs them with apt, after a confirmation if the terminal is interactive.
action=$1
shift

compiler=${CC:-}
if [ -z "$compiler" ]; then
    for candidate in cc gcc clang; do
        command -v $candidate >/dev/null 2>&1 && compiler=$candidate && break
    done
fi

packages=
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || packages="$packages $package"
}

tool() { command -v "$1"; }
header() { [ -n "$compiler" ] && printf '%s\n' '#include <stdio.h>' "#include <$1>" | $compiler -E -x c -; }
archive() { [ -n "$compiler" ] && [ "$($compiler -print-file-name="$1")" != "$1" ]; }
numpy() { python3 -c 'import numpy' || /usr/bin/python3 -c 'import numpy'; }
jansson() { header jansson.h && archive libjansson.a; }

for group in "$@"; do
    case $group in
    build)
        need gcc [ -n "$compiler" ]
        need libc6-dev header stdio.h
        need bison tool bison
        need flex tool flex
        need zlib1g-dev header zlib.h
        need libpng-dev header png.h
        need libjansson-dev jansson
        need librandom123-dev header Random123/philox.h
        ;;
    demo)
        need gnuplot-nox tool gnuplot
        need librsvg2-bin tool rsvg-convert
        ;;
    check)
        need gnuplot-nox tool gnuplot
        need gcc tool gcc
        need clang tool clang
        need check header check.h
        need pkg-config tool pkg-config
        need librsvg2-bin tool rsvg-convert
        need python3-numpy numpy
        ;;
    lint)
        need clang-tidy tool clang-tidy
        need clang-format tool clang-format
        ;;
    neon)
        # A trainer for arm64 is cross-compiled, linked with libraries of arm64, and run in qemu with the loader of
        # libc6:arm64. On arm64 this is not needed.
        [ "$(uname -m)" = aarch64 ] && continue
        host=$compiler
        compiler=aarch64-linux-gnu-gcc
        need gcc-aarch64-linux-gnu tool $compiler
        need libc6-dev-arm64-cross header stdio.h
        need qemu-user tool qemu-aarch64
        need libc6:arm64 [ -e /lib/ld-linux-aarch64.so.1 ]
        need libjansson-dev:arm64 archive libjansson.a
        need zlib1g-dev:arm64 archive libz.a
        need libpng-dev:arm64 archive libpng.a
        compiler=$host
        ;;
    esac
done
packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
packages=${packages% }
[ -z "$packages" ] && exit 0

if [ "$action" = look ]; then
    echo "missing packages (Debian names): $packages; 'make deps' installs them" >&2
    exit 1
fi

if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing packages (Debian names): $packages" >&2
    echo "apt-get is not available: install them with the package manager of this system" >&2
    exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null 2>&1; then
        echo "missing: $packages; as root: apt-get install $packages" >&2
        exit 1
    fi
fi

if [ -t 0 ] && [ -t 2 ] && [ -z "${CI:-}" ]; then
    printf 'install %s with apt-get? [Y/n] ' "$packages" >&2
    read -r answer
    case $answer in
    "" | y | Y | yes) ;;
    *) exit 1 ;;
    esac
fi

echo "installing $packages" >&2
case $packages in *:arm64*) $as_root dpkg --add-architecture arm64 ;; esac
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2
