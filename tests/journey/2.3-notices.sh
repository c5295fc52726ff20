#!/usr/bin/env bash
# 2.3: suppliers' advisories are taken in from a terminal and found in the search; a
# file that cannot be read is kept, and the command says so.
. "$(dirname "$0")/verbs.sh"

# paper NUMBER LABEL TITLE: a supplier's document.
paper() {
  cat <<END
{ "document": { "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "$3", "lang": "en",
    "distribution": { "tlp": { "label": "$2" } },
    "notes": [ { "category": "summary", "title": "Summary", "text": "A long header overflows. 認証の前に、ﾌｧｰﾑｳｪｱが停止します。" } ],
    "publisher": { "category": "vendor", "name": "Deepwater Parts", "namespace": "https://deepwater.example" },
    "tracking": { "id": "$1", "status": "final", "version": "1",
      "initial_release_date": "2026-07-10T00:00:00Z", "current_release_date": "2026-07-10T00:00:00Z",
      "revision_history": [ { "number": "1", "date": "2026-07-10T00:00:00Z", "summary": "First edition" } ] } },
  "product_tree": { "full_product_names": [ { "name": "Fathom 1.0", "product_id": "P1" } ] },
  "vulnerabilities": [ { "cve": "CVE-2026-10077", "title": "It overflows", "product_status": { "known_affected": [ "P1" ] },
    "notes": [ { "category": "description", "text": "No length is looked at." } ],
    "remediations": [ { "category": "vendor_fix", "details": "Update.", "product_ids": [ "P1" ] } ] } ] }
END
}
encoded() { node -p 'encodeURIComponent(process.argv[1])' "$1"; }
# found ROLE WORDS: the numbers of the notices among the hits, in the search and in the box of Ctrl-K.
found() {
  as "$1" psirt find --q "$2" --json | node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>console.log(JSON.parse(s).hits.filter(h=>h.kind=="notice").map(h=>h.title.split(" ")[0]).sort().join(" ")))'
}
went() { curl -s -b "$data/jar.$1" "$url/go?q=$(encoded "$2")" | grep -o '/notices/[a-z0-9]*' | sort -u | wc -l; }

story() {
  local words
  invite analyst; invite lead; invite engineer
  paper DW-1 WHITE "Heap overflow in Fathom" >"$data/one.json"
  paper DW-2 RED "Kept close: Fathom" >"$data/two.json"
  echo '{"document": 7}' >"$data/bad.json"
  as analyst psirt notice import "$data/one.json" >/dev/null 2>"$data/err"
  expect "taken in" "$? $(cat "$data/err")" "0 "
  for words in "heap overflow" DW-1 CVE‐2026‑10077 deepwater fathom 認証 ファームウェア "ﾌｧｰﾑｳｪｱ"; do
    expect "found by $words" "$(found lead "$words")" DW-1
    expect "Ctrl-K goes to it by $words" "$(went lead "$words")" 1
  done
  as analyst psirt notice import "$data/two.json" >/dev/null
  expect "TLP:RED is found by who brought it" "$(found analyst fathom)" "DW-1 DW-2"
  expect "and by nobody else" "$(found lead fathom)" DW-1
  expect "nor with Ctrl-K" "$(went lead "kept close")" 0
  expect "an engineer finds what concerns their products alone" "$(found engineer fathom)" ""
  as analyst psirt notice import "$data/bad.json" >"$data/said" 2>"$data/err"
  expect "a file that cannot be read is no success" "$?" 6
  expect "and the command says so" "$(cat "$data/err")" "psirt: What was sent is kept, but not all of it was accepted."
  expect "it is kept" "$(as analyst psirt received list --refused 1 --json | json .documents[0].file)" bad.json
  mkdir "$data/all"; cp "$data"/*.json "$data/all"
  as analyst psirt notice import "$data/all" >/dev/null 2>"$data/err"
  expect "one of several" "$? $(grep -c 'bad.json' "$data/err")" "6 1"
  expect_in "the others were taken" "$(cat "$data/err")" "2 of 3 files were taken."
}
on_both story
finish
