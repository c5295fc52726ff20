#include "tests/matrix/world_test.h"

/* A person who is forgotten stands nowhere any more: every text of every table is looked through. */

#define NAME "Zebulon Quux"

static str columns_of(struct ctx *c)
{
	str all;

	check_ok(c, world_text(c, "SELECT group_concat(t.name || ' ' || x.name, ',') FROM pragma_table_list t, pragma_table_info(t.name) x"
	                       " WHERE t.schema = 'main' AND t.type = 'table' AND x.type IN ('TEXT', 'BLOB') AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'", &all));
	return all;
}

/* Where the name or the address stands, as "table column " each. */
static str places(struct ctx *c)
{
	struct buf b;
	str        all, one, table, n;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	all = columns_of(c);
	while (str_cut(&all, ',', &one)) {
		(void)str_cut(&one, ' ', &table);
		check_ok(c, world_text(c, cstr(c->arena, STR_CAT(c->arena, S("SELECT count(*) FROM \""), table, S("\" WHERE instr(lower(\""), one,
		                       S("\"), 'zebulon') > 0"))), &n));
		if (!str_eq(n, S("0")))
			buf_fmt(&b, "%.*s.%.*s ", STR_ARG(table), STR_ARG(one));
	}
	db_rollback(c);
	return buf_str(&b);
}

/* Zebulon came in, and wrote wherever one can. */
static struct actor worked(struct ctx *c, struct world *w)
{
	struct actor who;
	struct sheet s;
	const char  *report = cstr(c->arena, w->seen_report_2), *k = cstr(c->arena, w->seen.casefile), *vuln = cstr(c->arena, w->seen.vuln), *version;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	who = house_person(c, "zebulon", ROLE_ANALYST | ROLE_ENGINEER);
	check_ok(c, db_commit(c));
	who.name = S(NAME);
	check_ok(c, house_do(c, &w->who[0], "user.edit", &s, "id", cstr(c->arena, who.id), "version", "1", "name", NAME, "roles", "analyst", "roles", "engineer", "lang", "en",
	                     "zone", "UTC", "state", "active", NULL));
	check_ok(c, house_see(c, &who, "report.show", &s, "id", report, NULL));
	version = cstr(c->arena, house_cell(c, &s, "report", 0, "version"));
	check_ok(c, house_do(c, &who, "report.decide", &s, "id", report, "version", version, "outcome", "qualified", "reason", "Seen.", "title", "A key",
	                     "severity", "high", "message", "Thank you.", NULL));
	check_ok(c, house_do(c, &who, "report.reply", &s, "id", report, "body", "We look at it.", NULL));
	check_ok(c, house_do(c, &who, "report.propose", &s, "id", report, "plan_date", "2030-03-01", "plan_time", "00:00", "plan_zone", "UTC",
	                     "credit", "Kana", NULL));
	check_ok(c, house_do(c, &who, "case.note", &s, "id", k, "body", "Look at the parser.", NULL));
	check_ok(c, house_do(c, &who, "vuln.rate", &s, "id", k, "vuln", vuln, "severity", "low", "reason", "Hard to reach.", NULL));
	check_ok(c, house_do(c, &w->h.lead, "product.admit", &s, "id", cstr(c->arena, w->seen.product), "account", cstr(c->arena, who.id), NULL));
	check_ok(c, house_do(c, &w->h.lead, "impact.ask", &s, "id", k, "vuln", vuln, "product", cstr(c->arena, w->seen.product), "to", cstr(c->arena, who.id), NULL));
	check_ok(c, house_do(c, &w->h.lead, "case.dismiss", &s, "id", k, "account", cstr(c->arena, who.id), NULL));
	check_ok(c, house_do(c, &w->h.lead, "case.admit", &s, "id", k, "account", cstr(c->arena, who.id), NULL));
	return who;
}

TEST(who_is_forgotten_stands_nowhere_any_more_and_the_audit_verifies)
{
	struct world w;
	struct sheet s;
	struct actor who;
	const char  *id, *version;

	world_open(c, &w, NULL, 0);
	who = worked(c, &w);
	id  = cstr(c->arena, who.id);
	check(places(c).n > 0);
	check(!house_do(c, &w.who[0], "user.forget", &s, "id", id, "sure", "1", NULL));
	check_fault(c, E_STATE, "id");   /* not of somebody who works here */
	check_ok(c, house_see(c, &w.who[0], "user.show", &s, "id", id, NULL));
	version = cstr(c->arena, house_cell(c, &s, "person", 0, "version"));
	check_ok(c, house_do(c, &w.who[0], "user.edit", &s, "id", id, "version", version, "name", NAME, "roles", "analyst", "roles", "engineer", "lang", "en",
	                     "zone", "UTC", "state", "disabled", NULL));
	check(!house_do(c, &w.who[0], "user.forget", &s, "id", id, NULL));
	check_fault(c, E_INVALID, "sure");
	check_ok(c, house_do(c, &w.who[0], "user.forget", &s, "id", id, "sure", "1", NULL));
	check_str(places(c), S(""));
	check_ok(c, house_see(c, &w.h.lead, "case.show", &s, "id", cstr(c->arena, w.seen.casefile), NULL));
	check(house_has(house_page(c, "case.show", &s), "Former colleague"));
	check(house_has(house_page(c, "case.show", &s), "Look at the parser."));
	check_ok(c, house_see(c, &w.h.auditor, "audit.verify", &s, NULL));
	check_str(house_cell(c, &s, "verdict", 0, "good"), S("1"));
	check_ok(c, house_do(c, &w.who[0], "user.forget", &s, "id", id, "sure", "1", NULL));   /* twice does no harm */
	house_close(c);
}
