#!/usr/bin/env bash
# 0.8: the program in real use: its configuration, its log, what tells that it
# is well, copies of the database and what comes back from them.
. "$(dirname "$0")/verbs.sh"

# exit_of COMMAND…: its exit status, silently.
exit_of() { "$@" >/dev/null 2>&1; echo $?; }
local_get() { curl -s --unix-socket "$PSIRT_SOCKET" "http://local$1"; }

configuration() {
  local file=$data/psirt.ini
  psirt config default >"$file"
  expect "the default file is in order" "$(exit_of psirt config check "$file")" 0
  printf '[http]\nprot = 80\n[log]\nlevel = loud\n' >"$file"
  expect "a wrong one is not" "$(exit_of psirt config check "$file")" 6
  expect_in "its line and the mend are told" "$(psirt config check "$file")" "$file:2: http.prot is not known here; perhaps http.port was meant."
  expect_in "all wrong lines are" "$(psirt config check "$file")" "$file:4: loud is not one of: debug info warning error."
  expect "one that is not there is something else" "$(exit_of psirt config check "$data/none")" 3
  expect "a server does not start with it" "$(exit_of psirt serve --config "$file")" 6
  expect "a mistyped flag opens nothing" "$(exit_of psirt verify --date "$data")" 2
  expect_in "help of a verb" "$(psirt help serve)" "--base-url"
  expect_in "help of an operation" "$(psirt report submit --help)" "--description"
  expect_in "help in Japanese" "$(env -u LC_ALL -u LC_MESSAGES LANG=ja "$bin" init --help)" "最初の管理者のメールアドレス"
  expect "what cannot be written is told by the status" "$("$bin" config default 2>/dev/null >/dev/full; echo $?)" 74
  expect_in "and in words" "$("$bin" cvss CVSS:3.1/AV:N 2>&1 >/dev/full)" "Standard output cannot be written: No space left on device"
  expect "a reader who went away" "$(trap '' PIPE; { { sleep 0.2; "$bin" help 2>/dev/null; echo $? >&3; } | :; } 3>&1)" 74
  expect "a house is founded once" "$(exit_of psirt init --organisation Again --mail again@story.example)" 5
  expect_in "without a server the command line says so" "$(PSIRT_SOCKET=$data/nobody psirt report list 2>&1)" "Start one with psirt serve"
}

# Words that may stand in no line of the log.
log() {
  local finder=$data/jar.log code got cookie
  got=$(curl -s -L -c "$finder" -b "$finder" "$url/report" --data-urlencode 'product=MARKERPRODUCT' --data-urlencode 'title=MARKERTITLE' \
    --data-urlencode 'description=MARKERTEXT' --data-urlencode 'contact=markermail@example.org')
  code=$(grep -oE '[A-Z0-9]{5}(-[A-Z0-9]{5}){3}' <<<"$got" | head -n 1)
  expect "the report has arrived" "${#code}" 23
  curl -s -b "$finder" -c "$finder" -o /dev/null --data-urlencode "code=$code" "$url/report/status"
  curl -s -b "$finder" -o /dev/null "$url/report/mine?MARKERQUERY=MARKERQUERY"
  curl -s -o /dev/null "$url/report/status/$code"
  curl -s -o /dev/null "$url/reports/$code"
  as analyst psirt report list >/dev/null
  api analyst GET /reports?q=MARKERQUERY >/dev/null
  cookie=$(awk '$6 == "psirt" {print $7}' "$data/jar.analyst")
  open_page analyst /desk >/dev/null
  for word in MARKER markermail "$code" "${code//-/}" "$(cat "$data/token.analyst")" "$cookie" Bearer; do
    expect "the log does not have ${word:0:6}…" "$(grep -cF -- "$word" "$data/log")" 0
  done
  expect "every line of the log is JSON" "$(node -e 'const l=require("fs").readFileSync(process.argv[1],"utf8").trim().split("\n");l.forEach(JSON.parse);console.log(l.length>9)' "$data/log")" true
  expect_in "the report's operation is in it" "$(grep -F '"operation":"report.submit"' "$data/log")" '"status":200'
  expect_in "the finder is no more than that" "$(grep -F '"operation":"report.mine"' "$data/log")" '"actor":"finder"'
  expect_in "a request has an id" "$(curl -s -D - -o /dev/null "$url/healthz")" "X-Request-Id: "
}

