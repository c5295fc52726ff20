#!/usr/bin/env bash
# Every document that the demo publishes, taken from its provider tree as a
# downloader would, judged by somebody else's validator; hashes compared.
set -uo pipefail
cd "$(dirname "$0")/../.."
if [ -z "${PSIRT_URL:-}" ]; then exec tools/with-demo "$0"; fi
out=$(mktemp -d) n=0 wrong=0
trap 'rm -rf "$out"' EXIT
tree=$PSIRT_URL/.well-known/csaf/white
curl -sf "$tree/index.txt" -o "$out/index.txt" || { echo "0 passed, 1 failed"; exit 1; }
while read -r path; do
  name=$(basename "$path")
  curl -sf "$tree/$path" -o "$out/$name" || { echo "not there: $path"; wrong=$((wrong + 1)); continue; }
  want=$(curl -sf "$tree/$path.sha256" | cut -d' ' -f1)
  [ "$want" = "$(sha256sum "$out/$name" | cut -d' ' -f1)" ] || { echo "wrong hash: $path"; wrong=$((wrong + 1)); }
  n=$((n + 1))
done <"$out/index.txt"
[ "$n" -ge 20 ] || { echo "only $n documents in index.txt"; wrong=$((wrong + 1)); }
judged=$(node tests/conformance/judge.mjs "$out"/*.json | tail -n 30)
read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*/\1 \2/p' <<<"$judged" | tail -n 1)
[ "${f:-1}" = 0 ] || echo "$judged"
echo "$((${p:-0} + n)) passed, $((${f:-1} + wrong)) failed"
[ $((${f:-1} + wrong)) = 0 ]
