#!/bin/sh
# Make or mend .venv in the current folder, with teikit in it. Usage: sh tools/venv.sh [test]
#
# Nothing is done where .venv is sound. It is made anew where it is missing, half made, broken
# (its Python is gone or cannot import what it should), where the folder has moved, where
# pyproject.toml has other contents than when it was made, or where PYTHON names another version.
# With "test", what the tests need is installed as well.
set -eu

extra=${1:-}
record=.venv/teikit   # what .venv was made from; written last, so a half-made one has none
python=.venv/bin/python

# Settings of the user that would send packages elsewhere, or make other packages look installed.
# Where packages come from (an index, a proxy, a cache, a certificate) stays as the user has it.
unset PYTHONHOME PYTHONPATH __PYVENV_LAUNCHER__ || true
unset PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_DRY_RUN PIP_NO_DEPS PIP_NO_BUILD_ISOLATION || true
PIP_USER=0
PIP_DISABLE_PIP_VERSION_CHECK=1
export PIP_USER PIP_DISABLE_PIP_VERSION_CHECK

# A name on PATH can be a shim that runs nothing, so each one is tried.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" && echo "$PYTHON" && return
        echo "PYTHON=$PYTHON is no Python 3.11 or newer." >&2
        return 1
    fi
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        is_new_enough "$name" && echo "$name" && return
    done
    echo "teikit needs Python 3.11 or newer, and none was found: see https://www.python.org/downloads/" >&2
    echo "If it is installed under another name: make publish PYTHON=/path/to/python" >&2
    return 1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
}

is_sound() {
    [ -f "$record/folder" ] && [ "$(cat "$record/folder")" = "$(pwd -P)" ] || return 1
    cmp -s pyproject.toml "$record/pyproject.toml" || return 1
    "$python" -c 'import click, jinja2, lxml, pip, teikit' </dev/null >/dev/null 2>&1 || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$python")" = "$(version_of "$PYTHON")" ]
}

install() {
    "$python" -m pip install --quiet --editable "$1" && return
    echo "pip could not install $1; what it says stands above. Most often the network or a proxy is the" >&2
    echo "reason. The next run begins anew." >&2
    exit 2
}

make_venv() {
    base=$(find_python) || exit 2
    version=$(version_of "$base")
    if ! "$base" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1; then
        echo "Python $version is here, but not the part of it that makes virtual environments." >&2
        echo "On Debian and Ubuntu this line installs it; then run make again:" >&2
        echo "    sudo apt install python$version-venv" >&2
        exit 2
    fi
    echo "Setting up .venv with Python $version (once; most of it is downloading) ..."
    rm -rf .venv
    "$base" -m venv .venv
    install .
    mkdir "$record"
    pwd -P >"$record/folder"
    cp pyproject.toml "$record/pyproject.toml"
}

is_sound || make_venv
if [ "$extra" = test ] && ! [ -f "$record/test" ]; then
    echo "Installing what the tests need (once) ..."
    install ".[test]"
    : >"$record/test"
fi
