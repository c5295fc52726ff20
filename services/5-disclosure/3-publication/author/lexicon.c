#include "services/5-disclosure/3-publication/author/lexicon.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/proofing.h"

enum { INPUT = 4 << 20, UNREADABLE = 3, USAGE = 2 };

static const struct json_limits limits = { .bytes = INPUT, .depth = 4, .members = LEXICON_TEXTS, .string = INPUT };

static void text_judge(struct json_out *o, const struct proofing *p, str language, str name, str text)
{
	str    words[LEXICON_WORDS];
	size_t n = proofing_unknown(p, language, text, words, LEXICON_WORDS);

	if (n == 0)
		return;
	json_open_object(o);
	json_put_str(o, "name", name);
	json_open(o, "words", '[');
	for (size_t i = 0; i < n; i++)
		json_out_str(o, words[i]);
	json_close(o);
	json_close(o);
}

static bool judge(struct ctx *c, const struct lector *lector, str bytes, struct buf *out)
{
	struct proofing    p = { .lector = lector };
	const struct json *root;
	struct json_out    o;
	str                language;
	bool               has;

	TRY(json_parse(c, bytes, &limits, &root));
	language = json_get_str(root, S("language"));
	if (!language.n)
		return fault(c, E_INVALID, "language", N_("Please name the language of the texts, such as en."));
	TRY(proofing_words(c, &p, json_get_str(root, S("words"))));
	proofing_sort(&p);
	has = lector && lector->word(language, S("")) != LECTOR_UNABLE;
	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_bool(&o, "dictionary", has);
	json_open(&o, "texts", '[');
	for (JSON_ITEMS(x, json_get(root, S("texts"))))
		if (has)
			text_judge(&o, &p, language, json_get_str(x, S("name")), json_get_str(x, S("text")));
	json_close(&o);
	json_close(&o);
	buf_char(out, '\n');
	return true;
}

int text_spell_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const struct front *f = front_of(c);
	str                 bytes;

	if (argc != 1 || strncmp(argv[0], "--", 2) == 0) {
		buf_add(err, S("psirt text spell FILE|-\n"));
		return USAGE;
	}
	if (!tool_read(c, argv[0], &bytes, err))
		return UNREADABLE;
	if (judge(c, f ? f->lector : NULL, bytes, out))
		return 0;
	buf_fmt(err, "%s: ", argv[0]);
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return UNREADABLE;
}
