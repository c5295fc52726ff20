#include "services/5-disclosure/3-publication/past/successor.h"

#include "platform/clock.h"
#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "services/5-disclosure/3-publication/past/digest.h"
#include "standards/csaf/csaf_convert.h"

/* The converter, where documents of strangers are read: what it made, and what it told, as one JSON object. */

enum { DOCUMENT_MAX = 64 << 20 };

struct telling { struct ctx *c; struct json_out o; size_t n; };

static void tell(struct telling *t, const char *class, const char *test, str pointer, const char *body, const str *arg)
{
	if (t->n++ >= SUCCESSOR_REMARKS)
		return;
	json_open_object(&t->o);
	json_put_str(&t->o, "class", str_of(class));
	json_put_str(&t->o, "test", str_of(test));
	json_put_str(&t->o, "pointer", utf8_plain(t->c->arena, pointer, SUCCESSOR_TEXT));
	json_put_str(&t->o, "body", str_of(body));
	json_put_str(&t->o, "one", utf8_plain(t->c->arena, arg[0].n ? arg[0] : S(""), SUCCESSOR_TEXT));
	json_put_str(&t->o, "two", utf8_plain(t->c->arena, arg[1].n ? arg[1] : S(""), SUCCESSOR_TEXT));
	json_close(&t->o);
}

/* What holds it back first: errors of the result, then of the rules. */
static void all_told(struct telling *t, const struct csaf_converted *r)
{
	for (size_t i = 0; i < r->judged.n; i++)
		if (r->judged.v[i].class == CSAF_ERROR)
			tell(t, "error", r->judged.v[i].test, r->judged.v[i].pointer, r->judged.v[i].text, r->judged.v[i].arg);
	for (int class = FINDING_ERROR; class <= FINDING_INFO; class++)
		for (size_t i = 0; i < r->notes.n; i++)
			if ((int)r->notes.v[i].class == class)
				tell(t, finding_class_name(r->notes.v[i].class), r->notes.v[i].test, r->notes.v[i].pointer, r->notes.v[i].text,
				     r->notes.v[i].arg);
}

static bool succeed(struct ctx *c, str bytes, struct buf *out)
{
	struct csaf_convert_options how = { .now = clock_now() };
	struct csaf_converted       r;
	struct telling              t = { .c = c };
	struct buf                  document;

	buf_init(&document, c->arena, DOCUMENT_MAX);
	TRY(csaf_convert(c, bytes, &how, &r, &document));
	json_out_init(&t.o, out, JSON_COMPACT);
	json_open_object(&t.o);
	json_put_bool(&t.o, "valid", r.judged.valid);
	json_put_str(&t.o, "document", buf_str(&document));
	json_open(&t.o, "told", '[');
	all_told(&t, &r);
	json_close(&t.o);
	json_put_int(&t.o, "remarks", (int64_t)t.n);
	json_close(&t.o);
	buf_char(out, '\n');
	return true;
}

int csaf_succeed_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	str bytes;

	if (argc != 1 || (argv[0][0] == '-' && argv[0][1])) {
		buf_add(err, S("psirt csaf succeed FILE|-\n"));
		return DIGEST_USAGE;
	}
	if (!tool_read(c, argv[0], &bytes, err))
		return DIGEST_UNREADABLE;
	if (succeed(c, bytes, out))
		return DIGEST_MADE;
	digest_refuse(c, out);
	return DIGEST_REFUSED;
}
