#!/usr/bin/env bash
# 5.3: an advisory is written in two languages, approved by another person and
# published; what is out is whole and valid, what is not out is absent.
. "$(dirname "$0")/verbs.sh"

# public PATH: as somebody without an account sees it.
public() { curl -s "$url$1"; }
code_of() { curl -s -o /dev/null -w '%{http_code}' "$url$1"; }
white=/.well-known/csaf/white
file=$white/2026/psirt-sa-2026-0001.json
year=$(date -u +%Y); file=${file//2026/$year}; number=PSIRT-SA-$year-0001

hidden() {
  expect "not out: the page is absent ($1)" "$(code_of "/advisories/$number")" 404
  expect "hidden is like absent ($1)" "$(public "/advisories/$number" | sed "s/$number/N/g")" "$(public "/advisories/PSIRT-SA-$year-9999" | sed "s/PSIRT-SA-$year-9999/N/g")"
  expect "not out: no file ($1)" "$(code_of "$file")" 404
  expect "not out: the index is empty ($1)" "$(public "$white/index.txt")" ""
}

# Who has a file already is told so; another file under its name comes whole.
conditional() {
  local head tag day
  head=$(curl -sI "$url$1")
  tag=$(sed -nE 's/^ETag: *("[0-9a-f]+").*/\1/Ip' <<<"$head"); day=$(sed -nE 's/^Last-Modified: *([^\r]*).*/\1/Ip' <<<"$head" | tr -d '\r')
  expect "had by its tag" "$(curl -s -w '%{http_code} %{size_download}' -H "If-None-Match: W/\"0\", $tag" "$url$1")" "304 0"
  expect "another tag: whole" "$(curl -s -H 'If-None-Match: "0"' -H "If-Modified-Since: $day" "$url$1" | sha256sum)" "$(public "$1" | sha256sum)"
  [ -z "$day" ] || expect "had by its day" "$(curl -s -o /dev/null -w '%{http_code}' -H "If-Modified-Since: $day" "$url$1")" 304
  expect_in "may be kept, and is asked for again" "$head" "no-cache"
}

# Signed once there is a key, by gpg's own judgement; nothing waited for it.
signed() {
  local csaf=$1 them=$data/them finger
  expect "out, and not signed yet" "$(code_of "$file.asc") $(as analyst psirt edition show "$2" --json | json .documents[0].waits)" "404 true"
  expect_in "a key is made" "$(psirt keys new --name "Story Works PSIRT" --mail psirt@story.example 2>&1)" "From now on it signs"
  for _ in $(seq 100); do [ "$(code_of "${file%.json}-ja.json.asc")" = 200 ] && break; sleep 0.1; done   # the last of four
  public "$file.asc" >"$csaf.asc"
  finger=$(psirt keys list | sed -nE 's/^\* ([0-9A-F]{40}) .*/\1/p')
  expect "the tree names the key" "$(public /.well-known/csaf/provider-metadata.json | json .public_openpgp_keys[0].fingerprint)" "$finger"
  expect "and is trusted" "$(public /.well-known/csaf/provider-metadata.json | json .role)" csaf_trusted_provider
  mkdir -m 700 "$them"
  public "/.well-known/csaf/openpgp/$finger.asc" | gpg --homedir "$them" --import 2>/dev/null
  gpg --homedir "$them" --verify "$csaf.asc" "$csaf" 2>/dev/null; expect "gpg verifies what is published (exit)" "$?" 0
  echo >>"$csaf"; gpg --homedir "$them" --verify "$csaf.asc" "$csaf" 2>/dev/null; expect "and nothing else (exit)" "$?" 1
  public "$file" >"$csaf"
  gpgconf --homedir "$them" --kill all
}

# The same edition in Japanese: a translation, valid for both judges, in both trees.
translated() {
  local version path got listed
  for version in 2.0 2.1; do
    path=/.well-known/csaf/v2.0/white; [ "$version" = 2.0 ] || path=/.well-known/csaf/v2.1/clear
    got=$data/psirt-sa-$year-0001-ja.json
    public "$path/$year/psirt-sa-$year-0001-ja.json" >"$got"
    expect "in Japanese, from English" "$(json .document.lang <"$got") $(json .document.source_lang <"$got") $(json .document.csaf_version <"$got")" "ja en $version"
    expect "it names the original first" "$(json .document.references[0].url <"$got")" "$url${path/v2.0\/}/$year/psirt-sa-$year-0001.json"
    expect "the digest fits it, too" "$(public "$path/$year/psirt-sa-$year-0001-ja.json.sha256")" "$(cd "$data" && sha256sum "psirt-sa-$year-0001-ja.json")"
    expect "the full check finds it valid" "$(psirt csaf check --preset=full --json "$got" | json .valid)" true
    [ ! -d tests/node_modules ] || expect_in "so does somebody else's" "$(node tests/conformance/judge.mjs "$got")" "1 passed, 0 failed"
    expect "the API gives it" "$(public "/api/v1/advisories/$number/csaf?version=$version&lang=ja" | sha256sum)" "$(sha256sum <"$got")"
    expect "and the edition keeps it" "$(as analyst psirt edition csaf "$1" --version="$version" --lang=ja | sha256sum)" "$(sha256sum <"$got")"
  done
  listed=$(public "/api/v1/advisories/$number")
  expect "the API lists all four" "$(for i in 0 1 2 3; do echo -n "$(json ".documents[$i].csaf_version" <<<"$listed") $(json ".documents[$i].lang" <<<"$listed") "; done)" \
    "2.0 en 2.0 ja 2.1 en 2.1 ja "
  expect_in "the page in Japanese leads there first" "$(public "/advisories/$number?lang=ja" | grep -o '/csaf[^"]*"' | head -n 1)" "lang=ja"
}

