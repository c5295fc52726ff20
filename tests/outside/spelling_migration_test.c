#include "platform/text/fold.h"
#include "tests/outside/migration_test.h"

/* Folded text spells loanwords one way; what was stored before is respelled as fold_text does now. */

static const char *const folded[][2] = {
	{ "ふぁーむうぇあ", "ファームウェア" }, { "ふあーむうえあ", "ファームウエア" }, { "ゔぁーじょん", "ヴァージョン" }, { "ゔゅー ゔ", "ヴュー ヴ" },
	{ "ゔぃゔぅゔぇゔぉ", "ヴィヴゥヴェヴォ" }, { "ぃぅぇぉ ゕゖ", "ィゥェォ ヵヶ" }, { "heron 20", "Heron 20" },
};
enum { WORDS = sizeof(folded) / sizeof(folded[0]) };

static void story(struct ctx *c)
{
	int64_t n;

	(void)migrate_before(c, "0100-search");
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
}

TEST(what_was_folded_before_is_spelled_as_now) { on_sqlite(c, story); }
TEST(it_is_on_postgresql) { on_postgresql(c, story); }
