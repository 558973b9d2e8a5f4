#!/bin/sh
# Builds runner.cpp into a folder: with the sanitizers, or with the flags after the folder.
#
#     tests/core/build_runner.sh FOLDER [FLAGS...]
#
# CXX and PYTHON choose the compiler and the interpreter.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
core="$here/../../src/contingent/core"
folder=$1
shift
if [ $# -eq 0 ]; then
    set -- -O1 -g -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all \
        -fno-omit-frame-pointer -DCONTINGENT_CHECK_BOUNDS
fi
"${PYTHON:-python3}" -B "$core/generate_layout.py" "$core/../reference" "$folder/layout.h"
"${CXX:-c++}" -std=c++17 -ffp-contract=off -fno-math-errno -fno-trapping-math -Wall -Wextra -Werror "$@" \
    -I"$core" -I"$folder" "$here/runner.cpp" -o "$folder/runner"
