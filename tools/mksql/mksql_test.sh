#!/usr/bin/env bash
# What mksql refuses, and how it says so.  usage: tools/mksql/mksql_test.sh [MKSQL]
set -uo pipefail
cd "$(dirname "$0")/../.."
mksql=$(realpath "${1:-build/release/mksql}")
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"; mkdir -p room other out
cat >schema.sql <<'S'
-- owner: room
CREATE TABLE box (id ID(box) PRIMARY KEY, label TEXT, n INT NOT NULL, shut BOOL NOT NULL);
CREATE TABLE note (seq SERIAL, box ID(box) NOT NULL REFERENCES box(id), body TEXT NOT NULL);
-- guard box: viewer_sees('team') = 1
-- search note
S
passed=0 failed=0
# says TEXT: the last run must have failed and said TEXT; fine: it must have succeeded.
says() { if [ $status = 1 ] && grep -qF -- "$1" log; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "wanted: $1"; cat log; fi; }
fine() { if [ $status = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "wanted: success"; cat log; fi; }
try() { cat >room/x.sql; "$mksql" --out out schema.sql -- room/x.sql >log 2>&1; status=$?; }
migrate() { cat >m.sql; "$mksql" --out out schema.sql m.sql -- >log 2>&1; status=$?; }

numbers() { for n; do echo "-- owner: room" >"$n.sql"; done; "$mksql" --out out schema.sql "${@/%/.sql}" -- >log 2>&1; status=$?; }
numbers 0101-box 0102-box;                                                   fine
numbers 0101-box 0101-note;                                                  says "0101-note.sql:1: the number 0101 is taken by 0101-box"
try <<<$'-- name: a(id box_id) :one\nSELECT n,\n lable FROM see_box WHERE id = :id;';  says "room/x.sql:3: a: no such column: lable"
try <<<$'-- name: a() :exec\nUPDATE bux SET n = 1;';                       says "no such table: bux"
try <<<$'-- name: a(id box_id) :one\nSELECT n FROM box WHERE id = :id;';   says "room/x.sql:2: a: box is guarded: read see_box"
try <<<$'-- name: a(id box_id) :exec\nDELETE FROM note WHERE box IN (SELECT id FROM box WHERE id = :id);'; says "box is guarded"
try <<<$'-- name: a(id box_id) :exec\nDELETE FROM box WHERE id = :id;';    fine
try <<<$'-- name: a() :one\nWITH see_box AS (SELECT id FROM note) SELECT id FROM see_box;'; says "would hide"
try <<<$'-- name: a(id box_id) :one\nSELECT n FROM see_box WHERE id = :di;'; says ":di is not declared"
try <<<$'-- name: a(id box_id) :one\nSELECT n FROM see_box;';              says "the parameter id is not used"
try <<<$'-- name: a(id crate_id) :one\nSELECT n FROM see_box WHERE id = :id;'; says "crate_id is not a type"
try <<<$'-- name: a() :exec\nBEGIN;';                                      says "BEGIN is not for a .sql file"
try <<<$'-- name: a() :count\nCOMMIT;';                                    says "COMMIT is not for a .sql file"
try <<<$'-- name: a() :one\nSELECT count(*) AS n FROM see_box;';           says "the column n needs a \"-- type: n"
try <<<$'-- name: a() :one\n-- type: n int\nSELECT count(*) FROM see_box;'; says "column 1 needs a name"
try <<<$'-- name: a() :one\n-- type: n int\nSELECT n FROM see_box;';       says "n has its type from the table"
try <<<$'-- name: a() :one\n-- type: m int\nSELECT n FROM see_box;';       says "names m, which is not a column"
try <<<$'-- name: a() :one\n-- type: n int\nSELECT count(*) AS n FROM see_box;\n-- name: a() :exec\nDELETE FROM note;'; says "x.sql:4: a: the name is taken"
try <<<$'-- name: a(id box_id) :exec\n-- ahead\nDELETE FROM box WHERE id = :id;'; says "is for statements with rows"
try <<<$'-- name: a(id box_id) :one\n-- ahead\nSELECT n FROM see_box WHERE id = :id;'; fine
grep -qF 'bool sql_a_ahead(struct ctx *c, box_id id) MUST_CHECK;' out/x.sql.h; status=$?; fine
try <<<$'-- name: a() :one\nSELECT n FROM see_box b WHERE @walk(b.n + 1) = 2;'; says "write: @walk(ALIAS.COLUMN)"
try <<<$'-- name: a() :one\nSELECT n FROM see_box b WHERE @walk(b.n) = 2;'; fine
grep -qF 'WHERE +b.n = 2' out/x.sql.c; status=$?; fine
grep -qF 'WHERE b.n = 2' out/x.sql.c; status=$?; fine
try <<<$'-- name: a() :exec\nSELECT n FROM see_box;';                      says "gives columns"
try <<<$'-- name: a() :one\nDELETE FROM note;';                            says "gives no columns"
try <<<$'-- name: a() :many\nSELECT n FROM see_box;';                      says "several rows need an ORDER BY"
try <<<$'-- name: a() :many\nSELECT label FROM see_box ORDER BY label, id;'; says "ORDER BY label: say NULLS"
try <<<$'-- name: a() :many\nSELECT b.n FROM see_box b ORDER BY b.n;';     says "must end in a unique key, and n is none"
try <<<$'-- name: a() :many\nSELECT b.n FROM see_box b ORDER BY b.label DESC NULLS LAST, b.id LIMIT 3;'; fine
try <<<$'-- name: a() :many\n-- sort: x = b.label, b.id\nSELECT b.n FROM see_box b ORDER BY @sort;'; says "x.sql:2: a: ORDER BY label"
try <<<$'-- name: a() :many\n-- sort: x = b.nn, b.id\nSELECT b.n FROM see_box b ORDER BY @sort;'; says "no such column: b.nn"
try <<<$'-- name: a(n int) :many\nSELECT id FROM see_box WHERE 1 = 1\n /*?n*/ AND nope = :n\nORDER BY id;'; says "x.sql:3: a: no such column: nope"
try <<<$'-- name: a(shut bool) :many\nSELECT id FROM see_box WHERE 1 = 1\n /*?shut*/ AND shut = :shut\nORDER BY id;'; says "a bool is never absent"
try <<<$'-- name: a(q str) :many\nSELECT b.id FROM see_box b WHERE @match(b, :q) ORDER BY b.id;'; says "box has no \"-- search\""
try <<<$'-- name: a(q str) :many\nSELECT t.seq FROM note t WHERE @match(t, :q) ORDER BY t.seq;'; fine
grep -qF '.values = 0xffffffff' out/x.sql.c; status=$?; fine
try <<<$'-- name: a(q str, newest str, last int) :many\nSELECT t.seq FROM note t WHERE 1 = 1\n /*?q*/ AND @match(t, :q)\n /*?newest*/ AND @match(t, :newest, :last, :last)\nORDER BY t.seq;'; fine
grep -qF '.values = 0x1,' out/x.sql.c; status=$?; fine
try <<<$'-- name: a(q str) :many\nSELECT t.seq FROM note t WHERE @match(t, :q, :q) ORDER BY t.seq;'; says "write: @match"
try <<<$'-- name: a(v str) :many\nSELECT b.id FROM see_box b WHERE @among(b.id, :v) ORDER BY b.id;'; fine
try <<<$'-- name: a(v str) :many\nSELECT b.id FROM see_box b WHERE @among(id, :v) ORDER BY b.id;'; says "write: @among"
try <<<$'-- name: a(n int) :many\n-- values: n\nSELECT id FROM see_box WHERE 1 = 1\n /*?n*/ AND n = :n\nORDER BY id;'; fine
grep -qF '.values = 0x1,' out/x.sql.c; status=$?; fine
try <<<$'-- name: a(n int) :many\n-- values: n\nSELECT id FROM see_box WHERE n = :n\nORDER BY id;'; says "names no optional line"
try <<<$'-- name: a() :one\nSELECT n FROM see_box WHERE label = \'x;';     says "does not end"
try <<<$'-- name: a() :one\nSELECT n FROM see_box';                        says "does not end with ;"
try <<<$'-- name: A-b :one\nSELECT 1;';                                    says "write: -- name:"
try <<<$'SELECT 1;';                                                       says "a statement begins with"
try <<<$'-- name: a() :one\n-- type: n int\nSELECT 1 AS n; SELECT 2;';     says "a statement begins with"
try <<<$'-- name: a(struct int) :exec\nUPDATE note SET seq = :struct;';    says "cannot be the name of a parameter"
try <<<$'-- name: a() :many\nSELECT id FROM see_box WHERE viewer_sees(\'x\') ORDER BY id;'; says "write: viewer_sees('word') = 1"
printf -- '-- name: a() :exec\nDELETE FROM note;\n' >other/y.sql
"$mksql" --out out schema.sql -- other/y.sql >log 2>&1; status=$?;        says "note belongs to room, which alone writes it"
# What others read is a view pub_… of the owner; record's tables are for all.
stranger() { cat >other/y.sql; "$mksql" --out out schema.sql pub.sql -- other/y.sql >log 2>&1; status=$?; }
printf -- '-- owner: room\nCREATE VIEW pub_note AS SELECT n.seq, b.label FROM note n JOIN see_box b ON b.id = n.box;\n' >pub.sql
stranger <<<$'-- name: a() :many\nSELECT seq FROM note ORDER BY seq;';      says "other/y.sql:2: a: note belongs to room: read a view pub_…"
stranger <<<$'-- name: a() :one\n-- type: n int\nSELECT count(*) AS n FROM note;'; says "note belongs to room"
stranger <<<$'-- name: a() :many\nSELECT id FROM see_box ORDER BY id;';      says "box belongs to room"
stranger <<<$'-- name: a() :one\n-- type: n int\nWITH x AS (SELECT seq FROM note) SELECT count(*) AS n FROM x;'; says "note belongs to room"
stranger <<<$'-- name: a() :many\nSELECT seq, label FROM pub_note ORDER BY seq;'; fine
try <<<$'-- name: a() :many\n-- sort: x = b.id\n-- sort: y = (SELECT max(c.n) FROM box c), b.id\nSELECT b.n FROM see_box b ORDER BY @sort;'; says "box is guarded"
sed 's/owner: room/owner: record/' schema.sql >record.sql
printf -- '-- name: a() :many\nSELECT seq FROM note ORDER BY seq;\n' >other/y.sql
"$mksql" --out out record.sql -- other/y.sql >log 2>&1; status=$?;        fine

migrate <<<$'CREATE TABLE x (a INT);';                                     says "the first line must be"
migrate <<<$'-- owner: room\nCREATE TABLE x (a VARCHAR);';                 says "m.sql:2: a: the type must be"
migrate <<<$'-- owner: room\nCREATE TABLE x (user TEXT);';                 says "user is a reserved word"
migrate <<<$'-- owner: room\n-- guard nothing: 1 = 1';                     says "which is not a table here"
migrate <<<$'-- owner: room\nBEGIN;';                                      says "runs in a transaction already"
migrate <<<$'-- owner: room\n-- Two lines\n-- of comment.\nCREATE TABLE y (a INT);\n\nCREATE INDEX i ON y\n (nope);'; says "m.sql:7: no such column: nope"
migrate <<<$'-- owner: room\nCREATE TABLE y (a INT,\n b INT NOT NUL);';   says "m.sql:3: near \"NUL\""
migrate <<<$'-- owner: room\nCREATE TABLE y (a INT);\n-- guard y: t.b = 1'; says "m.sql:1: the view see_y: no such column: t.b"
migrate <<<$'-- owner: room\nALTER TABLE box ADD COLUMN w INT;';           says "repeat its guard"
migrate <<<$'-- owner: room\nALTER TABLE box ADD COLUMN w INT;\n-- guard box: viewer_sees(\'team\') = 1'; fine
migrate <<<$'-- owner: room\nALTER TABLE box ADD COLUMN w INT;\n-- guard box: viewer_sees(\'te%m\') = 1'; says "a word of sight is of letters"
migrate <<<$'-- owner: room\nCREATE TABLE y (a INT);\nDROP TABLE y;\n-- guard y: t.a = 1'; says "which is not a table here"
migrate <<<$'-- owner: room\nCREATE TABLE y (a INT);\nDROP TABLE y;\nCREATE TABLE y (b INT);\n-- guard y: t.b = 1'; fine
# Of another's table a migration changes nothing, and makes no view.
migrate <<<$'-- owner: other\nALTER TABLE note ADD COLUMN w INT;';          says "m.sql:2: note belongs to room: only its migrations change it"
migrate <<<$'-- owner: other\nDROP TABLE note;';                           says "note belongs to room"
migrate <<<$'-- owner: other\nCREATE INDEX i ON note (body);';             says "note belongs to room"
printf -- '-- owner: room\nCREATE INDEX note_box ON note (box);\nCREATE VIEW pub_note AS SELECT n.seq FROM note n;\n' >more.sql
beside() { cat >m.sql; "$mksql" --out out schema.sql more.sql m.sql -- >log 2>&1; status=$?; }
beside <<<$'-- owner: other\nDROP INDEX note_box;';                        says "note belongs to room"
beside <<<$'-- owner: other\nDROP VIEW pub_note;';                         says "m.sql:2: pub_note belongs to room"
beside <<<$'-- owner: room\nDROP VIEW pub_note;\nDROP INDEX note_box;';    fine
migrate <<<$'-- owner: other\nDELETE FROM note;';                          says "note belongs to room"
migrate <<<$'-- owner: other\n-- guard note: 1 = 1';                       says "note belongs to room"
migrate <<<$'-- owner: other\n-- search box';                              says "box belongs to room"
migrate <<<$'-- owner: other\nCREATE VIEW pub_note AS SELECT seq FROM note;'; says "m.sql:2: pub_note: note belongs to room"
migrate <<<$'-- owner: other\nCREATE VIEW pub_box AS SELECT id FROM see_box;'; says "box belongs to room"
migrate <<<$'-- owner: room\nCREATE VIEW pub_box AS SELECT id FROM box;';   says "box is guarded: read see_box"
migrate <<<$'-- owner: room\nCREATE VIEW see_note AS SELECT id FROM box;';  says "see_note: a view is called pub_…"
migrate <<<$'-- owner: room\nCREATE TABLE see_note (a INT);';              says "are names of views"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
