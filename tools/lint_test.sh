#!/usr/bin/env bash
# Seeded faults: a clean little tree passes; each violation put into it is told
# with file, line and rule by its linter.  usage: tools/lint_test.sh
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d) && trap 'rm -rf "$tree"' EXIT
passed=0 failed=0

clean_tree() {
	rm -rf "${tree:?}"/*
	(cd "$tree" && mkdir -p base platform/db platform/json standards/tlp/data record/user services/1-a/1-x services/1-a/2-y doors/web tools tests
	header base/str.h; header platform/db/db.h; header platform/json/json.h; header standards/tlp/tlp.h
	header record/user/user.h; header record/casefile.h; header services/1-a/1-x/xray.h; header services/1-a/2-y/yoke.h
	header doors/web/web.h
	printf '#include "base/str.h"\n\nint str_one(int x)\n{\n\treturn x;\n}\n' >base/str.c)
}
# header PATH: a header that is as it should be.
header() {
	local guard=${1^^}
	guard=${guard//[^A-Z0-9]/_}
	printf '#ifndef %s\n#define %s\n\n/*\n * What this header is for, in a sentence.\n */\n\n#endif\n' "$guard" "$guard" >"$1"
}
verdict() { # OK NAME TEXT
	if [ "$1" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'FAILED: %s\n%s\n' "$2" "$3"; fi
}
# expect LINTER "FILE:LINE: RULE:" [FILE TEXT …]: with these files written into
# the clean tree, LINTER says so and fails.
expect() {
	local linter=$1 want=$2 out status
	shift 2
	clean_tree
	while [ $# -gt 1 ]; do mkdir -p "$tree/$(dirname "$1")"; printf "$2" >"$tree/$1"; shift 2; done
	out=$("$here/check-$linter" "$tree" 2>&1); status=$?
	[ "$status" = 1 ] && grep -qF "$want" <<<"$out"
	verdict $? "$linter: $want" "$out"
}
# accept LINTER FILE TEXT …: no finding.
accept() {
	local linter=$1 name=$2 out
	shift
	clean_tree
	while [ $# -gt 1 ]; do mkdir -p "$tree/$(dirname "$1")"; printf "$2" >"$tree/$1"; shift 2; done
	out=$("$here/check-$linter" "$tree" 2>&1)
	verdict $? "$linter: nothing against $name" "$out"
}
repeat() { local i; for ((i = 0; i < $1; i++)); do printf '%s' "$2"; done; }

for linter in layers size banned text commented; do accept $linter "the clean tree"; done

# layers
expect layers 'base/b.c:1: layer: base may not include platform/db/db.h' base/b.c '#include "platform/db/db.h"\n'
expect layers 'platform/p.c:2: layer: platform may not include record/casefile.h' platform/p.c '#include "base/str.h"\n#include "record/casefile.h"\n'
expect layers 'standards/tlp/a.c:1: layer:' standards/tlp/a.c '#include "platform/db/db.h"\n'
expect layers 'record/r.c:1: layer:' record/r.c '#include "services/1-a/1-x/xray.h"\n'
expect layers "services/1-a/1-x/s.c:1: layer: a service may not include another's" services/1-a/1-x/s.c '#include "services/1-a/2-y/yoke.h"\n'
expect layers 'doors/web/d.c:1: layer:' doors/web/d.c '#include "services/1-a/2-y/yoke.h"\n'
expect layers 'doors/web/d.c:1: layer:' doors/web/d.c '#include "record/casefile.h"\n'
expect layers 'doors/web/d.c:1: layer:' doors/web/d.c '#include "gen/yoke.h"\n' services/1-a/2-y/yoke.sql 'x\n'
expect layers 'doors/web/d.c:1: layer:' doors/web/d.c '#include "gen/services/1-a/2-y/yoke.sql.h"\n' services/1-a/2-y/yoke.sql 'x\n'
expect layers 'record/r.c:1: gen:' record/r.c '#include "gen/nowhere.h"\n'
expect layers 'record/r.c:1: path:' record/r.c '#include "casefile.h"\n'
expect layers 'record/r.c:1: home:' record/r.c '#include <sqlite3.h>\n'
expect layers 'standards/tlp/a.c:1: pure:' standards/tlp/a.c '#include <sys/socket.h>\n'
expect layers 'standards/tlp/a.c:3: pure:' standards/tlp/a.c 'int f(void)\n{\n\treturn fopen("x", "r") != 0;\n}\n'
expect layers 'record/r.c:1: extern:' record/r.c 'extern int service_secret(void);\n'
expect layers 'base/str.c:1: own-first:' base/str.c '#include <stdio.h>\n#include "base/str.h"\n'
expect layers 'record/str.c:1: unique-name: str is also in base/' record/str.c '\n'
expect layers 'lib/a.c:1: room: lib/ is no room' lib/a.c '\n'
expect layers 'data/psirt.lock:1: room:' data/psirt.lock ''
accept layers dist/psirt.ini '\n' schema/0001-a.sql '\n'
expect layers 'services/1-a/1-x/s.c:5: tables-last: late' services/1-a/1-x/s.c 'static const struct op ops[] = {\n\t{ 0 },\n};\nstatic int late(void)\n{\n\treturn 1;\n}\n'
accept layers services/1-a/1-x/s.c 'static int f(void)\n{\n\treturn 1;\n}\nstatic const struct op ops[] = {\n\t{ 0 },\n};\nconst struct service x_service = {\n\t.ops = ops,\n};\n'
expect layers ': cycle: ' record/one.h '#include "record/two.h"\n' record/two.h '#include "record/one.h"\n'
accept layers record/r.c '#include "standards/tlp/tlp.h"\n#include "platform/db/db.h"\n#include "gen/roster.h"\n' record/roster.sql 'x\n'
accept layers doors/web/d.c '#include "record/user/user.h"\n/* #include "services/1-a/2-y/yoke.h" */\n'
accept layers standards/tlp/a.c '#include "platform/json/json.h"\n'

# size
expect size 'base/a.c:801: file-size:' base/a.c "$(repeat 801 '\n')"
expect size 'base/a.h:401: file-size:' base/a.h "$(repeat 401 '\n')"
expect size 'tools/a:401: file-size:' tools/a "$(repeat 401 '\n')"
expect size 'tools/mkx/a.c:401: file-size:' tools/mkx/a.c "$(repeat 401 '\n')"
expect size 'tools/mkx/a.sh:401: file-size:' tools/mkx/a.sh "$(repeat 401 '\n')"
expect size 'ARCHITECTURE.md:301: file-size:' ARCHITECTURE.md "$(repeat 301 '\n')"
expect size 'base/a.c:2: function-size: long_one has 91 lines' base/a.c "int long_one(void)\n{\n$(repeat 89 '\n')}\n"
expect size 'base/a.c:3: complexity: deep_one has complexity 19' base/a.c "static int\ndeep_one(int a)\n{\n$(repeat 9 '\tif (a && a)\n\t\ta++;\n')\treturn a;\n}\n"
expect size 'base/a.c:2: complexity: it_is has complexity 19' base/a.c "TEST(it_is)\n{\n$(repeat 18 '\tif (a)\n\t\ta++;\n')\n}\n"
expect size 'base/a.c:2: complexity: many has complexity 20' base/a.c "int many(int a)\n{\n\tswitch (a) {\n$(repeat 19 '\tcase 1:\n\t\ta++;\n\t\tbreak;\n')\t}\n}\n"
expect size 'base/a.c:3: unbalanced:' base/a.c 'int f(void)\n{\n\tif (0) {\n'
accept size base/a.c "int f(int a)\n{\n$(repeat 17 '\tif (a)\n\t\ta++; /* if && */ // if\n')\tputs(\"if && ||\");\n}\n"
accept size base/a.c "int f(int a)\n{\n\tswitch (a) {\n$(repeat 40 '\tcase 1:\n')\t\ta++;\n\t}\n}\n"

# banned
expect banned 'record/r.c:3: memory: malloc()' record/r.c 'int f(void)\n{\n\treturn malloc(3) != 0;\n}\n'
expect banned 'record/r.c:3: memory: free()' record/r.c 'int f(void *p)\n{\n\tfree(p);\n}\n'
expect banned 'record/r.c:3: printf: snprintf()' record/r.c 'int f(void)\n{\n\tsnprintf(a, 1, "x");\n}\n'
expect banned 'record/r.c:3: clock: clock_gettime()' record/r.c 'int f(void)\n{\n\tclock_gettime(0, &t);\n}\n'
expect banned 'record/r.c:3: clock: time()' record/r.c 'int f(void)\n{\n\treturn time(0);\n}\n'
expect banned 'record/r.c:3: chance: rand()' record/r.c 'int f(void)\n{\n\treturn rand();\n}\n'
expect banned 'record/r.c:3: chance: RAND_bytes()' record/r.c 'int f(void)\n{\n\treturn RAND_bytes(p, 3);\n}\n'
expect banned 'record/r.c:3: env: getenv()' record/r.c 'int f(void)\n{\n\treturn !getenv("HOME");\n}\n'
expect banned 'record/r.c:3: transaction:' record/r.c 'int f(void)\n{\n\treturn g("BEGIN IMMEDIATE");\n}\n'
expect banned 'record/r.c:3: transaction:' record/r.c 'int f(void)\n{\n\treturn g("delete from t; commit;");\n}\n'
expect banned 'record/r.sql:2: transaction:' record/r.sql 'select 1;\nROLLBACK;\n'
expect banned 'record/util.c:1: word: "util"' record/util.c '\n'
expect banned 'record/common/r.c:1: word: "common"' record/common/r.c '\n'
expect banned 'record/r.c:2: word: "handle"' record/r.c 'int report_handle(void)\n{\n}\n'
expect banned 'record/r.c:2: word: "process"' record/r.c 'static int process_report(void)\n{\n}\n'
accept banned base/arena.c 'int f(void)\n{\n\treturn malloc(3) != 0;\n}\n'
accept banned record/r.c '/* malloc(1) */\nint f(struct x *x)\n{\n\tx->free(x);\n\tlist_free(x);\n\tx.time(0);\n\tc->random(p, 1);\n\treturn g("malloc(1) -----BEGIN PGP", "COMMITTED", "BEGIN:VCARD");\n}\n'
accept banned record/r.sql 'create trigger t after insert on x begin\n select raise(rollback, 1);\nend;\n'

# text
word=TO; word+=DO
expect text 'a.md:2: trailing:' a.md 'one\ntwo \n'
expect text 'base/a.c:2: indent:' base/a.c 'int f(void) {\n    return 1;\n}\n'
expect text 'base/a.c:1: utf8:' base/a.c '/* \377 */\n'
expect text 'a.md:1: bom:' a.md '\357\273\277one\n'
expect text 'a.md:2: crlf:' a.md 'one\ntwo\r\n'
expect text 'base/a.c:1: hidden:' base/a.c '/* \342\200\256 */\n'
expect text 'a.md:1: merge:' a.md "$(repeat 7 '<') HEAD\n"
expect text 'a.md:1: unfinished:' a.md "see $word: later\n"
expect text 'a.md:1: machine-path:' a.md 'see /home''/ann/x\n'
expect text 'tests/package-lock.json:1: registry:' tests/package-lock.json '"https://registry.npmjs''.org/ajv"\n'
accept text base/a.c 'int f(int a,\n        int b);\n/* text\n   of a comment */\n'
accept text standards/tlp/data/a.csv 'verbatim \r\n'

# commented
expect commented 'base/a.h:1: commented:' base/a.h '#ifndef BASE_A_H\n#define BASE_A_H\n\nint a(void);\n#endif\n'
expect commented 'base/a.h:1: commented:' base/a.h '#ifndef BASE_A_H\n#define BASE_A_H\n/* a */\nint a(void);\n#endif\n'
expect commented 'base/a.h:1: guard: BASE_B_H should end in A_H' base/a.h '#ifndef BASE_B_H\n#define BASE_B_H\n/* What this header is for, in a sentence. */\n#endif\n'
expect commented 'base/a.h:5: must-check: a_load can fail' base/a.h '#ifndef BASE_A_H\n#define BASE_A_H\n/* What this header is for, in a sentence. */\n\nbool a_load(struct ctx *c,\n            int x);\n#endif\n'
accept commented base/a.h '#ifndef BASE_A_H\n#define BASE_A_H\n/* What this header is for, in a sentence. */\nbool a_load(struct ctx *c, int x) MUST_CHECK;\nbool a_wrong(struct ctx *c);\nbool a_is(const struct ctx *c);\n#endif\n'

# reference: the committed documents are compared with what the program says
# reference_with "WORDS" NAME COMMAND …: COMMAND changes a copy of docs/; WORDS are then said, or nothing when empty.
reference_with() {
	local out status
	rm -rf "${tree:?}"/*; cp -r "$here/../docs" "$tree/docs"
	(cd "$tree/docs" && "${@:3}")
	out=$("$here/check-reference" "$here/.." "$tree/docs" 2>&1); status=$?
	if [ -z "$1" ]; then [ "$status" = 0 ]; else [ "$status" = 1 ] && grep -qF "$1" <<<"$out"; fi
	verdict $? "reference: $2" "$out"
}
reference_with "" "nothing against what is current" true
reference_with "reference/cli.md:1: error: stale" "a changed line" sed -i '3s/$/ x/' reference/cli.md
reference_with "trace/clauses.md:1: error: stale" "a missing table" rm trace/clauses.md
reference_with "reference/openapi.json:1: error: stale" "an operation that is not there" sed -i 's/report.submit/report.send/' reference/openapi.json

# check-guide: examples that print something else, languages that differ
# guide STATUS "WORDS" NAME EN JA: two pages; what is said about them.
guide() {
	local out status
	rm -rf "${tree:?}"/*; mkdir -p "$tree"/tools "$tree"/docs/guide/{en,ja} "$tree"/build "$tree"/demo
	cp "$here/check-guide" "$tree/tools"
	printf "$4" >"$tree/docs/guide/en/x.md"; printf "$5" >"$tree/docs/guide/ja/x.md"
	out=$("$tree/tools/check-guide" same && PSIRT_URL=http://x PSIRT_DEMO=$tree/demo "$tree/tools/check-guide" run en x); status=$?
	[ "$status" = "$1" ] && grep -qF "$2" <<<"$out"
	verdict $? "check-guide: $3" "$out"
}
# spelled STATUS NAME JA: a page in Japanese beside a glossary.
spelled() {
	local out status
	rm -rf "${tree:?}"/*; mkdir -p "$tree"/tools "$tree"/lang "$tree"/docs/guide/{en,ja}
	cp "$here/check-guide" "$tree/tools"; printf 'english,japanese,forbidden,note\n,サーバ,サーバー,\nvendor,ベンダ,ベンダー,\n' >"$tree/lang/glossary.csv"
	printf 'x\n' >"$tree/docs/guide/en/x.md"; printf '%s\n' "$3" >"$tree/docs/guide/ja/x.md"
	out=$("$tree/tools/check-guide" same); status=$?
	[ "$status" = "$1" ] && { [ "$1" = 0 ] || grep -qF "x.md:1: guide: サーバー is spelled サーバ" <<<"$out"; }
	verdict $? "check-guide: $2" "$out"
}
spelled 0 "a right spelling" サーバ
spelled 1 "a wrong spelling" サーバー
block='```console\n$ printf "a b\\\\nc\\\\nd\\\\n"\n%s\n```\n'
guide 0 "1 passed, 0 failed" "the output fits" "${block/\%s/a …\\n…\\nd}" "${block/\%s/x}"
guide 1 "0 passed, 1 failed" "another line" "${block/\%s/a …\\nx\\nd}" "${block/\%s/x}"
guide 1 "0 passed, 1 failed" "a line is missing" "${block/\%s/a b\\nc\\nd\\ne}" "${block/\%s/x}"
guide 1 "0 passed, 1 failed" "a line too many" "${block/\%s/a b\\nc}" "${block/\%s/x}"
guide 1 "line of commands differs" "other commands in Japanese" "${block/\%s/x}" '```console\n$ true\n```\n'

# mktrace: who speaks for a clause
# traces "ROW" NAME FILE TEXT …: the page of these files has that row.
traces() {
	local want=$1 name=$2 out files=()
	shift 2
	clean_tree
	while [ $# -gt 1 ]; do mkdir -p "$tree/$(dirname "$1")"; printf "$2" >"$tree/$1"; files+=("$1"); shift 2; done
	(cd "$tree" && "$here/mktrace" t.c t.md "${files[@]}"); out=$(cat "$tree/t.md")
	grep -qxF "$want" <<<"$out"
	verdict $? "mktrace: $name" "$out"
}
traces '| 6.1.7 | `standards/tlp/a.c` f | `standards/tlp/a_test.c` it_is |' "a function and its test" \
	standards/tlp/a.c '/* meets CSAF-2.0 6.1.7: why */\nint f(void)\n{\n}\n' standards/tlp/a_test.c '/* meets CSAF-2.0 6.1.7 */\nTEST(it_is)\n{\n}\n'
traces '| 6.1.8 | `standards/tlp/a.c` f | → 6 |' "several clauses, a section's test" \
	standards/tlp/a.c 'int f(int a,\n      int b)\n{\n\t/* meets CSAF-2.0 6.1.7, 6.1.8; RFC9116 3 */\n}\n' standards/tlp/a_test.c '/* meets CSAF-2.0 6 */\nTEST(it_is)\n{\n}\n'
traces '| 7.1.4 b) | `record/r.c` words | - |' "a lettered clause of a table" record/r.c '/* meets ISO-30111 7.1.4 a), b): two */\nconst int words[] = {\n\t1,\n};\n'
traces '| 1.2 | - | `services/1-a/2-y/yoke_test.c`<br>`tests/journey/1.2-x.sh` |' "tests beside a service and its stories" \
	services/1-a/2-y/yoke_test.c 'TEST(it_is)\n{\n}\n' tests/journey/1.2-x.sh 'x\n'

# check-all: what a step counts, and which closing lines it does not believe
# counts "LINE" NAME COMMAND …
counts() {
	local want=$1 out
	out=$(cd "$here/.." && PSIRT_VECTORS=$tree/vectors "$here/check-all" one "seeded fault" "${@:3}" 2>&1)
	[ "$(tail -n 1 <<<"$out")" = "$want" ]
	verdict $? "check-all: $2" "$out"
}
counts "2 passed, 0 failed, 0 skipped" "counts are believed" echo "2 passed, 0 failed"
counts "1 passed, 0 failed, 0 skipped" "no closing line is one" true
counts "0 passed, 1 failed, 0 skipped" "a failing command" false
counts "2 passed, 1 failed, 0 skipped" "a failing status with no failure counted" sh -c "echo 2 passed, 0 failed; exit 1"
counts "2 passed, 0 failed, 1 skipped" "a skip without the vectors" printf "skipped: no vectors\n2 passed, 0 failed, 1 skipped\n"
mkdir -p "$tree/vectors" && touch "$tree/vectors/SOURCES.md"
counts "2 passed, 1 failed, 1 skipped" "a skip although the vectors are there" printf "skipped: no vectors\n2 passed, 0 failed, 1 skipped\n"
mkdir -p "$tree/story"
story() { printf "#!/bin/sh\n%s\n" "$2" >"$tree/story/$1.sh"; chmod +x "$tree/story/$1.sh"; }
story good "echo 3 passed, 0 failed"
counts "3 passed, 0 failed, 0 skipped" "a story" "$here/check-all" stories "$tree/story"
story silent "exit 0"
counts "3 passed, 1 failed, 0 skipped" "a story without a closing line" "$here/check-all" stories "$tree/story"
story dies "echo 1 passed, 0 failed; exit 3"
counts "4 passed, 2 failed, 0 skipped" "a story that dies after its count" "$here/check-all" stories "$tree/story"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
