#!/usr/bin/env bash
# Bad input at the outer doors of the shipped program: HTTP form, API, command
# line.  Each is refused with what is wrong and the limit, or kept harmless.
. "$(dirname "$0")/../journey/verbs.sh"

# report_api FIELD=FILE…: a report by API from JSON whose field holds the file's bytes; STATUS and BODY.
report_json() { STATUS=$(curl -s -o "$data/body" -w '%{http_code}' -H 'Content-Type: application/json' --data-binary "@$1" "$url/api/v1/report"); BODY=$(cat "$data/body"); }
report_form() { STATUS=$(curl -s -o "$data/body" -w '%{http_code}' -F 'product=Kestrel' "$@" "$url/report"); BODY=$(cat "$data/body"); }
reports() { as analyst psirt report list --json | grep -c '"number"'; }
problem() { # WHAT STATUS WORDS: the API refused so, as RFC 9457 says
  expect "$1: status" "$STATUS" "$2"
  expect "$1: problem+json says the status" "$(json .status <<<"$BODY")" "$2"
  expect_in "$1: and why" "$BODY" "$3"
}

story() {
  local n
  invite analyst
  printf '{"product":"","description":""}' >"$data/j"; report_json "$data/j"; problem "empty" 422 '"field": "'
  printf '{"product":"K","description":"a\\u0000b"}' >"$data/j"; report_json "$data/j"; expect "NUL: refused" "${STATUS:0:1}" 4
  printf '{"product":"K","description":"\xff\xfe"}' >"$data/j"; report_json "$data/j"; expect "invalid UTF-8: refused" "${STATUS:0:1}" 4
  expect_in "invalid UTF-8: said where" "$BODY" '"line": 1'
  printf '{"product":"K","description":"a\\u0007b"}' >"$data/j"; report_json "$data/j"; problem "a control character" 422 "U+0007"
  printf '{"product":"K","description":"%070000d"}' 0 >"$data/j"; report_json "$data/j"; problem "70,000 bytes" 413 "65536"
  printf '{"product":"K","description":"x","nonsense":"y"}' >"$data/j"; report_json "$data/j"; problem "an unknown field" 422 nonsense
  printf '{"product":"K","product":"L","description":"x"}' >"$data/j"; report_json "$data/j"; expect "a name twice: refused" "${STATUS:0:1}" 4
  head -c 100000 /dev/zero | tr '\0' '[' >"$data/j"; report_json "$data/j"; expect "100,000 brackets: refused" "${STATUS:0:1}" 4
  printf '[]' >"$data/j"; report_json "$data/j"; problem "not an object" 400 detail
  STATUS=$(curl -s -o "$data/body" -w '%{http_code}' -H 'Content-Type: text/plain' -d x "$url/api/v1/report"); BODY=$(cat "$data/body"); problem "another type" 415 detail
  STATUS=$(curl -s -o "$data/body" -w '%{http_code}' "$url/api/v1/nothing"); BODY=$(cat "$data/body"); problem "no such address" 404 urn:psirt:fault:E_NOTFOUND
  expect "nothing of all that was stored" "$(reports)" 0

  printf 'a\0b' >"$data/nul"
  report_form -F "description=<$data/nul"; expect "form, NUL: refused" "${STATUS:0:1}" 4
  printf '\xff\xfe' >"$data/bad"; report_form -F "description=<$data/bad"; expect "form, invalid UTF-8: refused" "$STATUS" 400
  expect_in "form, invalid UTF-8: said" "$BODY" "well formed"
  printf 'a\x07b' >"$data/bell"; report_form -F "description=<$data/bell"; expect "form, a control character: refused" "$STATUS" 422
  expect_in "form, a control character: said which" "$BODY" "U+0007"
  expect_in "form, refused: the typed product is kept" "$BODY" 'value="Kestrel"'
  printf 'safe \xe2\x80\xaegnp.exe \xe2\x81\xa6x' >"$data/bidi"; report_form -F "description=<$data/bidi"; expect "bidi: taken" "$STATUS" 200
  n=$(as analyst psirt report list --json | json .reports[0].id)
  expect "bidi: the page holds no raw override" "$(open_page analyst "/reports/$n" | grep -c $'\xe2\x80\xae')" 0

  report_form -F description=x -F "file=@$data/bidi;filename=$(printf 'p\xe2\x80\xaegpj.exe')"; expect "bidi in a file name: taken" "$STATUS" 200
  n=$(as analyst psirt report list --sort newest --json | json .reports[0].id)
  expect_in "bidi in a file name: written out where it is saved" \
    "$(curl -s -D - -o /dev/null -b "$data/jar.analyst" "$url/reports/$n/files/$(as analyst psirt report show "$n" --json | json .files[0].id)")" "filename*=UTF-8''p%5BU%2B202E%5Dgpj.exe"

  : >"$data/zero"; report_form -F description=x -F "file=@$data/zero"; expect "a file of no bytes: taken" "$STATUS" 200
  truncate -s 100M "$data/huge"; report_form -F description=x -F "file=@$data/huge"; expect "100 MB: refused" "$STATUS" 413
  expect_in "100 MB: the limit is told" "$BODY" "bytes"
  rm -f "$data/huge"; truncate -s 26M "$data/big"; report_form -F description=x -F "file=@$data/big"; expect "above the limit of one file: refused" "$STATUS" 413
  rm -f "$data/big"
  # shellcheck disable=SC2046
  report_form -F description=x $(for i in $(seq 80); do printf -- '-F f%s=1 ' "$i"; done); expect "too many parts: refused" "$STATUS" 413
  # shellcheck disable=SC2046
  STATUS=$(curl -s -o "$data/body" -w '%{http_code}' $(for i in $(seq 600); do printf -- '-d f%s=1 ' "$i"; done) "$url/report"); expect "too many fields: refused" "$STATUS" 413
  expect_in "too many fields: the limit is told" "$(cat "$data/body")" 512
  expect "three reports of all that" "$(reports)" 3

  STATUS=$(curl -s -o "$data/body" -w '%{http_code}' -d 'product=K&description=x&plan_date=2027-03-28&plan_time=02:30&plan_zone=Europe/Berlin' "$url/report")
  expect "a plan in the gap of the clocks: refused" "$STATUS" 422
  psirt report submit --product K --description $'\xff' >/dev/null 2>"$data/err"; expect "command line, invalid UTF-8: exit 6" "$?" 6
  psirt report submit --product K >/dev/null 2>"$data/err"; expect "command line, missing: exit 6" "$?" 6
  psirt report submit --nonsense x >/dev/null 2>"$data/err"; expect "command line, unknown: not 0" "$([ $? != 0 ] && echo yes)" yes
  at_once
  forged
}

