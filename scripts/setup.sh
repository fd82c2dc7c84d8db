# shellcheck shell=sh
# Sourced by demo, test and check: each function makes one thing ready and is quick when it already is.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)
python=$root/.venv/bin/python

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# A stamp holds what it was made from. The root is part of it: an editable install does not survive a move.
fresh() { [ "$(cat "$1" 2>/dev/null)" = "$root $(cksum <"$2")" ]; }
stamp() { printf '%s\n' "$root $(cksum <"$2")" >"$1"; }

# Installs Debian's packages where we may; apt speaks only when it fails.
debian() {
    if ! have apt-get || [ "$(id -u)" != 0 ]; then return 1; fi
    say "installing from Debian: $*"
    if output=$(apt_get update && apt_get install -y --no-install-recommends "$@"); then return; fi
    printf '%s\n' "$output" >&2
    return 1
}
apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" </dev/null 2>&1; }

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if have "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 or newer is needed"
    return 1
}

make_venv() {
    if "$python" -m pip --version >/dev/null 2>&1; then return; fi
    base=$(find_python)
    "$base" -c 'import ensurepip' 2>/dev/null || debian python3-venv || say "Python's venv module is missing"
    say "making .venv with $("$base" --version)"
    "$base" -m venv --clear "$root/.venv"
}

# install_kit run|dev: the kit itself, with or without the tools of its developers.
install_kit() {
    if fresh "$root/.venv/kit-dev" "$root/pyproject.toml"; then return; fi
    if [ "$1" = run ] && fresh "$root/.venv/kit-run" "$root/pyproject.toml"; then return; fi
    make_venv
    case $1 in dev) wanted="${root}[dev]" ;; *) wanted=$root ;; esac
    say "installing ${wanted##*/} into .venv"
    "$python" -m pip install --quiet --disable-pip-version-check --editable "$wanted" >&2
    stamp "$root/.venv/kit-$1" "$root/pyproject.toml"
}

# A function named like its command would satisfy `have`: hence the verbs.
get_chromium() {
    # Playwright's driver is a Node of its own, and a bare Debian lacks one of its libraries.
    if ! "$python" -m playwright --version >/dev/null 2>&1; then
        debian libatomic1 || say "Playwright does not start: the browser tests will fail"
    fi
    if "$python" "$root/tests/tools.py" >/dev/null 2>&1 || debian chromium; then return; fi
    say "downloading Playwright's Chromium"
    "$python" -m playwright install chromium >&2 || say "no Chromium: the browser tests will fail"
}

get_hugo() {
    if have hugo || debian hugo; then return; fi
    say "no Hugo: the tests that build a site with it will fail"
}

# Ruby's Liquid comes with Jekyll, ERB with Ruby itself.
get_template_engines() {
    twig='exit((include "Twig/autoload.php") ? 0 : 1);'
    if have php && php -r "$twig" >/dev/null 2>&1 && have ruby && have jekyll; then return; fi
    if debian php-cli php-twig ruby jekyll; then return; fi
    say "no PHP with Twig, Ruby or Jekyll: the tests of their templates will fail"
}

get_node_tools() {
    modules=$root/tests/node/node_modules
    if fresh "$modules/kit-stamp" "$root/tests/node/package-lock.json"; then return; fi
    if ! have npm && ! debian nodejs npm; then
        say "no npm: the tests that run Node's tools will fail"
        return
    fi
    say "installing Node's tools into tests/node/node_modules"
    npm ci --prefix "$root/tests/node" --no-audit --no-fund --loglevel=error >&2 </dev/null
    stamp "$modules/kit-stamp" "$root/tests/node/package-lock.json"
}
