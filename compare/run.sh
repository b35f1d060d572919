#!/bin/sh
# Compares `graph extract` with prose v2 and compromise on the marked cables of
# SHARED, and prints the tables of docs/quality.md and docs/performance.md.
# Needs Go and Node.js; what it fetches and builds lies in a temporary folder.
set -eu
cd "$(dirname "$0")"
shared=${1:-../../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd .. && go build -o "$work/graph" ./cmd/graph)
go build -o "$work/compare" .
go build -o "$work/prose" ./prose
cp compromise/package.json compromise/package-lock.json compromise/compromise.mjs "$work"
npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$work" >/dev/null

"$work/compare" -shared "$shared" -graph "$work/graph" \
	-other "prose=$work/prose" -other "compromise=node $work/compromise.mjs"