# The same submission 64 times at once is one report and one receipt code.
at_once() {
  local before page seed key i
  before=$(reports)
  page=$(curl -s "$url/report")
  seed=$(grep -o 'name="seed" value="[^"]*' <<<"$page" | sed 's/.*value="//'); key=$(grep -o 'name="_key" value="[^"]*' <<<"$page" | sed 's/.*value="//')
  for i in $(seq 64); do
    curl -s -L -c "$data/c$i" -b "$data/c$i" -o "$data/once.$i" -d "_key=$key&seed=$seed&product=Kestrel&description=Sixty-four+times" "$url/report" &
  done
  wait $(jobs -p | grep -v "^$server$")
  expect "64 at once: one report" "$(($(reports) - before))" 1
  expect "64 at once: one receipt code" "$(cat "$data"/once.* | grep -ohE '[A-Z0-9]{5}(-[A-Z0-9]{5}){3}' | sort -u | wc -l)" 1
  expect "64 at once: each was shown it" "$(grep -lE '[A-Z0-9]{5}(-[A-Z0-9]{5}){3}' "$data"/once.* | wc -l)" 64
  rm -f "$data"/once.* "$data"/c[0-9]*
}
# A form that another site makes a signed-in browser send changes nothing.
forged() {
  local csrf got
  csrf=$(open_page analyst /me | grep -o 'name="_csrf" value="[^"]*' | head -n 1 | sed 's/.*value="//')
  send() { curl -s -o /dev/null -w '%{http_code}' -b "$data/jar.analyst" -d name=forged -d scope=write "$@" "$url/me/tokens"; }
  expect "a form without its token: refused" "$(send)" 403
  expect "a form with another token: refused" "$(send -d "_csrf=${csrf%?}x")" 403
  expect "a form from another site: refused" "$(send -d "_csrf=$csrf" -H 'Sec-Fetch-Site: cross-site')" 403
  expect "a form from another origin: refused" "$(send -d "_csrf=$csrf" -H 'Origin: http://elsewhere.example')" 403
  expect "no token was made of all that" "$(open_page analyst /me | grep -c forged)" 0
  got=$(send -d "_csrf=$csrf"); expect "the same form of ours: taken" "$got $(open_page analyst /me | grep -c forged)" "200 1"
}
on_both story
finish
