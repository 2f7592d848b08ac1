#!/usr/bin/env bash
# Install what the tests start for real and Python cannot bring: a browser, PostgreSQL, git.
# Needs root and apt; elsewhere it only says what is missing.
set -euo pipefail

missing=()
command -v git >/dev/null || missing+=(git)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    missing+=(postgresql)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need: ${missing[*]}. Install them and run again." >&2
    exit 1
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update -qq && apt-get install -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
