#!/bin/sh
# Compares the stores and prints the tables of docs/performance.md: all at a
# million quads, those without a server at five million too, the packed store
# alone beyond, and Virtuoso as a reference from outside. Needs Go and Debian's
# packages postgresql and virtuoso-opensource-7-bin; takes an hour or two on
# two cores, and 20 GB below TMPDIR.
#
#	./run.sh [DIR]
#
# DIR keeps all that was measured, as JSON; without it that is thrown away.
# A store that fails or answers otherwise is reported, and the rest goes on.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
raw=${1:-$work}
mkdir -p "$raw"

go build -o "$work/store" .
status=0
"$work/store" compare -quads 1000000 -raw "$raw/1m.json" || status=1
echo
"$work/store" compare -quads 5000000 -stores memstore,packed,leveldb,bolt -raw "$raw/5m.json" || status=1
echo
"$work/store" compare -quads 25000000 -stores packed -checks 0 -raw "$raw/25m.json" || status=1
echo
"$work/store" compare -quads 100000000 -stores packed -checks 0 -raw "$raw/100m.json" || status=1
echo
"$work/store" virtuoso -quads 1000000 || status=1
exit $status
