#include "tests/outside/migration_test.h"

/* The tables of CVE IDs are made again by a migration: what was in them is in them afterwards, on both engines. */

static void story(struct ctx *c)
{
	size_t  before = migrate_before(c, "0084-cve-owner");
	int64_t n;

	check_ok(c, db_begin(c, DB_WRITE, &db_viewer_all));
	check_ok(c, spoken(c, S("INSERT INTO cve_number (id, number, state, by_user, seen_at, changed_at, record, version) "
	                      "VALUES ('aaaa', 'CVE-2026-10000', 'published', 'kana', 1, 2, '{}', 3)")));
	check_ok(c, spoken(c, S("INSERT INTO cve_errand (id, kind, state, cve, amount, asked_at, method, path, body, tries, due_at, status, answer, code, detail, got) "
	                      "VALUES ('bbbb', 'publish', 'doubt', 'aaaa', 7, 11, 'PUT', '/cve/x/cna', 'body', 2, 13, 500, 'answer', 'CODE', 'detail', 5)")));
	check_ok(c, db_commit(c));
	check_ok(c, db_migrate_list(c, db_migrations, db_migrations_n, &n));
	check_int(n, (int64_t)(db_migrations_n - before));
	check_ok(c, db_begin(c, DB_WRITE, &db_viewer_all));
	check_str(answer(c, S("SELECT number || state || by_user || CAST(seen_at AS TEXT) || CAST(changed_at AS TEXT) || record || CAST(version AS TEXT) || coalesce(owner, '-') "
	                    "FROM cve_number WHERE id = 'aaaa'")), S("CVE-2026-10000publishedkana12{}3-"));
	check_str(answer(c, S("SELECT kind || state || cve || CAST(amount AS TEXT) || CAST(asked_at AS TEXT) || method || path || body || CAST(tries AS TEXT) || "
	                    "CAST(due_at AS TEXT) || CAST(status AS TEXT) || answer || code || detail || CAST(got AS TEXT) || coalesce(who, '-') FROM cve_errand WHERE id = 'bbbb'")),
	          S("publishdoubtaaaa711PUT/cve/x/cnabody213500answerCODEdetail5-"));
	/* what is new is allowed, and nonsense is not */
	check_ok(c, spoken(c, S("UPDATE cve_number SET state = 'transferred', owner = 'borealis' WHERE id = 'aaaa'")));
	check_ok(c, spoken(c, S("UPDATE cve_errand SET kind = 'user_key', state = 'proposed', who = 'ren' WHERE id = 'bbbb'")));
	check(!spoken(c, S("UPDATE cve_errand SET kind = 'nonsense' WHERE id = 'bbbb'")));
	db_rollback(c);
}

TEST(cve_ids_and_requests_outlive_the_migration_that_makes_their_tables_again) { on_sqlite(c, story); }
TEST(cve_ids_and_requests_outlive_it_on_postgresql) { on_postgresql(c, story); }
