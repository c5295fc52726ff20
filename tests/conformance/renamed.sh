#!/usr/bin/env bash
# The official CSAF files under other names, in another order: `psirt csaf check`
# finds the same in each; what a document is called says nothing about it.
set -uo pipefail
cd "$(dirname "$0")/../.."
vectors=${PSIRT_VECTORS:-../shared/vectors}
bin=${PSIRT:-build/release/psirt}
if [ ! -d "$vectors/csaf" ]; then
	echo "skipped: vectors of CSAF are not present"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mapfile -t files < <(find "$vectors"/csaf/csaf2[01]/testset -name 'oasis_*-[0-9]*.json' | sort)
i=0
for f in "${files[@]}"; do
	cp "$f" "$dir/$(((i * 7919) % 100000)).json" # a name that keeps nothing, and another order
	i=$((i + 1))
done
names() { for ((k = 0; k < i; k++)); do echo "$dir/$(((k * 7919) % 100000)).json"; done; }
found() { sed -E 's/^\{"file":"[^"]*",//'; }
"$bin" csaf check --json "${files[@]}" 2>/dev/null | found >"$dir/before"
mapfile -t copies < <(names)
"$bin" csaf check --json "${copies[@]}" 2>/dev/null | found >"$dir/after"
same=$(paste -d '\n' "$dir/before" "$dir/after" | awk 'NR % 2 { x = $0; next } x == $0 && x != "" { n++ } END { print n + 0 }')
lines=$(wc -l <"$dir/before")
[ "$lines" -ge 1000 ] && [ "$lines" = "$i" ] || { echo "only $lines of $i files were judged"; same=-1; }
[ "$same" = "$i" ] || diff "$dir/before" "$dir/after" | cut -c 1-300 | head -n 6
echo "$((same == i)) passed, $((same != i)) failed: $same of $i files"
[ "$same" = "$i" ]
