# The few verbs of the stories. A story begins with: . "$(dirname "$0")/verbs.sh"
# and ends with: finish.  It runs once on each engine (PSIRT_TEST_PG: an URL).
set -uo pipefail
cd "$(dirname "$0")/../.."
passed=0 failed=0 skipped=0
bin=${PSIRT_BIN:-build/release/psirt}
room=$(mktemp -d /tmp/story.XXXXXX)
server=""

# A fresh house: database, administrator, server.  begin sqlite|postgresql
begin() {
  engine=$1 port=$(tools/free-port)
  url=http://127.0.0.1:$port data=$room/$engine; mkdir -p "$data"
  export PSIRT_DATA=$data PSIRT_SOCKET=$data/s
  if [ "$engine" = postgresql ]; then
    PSIRT_DB=$(database_make) || return 1
    export PSIRT_DB
  else unset PSIRT_DB; fi
  local code
  code=$("$bin" init --organisation "Story Works" --mail admin@story.example --base-url "$url" | grep -o 'code=.*')
  [ -n "$code" ] || { echo "psirt init made no link"; return 1; }
  "$bin" serve --port "$port" --base-url "$url" --socket "$PSIRT_SOCKET" >"$data/log" 2>&1 &
  server=$!
  for _ in $(seq 100); do curl -sf "$url/healthz" >/dev/null && break; sleep 0.05; done
  join administrator "${code#code=}"
}
# A database of its own inside the private server.
database_make() {
  local name=story_$RANDOM$RANDOM
  psql -q "$PSIRT_TEST_PG" -c "CREATE DATABASE $name TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" >&2 || return 1
  sed -E "s#/[^/?]*(\?|\$)#/$name\1#" <<<"$PSIRT_TEST_PG"
}
end() { kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; server=""; }
trap '[ -z "$server" ] || kill "$server"; rm -rf "$room"' EXIT

# join ROLE CODE: accept an invitation; the browser of ROLE is signed in, its token made.
join() {
  local jar=$data/jar.$1 csrf
  curl -s -c "$jar" -o /dev/null --data-urlencode "code=$2" --data-urlencode "password=a long enough secret $1" "$url/invitation"
  csrf=$(curl -s -b "$jar" "$url/me" | grep -o 'name="_csrf" value="[^"]*' | head -n 1 | sed 's/.*value="//')
  curl -s -b "$jar" -c "$jar" -d "_csrf=$csrf&name=story&scope=write" "$url/me/tokens" | grep -o 'psirt_[a-z0-9]*' | head -n 1 >"$data/token.$1"
}
# invite ROLE: a person of that role joins.
invite() {
  local code
  code=$(as administrator psirt user invite --name "$1 person" --mail "$1@story.example" --roles "$1" --lang en --zone Asia/Tokyo --json |
    grep -o 'code=[a-z0-9]*')
  join "$1" "${code#code=}"
}
# as ROLE COMMAND…: with the token (and jar) of that role.
as() { local role=$1; shift; PSIRT_TOKEN=$(cat "$data/token.$role") jar=$data/jar.$role "$@"; }
psirt() { "$bin" "$@"; }
# open_page ROLE PATH: the page as that person sees it.
open_page() { curl -s -b "$data/jar.$1" "$url$2"; }
status_of() { curl -s -o /dev/null -w '%{http_code}' -b "$data/jar.$1" "$url$2"; }
# api ROLE METHOD PATH [JSON]
api() {
  curl -s -X "$2" -H "Authorization: Bearer $(cat "$data/token.$1")" -H 'Content-Type: application/json' ${4:+-d "$4"} "$url/api/v1$3"
}
# qualified_case: a report is qualified; its case.
qualified_case() {
  local report
  curl -s -o /dev/null "$url/report" --data-urlencode 'product=Kestrel' --data-urlencode 'title=Sessions stay valid' \
    --data-urlencode 'description=After the password was changed.'
  report=$(as analyst psirt report list --json | json .reports[0].id)
  as analyst psirt report decide "$report" --version "$(as analyst psirt report show "$report" --json | json .report.version)" \
    --outcome qualified --reason Reproduced --title "Sessions stay valid" --severity high >/dev/null
  as analyst psirt case list --json | json .cases[0].id
}

# decided CASE: one product with two versions, one affected, one with the fix.
decided() {
  local family product vuln release
  family=$(api analyst POST /families '{"code":"gw","name":"Gateways"}' | json .id)
  product=$(api analyst POST /products "{\"family\":\"$family\",\"code\":\"kestrel\",\"name\":\"Kestrel\",\"name_ja\":\"ケストレル\"}" | json .id)
  release=$(api analyst POST "/products/$product/releases" '{"name":"4.3.1"}' | json .id)
  api analyst POST "/products/$product/releases" '{"name":"4.3.2"}' >/dev/null
  vuln=$(api analyst GET "/cases/$1/assess" | json .vulns[0].id)
  api analyst POST "/cases/$1/products" "{\"product\":[\"$product\"]}" >/dev/null
  expect_in "the version is decided" "$(api analyst POST "/cases/$1/impact/range" "{\"vuln\":\"$vuln\",\"product\":\"$product\",\"status\":\"affected\"}")" '"id"'
  remedy=$(api analyst POST "/cases/$1/remedies" "{\"product\":\"$product\",\"kind\":\"fix\",\"fixed_in\":\"4.3.2\",\"body\":\"Install 4.3.2.\",\"body_ja\":\"4.3.2へ更新してください。\"}" | json .id)
  api analyst POST "/remedies/$remedy/release" '{"version":1,"released_on":"'"$(date -u +%Y)"'-01-10"}' >/dev/null
}
# json PATH: a value out of JSON on standard input, e.g. json .cases[0].id
json() { node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>{try{let v=JSON.parse(s);for(const k of process.argv[1].match(/[^.\[\]]+/g)||[])v=v?.[k];console.log(v??"")}catch(e){console.log("not JSON: "+s.slice(0,200))}})' "$1"; }
# expect WHAT GOT WANT
expect() {
  if [ "$2" = "$3" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1)); printf 'not ok [%s] %s\n  got  %s\n  want %s\n' "$engine" "$1" "$2" "$3"; fi
}
# expect_in WHAT TEXT WORDS: WORDS stand in TEXT.
expect_in() {
  if grep -qF -- "$3" <<<"$2"; then passed=$((passed + 1)); else
    failed=$((failed + 1)); printf 'not ok [%s] %s\n  missing %s in: %.300s\n' "$engine" "$1" "$3" "$2"; fi
}
# A house that cannot be made is a failure, too.
told_on() {
  if begin "$1"; then "$2"; else failed=$((failed + 1)); echo "not ok [$1] the house could not be made"; tail -n 3 "$data/log"; fi
  end
}
# on_both STORY: the function on SQLite, and on PostgreSQL when there is one.
on_both() {
  told_on sqlite "$1"
  if [ -n "${PSIRT_TEST_PG:-}" ]; then told_on postgresql "$1"
  else echo "skipped: no PostgreSQL (PSIRT_TEST_PG)"; skipped=$((skipped + 1)); fi
}
finish() { echo "$passed passed, $failed failed, $skipped skipped"; [ "$failed" = 0 ]; }
