#include "standards/finding/finding.h"

#include "base/list.h"
#include "platform/json/json_out.h"
#include "platform/text/word.h"

enum { ARGUMENT_BYTES = 400, SENTENCE_BYTES = 16384 };

void findings_init(struct findings *f)
{
	*f = (struct findings){ .version = STR_NONE, .valid = true, .max = FINDINGS_MAX };
}

bool finding_add(struct ctx *c, struct findings *f, struct finding what)
{
	f->count[what.class]++;
	if (what.class == FINDING_ERROR)
		f->valid = false;
	if (f->n < f->max && !list_push(c->arena, f, what))
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	return true;
}

bool findings_read(struct ctx *c, struct findings *f, str bytes, const struct json_limits *limits,
                   const struct json **out)
{
	const struct fault *why = &c->fault;

	if (json_parse(c, bytes, limits, out))
		return true;
	*out = NULL;
	f->line   = why->line;
	f->column = why->column;
	return finding_add(c, f, (struct finding){ "parse", FINDING_ERROR,
	                   why->where.p ? why->where : S(""),
	                   why->text ? why->text : fault_title(why->code), { why->arg[0], why->arg[1] } });
}

bool findings_schema(struct ctx *c, struct findings *f, const struct schema *s,
                     const struct json *v, str base)
{
	struct schema_errors *e;

	if (schema_check(s, c, v, NULL))
		return true;
	e = arena_alloc(c->arena, sizeof(*e));
	if (!e)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	(void)schema_check(s, c, v, e);
	for (size_t i = 0; i < e->n; i++)
		TRY(finding_add(c, f, (struct finding){ "schema", FINDING_ERROR,
		                base.n ? STR_CAT(c->arena, base, e->v[i].pointer) : e->v[i].pointer,
		                e->v[i].text, { e->v[i].arg[0], e->v[i].arg[1] } }));
	return true;
}

const char *finding_class_name(enum finding_class k)
{
	return k == FINDING_ERROR ? "error" : k == FINDING_WARNING ? "warning" : "info";
}

str finding_sentence(struct arena *a, const struct finding *f)
{
	struct buf b;
	str text = str_of(f->text);

	buf_init(&b, a, SENTENCE_BYTES);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '{' && i + 2 < text.n && text.p[i + 2] == '}' &&
		    (text.p[i + 1] == '1' || text.p[i + 1] == '2')) {
			buf_add(&b, utf8_cut(f->arg[text.p[i + 1] - '1'], ARGUMENT_BYTES));
			i += 2;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	return buf_str(&b);
}

void findings_print(struct buf *b, str file, const struct findings *f)
{
	size_t all = f->count[0] + f->count[1] + f->count[2];
	struct json_out o;

	json_out_init(&o, b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "file", file);
	json_out_key(&o, S("version"));
	json_out_str(&o, f->version);
	json_put_bool(&o, "valid", f->valid);
	if (f->line) {
		json_put_int(&o, "line", f->line);
		json_put_int(&o, "column", f->column);
	}
	json_open(&o, "findings", '[');
	for (size_t i = 0; i < f->n; i++) {
		json_open_object(&o);
		json_put_str(&o, "test", str_of(f->v[i].test));
		json_put_str(&o, "class", str_of(finding_class_name(f->v[i].class)));
		json_put_str(&o, "pointer", f->v[i].pointer);
		json_put_str(&o, "message", finding_sentence(b->arena, &f->v[i]));
		json_close(&o);
	}
	json_close(&o);
	if (f->n < all)
		json_put_int(&o, "not_listed", (int64_t)(all - f->n));
	json_close(&o);
	buf_char(b, '\n');
}

void finding_head(struct buf *b, const char *class, const char *test, str pointer, long line, long column)
{
	buf_fmt(b, "  %s %s", class, test);
	if (line)
		buf_fmt(b, " %ld:%ld", line, column);
	if (pointer.n)
		buf_fmt(b, " %.*s", STR_ARG(pointer));
	buf_add(b, S(": "));
}

void findings_tell(struct ctx *c, struct buf *b, str file, const struct findings *f)
{
	buf_add(b, file);
	buf_add(b, S(": "));
	buf_add(b, word_tr(c->lang, f->valid ? N_("valid") : N_("not valid")));
	buf_char(b, '\n');
	for (size_t i = 0; i < f->n; i++) {
		str arg[2] = { utf8_cut(f->v[i].arg[0], ARGUMENT_BYTES), utf8_cut(f->v[i].arg[1], ARGUMENT_BYTES) };

		finding_head(b, finding_class_name(f->v[i].class), f->v[i].test, f->v[i].pointer, f->line, f->column);
		buf_add(b, word_fill(c, f->v[i].text, arg, 2));
		buf_char(b, '\n');
	}
}
