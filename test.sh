#!/bin/sh
# Checks everything: formatting, vet, staticcheck, all tests under the race
# detector, and a build without C. Needs Go; the tools come through the Go
# module proxy at the versions named here. The last line counts the tests.
set -eu
cd "$(dirname "$0")"

gofumpt=mvdan.cc/gofumpt@v0.12.0
staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2

step() { printf '== %s\n' "$*"; }

# have finds a program on the path, or the server programs that Debian keeps
# outside of it.
have() { command -v "$1" >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/"$1" >/dev/null 2>&1; }

# want installs a Debian package for a program that is not there, where it may.
want() { # program package why
	have "$1" && return
	if [ "$(id -u)" = 0 ] && have apt-get; then
		step "install $2"
		if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$2"; } >/dev/null 2>&1; then
			return
		fi
	fi
	echo "$1 is not here (Debian package $2): $3"
}

want gcc build-essential "tests run without the race detector"
want initdb postgresql "the PostgreSQL store's tests are skipped"

step gofumpt
unformatted=$(go run "$gofumpt" -l .)
if [ -n "$unformatted" ]; then
	echo "not formatted; run 'go run $gofumpt -w .':" "$unformatted"
	exit 1
fi

step go vet
go vet ./...

step staticcheck
go run "$staticcheck" ./...

step build without C
CGO_ENABLED=0 go build -trimpath -o /dev/null ./cmd/graph

race=-race
have gcc || race=
step go test $race
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
go build -o "$tools/testsum" ./internal/testsum
{
	go test $race -json ./... "$@"
	go test -json ./graphdata/packed -run TestQueriesAsMemstore # in full: slow under the race detector
} | "$tools/testsum"
