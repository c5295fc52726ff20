#!/usr/bin/env bash
# 0.8: two servers on one PostgreSQL are one house: what is done at one is seen at the other,
# what happens once happens once, and one goes on when the other dies.
. "$(dirname "$0")/verbs.sh"

# The other server: a data folder of its own with the same seal; its address is $other.
second() {
  local i beside
  mkdir -p "$data/b"; cp "$data/seal.key" "$data/b/"
  beside=$(tools/free-port) other=http://127.0.0.1:$beside
  PSIRT_DATA=$data/b "$bin" serve --port "$beside" --base-url "$url" --socket "$data/b/s" >"$data/b/log" 2>&1 &
  twin=$!
  for i in $(seq 100); do curl -sf "$other/healthz" >/dev/null && break; sleep 0.05; done
}
# there ROLE METHOD PATH [JSON]: api, at the other server.
there() { url=$other api "$@"; }

story() {
  local i report note got n=12 pids=()
  invite analyst; invite auditor
  second
  expect "a session of one is a session of the other" "$(url=$other status_of analyst /reports)" 200

  for i in $(seq $n); do
    curl -s -o "$data/out.$i" -w '%{http_code}\n' "$([ $((i % 2)) = 0 ] && echo "$url" || echo "$other")/report" --data-urlencode product=Kestrel \
      --data-urlencode "title=Report $i" --data-urlencode "description=What happened $i." >>"$data/codes" & pids+=($!)
  done
  wait "${pids[@]}"
  expect "no finder is sent away" "$(sort -u "$data/codes")" 200
  got=$(api analyst GET /reports)
  expect "each report is there, under a number of its own" "$(grep -o '"number": *"R-[0-9-]*"' <<<"$got" | sort -u | wc -l)" $n
  expect "and both servers say the same" "$(there analyst GET /reports)" "$got"

  report=$(json .reports[0].id <<<"$got"); note=$(api analyst GET "/reports/$report" | json .report.version)
  pids=()
  for i in "$url" "$other"; do
    (url=$i; api analyst POST "/reports/$report/decision" "{\"version\":$note,\"outcome\":\"qualified\",\"reason\":\"Seen\",\"title\":\"Case\",\"severity\":\"high\"}" >"$data/answer.${i##*:}") & pids+=($!)
  done
  wait "${pids[@]}"
  expect "of two decisions at once one holds" "$(cat "$data"/answer.* | grep -c '"status": *409')" 1
  expect "and there is one case" "$(there analyst GET /cases | grep -o '"number": *"PSIRT-[0-9-]*"' | wc -l)" 1
  expect_in "the chains are whole" "$(as auditor psirt audit verify 2>&1)" "$(url=$other PSIRT_SOCKET=$data/b/s as auditor psirt audit verify 2>&1)"

  kill -9 "$server"; wait "$server" 2>/dev/null
  expect "one goes on alone" "$(url=$other status_of analyst "/reports/$report")" 200
  expect "and takes reports" "$(curl -s -o /dev/null -w '%{http_code}' "$other/report" --data-urlencode product=Kestrel --data-urlencode title=Last --data-urlencode description=Alone.)" 200
  expect "and is ready" "$(curl -s -o /dev/null -w '%{http_code}' "$other/readyz")" 200
  kill "$twin"; wait "$twin" 2>/dev/null
}
twin=""
trap '[ -z "$twin" ] || kill "$twin" 2>/dev/null; [ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$room"' EXIT
if [ -n "${PSIRT_TEST_PG:-}" ]; then told_on postgresql story
else echo "skipped: no PostgreSQL (PSIRT_TEST_PG)"; skipped=1; fi
finish