health() {
  expect_in "ready" "$(curl -s "$url/readyz")" '{"ready":true,"checks":{"database":{"ok":true}'
  expect "what was measured is for local readers" "$(curl -s "$url/readyz" | grep -c value)" 0
  expect_in "who see it" "$(local_get /readyz)" '"unit":"bytes free"'
  expect "metrics are not for everybody" "$(curl -s -o /dev/null -w '%{http_code}' "$url/metrics")" 403
  expect "nor for a proxy's clients" "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 192.0.2.1' --unix-socket "$PSIRT_SOCKET" http://local/metrics)" 403
  expect "who are not local administrators either" "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 192.0.2.1' --unix-socket "$PSIRT_SOCKET" http://local/api/v1/people)" 401
  expect_in "but for us" "$(local_get /metrics)" 'psirt_http_requests_total{route="report.submit",status="2xx"} 1'
  expect_in "the letter waits" "$(local_get /metrics)" 'psirt_letters_waiting 1'
}

# Reports come in all the while.
load() { while [ -e "$data/loading" ]; do curl -s -o /dev/null --data-urlencode product=Load --data-urlencode description=More "$url/report"; done; }

# damaged FROM TO: a copy with other bytes in the middle.
damaged() { cp "$1" "$2"; head -c 3000 /dev/urandom | dd of="$2" bs=1 seek=$(($(stat -c %s "$1") / 2)) conv=notrunc 2>/dev/null; }