story() {
  local case edition got csaf=$data/psirt-sa-$year-0001.json
  invite analyst; invite lead; invite auditor
  case=$(qualified_case)
  decided "$case"
  edition=$(as analyst psirt advisory draft "$case" --json | json .id)
  expect_in "what is missing is said" "$(as analyst psirt edition show "$edition" --json)" '"field": "title_ja"'
  as analyst psirt edition submit "$edition" >/dev/null 2>&1; expect "an unfinished advisory stays (exit)" "$(( $? != 0 ))" 1
  as analyst psirt edition save "$edition" --version 1 --title_en "Sessions stay valid" --title_ja "セッション無効化不備の脆弱性" \
    --summary_en "A session stays valid." --summary_ja "セッションが有効なまま残ります。" \
    --impact_en "Others may use the console." --impact_ja "管理画面を操作される可能性があります。" \
    --change_note_en "First edition." --change_note_ja "初版" >/dev/null
  hidden draft
  as analyst psirt edition submit "$edition" >/dev/null
  as analyst psirt edition approve "$edition" >/dev/null 2>&1; expect "one person is not two (exit)" "$(( $? != 0 ))" 1
  as lead psirt edition approve "$edition" >/dev/null
  hidden approved
  as lead psirt edition publish "$edition" >/dev/null
  expect "the case is published" "$(as analyst psirt case show "$case" --json | json .case.state)" published
  expect_in "the page in English" "$(public "/advisories/$number?lang=en")" 'data-state="affected"'
  expect_in "the page in Japanese" "$(public "/advisories/$number?lang=ja")" '影響を受けるシステム'
  public "$file" >"$csaf"
  expect "the digest fits" "$(public "$file.sha512")" "$(cd "$data" && sha512sum "psirt-sa-$year-0001.json")"
  expect "the index lists it in both languages" "$(public "$white/index.txt" | tr '\n' ' ')" "$year/psirt-sa-$year-0001-ja.json $year/psirt-sa-$year-0001.json "
  expect_in "so do the changes" "$(public "$white/changes.csv")" "\"$year/psirt-sa-$year-0001.json\","
  expect "the feed leads there" "$(public "$white/feed.json" | json .feed.entry[0].content.src)" "$url$file"
  expect "the metadata lead to the feed" "$(public /.well-known/csaf/provider-metadata.json | json .distributions[1].rolie.feeds[0].url)" "$url/.well-known/csaf/v2.0/white/feed.json"
  expect "which is that of 2.0" "$(public /.well-known/csaf/provider-metadata.json)" "$(public /.well-known/csaf/v2.0/provider-metadata.json)"
  expect "the same bytes in its tree" "$(public "/.well-known/csaf/v2.0/white/$year/psirt-sa-$year-0001.json")" "$(public "$file")"
  got=$data/psirt-sa-$year-0001-21.json
  public "/.well-known/csaf/v2.1/clear/$year/psirt-sa-$year-0001.json" >"$got"
  expect "and in that of 2.1 its document" "$(psirt csaf check --preset=basic --json "$got" | json .csaf_version) $(psirt csaf check --preset=basic --json "$got" | json .valid)" "2.1 true"
  expect_in "Atom lists it" "$(public /advisories.atom)" "$number"
  psirt csaf check --preset=basic "$csaf" >/dev/null; expect "our own check finds it valid" "$?" 0
  psirt vex convert --to=openvex "$csaf" 2>/dev/null | psirt vex check - >/dev/null; expect "and what it becomes as OpenVEX" "$?" 0
  expect_in "a folder is checked by a preset of the standard" "$(psirt csaf check --preset external-request-free --json "$(dirname "$csaf")")" '"not_run":["6.3.8"'
  if [ -d tests/node_modules ]; then
    expect_in "somebody else's check, too" "$(node tests/conformance/judge.mjs "$csaf")" "1 passed, 0 failed"
  else echo "skipped: no tests/node_modules (tools/npm-ci)"; skipped=$((skipped + 1)); fi
  translated "$edition"
  conditional "$file"; conditional "$white/feed.json"; conditional /.well-known/csaf/provider-metadata.json
  expect "a page is never kept" "$(curl -sI "$url/advisories/$number" | grep -ci '^etag')" 0
  expect "the edition is checked out, byte for byte" "$(as analyst psirt edition csaf "$edition" | sha256sum)" "$(sha256sum <"$csaf")"
  signed "$csaf" "$edition"
  got=$(as analyst psirt advisory revise "$edition" --json | json .id)
  expect "a draft of edition 2 changes nothing outside" "$(public "$file")" "$(cat "$csaf")"
  as analyst psirt edition csaf "$got" >/dev/null 2>&1; expect "and has no document (exit)" "$(( $? != 0 ))" 1
  expect_in "the diff is shown" "$(open_page analyst "/editions/$got")" 'id="diff"'
}
on_both story
finish
