# Reads C line by line for the linters.  Call c_line($0) for every line, in
# order; it resets itself at the first line of a file and leaves
#   CODE   the line without comments; contents of strings and chars blanked
#   TEXT   the contents of the line's strings, each ended by a newline
#   INSIDE 1 when the line began within a comment
# and, for functions (bodies at depth 0, preprocessor lines set aside):
#   BODY   name of the function whose body this line belongs to, or ""
#   BEGUN  first line of that function's body;  ENDED 1 on its last line
#   DEPTH  braces still open after this line
function c_line(s,   c, rest) {
	if (FNR == 1) { c_in = 0; DEPTH = 0; BODY = ""; c_head = ""; c_more = 0 }
	CODE = ""; TEXT = ""; INSIDE = c_in
	while (s != "") {
		if (c_in) {
			c = index(s, "*/")
			if (!c) break
			s = substr(s, c + 2); c_in = 0; CODE = CODE " "
			continue
		}
		if (!match(s, /["'\/]/)) { CODE = CODE s; break }
		CODE = CODE substr(s, 1, RSTART - 1)
		s = substr(s, RSTART)
		c = substr(s, 1, 1); rest = substr(s, 1, 2)
		if (rest == "/*") { c_in = 1; s = substr(s, 3) }
		else if (rest == "//") break
		else if (c == "\"" && match(s, /^"([^"\\]|\\.)*"/)) {
			TEXT = TEXT substr(s, 2, RLENGTH - 2) "\n"
			CODE = CODE "\"\""; s = substr(s, RLENGTH + 1)
		} else if (c == "'" && match(s, /^'([^'\\]|\\.)+'/)) {
			CODE = CODE "' '"; s = substr(s, RLENGTH + 1)
		} else { CODE = CODE c; s = substr(s, 2) }
	}
	c_function()
}

# A function's head is what stands at depth 0 since the last ; or }.
function c_function(   s, i, c) {
	if (ENDED) BODY = ""
	ENDED = 0
	if (c_more || CODE ~ /^[ \t]*#/) { c_more = (CODE ~ /\\$/); return }
	s = CODE
	while (match(s, /[{};]/)) {
		c = substr(s, RSTART, 1)
		if (DEPTH == 0) c_head = c_head " " substr(s, 1, RSTART - 1)
		s = substr(s, RSTART + 1)
		if (c == "{") {
			if (DEPTH == 0 && !BODY) c_begin()
			DEPTH++
		} else if (c == "}") {
			if (DEPTH > 0) DEPTH--
			if (DEPTH == 0) { if (BODY != "") ENDED = 1; c_head = "" }
		} else if (DEPTH == 0) c_head = ""
	}
	if (DEPTH == 0) c_head = c_head " " s
}

function c_begin(   h) {
	h = c_head
	gsub(/__attribute__[ \t]*\(\([^()]*(\([^()]*\))?[^()]*\)\)/, "", h)
	gsub(/[ \t]+/, " ", h)
	if (h !~ /\)[ A-Z_]*$/ || h ~ /=/) return
	h = substr(h, 1, index(h, "(") - 1)
	if (h ~ /^ *TEST *$/) { h = c_head; sub(/^[^(]*\( */, "", h); sub(/\).*/, "", h) }
	sub(/ $/, "", h); sub(/.*[ *]/, "", h)
	BODY = h == "" ? "?" : h; BEGUN = FNR
}
