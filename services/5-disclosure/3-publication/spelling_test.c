#include "services/5-disclosure/3-publication/publication_test.h"

#include "record/setting.h"
#include "services/5-disclosure/3-publication/spelling.h"

/* A dictionary that lacks two words; what was asked of others is not known to it. */
static enum lector_verdict word_judge(str language, str word)
{
	if (!str_eq(language, S("en")))
		return LECTOR_UNABLE;
	return str_eq(word, S("sesion")) || str_eq(word, S("Kestrel")) || str_eq(word, S("Aozora")) || str_eq(word, S("Hanae")) ? LECTOR_BAD : LECTOR_GOOD;
}

static enum lector_verdict nobody(str language, str word)
{
	(void)language;
	(void)word;
	return LECTOR_UNABLE;
}

static const struct lector stub = { word_judge, nobody }, absent = { nobody, nobody };

static const struct flaw *flaw_of(struct story *t, const char *field, const char *test)
{
	const struct edition_page *m = t->v.model;

	for (size_t i = 0; i < m->flaws.list.n; i++)
		if (str_eq(m->flaws.list.v[i].field, str_of(field)) && str_eq(m->flaws.list.v[i].test, str_of(test)))
			return &m->flaws.list.v[i];
	return NULL;
}

static str told(struct story *t)
{
	return ((const struct edition_page *)t->v.model)->flaws.spelling;
}

static void opened(struct ctx *c, struct story *t, const struct lector *lector)
{
	t->h.front.lector = lector;
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
}

/* meets CSAF-2.0 6.3.8 */
TEST(an_unknown_word_is_told_at_its_field_and_holds_nothing_up)
{
	const struct flaw *x;
	struct story       t;

	drafted(c, &t, "team");
	check_ok(c, save(c, &t, "2", "A sesion of Aozora stays valid; the sesion of Kestrel too. Ask Hanae."));
	opened(c, &t, &stub);
	x = flaw_of(&t, "summary_en", "6.3.8");
	check(x != NULL);
	if (x) {
		check_str(x->text, S("Summary: not in the dictionary: sesion, Kestrel, Hanae"));   /* each once; the house's name is right */
		check_int(x->weight, WEIGHT_MAY);
		check_str(x->href, S("#f-summary_en"));
	}
	check(flaw_of(&t, "summary_ja", "6.3.8") == NULL);
	check(house_has(told(&t), "There is none for Japanese"));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(who_is_thanked_is_no_slip)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2", "title_en", "Found by Hanae", "summary_en", "Hanae's find.",
	                     "thanks_en", "Hanae (Aozora University)", NULL));
	opened(c, &t, &stub);
	check(flaw_of(&t, "title_en", "6.3.8") == NULL);
	check(flaw_of(&t, "summary_en", "6.3.8") == NULL);
	house_close(c);
}

TEST(words_of_the_settings_are_right)
{
	const struct db_viewer house = { S("house"), S("*") };
	const struct flaw     *x;
	struct story           t;

	drafted(c, &t, "team");
	check_ok(c, save(c, &t, "2", "A sesion of Kestrel."));
	check_ok(c, db_begin(c, DB_WRITE, &house));
	check_ok(c, setting_save(c, "spelling_words", S("kestrel;\n Heron")));
	check_ok(c, db_commit(c));
	opened(c, &t, &stub);
	x = flaw_of(&t, "summary_en", "6.3.8");
	check(x && str_ends(x->text, S("dictionary: sesion")));
	house_close(c);
}

TEST(what_nobody_looked_up_is_told)
{
	struct story t;

	drafted(c, &t, "team");
	opened(c, &t, &absent);
	check(house_has(told(&t), "no dictionary of English"));
	opened(c, &t, NULL);
	check(house_has(told(&t), "no dictionary of English"));
	t.h.front.tool = NULL;
	opened(c, &t, &stub);
	check(house_has(told(&t), "does not answer"));
	check_int(c->fault.code, E_NONE);
	check(!house_has(((const struct edition_page *)t.v.model)->flaws.not_run, "6.3.8"));
	house_close(c);
}

static const char *hostile;

static bool hostile_tool(struct ctx *c, str name, str body, struct tool_answer *out)
{
	(void)c;
	(void)name;
	(void)body;
	*out = (struct tool_answer){ 0, str_of(hostile), S("") };
	return true;
}

/* The cage may be taken by what it read: its answer is no more than text. */
TEST(an_answer_of_the_cage_that_makes_no_sense_is_no_finding)
{
	static const char *const answers[] = { "", "{", "[]", "{\"dictionary\":1}", "{\"dictionary\":true,\"texts\":7}",
		("{\"dictionary\":true,\"texts\":[{\"name\":\"-1\",\"words\":[\"x\"]},{\"name\":\"99999\",\"words\":[\"x\"]},{\"name\":\"1\"},"
		"{\"name\":\"1\",\"words\":[]},{\"name\":\"9223372036854775808\",\"words\":[\"x\"]},7]}") };
	struct story t;

	drafted(c, &t, "team");
	t.h.front.tool = hostile_tool;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		hostile = answers[i];
		opened(c, &t, &stub);
		check(flaw_of(&t, "summary_en", "6.3.8") == NULL);
		check_int(c->fault.code, E_NONE);
	}
	house_close(c);
}

static str spell(struct ctx *c, str body, int *status)
{
	struct tool_answer a = { 0 };

	check_ok(c, tool_here(c, S("text spell"), body, &a));
	*status  = a.status;
	c->fault = (struct fault){ 0 };
	return a.out;
}

TEST(texts_are_spelt_by_the_tool)
{
	struct story t;
	int          status;

	drafted(c, &t, "team");
	t.h.front.lector = &stub;
	check_str(spell(c, S("{\"language\":\"en\",\"texts\":[{\"name\":\"a\",\"text\":\"a sesion\"},{\"name\":\"b\",\"text\":\"\"}]}"), &status),
	          S("{\"dictionary\":true,\"texts\":[{\"name\":\"a\",\"words\":[\"sesion\"]}]}\n"));
	check_int(status, 0);
	check_str(spell(c, S("{\"language\":\"ja\",\"texts\":[{\"name\":\"a\",\"text\":\"a sesion\"}]}"), &status), S("{\"dictionary\":false,\"texts\":[]}\n"));
	(void)spell(c, S("{}"), &status);
	check_int(status, 3);
	(void)spell(c, S("{\"language\":\"en\",\"language\":\"ja\"}"), &status);
	check_int(status, 3);
	(void)spell(c, S("\xff"), &status);
	check_int(status, 3);
	house_close(c);
}
