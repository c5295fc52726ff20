#!/usr/bin/env bash
# Every document that the demo publishes, taken from its provider trees as a
# downloader would: those of CSAF 2.0 judged by somebody else's validator, those
# of 2.1 by our own (nobody else's is complete); hashes compared.
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
judged=$(node tests/conformance/judge.mjs "$out"/v2.0/*.json | tail -n 30)
read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p' <<<"$judged" | tail -n 1)
[ "${f:-1}" = 0 ] || echo "$judged"
echo "$((${p:-0} + n)) passed, $((${f:-1} + wrong)) failed"
[ $((${f:-1} + wrong)) = 0 ]
