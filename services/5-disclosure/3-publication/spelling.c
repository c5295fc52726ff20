#include "services/5-disclosure/3-publication/spelling.h"

#include "base/buf.h"
#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "services/5-disclosure/3-publication/author/lexicon.h"

enum { REQUEST = 2 << 20, TEXTS_MAX = LEXICON_TEXTS - TEXT_FIELDS, ANSWER = 1 << 20, NAMES = 256 << 10 };

static const struct json_limits limits = { .bytes = ANSWER, .depth = 4, .members = LEXICON_TEXTS, .string = 4096 };

static bool is_name_byte(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '\'' || x == '-' || (unsigned char)x >= 0x80;
}

/* Each word of a name on a line of its own. */
static void name_add(struct buf *b, str name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_char(b, is_name_byte(name.p[i]) ? name.p[i] : '\n');
	buf_char(b, '\n');
}

static str names(struct ctx *c, const struct bulletin *b)
{
	struct buf all;
	str        last = S("");

	buf_init(&all, c->arena, NAMES);
	name_add(&all, b->right_words);
	name_add(&all, front_of(c)->organisation);
	name_add(&all, b->text[TEXT_EN].thanks);
	for (size_t i = 0; i < b->impact.n; i++) {
		if (str_eq(b->impact.v[i].product_name, last))
			continue;
		last = b->impact.v[i].product_name;
		name_add(&all, last);
		name_add(&all, b->impact.v[i].family_name);
	}
	return buf_str(&all);
}

/* The n-th text that is asked about; false behind the last. */
static bool text_at(struct ctx *c, const struct bulletin *b, size_t n, struct misspelt *x, str *text)
{
	*x = (struct misspelt){ 0 };
	if (n < TEXT_FIELDS) {
		x->field = &text_fields[n];
		*text    = x->field->names ? S("") : text_value(&b->text[TEXT_EN], x->field);
		return true;
	}
	n -= TEXT_FIELDS;
	if (b->e.withdraws || n >= TEXTS_MAX)
		return false;
	if (n < b->vulns.n) {
		const struct bulletin_vulns_row *v = &b->vulns.v[n];
		x->of = v->cve.n ? v->cve : str_fmt(c->arena, "V%lld", (long long)v->ordinal);
		x->at = "#qualification";
		*text = STR_CAT(c->arena, v->title, S("\n"), v->summary);
		return true;
	}
	n -= b->vulns.n;
	if (n >= b->remedies.n)
		return false;
	x->of = b->remedies.v[n].product_name;
	x->at = "#remedies";
	*text = n && str_eq(b->remedies.v[n].remedy.v, b->remedies.v[n - 1].remedy.v) ? S("") : b->remedies.v[n].body;
	return true;
}

static bool question(struct ctx *c, const struct bulletin *b, str *out)
{
	struct misspelt x;
	struct json_out o;
	struct buf      q;
	str             text;

	buf_init(&q, c->arena, REQUEST);
	json_out_init(&o, &q, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "language", S("en"));
	json_put_str(&o, "words", names(c, b));
	json_open(&o, "texts", '[');
	for (size_t i = 0; text_at(c, b, i, &x, &text); i++)
		if (text.n) {
			json_open_object(&o);
			json_put_str(&o, "name", str_fmt(c->arena, "%zu", i));
			json_put_str(&o, "text", text);
			json_close(&o);
		}
	json_close(&o);
	json_close(&o);
	*out = buf_str(&q);
	return !q.full;
}

/* The answer was made of words of strangers: it is cut and taken as text. */
static void found_add(struct ctx *c, const struct bulletin *b, const struct json *v, struct spelling *out)
{
	struct misspelt x;
	struct buf      words;
	int64_t         n;
	str             text;

	if (!str_to_int(json_get_str(v, S("name")), &n) || n < 0 || !text_at(c, b, (size_t)n, &x, &text))
		return;
	buf_init(&words, c->arena, 4096);
	for (JSON_ITEMS(w, json_get(v, S("words")))) {
		buf_add(&words, words.n ? S(", ") : S(""));
		buf_add(&words, utf8_cut(json_str(w), 100));
	}
	x.words = buf_str(&words);
	if (x.words.n)
		(void)list_push(c->arena, &out->list, x);
}

bool spelling_find(struct ctx *c, const struct bulletin *b, struct spelling *out)
{
	const struct json *said;
	struct fault       was = c->fault;
	str                q, answer;
	int                status;
	bool               has, ok;

	*out = (struct spelling){ .state = SPELLING_NOBODY, .list = { .max = LEXICON_TEXTS } };
	if (!question(c, b, &q))
		return true;
	ok       = tool_ask(c, S("text spell"), q, &status, &answer) && status == 0 && json_parse(c, answer, &limits, &said);
	c->fault = was;
	if (!ok)
		return ctx_whole(c);
	if (!json_bool(json_get(said, S("dictionary")), &has) || !has) {
		out->state = SPELLING_NO_DICTIONARY;
		return true;
	}
	out->state = SPELLING_DONE;
	for (JSON_ITEMS(x, json_get(said, S("texts"))))
		found_add(c, b, x, out);
	return true;
}
