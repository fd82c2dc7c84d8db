# shellcheck shell=sh
# Sourced by demo, test, check and lock: each function makes one thing ready and is quick when it already is.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd)
python=$root/.venv/bin/python

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

lock=$root/requirements.lock
# As pip does; the second is the name that older versions know.
export UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true

# A stamp holds what it was made from. The root is part of it: an editable install does not survive a move.
mark() { printf '%s %s\n' "$root" "$(cat "$@" | cksum)"; }
fresh() {
    stamp=$1 && shift
    [ "$(cat "$stamp" 2>/dev/null)" = "$(mark "$@")" ]
}
stamp() {
    stamp=$1 && shift
    mark "$@" >"$stamp"
}

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
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if have "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    say "Python 3.11 or newer is needed"
    return 1
}

# make_venv [VERSION]: the environment that $python is in, of that Python or of the one at hand.
make_venv() {
    if "$python" -m pip --version >/dev/null 2>&1; then return; fi
    folder=${python%/bin/python}
    if [ "${1:-}" ] && ! { have "python$1" && "python$1" -c 'import ensurepip' 2>/dev/null; }; then
        say "making ${folder##*/} with uv's Python $1"
        uv=$(get_uv)
        "$uv" venv --quiet --seed --clear --python "$1" "$folder"
        return
    fi
    base=${1:+python$1}
    base=${base:-$(find_python)}
    "$base" -c 'import ensurepip' 2>/dev/null || debian python3-venv || say "Python's venv module is missing"
    say "making ${folder##*/} with $("$base" --version)"
    "$base" -m venv --clear "$folder"
}

pip_install() { "$python" -m pip install --quiet --disable-pip-version-check "$@" >&2; }

# uv, which chooses versions; where there is none, one of our own.
get_uv() {
    if have uv; then
        command -v uv
        return
    fi
    tools=$root/.venvs/tools
    if ! "$tools/bin/uv" --version >/dev/null 2>&1; then
        say "installing uv into .venvs/tools"
        (python=$tools/bin/python && make_venv && pip_install uv)
    fi
    printf '%s\n' "$tools/bin/uv"
}

# install_kit run|dev: the kit itself, with or without the tools of its developers, from requirements.lock.
install_kit() {
    folder=${python%/bin/python}
    if fresh "$folder/kit-dev" "$root/pyproject.toml" "$lock"; then return; fi
    if [ "$1" = run ] && fresh "$folder/kit-run" "$root/pyproject.toml" "$lock"; then return; fi
    make_venv "${wanted_python:-}"
    say "installing what requirements.lock names into ${folder##*/}"
    if [ "$1" = run ]; then sed '/^# For developers/,$d' "$lock"; else cat "$lock"; fi >"$folder/requirements.txt"
    pip_install --require-hashes --requirement "$folder/requirements.txt"
    pip_install --no-deps --no-build-isolation --editable "$root"
    if ! "$python" -m pip check >"$folder/pip-check" 2>&1; then
        cat "$folder/pip-check" >&2
        say "requirements.lock does not fit pyproject.toml: scripts/lock renews it"
        return 1
    fi
    stamp "$folder/kit-$1" "$root/pyproject.toml" "$lock"
}

# install_resolved highest|lowest-direct: the kit with the newest packages, or with the floors that it declares.
install_resolved() {
    make_venv "${wanted_python:-}"
    uv=$(get_uv)
    say "installing into ${python%/bin/python}, resolution: $1"
    "$uv" pip install --quiet --python "$python" --resolution "$1" --upgrade --editable "${root}[dev]" >&2
}

# A function named like its command would satisfy `have`: hence the verbs.
get_chromium() {
    # Playwright's driver is a Node of its own, and a bare Debian lacks one of its libraries.
    if ! "$python" -m playwright --version >/dev/null 2>&1; then
        debian libatomic1 || say "Playwright does not start: the browser tests will fail"
    fi
    # The headless shell is the same engine at a quarter of the cost; without it the whole browser does.
    have chromium-headless-shell || debian chromium-headless-shell >/dev/null 2>&1 || true
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
