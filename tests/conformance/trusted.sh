#!/usr/bin/env bash
# The demo's own tree, behind TLS, as `psirt provider check` judges it: a trusted
# provider, nothing failed, no remark; and `psirt csaf fetch` takes all of it once.
set -uo pipefail
cd "$(dirname "$0")/../.."
bin=$PWD/${PSIRT_BIN:-build/release/psirt}
here=$PWD/tests/conformance
for need in openssl node jq; do command -v $need >/dev/null || { echo "skipped: no $need"; echo "0 passed, 0 failed"; exit 0; }; done
dir=$(mktemp -d /tmp/psirt-trusted.XXXXXX) server='' proxy='' passed=0 failed=0
trap 'kill $server $proxy 2>/dev/null; wait 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
ok() { if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$1: $2, not $3"; fi; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 30 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
port=$("$here/../../tools/free-port")
node "$here/tls.mjs" key.pem cert.pem "$port" >proxy.port & proxy=$!
for _ in $(seq 50); do [ -s proxy.port ] && break; sleep 0.1; done
site=https://localhost:$(cat proxy.port)
"$bin" demo --data d --port "$port" --base-url "$site" --make >make.log 2>&1 || { tail make.log; echo "0 passed, 1 failed"; exit 1; }
"$bin" keys new --name Demo --mail psirt@demo.example --data d >keys.log 2>&1
"$bin" demo --data d --port "$port" --base-url "$site" >serve.log 2>&1 & server=$!

# Signing is a chore: wait until every document has its signature.
for _ in $(seq 120); do
  [ "$(curl -s --cacert cert.pem "$site/.well-known/csaf/provider-metadata.json" | jq -r .role)" = csaf_trusted_provider ] && break
  sleep 0.5
done
"$bin" provider check --json --ca-file=cert.pem "$site/" >report.json 2>report.err
ok "exit of provider check" $? 0
ok "role" "$(jq -r '.roles[] | select(.role == "csaf_trusted_provider") | .verdict' report.json)" met
ok "not green" "$(jq -c '[.requirements[] | select(.verdict == "failed" or .verdict == "remarks" or .verdict == "untested") | {number, notes: .notes[:2]}]' report.json)" "[]"
ok "met" "$(jq -c '[.requirements[] | select(.verdict == "met") | .number]' report.json)" "[1,2,3,4,6,7,8,9,11,12,13,14,15,16,18,19,20,24,25]"
# The security.txt: by RFC 9116 nothing against it, and signed with the key that it names.
"$bin" securitytxt check --json --ca-file=cert.pem "$site" >signpost.json
ok "exit of securitytxt check" $? 0
ok "security.txt" "$(jq -c '[.valid, .signed, (.findings | length)]' signpost.json)" "[true,true,0]"
if command -v gpg >/dev/null; then
  mkdir -m 700 ring
  curl -s --cacert cert.pem "$site/.well-known/security.txt" -o signed.txt
  curl -s --cacert cert.pem "$(sed -n 's/^Encryption: //p' signed.txt)" | gpg --homedir ring --quiet --import 2>gpg.err
  sed 's,^Contact: .*,Contact: https://evil.example/report,' signed.txt >altered.txt
  ok "signature of security.txt" "$(gpg --homedir ring --status-fd 1 --verify signed.txt 2>>gpg.err | grep -oE 'GOODSIG|BADSIG')" GOODSIG
  ok "signature of an altered one" "$(gpg --homedir ring --status-fd 1 --verify altered.txt 2>>gpg.err | grep -oE 'GOODSIG|BADSIG')" BADSIG
fi
n=$(jq .documents report.json)
ok "enough documents" "$([ "$n" -ge 20 ] && echo yes)" yes

"$bin" csaf fetch --json --into=got --ca-file=cert.pem "$site/" >fetch.json 2>fetch.err
ok "exit of csaf fetch" $? 0
ok "first run" "$(tail -n 1 fetch.json | jq -c '[.new, .refused]')" "[$n,0]"
# The feed has not changed since (304 by its ETag), so nothing in it is looked at again.
ok "second run" "$("$bin" csaf fetch --json --into=got --ca-file=cert.pem "$site/" | tail -n 1 | jq -c '[.new, .changed, .same, .refused]')" "[0,0,0,0]"
ok "files" "$(find got -name '*.json' | wc -l)" "$n"
ok "valid" "$("$bin" csaf check --preset=basic got/white >/dev/null; echo $?)" 0
# A folder of it is judged as well: what files cannot show is not tested.
"$bin" provider check --json got >folder.json 2>&1
ok "folder" "$(jq -c '[.requirements[] | select(.number == 1 or .number == 3 or .number == 18) | .verdict]' folder.json)" '["met","untested","met"]'
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