copies() {
  local copy=$data/copy.db new=$data/new key=$data/key.kept got i other
  touch "$data/loading"; load & i=$!
  for got in 1 2 3; do expect "copy $got while reports come in" "$(exit_of psirt backup "$copy" --replace)" 0; done
  got=$(psirt backup "$copy" --replace)
  rm "$data/loading"; wait $i
  expect_in "the copy was restored and looked through" "$got" "It was restored to a temporary place and looked through"
  expect_in "what it holds is told" "$got" "rows."
  expect_in "the key is kept apart" "$got" "Keep a copy of $data/seal.key in another place"
  expect "nothing lies about" "$(find "$data" -name '.psirt-stage*' -o -name '*.new*' | wc -l)" 0
  expect "a copy does not take the place of a file by itself" "$(exit_of psirt backup "$copy")" 5
  expect "never that of the database" "$(exit_of psirt backup "$data/psirt.db" --replace)" 6
  expect_in "a folder that is not there is told" "$(psirt backup "$data/no/copy.db" 2>&1)" "There is no directory $data/no."
  head -c 100000 "$copy" >"$data/cut.db"
  expect_in "a copy that was cut is told as such" "$(psirt verify "$data/cut.db" 2>&1)" "The copy is damaged."
  expect "nobody restores under a running server" "$(exit_of psirt restore "$copy" --data "$data" --replace)" 5
  expect "nor starts a second one" "$(exit_of psirt serve --port 0 --data "$data" --socket off)" 5
  cp "$data/seal.key" "$key"
  expect "without the key nothing is restored" "$(exit_of psirt restore "$copy" --data "$new")" 3
  head -c 32 /dev/urandom >"$data/other"
  expect "nor with another" "$(exit_of psirt restore "$copy" --data "$new" --seal-key "$data/other")" 7
  damaged "$copy" "$data/bad.db"
  expect "a damaged copy is refused" "$(($(exit_of psirt restore "$data/bad.db" --data "$new" --seal-key "$key") != 0))" 1
  expect "and so is half of one" "$(head -c 50000 "$copy" >"$data/half.db"; echo $(($(exit_of psirt restore "$data/half.db" --data "$new" --seal-key "$key") != 0)))" 1
  expect "or something else" "$(exit_of psirt restore "$key" --data "$new" --seal-key "$key")" 6
  expect "nothing was put in place" "$(find "$new" -name 'psirt.db*' -o -name seal.key | wc -l)" 0
  expect "the copy is restored" "$(psirt restore "$copy" --data "$new" --seal-key "$key" | tail -n 2)" "$(tail -n 3 <<<"$got" | head -n 2)"
  expect "and verifies there" "$(exit_of psirt verify --data "$new")" 0
  expect "not over what is there" "$(exit_of psirt restore "$copy" --data "$new")" 5
  expect_in "unless that is said; then the old one is kept" "$(psirt restore "$copy" --data "$new" --replace)" "The database that was there is $new/psirt.db.before-"
  echo 0123456789abcdef >"$new/metrics.token"
  other=$(tools/free-port)
  "$bin" serve --data "$new" --port "$other" --socket "$new/s" --metrics-token-file "$new/metrics.token" \
    --mail-folder "$new/mail" --mail-from robot@story.example >"$new/log" 2>&1 & i=$!
  for _ in $(seq 100); do curl -sf --unix-socket "$new/s" http://x/healthz >/dev/null && break; sleep 0.05; done
  for _ in $(seq 100); do ls "$new"/mail/*.eml >/dev/null 2>&1 && break; sleep 0.1; done
  expect_in "the letter that waited leaves as a file" "$(cat "$new"/mail/*.eml)" "Subject: Your report has arrived"
  expect_in "from whom the operator said" "$(cat "$new"/mail/*.eml)" "<robot@story.example>"
  expect_in "a server runs on it, and knows its people" "$(PSIRT_SOCKET=$new/s as analyst psirt report list --json)" '"number"'
  expect "a token reads the metrics from elsewhere" "$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer 0123456789abcdef' "http://127.0.0.1:$other/metrics")" 200
  expect "another does not" "$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer 0123456789abcdeg' "http://127.0.0.1:$other/metrics")" 403
  kill $i; wait $i
}

# bases: the databases of copies in the server that are left.
bases() { psql -A -t "$PSIRT_TEST_PG" -c "SELECT datname FROM pg_database WHERE datname LIKE 'psirt_copy_%' OR datname LIKE '%.before-%'" | wc -l; }

# The same of a PostgreSQL database.
dumps() {
  local copy=$data/copy.dump new=$data/new key=$data/key.kept got i fresh
  touch "$data/loading"; load & i=$!
  expect "a copy while reports come in" "$(exit_of psirt backup "$copy")" 0
  got=$(psirt backup "$copy" --replace)
  rm "$data/loading"; wait $i
  expect_in "the copy was restored and looked through" "$got" "It was restored to a temporary place and looked through"
  expect "nothing lies about" "$(($(find "$data" -name '.psirt-stage*' -o -name '*.new*' | wc -l) + $(bases)))" 0
  PATH=$(dumper):$PATH PSIRT_DB=${PSIRT_DB/postgres@/postgres:s3cret@} psirt backup "$data/said.dump" >/dev/null 2>&1
  expect "pg_dump is told where, in its arguments" "$(grep -c service=psirt "$data/said")" 1
  expect "but no password" "$(grep -c s3cret "$data/said")" 0
  expect "a copy does not take the place of a file by itself" "$(exit_of psirt backup "$copy")" 5
  expect "without pg_dump that is told" "$(PATH=/nowhere "$bin" backup "$data/e.dump" --data "$data" 2>&1 | grep -c 'pg_dump cannot be run')" 1
  expect "and no file is left" "$(ls "$data"/e.dump* 2>/dev/null | wc -l)" 0
  expect "the copy verifies" "$(exit_of psirt verify "$copy")" 0
  head -c $(($(stat -c %s "$copy") / 2)) "$copy" >"$data/half.dump"
  expect_in "half a copy is told as such" "$(psirt verify "$data/half.dump" 2>&1)" "The copy is damaged."
  expect "something else too" "$(exit_of psirt verify "$data/seal.key")" 6
  expect "nobody restores under a running server" "$(exit_of psirt restore "$copy" --data "$data" --replace)" 5
  cp "$data/seal.key" "$key"
  fresh=$(database_make)
  expect "without the key nothing is restored" "$(PSIRT_DB=$fresh exit_of psirt restore "$copy" --data "$new")" 3
  head -c 32 /dev/urandom >"$data/other"
  expect "nor with another" "$(PSIRT_DB=$fresh exit_of psirt restore "$copy" --data "$new" --seal-key "$data/other")" 7
  expect "half a copy is not either" "$(($(PSIRT_DB=$fresh exit_of psirt restore "$data/half.dump" --data "$new" --seal-key "$key") != 0))" 1
  expect "nothing was put in place" "$(($(find "$new" -name seal.key | wc -l) + $(bases)))" 0
  expect "the copy is restored" "$(PSIRT_DB=$fresh psirt restore "$copy" --data "$new" --seal-key "$key" | tail -n 1)" "$(tail -n 2 <<<"$got" | head -n 1)"
  expect "an empty database is not kept" "$(bases)" 0
  expect "and verifies there" "$(PSIRT_DB=$fresh exit_of psirt verify --data "$new")" 0
  expect "the wall before the guards stands again" "$(PSIRT_DB=$fresh psirt doctor --json --data "$new" | node -e 'console.log(JSON.parse(require("fs").readFileSync(0,"utf8")).find(f=>f.check=="guards").verdict)')" ok
  expect "not over what is there" "$(PSIRT_DB=$fresh exit_of psirt restore "$copy" --data "$new")" 5
  expect_in "unless that is said; then the old one is kept" "$(PSIRT_DB=$fresh psirt restore "$copy" --data "$new" --replace)" "The database that was there is"
  expect "it is" "$(bases)" 1
  psql -q "$fresh" -c "SELECT pg_sleep(30)" >/dev/null 2>&1 & i=$!
  sleep 0.5
  expect "nor under somebody who is at work in it" "$(PSIRT_DB=$fresh exit_of psirt restore "$copy" --data "$new" --replace)" 5
  kill $i; wait $i
  expect "then nothing is left of the copy" "$(bases)" 1
}

# A house on SQLite goes on in PostgreSQL.
moves() {
  local old=$data/old fresh got
  "$bin" init --organisation "Old house" --mail first@old.example --data "$old" --db "sqlite:$old/psirt.db" >/dev/null
  fresh=$(database_make)
  got=$(PSIRT_DB=sqlite:$old/psirt.db psirt move "$fresh" --data "$old")
  expect_in "a house moves from SQLite" "$got" "Everything is in the new database too"
  expect_in "and is told to be looked through" "$got" "The audit verifies. Entries: 2,"
  expect "it verifies there" "$(PSIRT_DB=$fresh exit_of psirt verify --data "$old")" 0
  expect "behind the wall before the guards" "$(PSIRT_DB=$fresh psirt doctor --json --data "$old" | node -e 'console.log(JSON.parse(require("fs").readFileSync(0,"utf8")).find(f=>f.check=="guards").verdict)')" ok
  expect "its people are there" "$(psql -At "$fresh" -c 'SELECT mail FROM account')" first@old.example
  expect "the old one stays as it was" "$(PSIRT_DB=sqlite:$old/psirt.db psirt verify --data "$old" | grep -c 'Entries: 1,')" 1
  expect "not over a house that is there" "$(PSIRT_DB=sqlite:$old/psirt.db exit_of psirt move "$fresh" --data "$old")" 5
  fresh=$(database_make); psql -q "$fresh" -c 'CREATE TABLE others (x int)'
  expect "nor into what is not ours" "$(PSIRT_DB=sqlite:$old/psirt.db exit_of psirt move "$fresh" --data "$old")" 5
  expect "which stays as it was" "$(psql -At "$fresh" -c "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")" 1
  expect "nor from PostgreSQL" "$(PSIRT_DB=$fresh exit_of psirt move "$fresh" --data "$old")" 2
}

# A folder with a pg_dump that tells its arguments and goes on.
dumper() {
  mkdir -p "$data/bin"
  printf '#!/bin/sh\nprintf "%%s\\n" "$@" >%s; exec %s "$@"\n' "$data/said" "$(command -v pg_dump)" >"$data/bin/pg_dump"
  chmod +x "$data/bin/pg_dump"
  echo "$data/bin"
}

# What a maker is called and which clock it has, for who has no account.
name() {
  as administrator psirt setting house --organisation "Story Works" --organisation-ja 物語製作所 --zone Asia/Tokyo --advisory-prefix PSIRT >/dev/null
  for _ in $(seq 50); do curl -s "$url/report?lang=ja" | grep -q 物語製作所 && break; sleep 0.1; done
  expect_in "readers of Japanese see its Japanese name" "$(curl -s "$url/report?lang=ja")" "物語製作所 PSIRT"
  expect_in "others the other" "$(curl -s "$url/report?lang=en")" "Story Works PSIRT"
}

# verdict CHECK: of psirt doctor.
verdict() { psirt doctor --json --base-url "$url" | node -e 'const c=JSON.parse(require("fs").readFileSync(0,"utf8")).find(f=>f.check==process.argv[1]);console.log(c?c.verdict+(c.mend?" and the mend":""):"none")' "$1"; }

# The search index: made as the records say by each operation, so that making it anew changes nothing.
search_index() {
  expect "doctor: the search index is of this version" "$(verdict search)" ok
  expect_in "nothing is to be made anew" "$(psirt reindex)" " 0 texts were missing, 0 were indexed as by an earlier version, 0 did not stand any more."
  expect_in "in Japanese" "$(env -u LC_ALL -u LC_MESSAGES LANG=ja "$bin" reindex)" "欠けていた文章 0 件"
  expect "it takes no words" "$(exit_of psirt reindex all)" 2
  expect "nor a directory without a house" "$(exit_of psirt reindex --data "$data/none")" 3
}

doctor() {
  expect "doctor: the database is well" "$(verdict database)" ok
  expect "the server too" "$(verdict server)" ok
  expect "and of this build" "$(verdict program)" ok
  expect "the seals are ours" "$(verdict audit)" ok
  expect "commits wait for the disk" "$(verdict durability)" "$([ "$engine" = sqlite ] && echo ok || echo bad and the mend)" # the private server runs without fsync
  expect "plain HTTP for this machine is told" "$(verdict address)" "warn and the mend"
  expect "without --online nothing outside is spoken of" "$(psirt doctor --json --base-url "$url" | grep -c 'public address\|CVE Services')" 0
  expect "with it the server says what it did not ask, and why" "$(psirt doctor --online --json --base-url "$url" | grep -c 'not asked: the public address is')" 1
  chmod 755 "$data"; expect "a directory that others may read is told" "$(verdict "data directory")" "warn and the mend"; chmod 700 "$data"
  expect "the last copy is known" "$(verdict copies)" ok
  expect "plain HTTP for the world is bad: the worst is the status" "$(exit_of psirt doctor --base-url http://psirt.example)" 11
  mv "$data/seal.key" "$data/away"; expect "a key that is gone is bad" "$(verdict "seal key")" "bad and the mend"
  head -c 32 /dev/urandom >"$data/seal.key"; expect "another key is seen by the audit" "$(verdict audit)" "bad and the mend"
  mv "$data/away" "$data/seal.key"
}

story() {
  invite analyst
  configuration
  log
  health
  if [ "$engine" = postgresql ]; then dumps; moves; else copies; fi
  name
  search_index
  doctor
}
on_both story
finish
