#!/usr/bin/env bash
# What the tests need of the machine itself: fetched where we may, else named in a plain sentence.
# With --required, what is missing at the end is a failure.
set -euo pipefail

missing=0

need() { # what it is for, its package, and how we know that it is there
  local purpose=$1 package=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Fetching $package …"
    apt-get update -qq >/dev/null \
      && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null \
      && return
  fi
  missing=1
  echo "$package is not here, so $purpose: install it with apt-get install $package."
}

java_is_here() { command -v java || [ -n "${JAVA_HOME:-}" ]; }

need "journeys are left out" chromium command -v "${CHROMIUM:-chromium}"
need "the Spark runner is not tried" openjdk-17-jre-headless java_is_here
need "nobody else's verifier reads the ledger" golang-go command -v go
need "nobody else's verifier reads the ledger" golang-golang-x-mod-dev test -d "${GOPATH:-/usr/share/gocode}/src/golang.org/x/mod/sumdb"
need "nothing is tried on it" postgresql python -c "from tests.postgres import programs; assert programs()"

[ "${1:-}" != --required ] || exit "$missing"
