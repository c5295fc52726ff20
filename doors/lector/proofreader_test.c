#include "doors/lector/proofreader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/test.h"

static void put(struct ctx *c, const char *folder, const char *name, const char *text)
{
	FILE *f = fopen(cstr(c->arena, str_fmt(c->arena, "%s/%s", folder, name)), "w");

	check(f && fwrite(text, 1, strlen(text), f) == strlen(text));
	if (f)
		fclose(f);
}

/* Dictionaries of languages for private use, so that those of the machine do not matter. */
static char *folder_make(struct ctx *c)
{
	char *folder = cstr(c->arena, S("/tmp/lector-test.XXXXXX"));

	check(mkdtemp(folder) != NULL);
	put(c, folder, "qaa.aff", "SET UTF-8\nTRY abc\n");
	put(c, folder, "qaa.dic", "2\nna\xc3\xafve\nword\n");
	put(c, folder, "qab_QZ.aff", "SET ISO8859-1\n");
	put(c, folder, "qab_QZ.dic", "1\nna\xefve\n");
	put(c, folder, "xx_XX.aff", "SET UTF-8\n");
	setenv("DICPATH", cstr(c->arena, str_fmt(c->arena, "/nowhere:%s", folder)), 1);
	return folder;
}

static void folder_drop(struct ctx *c, const char *folder)
{
	static const char *const names[] = { "qaa.aff", "qaa.dic", "qab_QZ.aff", "qab_QZ.dic", "xx_XX.aff" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(cstr(c->arena, str_fmt(c->arena, "%s/%s", folder, names[i])));
	rmdir(folder);
	unsetenv("DICPATH");
}

TEST(the_dictionary_of_a_language_is_found_by_its_tag)
{
	static const struct { const char *tag, *file; } rows[] = {
		{ "qaa", "qaa" }, { "QAA", "qaa" }, { "qab-qz", "qab_QZ" }, { "qab-Latn-QZ", "qab_QZ" }, { "qab-QY", NULL }, { "qab", NULL },
		{ "xx", NULL }, { "ja", NULL }, { "", NULL }, { "a", NULL }, { "../qaa", NULL }, { "q/a", NULL }, { "qaa-..", NULL },
		{ "x-qaa", NULL }, { "qaa-x-secret", NULL }, { "qab-\xff\xff", NULL },
	};
	char *folder = folder_make(c);

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		str path = lector_dictionary(c->arena, str_of(rows[i].tag));
		check_str(path.p ? path : S(""), rows[i].file ? str_fmt(c->arena, "%s/%s", folder, rows[i].file) : S(""));
	}
	folder_drop(c, folder);
}

TEST(words_are_judged_in_the_coding_of_their_dictionary)
{
	const struct lector *l = &lector_terminal;
	char                *folder = folder_make(c);
	char                 long_word[300] = { 0 };

	memset(long_word, 'z', sizeof(long_word) - 1);
	check_int(l->word(S("qaa"), S("na\xc3\xafve")), LECTOR_GOOD);
	check_int(l->word(S("qaa"), S("Word")), LECTOR_GOOD);
	check_int(l->word(S("qaa"), S("wrod")), LECTOR_BAD);
	check_int(l->word(S("qab-QZ"), S("na\xc3\xafve")), LECTOR_GOOD);
	check_int(l->word(S("qab-QZ"), S("naive")), LECTOR_BAD);
	check_int(l->word(S("qab-QZ"), S("\xe8\x84\x86")), LECTOR_BAD);
	check_int(l->word(S("qaa"), str_of(long_word)), LECTOR_GOOD);   /* not judged */
	check_int(l->word(S("qaa"), S("")), LECTOR_GOOD);
	check_int(l->word(S("qac"), S("word")), LECTOR_UNABLE);
	check_int(l->word(S("nothing at all"), S("word")), LECTOR_UNABLE);
	folder_drop(c, folder);
}

TEST(english_sentences_are_judged_when_the_grammar_is_installed)
{
	const struct lector *l = &lector_terminal;

	check_int(l->sentence(S("ja"), S("x")), LECTOR_UNABLE);
	check_int(l->sentence(S("eng"), S("x")), LECTOR_UNABLE);
	if (l->sentence(S("en"), S("")) == LECTOR_UNABLE)
		skip_test("the English grammar of link-grammar is not here");
	check_int(l->sentence(S("en-US"), S("The device must be restarted after the update.")), LECTOR_GOOD);
	check_int(l->sentence(S("en-US"), S("The device must restarted after for the update.")), LECTOR_BAD);
	check(l->sentence(S("en"), S("\xff\xfe")) != LECTOR_UNABLE);
}

/* In a process of its own, for it cannot be taken back. */
TEST(what_is_settled_knows_its_language_and_opens_no_other)
{
	char *folder = folder_make(c);
	pid_t child  = fork();
	int   status = -1;

	if (child == 0) {
		int wrong = 0;
		lector_settle(S("qaa"));
		wrong |= lector_settled.word(S("qaa"), S("word")) != LECTOR_GOOD;
		wrong |= (lector_settled.word(S("qaa"), S("wrod")) != LECTOR_BAD) << 1;
		wrong |= (lector_settled.word(S("qab-QZ"), S("word")) != LECTOR_UNABLE) << 2;
		wrong |= (lector_settled.sentence(S("en"), S("This is it.")) != LECTOR_UNABLE) << 3;
		_exit(wrong);
	}
	check(child > 0 && waitpid(child, &status, 0) == child);
	check_int(status, 0);
	folder_drop(c, folder);
}
