#!/usr/bin/env bash
# The demo's eighteen months make sense: what a newcomer sees is a house at work,
# not a heap. Made by operations at a moved clock, as its own audit proves.
. "$(dirname "$0")/verbs.sh"

engine=sqlite
data=$room/demo
port=$(tools/free-port)
url=http://127.0.0.1:$port
export PSIRT_SOCKET=$data/psirt.sock
"$bin" demo --data "$data" --port "$port" --make >"$room/made" 2>&1 || cat "$room/made"
"$bin" demo --data "$data" --port "$port" >"$room/served" 2>&1 &
server=$!
for _ in $(seq 100); do curl -sf "$url/healthz" >/dev/null && break; sleep 0.05; done

# count JSON-EXPRESSION over the answer on standard input, called v
count() { node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>{const v=JSON.parse(s);console.log(eval(process.argv[1]))})' "$1"; }
# all NOUN: every page of a list, as one JSON list
all() {
  local from=0 page
  while page=$(as lead psirt "$1" list --from "$from" --json) && [ "$(count "v.$2.length" <<<"$page")" -gt 0 ]; do
    echo "$page"; from=$((from + 50))
  done | node -e "let s='';process.stdin.on('data',d=>s+=d).on('end',()=>console.log(JSON.stringify(s.trim().split(/\n(?=\{)/).flatMap(p=>JSON.parse(p).$2))))"
}

# After each of some four thousand operations the search finds what stands: making its index anew changes nothing.
index() {
  expect_in "the index of the search is what the records say" "$(psirt reindex --data "$data")" " 0 texts were missing, 0 were indexed as by an earlier version, 0 did not stand any more."
}

maker() {
  local products
  products=$(as lead psirt product list --csv | tail -n +2)
  expect "23 products" "$(wc -l <<<"$products")" 23
  expect "140 versions" "$(versions)" 140
}
# The versions of all products, asked product by product.
versions() {
  as lead psirt product list --json | count 'v.products.map(p=>p.id).join("\n")' |
    while read -r id; do as lead psirt product show "$id" --json | count 'v.versions.length'; done | awk '{n += $1} END {print n}'
}

work() {
  local cases reports desk
  cases=$(all case cases) reports=$(all report reports)
  expect "about 400 reports" "$(count 'v.length>380&&v.length<420' <<<"$reports")" true
  expect "about 160 cases" "$(count 'v.length>140&&v.length<180' <<<"$cases")" true
  expect "most are closed" "$(count 'v.filter(k=>k.state=="closed").length>v.length/2' <<<"$cases")" true
  expect "and nobody's turn" "$(count 'v.filter(k=>k.state=="closed"&&k.turn!="nobody").length' <<<"$cases")" 0
  expect "some of each other state" "$(count '["qualified","remedying","disclosing","published"].every(s=>v.some(k=>k.state==s))' <<<"$cases")" true
  expect "eight reports wait" "$(count 'v.filter(r=>r.state=="new").length' <<<"$reports")" 8
  desk=$(as analyst psirt desk --json)
  expect "the analyst's desk can be read" "$(count 'v.tasks.filter(t=>t.when=="now").length<40' <<<"$desk")" true
  expect "nothing stands there twice" "$(count 'new Set(v.tasks.map(t=>t.number+t.kind)).size==v.tasks.length' <<<"$desk")" true
  expect "advisories wait for a second person" "$(count 'v.tasks.some(t=>t.kind=="advisory")' <<<"$(as lead psirt desk --json)")" true
}

published() {
  local list first doc
  list=$(curl -s "$url/.well-known/csaf/white/index.txt")
  # A translation has its language at the end of its name; most are Japanese, of what was written in Japanese English.
  expect "about 45 advisories" "$(n=$(grep -vcE -- '-(ja|en)\.json' <<<"$list"); [ "$n" -gt 38 ] && [ "$n" -lt 50 ] && echo yes)" yes
  expect "each in the other language, too" "$(grep -cE -- '-(ja|en)\.json' <<<"$list")" "$(grep -vcE -- '-(ja|en)\.json' <<<"$list")"
  mkdir -p "$room/csaf"
  for first in $list; do curl -s "$url/.well-known/csaf/white/$first" >"$room/csaf/$(basename "$first")"; done
  expect "all valid" "$("$bin" csaf check "$room/csaf" >"$room/checked" 2>&1; s=$?; [ $s = 0 ] || [ $s = 4 ]; echo $?)" 0
  doc=$room/csaf/$(basename "$(head -n 1 <<<"$list")")
  expect "each names the version with the fix" "$(count 'v.vulnerabilities.every(x=>x.product_status.fixed?.length)' <"$doc")" true
  expect "and what to do" "$(count 'v.vulnerabilities.every(x=>x.remediations.some(r=>r.category=="vendor_fix"))' <"$doc")" true
}

proof() {
  end
  expect_in "the audit proves it" "$("$bin" verify --data "$data" 2>&1)" "The audit verifies."
}

# What is asked wrongly is told before anything is played; a folder is made with those above it.
asked() {
  local busy=$port
  expect_in "a busy port" "$("$bin" demo --data "$room/no/x" --port "$busy" 2>&1)" "port $busy"
  expect_in "no such language" "$("$bin" demo --data "$room/no/x" --lang fr 2>&1)" "en or ja"
  expect_in "no such port" "$("$bin" demo --data "$room/no/x" --port 99999 2>&1)" "99999 is outside"
  expect "nothing was played" "$(ls "$room/no" 2>&1 | grep -c 'No such')" 1
  expect_in "addresses are those of this start" "$(cat "$room/served")" "Sign in: $url/login"
}
# A path longer than the kernel takes for a socket, in a folder that is not there yet.
far() {
  local data=$room/far/$(printf 'a-long-name-%.0s' $(seq 15))/d port server
  port=$(tools/free-port)
  "$bin" demo --data "$data" --port "$port" >"$room/far.log" 2>&1 &
  server=$!
  for _ in $(seq 900); do curl -sf "http://127.0.0.1:$port/healthz" >/dev/null && break; sleep 0.1; done
  expect "served from far away" "$(PSIRT_SOCKET=$data/psirt.sock as lead psirt report list --state new --csv | wc -l)" 9
  kill "$server"; wait "$server"
  expect "ended without a part starting again" "$(grep -c process.ended "$room/far.log")" 0
}

index; maker; work; published; asked; proof; far
finish
