#include "base/test.h"
#include "platform/db/db.h"
#include "platform/text/fold.h"
#include "record/house_test.h"


/* Folded text spells loanwords one way; what was stored before is respelled as fold_text does now. */

static const char *const folded[][2] = {
	{ "ふぁーむうぇあ", "ファームウェア" }, { "ふあーむうえあ", "ファームウエア" }, { "ゔぁーじょん", "ヴァージョン" }, { "ゔゅー ゔ", "ヴュー ヴ" },
	{ "ゔぃゔぅゔぇゔぉ", "ヴィヴゥヴェヴォ" }, { "ぃぅぇぉ ゕゖ", "ィゥェォ ヵヶ" }, { "heron 20", "Heron 20" },
};
enum { WORDS = sizeof(folded) / sizeof(folded[0]) };

static bool spoken(struct ctx *c, str sql)
{
	const char     *text = cstr(c->arena, sql);
	struct db_query q    = { .sqlite = text, .postgres = text, .types = "", .writes = true };
	struct db_run  *r;
	int64_t         n;

	TRY(db_start(c, &q, &r));
	return db_exec(c, r, &n);
}

static str answer(struct ctx *c, str sql)
{
	const char     *text = cstr(c->arena, sql);
	struct db_query q    = { .sqlite = text, .postgres = text, .types = "" };
	struct db_run  *r;
	str             out = STR_NONE;
	bool            row = false;

	check_ok(c, db_start(c, &q, &r) && db_next(c, r, &row));
	if (row)
		out = str_dup(c->arena, db_get_text(c, r, 0));
	db_end(r);
	return out;
}

static void story(struct ctx *c)
{
	size_t  before = 0;
	int64_t n;

	while (strncmp(db_migrations[before].name, "0100-search", 11) != 0)
		before++;
	check_ok(c, db_migrate_list(c, db_migrations, before, &n));
	check_ok(c, db_begin(c, DB_WRITE, &db_viewer_all));
	for (size_t i = 0; i < WORDS; i++)
		check_ok(c, spoken(c, STR_CAT(c->arena, S("INSERT INTO mention (number, kind, word) VALUES ('SA-1', 'product', '"), str_of(folded[i][0]), S("')"))));
	check_ok(c, spoken(c, S("INSERT INTO find_piece (kind, object, ordinal, title, body, at) VALUES ('product', 'p', 0, 'Heron', 'text', 1)")));
	check_ok(c, db_commit(c));
	check_ok(c, db_migrate_list(c, db_migrations, db_migrations_n, &n));
	check_ok(c, db_begin(c, DB_WRITE, &db_viewer_all));
	for (size_t i = 0; i < WORDS; i++) {
		str now;

		check_ok(c, fold_text(c, str_of(folded[i][1]), &now));
		check_str(answer(c, STR_CAT(c->arena, S("SELECT word FROM mention WHERE number = 'SA-1' AND word = '"), now, S("'"))), now);
	}
	/* two spellings were one word */
	check_str(answer(c, S("SELECT CAST(count(*) AS TEXT) FROM mention")), str_fmt(c->arena, "%d", WORDS - 1));
	check_str(answer(c, S("SELECT part || CAST(made AS TEXT) FROM find_piece")), S("?0"));
	db_rollback(c);
	db_close(c->db);
}

TEST(what_was_folded_before_is_spelled_as_now)
{
	check_ok(c, db_open(c, S("sqlite::memory:"), &c->db));
	story(c);
}

TEST(it_is_on_postgresql)
{
	str url = house_postgres(c);

	if (!url.n)
		skip_test("no PostgreSQL: PSIRT_TEST_PG is not set (tools/with-postgres)");
	check_ok(c, db_open(c, url, &c->db));
	story(c);
}
