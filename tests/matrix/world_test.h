#ifndef MATRIX_WORLD_TEST_H
#define MATRIX_WORLD_TEST_H

/*
 * A house with one person of each role, some objects that they may see and as
 * many hidden ones as asked for; made by running operations, with a random
 * source and a clock that repeat.  Visible objects are made first, so their
 * ids and numbers do not depend on the hidden ones.  Tests only.
 */

#include "base/buf.h"
#include "platform/clock.h"
#include "record/casefile.h"
#include "record/checkpoint.h"
#include "record/house.h"
#include "record/house_test.h"
/* after house_test.h, a parameter of which has the same name */
#include "doors/serve/services.h"
#include "services/2-discovery/3-components/notice_test.h"
#include "services/5-disclosure/3-publication/past/history_test.h"

#include <sys/mman.h>
#include <unistd.h>

enum { WORLD_ROLES = 9 };

/* Whose columns tests/policy.csv has, in this order. */
static const char *const world_roles[WORLD_ROLES] = {
	"administrator", "lead", "analyst", "engineer", "executive", "legal", "auditor", "finder", "nobody",
};

/* One of each noun that an id in a path stands for. */
struct things { str casefile, report, vuln, file, product, person, session, token, case_number, question, remedy, edition, past, batch, cve, errand, entry, notice, paper, comment; };

struct world {
	struct house  h;
	struct actor  who[WORLD_ROLES];
	struct actor  keeper, confidant;   /* the only members of what is hidden: a lead and an engineer */
	struct things seen, hidden;
	str           seen_case_2, seen_report_2;   /* an analyst's own; a report without a case */
	time_us       start;
};

static uint64_t world_state;

static inline void world_random(void *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		world_state ^= world_state << 13;
		world_state ^= world_state >> 7;
		world_state ^= world_state << 17;
		((unsigned char *)p)[i] = (unsigned char)(world_state >> 11);
	}
}

static inline void world_dice(struct ctx *c, uint64_t seed)
{
	world_state = seed * 2654435761u + 88172645463325252u;
	c->random   = world_random;
}

static inline bool world_text(struct ctx *c, const char *sql, str *out)
{
	struct db_query q = { .sqlite = sql, .types = "" };
	struct db_run  *r;
	bool            row = false;

	*out = STR_NONE;
	TRY(db_start(c, &q, &r));
	if (!db_next(c, r, &row)) {
		db_end(r);
		return false;
	}
	if (row)
		*out = str_dup(c->arena, db_get_text(c, r, 0));
	db_end(r);
	return true;
}

/* The one text that a statement finds, read past all guards. */
static inline str world_read(struct ctx *c, const char *sql)
{
	str out;

	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, world_text(c, sql, &out));
	db_rollback(c);
	return out;
}

/* Statements past all rules, each ending in ";". */
static inline void world_spoil(struct ctx *c, const char *sql)
{
	str left = str_of(sql), one;

	if (!left.n)
		return;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	while (str_cut(&left, ';', &one)) {
		struct db_query q = { .sqlite = cstr(c->arena, one), .types = "", .writes = true };
		struct db_run  *r;
		int64_t         n;
		if (!str_trim(one).n)
			continue;
		check_ok(c, db_start(c, &q, &r));
		check_ok(c, db_exec(c, r, &n));
	}
	check_ok(c, db_commit(c));
}

static inline void world_people(struct ctx *c, struct world *w)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	w->who[0] = house_person(c, "administrator", ROLE_ADMIN);
	w->who[5] = house_person(c, "legal", ROLE_LEGAL);
	w->keeper    = house_person(c, "keeper", ROLE_LEAD);
	w->confidant = house_person(c, "confidant", ROLE_ENGINEER);
	check_ok(c, db_commit(c));
	w->who[1] = w->h.lead;
	w->who[2] = w->h.analyst;
	w->who[3] = w->h.engineer;
	w->who[4] = w->h.executive;
	w->who[6] = w->h.auditor;
	w->who[8] = w->h.nobody;
	world_spoil(c, "UPDATE account SET state = 'active';");
}

