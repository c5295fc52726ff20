#!/usr/bin/env bash
# Every document that the demo publishes, taken from its provider trees as a
# downloader would: judged by somebody else's validator (of 2.1 by what it has
# of it, and by our own), and by the official schemas with somebody else's engine,
# so is what becomes of them in other formats; hashes compared.
set -uo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${PSIRT_URL:-}" ]; then exec tools/with-demo "$0"; fi
out=$(mktemp -d) n=0 wrong=0
trap 'rm -rf "$out"' EXIT

# What the metadata of a version leads to, into a folder.
fetch() {
  local base=$PSIRT_URL/.well-known/csaf/$1 into=$out/$1 dir path name want i=0
  mkdir "$into"
  dir=$(curl -sf "$base/provider-metadata.json" | jq -r '.distributions[] | .directory_url // .directory.url // empty')
  dir=$base/${dir#*"/.well-known/csaf/$1/"}
  curl -sf "${dir}index.txt" -o "$out/index.txt" || { echo "no index in ${dir}"; wrong=$((wrong + 1)); return; }
  while read -r path; do
    name=$(basename "$path")
    curl -sf "$dir$path" -o "$into/$name" || { echo "not there: $1 $path"; wrong=$((wrong + 1)); continue; }
    want=$(curl -sf "$dir$path.sha256" | cut -d' ' -f1)
    [ "$want" = "$(sha256sum "$into/$name" | cut -d' ' -f1)" ] || { echo "wrong hash: $1 $path"; wrong=$((wrong + 1)); }
    i=$((i + 1))
  done <"$out/index.txt"
  [ "$i" -ge 20 ] || { echo "only $i documents in the index of $1"; wrong=$((wrong + 1)); }
  n=$((n + i))
}

fetch v2.0
fetch v2.1
for new in "$out"/v2.1/*.json; do
  about='.document.tracking | .id, .version, .current_release_date'
  [ "$(jq -r "$about" "$new")" = "$(jq -r "$about" "$out/v2.0/${new##*/}")" ] || { echo "another edition in 2.0: ${new##*/}"; wrong=$((wrong + 1)); }
done
# Translations in both directions, each with its original beside it in the language that it names.
for tree in v2.0 v2.1; do
  said=$(jq -r '.document | select(.source_lang) | [.source_lang + ">" + .lang, .tracking.id] | @tsv' "$out/$tree"/*.json)
  for way in 'en>ja' 'ja>en'; do
    grep -q "^$way" <<<"$said" || { echo "no translation $way in $tree"; wrong=$((wrong + 1)); }
  done
  while IFS=$'\t' read -r way id; do
    original=$out/$tree/$(tr '[:upper:]' '[:lower:]' <<<"${id%-*}").json
    [ "$(jq -r '.document.lang, .document.source_lang' "$original" | xargs)" = "${way%>*} null" ] || { echo "no original of $id in $tree"; wrong=$((wrong + 1)); }
  done <<<"$said"
done
while read -r bad; do echo "not valid by 2.1: $bad"; wrong=$((wrong + 1)); done < <(build/release/psirt csaf check --preset=basic --json "$out/v2.1" |
  jq -r 'select(.valid and .csaf_version == "2.1" | not) | .file, .findings[0:2][].message')
# Somebody else's validator: nothing mandatory, and of the recommended tests nothing that ours does not say, but for
# what is known: its schema of 2.1 is older than the draft that is carried, so it takes new properties for additional ones.
known='v2.1 6.2.20'
for tree in v2.0 v2.1; do
  node tests/conformance/judge.mjs --recommended "$out/$tree"/*.json >"$out/judged"
  read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p' "$out/judged" | tail -n 1)
  [ "${f:-1}" = 0 ] || grep -A 3 findings "$out/judged" | head -n 30
  n=$((n + ${p:-0})) wrong=$((wrong + ${f:-1}))
  awk '/^[^ ]/ { sub(/: .*/, ""); file = $0 } /^  \(/ { gsub(/^ *\([a-zA-Z]*_|:$/, "", $1); gsub(/_/, ".", $1); print $1, file }' "$out/judged" | sort -u >"$out/theirs"
  build/release/psirt csaf check --preset=extended --json "$out/$tree" | jq -r '.file as $f | .findings[] | .test + " " + $f' | sort -u >"$out/ours"
  while read -r count test; do
    if [[ $known == *"$tree $test"* ]]; then
      echo "known: the npm validator says $test of $count documents of $tree, ours does not"
    else
      echo "the npm validator says $test of $count documents of $tree, ours does not"
      wrong=$((wrong + 1))
    fi
  done < <(comm -23 "$out/theirs" "$out/ours" | cut -d' ' -f1 | uniq -c)
done

# The official schemas, also of what becomes of the documents.  The demo is no CNA: a CVE ID is put in for the record.
mkdir "$out/other"
for version in v2.0 v2.1; do curl -sf "$PSIRT_URL/.well-known/csaf/$version/provider-metadata.json" -o "$out/other/metadata-$version.json"; done
i=0
for f in "$out"/v2.0/*[0-9].json; do
  jq -e .vulnerabilities "$f" >"$out/judged" || continue
  name=$(basename "$f" .json) i=$((i + 1))
  build/release/psirt csaf convert --to=osv "$f" 2>>"$out/losses" >"$out/other/osv-$name.json"
  build/release/psirt vex convert --to=openvex --author=Demo "$f" 2>>"$out/losses" >"$out/other/openvex-$name.json"
  build/release/psirt vex convert --to=cyclonedx "$f" 2>>"$out/losses" >"$out/other/cyclonedx-$name.json"
  [ "$(jq -r .document.lang "$f")" = en ] || continue   # a CVE record needs English
  jq '.vulnerabilities[0].cve = "CVE-2026-10042"' "$f" | build/release/psirt csaf convert --to=cve --cve=CVE-2026-10042 --org=00000000-0000-4000-9000-000000000000 - \
    2>>"$out/losses" >"$out/other/cve-$name.json"
done
[ "$i" -ge 20 ] || { echo "only $i documents became others"; wrong=$((wrong + 1)); }
node tests/conformance/schemas.mjs "$out/v2.0" "$out/v2.1" "$out/other" >"$out/judged"
read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p' "$out/judged" | tail -n 1)
[ "${f:-1}" = 0 ] || grep -A 3 'not valid' "$out/judged" | head -n 30
echo "$((n + ${p:-0})) passed, $((wrong + ${f:-1})) failed"
[ $((wrong + ${f:-1})) = 0 ]
