#!/usr/bin/env bash
# 5.3: the tools of a CSAF author over the API, in the cage: new, diff, render.
. "$(dirname "$0")/verbs.sh"

tool() { curl -s -X POST -H "Authorization: Bearer $(cat "$data/token.analyst")" -H 'Content-Type: application/octet-stream' --data-binary @"$2" "$url/api/v1/tool/$1"; }

story() {
  invite analyst
  : >"$data/nothing"
  tool 'csaf-new?arg=--profile=vex&arg=--cve=CVE-2026-10042&arg=--csaf-version=2.1' "$data/nothing" | json .output >"$data/new.json"
  expect "a skeleton comes" "$(json .document.category <"$data/new.json")" csaf_vex
  expect "it is valid" "$(tool 'csaf-check?arg=--preset=basic' "$data/new.json" | json .result)" sound
  sed 's/known_affected/fixed/; s/"title": "\[.*\]"/"title": "<b>T<\/b>"/' "$data/new.json" >"$data/next.json"
  { echo '['; cat "$data/new.json"; echo ','; cat "$data/next.json"; echo ']'; } >"$data/both.json"
  expect_in "two documents in one array are compared" "$(tool csaf-diff "$data/both.json" | json .output)" 'known_affected → fixed'
  expect "the same twice is sound" "$({ echo '['; cat "$data/new.json"; echo ','; cat "$data/new.json"; echo ']'; } >"$data/both.json"; tool csaf-diff "$data/both.json" | json .result)" sound
  expect "one document alone is refused" "$(tool csaf-diff "$data/new.json" | json .result)" unreadable
  tool 'csaf-render?arg=--html&arg=--lang=ja' "$data/next.json" | json .output >"$data/page.html"
  expect_in "a page comes, in Japanese" "$(cat "$data/page.html")" '<html lang="ja">'
  expect_in "what the document says is no markup" "$(cat "$data/page.html")" '&lt;b&gt;T&lt;/b&gt;'
  expect "no file of the server is shown" "$(tool 'csaf-render?arg=/etc/passwd' "$data/nothing" | json .result)" unreadable
  end
}
on_both story
finish
