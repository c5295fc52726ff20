#!/usr/bin/env bash
# 5.3: what was published before, here or by others, is imported as it came; ours
# go out again with their original bytes, nothing else does.
. "$(dirname "$0")/verbs.sh"

white=/.well-known/csaf/white clear=/.well-known/csaf/v2.1/clear archive=/.well-known/csaf/archive/v2.0.tar.xz
code_of() { curl -s -o /dev/null -w '%{http_code}' "$url$1"; }

# paper NUMBER NAMESPACE LABEL: a document of the year 2019.
paper() {
  cat <<END
{ "document": { "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Gate $1", "lang": "en",
    "distribution": { "tlp": { "label": "$3" } },
    "notes": [ { "category": "summary", "title": "Summary", "text": "A gate opens by itself. 門が開きます。" } ],
    "references": [ { "category": "external", "summary": "Manual", "url": "https://other.example/manual" } ],
    "publisher": { "category": "vendor", "name": "Works", "namespace": "$2" },
    "tracking": { "id": "$1", "status": "final", "version": "1",
      "initial_release_date": "2019-07-10T00:00:00Z", "current_release_date": "2019-07-10T00:00:00Z",
      "revision_history": [ { "number": "1", "date": "2019-07-10T00:00:00Z", "summary": "First edition" } ] } },
  "product_tree": { "full_product_names": [ { "name": "Gate 1.0", "product_id": "P1" } ] },
  "vulnerabilities": [ { "cve": "CVE-2019-10042", "title": "It opens", "product_status": { "known_affected": [ "P1" ] },
    "notes": [ { "category": "description", "text": "Nobody is asked." } ],
    "remediations": [ { "category": "vendor_fix", "details": "Update.", "product_ids": [ "P1" ] } ] } ] }
END
}

# at_once FILE: imported 64 times at the same time; how many kept it, how many found it there.
at_once() {
  local i
  mkdir -p "$data/once"
  for i in $(seq 64); do
    as analyst psirt advisory import "$1" --json >"$data/once/$i" 2>&1 &
    pids+=($!)
  done
  wait "${pids[@]}"
  echo "$(cat "$data"/once/* | grep -c '"stored"') $(cat "$data"/once/* | grep -c '"there"')"
}

hostile() {
  local d=$data/hostile; mkdir -p "$d/deep"
  : >"$d/empty.json"; printf '\xff\xfe' >"$d/ff.json"; printf '{"document":\n {"a":1,"a":2}}' >"$d/twice.json"
  head -c 100000 /dev/zero | tr '\0' '[' >"$d/deep/deep.json"; head -c 104857600 /dev/zero >"$d/large.json"
  paper CTL-1 https://other.example WHITE >"$d/"$'a\x1b[31m\nb".json'
  paper V21-1 https://other.example WHITE | sed 's/"csaf_version": "2.0"/"csaf_version": "2.1"/' >"$d/v21.json"
  got=$(as analyst psirt advisory import "$d" 2>&1); expect "a folder with bad files: the status" "$?" 6
  expect_in "an empty file" "$got" "empty.json: The file is empty."
  expect_in "no UTF-8" "$got" "ff.json: Line 1, column 1:"
  expect_in "a key twice" "$got" "twice.json: Line 2, column 9:"
  expect_in "too deep" "$got" "deep.json: Line 1, column 201:"
  expect_in "100 MB" "$got" "large.json: The file has 104857600 bytes; at most 15728640 are accepted."
  expect_in "CSAF 2.1" "$got" "This document is of CSAF 2.1"
  expect_in "a hostile name is harmless" "$got" 'a?[31m?b".json: The document was imported.'
  expect_in "the good one of seven" "$got" "1 of 7 files were taken"
  expect "nothing is half written" "$(as lead psirt history list --json | grep -c '"number"')" "$1"
}

outside_is() {
  expect_in "the feed has $1" "$(curl -s "$url$white/feed.json")" "$1"
  expect_in "Atom has $1" "$(curl -s "$url/advisories.atom")" "$1"
  expect_in "the page of $1" "$(curl -s "$url/advisories/$1")" "Gate $1"
}
outside_lacks() {
  local place
  for place in "$white/feed.json" "$white/index.txt" "$white/changes.csv" /advisories.atom /advisories; do
    expect "$place lacks $1" "$(curl -s "$url$place" | grep -ci "$1")" 0
  done
  expect "no page of $1" "$(code_of "/advisories/$1")" 404
  expect "no file of $1" "$(code_of "$white/2019/${1,,}.json")" 404
}