/* A report with a file and a word from its finder. */
static inline void world_report(struct ctx *c, struct world *w, const char *title, struct sheet *s, struct actor *finder)
{
	const struct op *o = op_find(front_of(c), S("report.submit"));
	int              fd = memfd_create("file", MFD_CLOEXEC);
	struct file_part f = { S("proof.txt"), S("text/plain"), fd, 5 };
	struct args      a;
	struct sheet     t;

	check(write(fd, "proof", 5) == 5);
	*s       = (struct sheet){ 0 };
	c->actor = &w->h.nobody;
	args_init(&a, o->args);
	check_ok(c, args_take(c, &a, S("product"), S("Kestrel Gateway"), true));
	check_ok(c, args_take(c, &a, S("title"), str_of(title), true));
	check_ok(c, args_take(c, &a, S("description"), S("A buffer overflow in the web console. 認証の脆弱性、鍵とバッファ。"), true));
	check_ok(c, args_take(c, &a, S("contact"), S("finder@example.org"), true));
	check_ok(c, args_take_file(c, &a, S("file"), &f));
	check_ok(c, op_call(c, o, &a, STR_NONE, s));
	close(fd);
	*finder = receipt_actor(c, s->secret);
	check_ok(c, house_do(c, finder, "report.add", &t, "body", "One more word on the overflow.", NULL));
}

/* A case of a report, with a note, a second vulnerability and a message. */
static inline str world_case(struct ctx *c, struct world *w, const struct actor *who, const char *title, str *report)
{
	struct actor finder;
	struct sheet s, t;
	const char  *id;

	world_report(c, w, title, &s, &finder);
	*report = s.object;
	check_ok(c, house_do(c, who, "report.decide", &t, "id", cstr(c->arena, s.object), "outcome", "qualified",
	                     "reason", "Seen here too.", "title", title, "severity", "high", NULL));
	id = cstr(c->arena, t.casefile);
	check_ok(c, house_do(c, who, "case.note", &t, "id", id, "body", "A note on the buffer and the key 鍵.", NULL));
	check_ok(c, house_do(c, who, "vuln.add", &t, "id", id, "title", "A second overflow", NULL));
	check_ok(c, house_do(c, who, "report.reply", &t, "id", cstr(c->arena, s.object), "body", "Thank you.", NULL));
	return str_of(id);
}

/* The first id that a statement about one object finds. */
static inline str world_first(struct ctx *c, const char *sql, str of)
{
	return world_read(c, cstr(c->arena, STR_CAT(c->arena, str_of(sql), S("'"), of, S("'"))));
}

/* A CVE ID given to the case's vulnerability, and a request about it, as the chore leaves them. */
static inline void world_cve(struct ctx *c, struct things *t)
{
	str cve = random_id(c), errand = random_id(c), n = world_read(c, "SELECT CAST(count(*) AS TEXT) FROM cve_number");

	world_spoil(c, cstr(c->arena, STR_CAT(c->arena,
		S("INSERT INTO cve_number (id, number, state, by_user, seen_at, changed_at, casefile, vuln, version) VALUES ('"), cve,
		S("', 'CVE-2025-1000"), n, S("', 'reserved', 'kana', 0, 0, '"), t->casefile, S("', '"), t->vuln, S("', 1);"))));
	world_spoil(c, cstr(c->arena, STR_CAT(c->arena,
		S("INSERT INTO cve_errand (id, kind, state, casefile, vuln, cve, asked_at, method, path, body, tries, due_at) VALUES ('"), errand,
		S("', 'reject', 'dropped', '"), t->casefile, S("', '"), t->vuln, S("', '"), cve, S("', 0, 'POST', '/cve/x/reject', 'secret body', 0, 0);"))));
	t->cve    = cve;
	t->errand = errand;
}

