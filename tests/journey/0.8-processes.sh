#!/usr/bin/env bash
# 0.8: a running server is several processes; a dead one comes back, a hostile
# document harms nobody, nothing is left when the server ends.
. "$(dirname "$0")/verbs.sh"

# part NAME: the process of that name of our server.
part() { pgrep -P "$server" -x "psirt-$1"; }
# tool ROLE NAME?QUERY FILE: a tool over the API.
tool() { curl -s -X POST -H "Authorization: Bearer $(cat "$data/token.$1")" -H 'Content-Type: application/octet-stream' --data-binary @"$3" "$url/api/v1/tool/$2"; }
vector='CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'

story() {
  local before
  invite analyst
  expect "each part has its name" "$(for p in main cage keys fetch; do part $p >/dev/null && echo $p; done | xargs)" "main cage keys fetch"
  expect_in "main says which walls stand" "$(cat "$data/log")" main.confined
  for before in main cage keys fetch; do
    expect "no core is left ($before)" "$(sed -n 's/^Max core file size *\([0-9]*\) *\([0-9]*\) .*/\1 \2/p' "/proc/$(part $before)/limits")" "0 0"
    expect "no new privileges, seccomp ($before)" "$(sed -n 's/^NoNewPrivs:\t//p; s/^Seccomp:\t//p' "/proc/$(part $before)/status" | xargs)" "1 2"
  done
  echo '{"document": [' >"$data/bad.json"
  expect_in "a tool answers over the API" "$(api analyst POST "/tool/cvss?arg=$vector")" '"9.8 Critical'
  expect "not without an account" "$(curl -s -X POST "$url/api/v1/tool/cvss?arg=$vector" | json .status)" 401
  expect "unsound is said" "$(tool analyst csaf-check "$data/bad.json" | json .result)" unsound
  expect "no file of the server is read" "$(tool analyst 'csaf-check?arg=/etc/passwd' /dev/null | json .result)" unreadable
  expect "an unknown tool is absent" "$(tool analyst nothing /dev/null | json .status)" 404
  echo '{"language":"en","texts":[{"name":"a","text":"A secruity flaw."}]}' >"$data/spell.json"
  expect_in "words are looked up in the cage" "$(tool analyst text-spell "$data/spell.json")" secruity
  head -c 17000000 /dev/zero >"$data/huge"
  expect "too much is refused" "$(tool analyst csaf-check "$data/huge" | json .status)" 413
  before=$(part cage)
  kill -9 "$before"
  expect_in "a dead cage comes back" "$(api analyst POST "/tool/cvss?arg=$vector")" '"9.8 Critical'
  expect_in "with its dictionary" "$(tool analyst text-spell "$data/spell.json")" secruity
  expect "it is another one" "$(( $(part cage) != before ))" 1
  expect_in "the log says so" "$(cat "$data/log")" process.ended
  before=$(pgrep -P "$server" | xargs)
  end
  expect "nothing is left" "$(for p in $before; do kill -0 "$p" 2>/dev/null && echo "$p"; done)" ""
}
on_both story
finish
