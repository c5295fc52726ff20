/*
 * mklang OUT.c en.po ja.po…: compile translations into the tables of
 * platform/text/words.h.  The pseudo-language is made here from the ids of
 * the Japanese files: accented letters, 40 % longer, in « ».
 */
#include "base/buf.h"
#include "tools/file.h"
#include "tools/mkhtml/template.h"
#include "tools/mklang/po.h"

enum { OUT_MAX = 32 << 20 };

/* An accented letter for each ASCII letter; placeholders stay. */
static str pseudo(struct arena *a, str english)
{
	static const char *const lower[] = {
		"á", "ƀ", "ç", "ð", "é", "ƒ", "ĝ", "ĥ", "í", "ĵ", "ķ", "ļ", "ɱ",
		"ñ", "ó", "þ", "ɋ", "ŕ", "š", "ţ", "ú", "ṽ", "ŵ", "ẋ", "ý", "ž",
	};
	struct buf b;
	size_t     more = (utf8_count(english) * 2 + 4) / 5;

	buf_init(&b, a, OUT_MAX);
	buf_add(&b, S("«"));
	for (size_t i = 0; i < english.n; i++) {
		char ch = english.p[i];
		if (ch >= 'a' && ch <= 'z')
			buf_add(&b, str_of(lower[ch - 'a']));
		else
			buf_char(&b, ch);
	}
	for (size_t i = 0; i < more; i++)
		buf_add(&b, i % 6 ? S("ö") : S(" "));
	buf_add(&b, S("»"));
	return buf_str(&b);
}

static void put_table(struct buf *b, const char *name, const po_list *list)
{
	buf_fmt(b, "static const struct word %s[] = {\n", name);
	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i].text.n == 0)
			continue;
		buf_add(b, S("\t{ \""));
		template_quote(b, list->v[i].id);
		buf_add(b, S("\", \""));
		template_quote(b, list->v[i].text);
		buf_add(b, S("\" },\n"));
	}
	buf_add(b, S("\t{ NULL, NULL }\n};\n\n"));
}

static void put_all(struct ctx *c, struct buf *b, const po_list *en, const po_list *ja)
{
	po_list longer = { .max = ja->max };

	for (size_t i = 0; i < ja->n; i++) {
		struct po_entry e = ja->v[i];
		e.text = pseudo(c->arena, e.id);
		if (!list_push(c->arena, &longer, e))
			return;
	}
	buf_add(b, S("/* From lang/ by tools/mklang. */\n#include \"platform/text/words.h\"\n\n"));
	put_table(b, "en", en);
	put_table(b, "ja", ja);
	put_table(b, "pseudo", &longer);
	buf_add(b, S("#define WORDS(t) { t, sizeof(t) / sizeof(*t) - 1 }\n"
	             "const struct words words_of[LANG_COUNT] = {\n"
	             "\t[LANG_EN] = WORDS(en), [LANG_JA] = WORDS(ja), [LANG_PSEUDO] = WORDS(pseudo),\n};\n"));
}

static bool sorted(struct ctx *c, po_list *list)
{
	struct buf b;

	if (po_sort(c, list))
		return true;
	buf_init(&b, c->arena, 40000);
	buf_fmt(&b, "\"%.*s\" has another text in %.*s", STR_ARG(c->fault.arg[0]), STR_ARG(c->fault.arg[1]));
	buf_char(&b, '\0');
	file_wrong(c->arena, cstr(c->arena, c->fault.where), c->fault.line, b.p);
	return false;
}

int main(int argc, char **argv)
{
	struct arena a;
	struct ctx   c;
	struct buf   b;
	po_list      en = { .max = 10000 }, ja = { .max = 100000 };

	arena_init(&a, (size_t)512 << 20);
	ctx_init(&c, &a);
	if (argc < 4) {
		fputs("usage: mklang OUT.c en.po ja.po…\n", stderr);
		return 2;
	}
	if (!po_load(&c, argv[2], &en))
		return 1;
	for (int i = 3; i < argc; i++)
		if (!po_load(&c, argv[i], &ja))
			return 1;
	if (!sorted(&c, &en) || !sorted(&c, &ja))
		return 1;
	buf_init(&b, &a, OUT_MAX);
	put_all(&c, &b, &en, &ja);
	if (b.full || !file_write(argv[1], buf_str(&b)))
		return file_wrong(&a, argv[1], 0, "cannot be written");
	arena_done(&a);
	return 0;
}