/* What hangs on a case: scope, a question to an engineer, a remedy, a draft of an advisory; and the ids of all. */
static inline void world_parts(struct ctx *c, struct world *w, const struct actor *who, const struct actor *asked, struct things *t)
{
	const char  *id = cstr(c->arena, t->casefile), *product = cstr(c->arena, w->seen.product), *vuln;
	struct sheet s;

	t->vuln        = world_first(c, "SELECT id FROM vuln WHERE ordinal = 1 AND casefile = ", t->casefile);
	t->file        = world_first(c, "SELECT file FROM report_file WHERE report = ", t->report);
	t->case_number = world_first(c, "SELECT number FROM casefile WHERE id = ", t->casefile);
	vuln           = cstr(c->arena, t->vuln);
	check_ok(c, house_do(c, who, "vuln.rate", &s, "id", id, "vuln", vuln, "severity", "critical", "reason", "Seen in the field.", NULL));
	check_ok(c, house_do(c, who, "impact.scope", &s, "id", id, "product", product, NULL));
	check_ok(c, house_do(c, who, "impact.ask", &s, "id", id, "vuln", vuln, "product", product, "to", cstr(c->arena, asked->id), NULL));
	check_ok(c, house_do(c, who, "impact.range", &s, "id", id, "vuln", vuln, "product", product, "status", "affected", NULL));
	check_ok(c, house_do(c, who, "remedy.record", &s, "id", id, "product", product, "kind", "mitigation", "body", "Close the port.", NULL));
	check_ok(c, house_do(c, who, "report.propose", &s, "id", cstr(c->arena, t->report), "plan_date", "2027-01-15", "plan_time", "18:00",
	                     "plan_zone", "Asia/Tokyo", "credit", "Kana of the hidden lab", NULL));
	check_ok(c, house_do(c, who, "advisory.draft", &s, "id", id, NULL));
	world_cve(c, t);
	t->question = world_first(c, "SELECT id FROM question WHERE casefile = ", t->casefile);
	t->entry    = world_first(c, "SELECT id FROM timeline WHERE kind = 'note' AND casefile = ", t->casefile);
	t->remedy   = world_first(c, "SELECT id FROM remedy WHERE casefile = ", t->casefile);
	t->edition  = world_first(c, "SELECT e.id FROM edition e JOIN advisory a ON a.id = e.advisory WHERE a.casefile = ", t->casefile);
	check_ok(c, house_do(c, who, "edition.comment", &s, "id", cstr(c->arena, t->edition), "body", "Say less of the key 鍵.", NULL));
	t->comment  = world_first(c, "SELECT id FROM comment WHERE edition = ", t->edition);
	check_ok(c, house_do(c, who, "comment.resolve", &s, "id", cstr(c->arena, t->comment), "answer", "Less is said.", NULL));   /* open, it would hold the approval */
}

/* Two documents, one of ours and with a signature: of the team, or TLP:RED and so of who brings them. */
static inline void world_past(struct ctx *c, const struct actor *who, const char *number, const char *tlp, struct things *t)
{
	static const char *const names[] = { "a.json", "b.json", "a.json.asc" };
	struct sheet s;
	str          both[3];

	both[0] = past_with(c, "OW-2019-1", number, "\"WHITE\"", tlp, "\"title\":\"It opens\"",
	                    "\"title\":\"It opens\",\"involvements\":[{\"party\":\"vendor\",\"status\":\"open\"}]",
	                    "https://other.example\"", "https://psirt.example.jp\"", NULL);
	both[1] = past_with(c, "OW-2019-1", cstr(c->arena, STR_CAT(c->arena, str_of(number), S("-b"))), "\"WHITE\"", tlp, NULL);
	both[2] = S("-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n");
	check_ok(c, past_import_as(c, who, names, both, 3, &s));
	past_converted(c);
	t->past  = house_cell(c, &s, "files", 0, "id");
	t->batch = str_slice(s.next, 17, s.next.n);
}

/* An advisory of a supplier and its update: of the team, or TLP:RED. */
static inline void world_notice(struct ctx *c, const struct actor *who, const char *number, const char *tlp, struct things *t)
{
	struct sheet        s;
	const struct chore *compare = components_service.chores;
	bool                done;
	str                 both[2];

	both[0] = notice_with(c, "DW-2026-7", number, "\"WHITE\"", tlp, NULL);
	both[1] = notice_with(c, "DW-2026-7", number, "\"WHITE\"", tlp, "\"version\":\"2\"}},", "\"version\":\"3\"}},", "\"number\":\"2\"", "\"number\":\"3\"",
	                      "Heap overflow", "Two overflows", NULL);
	check_ok(c, notice_take(c, who, both, 2, &s));
	t->notice = house_cell(c, &s, "files", 1, "id");
	t->paper  = house_cell(c, &s, "files", 1, "paper");
	c->actor  = &house_actor;
	check_ok(c, chore_run(c, compare, &done));
	check(done);
}

