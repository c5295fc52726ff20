# Sourced by the linters: which files there are, and how findings are told.
# present DIR…: those that exist, for find.
present() {
	local d
	for d in "$@"; do [ ! -d "$d" ] || printf '%s\n' "$d"; done
}

# tree_files: every file that is or could be committed, one a line.
tree_files() {
	if [ -e .git ]; then
		git ls-files -co --exclude-standard | while read -r f; do
			[ ! -f "$f" ] || [ -L "$f" ] || printf '%s\n' "$f"
		done
	else
		find . -name .git -prune -o -name build -prune -o -name node_modules -prune -o -type f -print |
			sed 's|^\./||'
	fi | LC_ALL=C sort
}

# findings COMMAND…: runs it; what it prints are findings, and its failure is
# never taken for their absence.
findings() {
	local out
	out=$("$@") || { printf '%s\n' "$out" "${0##*/}: could not run"; exit 2; }
	[ -z "$out" ] || { printf '%s\n' "$out"; exit 1; }
}

# c_awk PROGRAM: runs it, with tools/c_text.awk before it, over the files named
# on standard input, all in one run.
c_awk() {
	xargs -r -x -d '\n' -s 1900000 env LC_ALL=C awk "$(cat "$here/c_text.awk")
$1"
}
