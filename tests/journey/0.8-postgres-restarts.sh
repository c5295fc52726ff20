#!/usr/bin/env bash
# 0.8: PostgreSQL is restarted, loses a backend and stops at once while finders report and an
# analyst decides.  What was acknowledged is there once, what was not was answered 503 with
# Retry-After, the server goes on by itself, and nothing is half-written.
# It stops the server it uses, so it has one of its own, which keeps what it says it keeps.
if [ -n "${PSIRT_TEST_PG:-}" ] && [ -z "${STORY_OWN_PG:-}" ]; then
  STORY_OWN_PG=1 exec "$(dirname "$0")/../../tools/with-postgres" "$0"
fi
. "$(dirname "$0")/verbs.sh"

# pg VERB [MODE]: what happens to the database server.
pg() {
  local dir bin as=()
  dir=$(sed 's/.*host=//' <<<"$PSIRT_TEST_PG") bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  [ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  case $1 in
  stop) set -- -m "$2" stop ;;
  *) set -- -l "$dir/server.log" -o "-c listen_addresses='' -k $dir -c shared_buffers=32MB" "$1" ;;
  esac
  (cd / && "${as[@]}" "$bin/pg_ctl" -w -D "$dir/data" "$@" >>"$room/pg.log" 2>&1 9>&-)
}
# kill -9 of one backend that works for us: PostgreSQL then ends all of them and recovers.
pg_kill() {
  kill -9 "$(psql -qAt "$PSIRT_DB" -c "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid LIMIT 1")"
}
ready() { curl -s -m 20 -o /dev/null -w '%{http_code}' "$url/readyz"; }
# waits until /readyz says STATUS; how long it took is not judged, that it comes is.
until_ready() {
  local got=
  for _ in $(seq 150); do got=$(ready); [ "$got" = "$1" ] && break; sleep 0.2; done
  expect "$2" "$got" "$1"
}
# note WHO STATUS HEADERS BODY: an answer that is no success, for later.
note() {
  local after type kept=-
  after=$(tr -d '\r' <"$3" | sed -n 's/^[Rr]etry-[Aa]fter: *//p') type=$(tr -d '\r' <"$3" | sed -n 's/^[Cc]ontent-[Tt]ype: *//p')
  [ -z "${5:-}" ] || kept=$(grep -cF -- "$5" "$4")
  echo "$1 $2 ${after:-none} ${type%%;*} $kept" >>"$data/refused"
  [ "$2" = 503 ] || { tail -n 1 "$data/log" | cut -c 1-300; cat "$3"; sed 's/<[^>]*>//g' "$4"; } >&2
}
# A finder with a browser: the form is sent until it is taken, as its page says; the words are unique.
finder() {
  local i=0 t=$data/f$1 form key seed status
  until [ -e "$data/stop" ]; do
    i=$((i + 1)); form=
    until [ -n "$form" ] || [ -e "$data/stop" ]; do form=$(curl -sf -m 30 "$url/report" | grep -o 'name="\(_key\|seed\)" value="[^"]*') || sleep 0.2; done
    key=$(sed -n 's/name="_key" value="//p' <<<"$form") seed=$(sed -n 's/name="seed" value="//p' <<<"$form")
    for _ in $(seq 200); do
      status=$(curl -s -m 30 -D "$t.head" -o "$t.body" -w '%{http_code}' "$url/report" -d "_key=$key" -d "seed=$seed" --data-urlencode product=Kestrel \
        --data-urlencode "title=Word-$1-$i." --data-urlencode "description=A long cookie stops it. Sentence-$1-$i.")
      if [ "$status" = 200 ]; then
        echo "Word-$1-$i." >>"$data/taken"
        grep -qE '[A-Z0-9]{5}(-[A-Z0-9]{5}){3}' "$t.body" || echo "Word-$1-$i." >>"$data/without-code"
        break
      fi
      note page "$status" "$t.head" "$t.body" "Sentence-$1-$i."
      sleep 0.1
    done
  done
}
# A program: each report with a key of its own, sent until it is taken.
program() {
  local i=0 t=$data/p$1 status
  until [ -e "$data/stop" ]; do
    i=$((i + 1))
    for _ in $(seq 200); do
      status=$(curl -s -m 30 -D "$t.head" -o "$t.body" -w '%{http_code}' -H "Idempotency-Key: program-$1-$i-$RUN" -H 'Content-Type: application/json' \
        -d "{\"product\":\"Kestrel\",\"title\":\"Call-$1-$i.\",\"description\":\"Made by a program.\"}" "$url/api/v1/report")
      if [ "$status" = 200 ]; then echo "Call-$1-$i." >>"$data/taken"; break; fi
      note api "$status" "$t.head" "$t.body" '"retryable": true'
      sleep 0.1
    done
  done
}
# An analyst: what is new becomes a case; the answer to a decision is kept.
analyst() {
  local t=$data/a row id version status
  until [ -e "$data/stop" ]; do
    for row in $(api analyst GET /reports | grep -o '"id": *"[a-z0-9]*"' | grep -o '[a-z0-9]\{26\}'); do
      [ ! -e "$data/stop" ] || return 0
      ! grep -q "$row" "$data/decided" 2>/dev/null || continue
      version=$(api analyst GET "/reports/$row" | json .report.version)
      [[ $version =~ ^[0-9]+$ ]] || { sleep 0.2; continue; }
      for _ in $(seq 200); do
        status=$(curl -s -m 30 -D "$t.head" -o "$t.body" -w '%{http_code}' -H "Authorization: Bearer $(cat "$data/token.analyst")" \
          -H "Idempotency-Key: decide-$row" -H 'Content-Type: application/json' \
          -d "{\"version\":$version,\"outcome\":\"qualified\",\"reason\":\"Seen\",\"title\":\"Case $row\",\"severity\":\"high\"}" "$url/api/v1/reports/$row/decision")
        if [ "$status" = 200 ]; then echo "$row" >>"$data/decided"; break; fi
        note decision "$status" "$t.head" "$t.body" '"retryable": true'
        sleep 0.1
      done
    done
    sleep 0.2
  done
}
count() { psql -qAt "$PSIRT_DB" -c "$1"; }