static inline void world_seen(struct ctx *c, struct world *w)
{
	struct sheet s;
	str          family, report;

	check_ok(c, house_do(c, &w->h.lead, "family.add", &s, "code", "KES", "name", "Kestrel", NULL));
	family = s.object;
	check_ok(c, house_do(c, &w->h.lead, "product.add", &s, "family", cstr(c->arena, family), "code", "KES-G",
	                     "name", "Kestrel Gateway", NULL));
	w->seen.product = s.object;
	check_ok(c, house_do(c, &w->h.lead, "release.add", &s, "id", cstr(c->arena, w->seen.product), "name", "4.2.1", NULL));
	check_ok(c, house_do(c, &w->h.lead, "product.admit", &s, "id", cstr(c->arena, w->seen.product), "account", cstr(c->arena, w->h.engineer.id), NULL));
	check_ok(c, house_do(c, &w->h.lead, "product.admit", &s, "id", cstr(c->arena, w->seen.product), "account", cstr(c->arena, w->confidant.id), NULL));
	w->seen.casefile = world_case(c, w, &w->h.lead, "Overflow in the console", &w->seen.report);
	w->seen_case_2 = world_case(c, w, &w->h.analyst, "認証の脆弱性", &report);
	world_report(c, w, "A key that never changes", &s, &w->who[7]);
	w->seen_report_2 = s.object;
	world_parts(c, w, &w->h.lead, &w->h.engineer, &w->seen);
	w->seen.person = w->h.analyst.id;
	world_past(c, &w->h.lead, "OW-2019-1", "\"WHITE\"", &w->seen);
	check_ok(c, house_do(c, &w->h.lead, "component.add", &s, "id", cstr(c->arena, w->seen.product), "release", "4.2.1", "name", "Fathom",
	                     "purl", "pkg:npm/%40deepwater/fathom@1.4.0", NULL));
	check_ok(c, house_do(c, &w->h.lead, "supplier.add", &s, "name", "Deepwater Parts", NULL));
	world_notice(c, &w->h.lead, "DW-2026-7", "\"WHITE\"", &w->seen);
}

/* A case that only the keeper sees: report, file, messages, letters, vulnerabilities, notes, index. */
static inline void world_hide(struct ctx *c, struct world *w)
{
	struct sheet s;
	const char  *id, *version;

	world_past(c, &w->keeper, cstr(c->arena, random_id(c)), "\"RED\"", &w->hidden);
	world_notice(c, &w->keeper, cstr(c->arena, random_id(c)), "\"RED\"", &w->hidden);
	w->hidden.casefile = world_case(c, w, &w->keeper, "Hidden overflow 脆弱性 of the key", &w->hidden.report);
	world_parts(c, w, &w->keeper, &w->confidant, &w->hidden);
	id = cstr(c->arena, w->hidden.casefile);
	check_ok(c, house_do(c, &w->keeper, "draft.keep", &s, "form", cstr(c->arena, STR_CAT(c->arena, S("case.note?id="), str_of(id))),
	                     "body", "body=Hidden", NULL));
	check_ok(c, house_see(c, &w->keeper, "case.show", &s, "id", id, NULL));
	version = cstr(c->arena, house_cell(c, &s, "case", 0, "version"));
	check_ok(c, house_do(c, &w->keeper, "case.edit", &s, "id", id, "version", version, "title", "Hidden overflow 脆弱性 of the key",
	                     "tlp", "RED", "access", "members", "turn", "team", "owner", cstr(c->arena, w->keeper.id),
	                     "embargo", "2026-11-28T00:00:00Z", "zone", "Asia/Tokyo", "exploited", "1", NULL));
}

/* extra: a service of the test beside all others, or NULL. hidden: how many cases nobody but the keeper sees. */
static inline void world_open(struct ctx *c, struct world *w, const struct service *extra, int hidden)
{
	const struct service **list;
	size_t                 n = 0;

	while (services[n])
		n++;
	list = NEWS(c->arena, const struct service *, n + 1);
	memcpy(list, services, n * sizeof(services[0]));
	if (extra)
		list[n++] = extra;
	*w       = (struct world){ .start = civil_days(2026, 11, 24) * DAY };
	c->zone  = S("UTC");
	c->now   = w->start;
	world_dice(c, 1);
	house_open(c, &w->h, list, n);
	world_people(c, w);
	world_seen(c, w);
	c->now = w->start + HOUR;
	for (int i = 0; i < hidden; i++)
		world_hide(c, w);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, checkpoint_write(c));
	check_ok(c, db_commit(c));
	c->now = w->start + 2 * DAY;
	world_dice(c, 2);
}

#endif
