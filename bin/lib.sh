# Sourced by the commands beside it. They work from any folder and stop at the first error.

# `pwd` fails where the caller's folder is gone; "$0" is the command, not this file.
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$ROOT"

# The folder of all data: database, files, secret key, collected static files.
BALAI_VAR=${BALAI_VAR:-$ROOT/var}
export BALAI_VAR
PYTHON=$ROOT/.venv/bin/python

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "bin/$(basename -- "$0")" "$*" >&2
    exit 1
}

# Brings the database up to date and, on the very first start, fills it with sample data.
prepare_database() {
    "$PYTHON" manage.py migrate --noinput --verbosity 0
    "$PYTHON" manage.py seed_demo --if-empty
}

say_address() {
    say ""
    say "  Address:  http://127.0.0.1:$1/"
    say "  Sign in:  pelayanan, bengkel, keuangan, pimpinan or admin"
    say "  Password: contoh-balai-2026 (sample data only)"
    say "  Stop:     Ctrl-C"
    say ""
}