story() {
  local i pids=() taken decided html report csrf key
  RUN=$RANDOM
  invite analyst; invite auditor
  : >"$data/taken"; : >"$data/decided"; : >"$data/refused"
  for i in 1 2 3; do finder "$i" & pids+=($!); done
  for i in 1 2; do program "$i" & pids+=($!); done
  analyst & pids+=($!)

  sleep 2; report=$(api analyst GET /reports | json .reports[0].id); html=$(open_page analyst "/reports/$report")
  csrf=$(grep -o 'name="_csrf" value="[^"]*' <<<"$html" | head -n 1 | sed 's/.*value="//')
  key=$(grep -A9 'action="[^"]*/messages"' <<<"$html" | grep -o 'name="_key" value="[^"]*' | head -n 1 | sed 's/.*value="//')
  pg restart; until_ready 200 "ready after a restart"
  sleep 1; pg_kill; sleep 1; until_ready 200 "ready after a backend was killed"
  sleep 1; pg stop immediate
  until_ready 503 "not ready while the database is away"
  html=$(curl -s -b "$data/jar.analyst" "$url/reports/$report/messages" -d "_csrf=$csrf" -d "_key=$key" --data-urlencode "body=Which build & when?" -d due_at=)
  expect_in "a letter that could not be stored comes back" "$html" 'Which build &amp; when?</textarea>'
  expect_in "under its key, so that it is stored once" "$html" "name=\"_key\" value=\"$key\""
  expect_in "with a word of what to do" "$html" "please send it again in a moment"
  expect "and nothing of where the database lives" "$(grep -c socket <<<"$html")" 0
  expect "not to another site" "$(curl -s -b "$data/jar.analyst" -H "Sec-Fetch-Site: cross-site" "$url/reports/$report/messages" -d "body=Which build?" | grep -c "Which build")" 0
  expect "no password comes back" "$(curl -s "$url/login" -d "mail=a@story.example" -d "password=a long enough secret" | grep -c "a long enough secret")" 0
  sleep 1; pg start; until_ready 200 "ready when it is back"
  for i in 1 2; do curl -s -o /dev/null -b "$data/jar.analyst" "$url/reports/$report/messages" -d "_csrf=$csrf" -d "_key=$key" --data-urlencode "body=Which build & when?" -d due_at=; done
  expect "sent again, and again, it is there once" "$(count "SELECT count(*) FROM report_message WHERE body = 'Which build & when?'")" 1
  sleep 2; touch "$data/stop"; wait "${pids[@]}"
  until_ready 200 "ready at the end"
  expect "the server is the one that began" "$(kill -0 "$server" && echo there)" there

  taken=$(sort -u "$data/taken" | wc -l) decided=$(sort -u "$data/decided" | wc -l)
  [ "$taken" -gt 20 ] && [ "$decided" -gt 3 ]; expect "there was a load ($taken taken, $decided decided)" $? 0
  expect "something was refused" "$([ -s "$data/refused" ] && echo yes)" yes
  expect "what was refused was 503 with Retry-After, as page or problem, and kept what was typed" \
    "$(sed -E 's/ [1-9][0-9]* (text|appl)/ N \1/; s/ [1-9][0-9]*$/ kept/; s/ application.problem.json/ problem/' "$data/refused" |
      grep -vxE 'page 503 N text/html kept|(api|decision) 503 N problem kept' | sort | uniq -c)" ""
  expect "who was told that it arrived was shown the code" "$(cat "$data/without-code" 2>/dev/null)" ""
  expect "each acknowledged report is there once, and no other" \
    "$(count "SELECT title FROM report ORDER BY title COLLATE \"C\"")" "$(LC_ALL=C sort "$data/taken")"
  expect "each acknowledged decision is there once, and no other" \
    "$(count "SELECT substr(title, 6) FROM casefile ORDER BY 1")" "$(LC_ALL=C sort "$data/decided")"
  expect "no report that is not found, no case without a report" \
    "$(count "SELECT (SELECT count(*) FROM report) - (SELECT count(*) FROM (SELECT DISTINCT object FROM find_piece WHERE kind = 'report') AS found), (SELECT count(*) FROM casefile k WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.casefile = k.id))")" "0|0"
  expect_in "the audit verifies" "$(psirt verify 2>&1)" "The audit verifies."
  expect "and an auditor sees each submission once" \
    "$(count "SELECT count(*) FROM journal WHERE verb = 'report.submit'")" "$taken"
}
if [ -n "${PSIRT_TEST_PG:-}" ]; then pg stop fast; pg start; told_on postgresql story
else echo "skipped: no PostgreSQL (PSIRT_TEST_PG)"; skipped=1; fi
finish
