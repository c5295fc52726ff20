#!/usr/bin/env bash
# Installs the Debian packages of the named sets that are missing.
# usage: tools/packages.sh build|unit|test|browser ...   (unit: what ./check --fast needs)
set -euo pipefail
build="gcc libc6-dev make pkg-config libmicrohttpd-dev libsqlite3-dev libpq-dev libicu-dev libssl-dev
 libsodium-dev libseccomp-dev libcurl4-openssl-dev libgpgme-dev gpg gpg-agent libpcre2-dev zlib1g-dev libcmark-dev libqrencode-dev libxml2-dev liblzma-dev libhunspell-dev liblink-grammar-dev libgnutls28-dev ca-certificates tzdata"
unit="libcmocka-dev git hunspell-en-us link-grammar-dictionaries-en"
test="postgresql gettext curl jq sqlite3 procps libtest-json-schema-acceptance-perl"
browser="chromium nodejs fonts-ipaexfont-gothic"
want=""
for set in "$@"; do
  case $set in
  build) want+=" $build" ;; unit) want+=" $unit" ;; test) want+=" $test" ;; browser) want+=" $browser" ;;
  *) echo "packages.sh: no set named $set" >&2; exit 2 ;;
  esac
done
missing=""
for p in $want; do
  case $p in
  nodejs) command -v node >/dev/null && continue ;;
  esac
  dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -q '^installed' || missing+=" $p"
done
case " $* " in *" browser "*) command -v npm >/dev/null || missing+=" npm" ;; esac
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "These packages are missing; install them as root, then run this again:" >&2
  echo "  apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