story() {
  local pids=() d=$data/papers
  invite lead; invite analyst; invite auditor; mkdir -p "$d"
  paper OW-2019-1 https://other.example WHITE >"$d/other.json"
  paper ST-2019-1 "$url" WHITE >"$d/ours.json"
  paper RD-2019-1 "$url" RED >"$d/red.json"
  expect "64 at once: one keeps it" "$(at_once "$d/other.json")" "1 63"
  printf -- '-----BEGIN PGP SIGNATURE-----\r\n\nabc\n=ABCD\n-----END PGP SIGNATURE-----\n' >"$d/ours.json.asc"
  (cd "$d" && sha512sum ours.json >ours.json.sha512 && sha256sum other.json >ours.json.sha256)
  got=$(as analyst psirt advisory import "$d/ours.json" 2>&1); expect "a digest of another file: refused" "$?" 6
  expect_in "with the name of the file" "$got" "ours.json.sha256"
  (cd "$d" && sha256sum ours.json >ours.json.sha256)
  expect_in "a folder" "$(as analyst psirt advisory import "$d" 2>&1)" "3 of 3 files were taken"
  expect "two are of the team" "$(as lead psirt history list --json | grep -c '"number"')" 2
  got=$(as analyst psirt advisory import "$d/other.json" --json | json .files[0].id)
  expect "the bytes are the same" "$(as lead psirt history csaf "$got" | sha256sum)" "$(sha256sum <"$d/other.json")"
  hostile 3
  got=$(curl -s -b "$data/jar.analyst" "$url/history" | grep -o 'name="_csrf" value="[^"]*' | head -n 1 | sed 's/.*value="//')
  got=$(curl -s -L -b "$data/jar.analyst" -F "_csrf=$got" -F "file=@$d/other.json" -F "file=@$data/hostile/twice.json" "$url/history")
  expect_in "the form: each file by itself" "$got" "1 there already"
  expect_in "the form: and why not" "$got" "Line 2, column 9"
  outside_lacks OW-2019-1; outside_lacks ST-2019-1; outside_lacks RD-2019-1
  as analyst psirt history release >/dev/null 2>&1; expect "not by who imported it" "$?" 5
  expect_in "by another person" "$(as lead psirt history release)" "The advisories are public"
  outside_is ST-2019-1; outside_lacks OW-2019-1; outside_lacks RD-2019-1
  expect "the original bytes" "$(curl -s "$url$white/2019/st-2019-1.json" | sha256sum)" "$(sha256sum <"$d/ours.json")"
  expect "and the signature that came with them" "$(curl -s "$url$white/2019/st-2019-1.json.asc" | sha256sum)" "$(sha256sum <"$d/ours.json.asc")"
  expect_in "again, with what the shell makes of *" "$(as analyst psirt advisory import "$d"/ours.json* 2>&1)" "ours.json"
  expect_in "and their digest" "$(curl -s "$url$white/2019/st-2019-1.json.sha256")" "$(sha256sum <"$d/ours.json" | cut -d' ' -f1)"
  for got in $(seq 40); do [ "$(code_of "$clear/2019/st-2019-1.json")" = 200 ] && break; sleep 0.5; done
  curl -s "$url$clear/2019/st-2019-1.json" >"$data/next.json"
  expect_in "in CSAF 2.1, too, valid" "$(psirt csaf check --preset=basic "$data/next.json")" "next.json: valid"
  expect_in "with its digest" "$(curl -s "$url$clear/2019/st-2019-1.json.sha256")" "$(sha256sum <"$data/next.json" | cut -d' ' -f1)"
  expect_in "in its index" "$(curl -s "$url$clear/index.txt")" "2019/st-2019-1.json"
  expect "and nothing of others there" "$(curl -s "$url$clear/index.txt" | grep -c -e ow-2019 -e rd-2019)" 0
  expect_in "staff see how far it is" "$(as auditor psirt successor list --json)" '"state": "public"'
  if [ -d tests/node_modules ]; then
    curl -s "$url$white/2019/st-2019-1.json" >"$data/st-2019-1.json"
    expect_in "somebody else's check" "$(node tests/conformance/judge.mjs "$data/st-2019-1.json")" "1 passed, 0 failed"
  else skipped=$((skipped + 1)); fi
  expect_in "the audit tells" "$(as auditor psirt audit list --json)" '"history.publish"'
  expect_in "found" "$(as lead psirt find --q CVE-2019-10042 --json)" "OW-2019-1"
  as lead psirt setting release --two-persons=1 --csaf21-begin=2026-01-01 --csaf21-rollover=2026-01-02 --csaf20-end=2026-01-03 >/dev/null
  for got in $(seq 40); do [ "$(code_of "$archive.sha512")" = 200 ] && break; sleep 0.5; done
  curl -s "$url$archive" >"$data/v2.0.tar.xz"
  expect "after its end 2.0 is not there" "$(code_of "$white/2019/st-2019-1.json") $(code_of /.well-known/csaf/v2.0/provider-metadata.json)" "404 404"
  expect_in "its archive is, with a digest" "$(cd "$data" && curl -s "$url$archive.sha512" | sha512sum -c)" "v2.0.tar.xz: OK"
  expect_in "2.1 has what it became" "$(curl -s "$url/.well-known/csaf/provider-metadata.json")" "/v2.1/provider-metadata.json"
  expect "and its document" "$(code_of "$clear/2019/st-2019-1.json")" 200
  expect_in "and all is in order" "$(psirt verify 2>&1)" "The audit verifies."
}
on_both story
finish
