#include "standards/csaf/csaf.h"

#include <string.h>

#include "base/list.h"
#include "platform/json/json_out.h"
#include "platform/json/schema.h"
#include "standards/csaf/csaf_review.h"
#include "standards/cwe/cwe.h"

const struct json_limits csaf_limits = {
	.bytes = 150 << 20, .depth = 200, .members = 10000000, .string = 30000000,
};

enum { FINDINGS_MAX = 1000 };
#define CSAF_21_SCHEMA "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"

static void add_finding(struct review *r, struct csaf_finding f)
{
	r->out->count[f.class]++;
	if (r->out->n < r->out->max && !list_push(r->c->arena, r->out, f))
		r->full = true;
}

bool review_room(struct review *r)
{
	if (r->out->n < r->out->max)
		return true;
	r->out->count[r->rule->class]++;
	return false;
}

void review_tell(struct review *r, enum csaf_class class, const char *text, str one, str two, str pointer)
{
	add_finding(r, (struct csaf_finding){ r->rule->id, class, pointer, text, { one, two } });
}

void review_skip(struct review *r, const char *why, str arg)
{
	struct csaf_findings *f = r->out;

	if (f->not_runs == sizeof(f->not_run) / sizeof(*f->not_run))
		return;
	f->why[f->not_runs].text = why;
	f->why[f->not_runs].arg  = arg;
	f->not_run[f->not_runs++] = r->rule->id;
}

void review_find(struct review *r, const char *text, str one, str two, str pointer)
{
	add_finding(r, (struct csaf_finding){ r->rule->id, r->rule->class, pointer, text, { one, two } });
}

/* False when the means the test needs were not lent; it is then listed. */
static bool can_run(struct review *r, const struct rule *rule)
{
	bool url   = !(rule->needs & NEEDS_URL) || r->options->url_status;
	bool spell = !(rule->needs & NEEDS_SPELL) || r->options->spell;
	bool grammar = !(rule->needs & NEEDS_GRAMMAR) || r->options->grammar;
	bool now     = !(rule->needs & NEEDS_NOW) || r->options->now;

	if (url && spell && grammar && now)
		return true;
	review_skip(r, NULL, STR_NONE);
	return false;
}

static void run_rules(struct review *r)
{
	for (size_t i = 0; i < csaf_rule_count && !r->full; i++) {
		r->rule = &csaf_rules[i];
		if (!(r->rule->versions & (r->v21 ? CSAF_21 : CSAF_20)) ||
		    !csaf_preset_has(r->options->preset, r->rule->id, r->rule->class) || !can_run(r, r->rule))
			continue;
		r->rule->run(r);
		mark_clear(r);
	}
}

static void run_schema(struct review *r)
{
	const struct schema  *schema = csaf_schema(r->v21 ? SCHEMA_CSAF21 : SCHEMA_CSAF20);
	struct schema_errors *e;

	r->schema_valid = schema_check(schema, r->c, r->root, NULL);
	if (r->schema_valid)
		return;
	e = arena_alloc(r->c->arena, sizeof(*e));
	if (!e) {
		r->full = true;
		return;
	}
	(void)schema_check(schema, r->c, r->root, e);
	for (size_t i = 0; i < e->n; i++)
		add_finding(r, (struct csaf_finding){ "schema", CSAF_ERROR, e->v[i].pointer, e->v[i].text,
		                                      { e->v[i].arg[0], e->v[i].arg[1] } });
}

void review_open(struct review *r)
{
	r->document = json_get(r->root, S("document"));
	r->tracking = json_get(r->document, S("tracking"));
	r->tree     = json_get(r->root, S("product_tree"));
	r->vulnerabilities = json_get(r->root, S("vulnerabilities"));
	r->category = json_get_str(r->document, S("category"));
	r->out->version = json_get_str(r->document, S("csaf_version"));
	r->v21 = str_eq(r->out->version, S("2.1")) ||
	         (!r->out->version.p && str_eq(json_get_str(r->root, S("$schema")), S(CSAF_21_SCHEMA)));
}

/* A version that is not known is all that is told of the document: it would be judged by the rules of another. */
static bool is_strange(struct review *r)
{
	if (!r->out->version.p || r->v21 || str_eq(r->out->version, S("2.0")))
		return false;
	add_finding(r, (struct csaf_finding){ "schema", CSAF_ERROR, S("/document/csaf_version"),
	                                      N_("CSAF {1} is not known here; it is one of 2.0 and 2.1."), { r->out->version, STR_NONE } });
	return true;
}

/* Text that is no JSON, or over the limits, is a finding of its own. */
static void unreadable(struct review *r)
{
	const struct fault *f = &r->c->fault;

	add_finding(r, (struct csaf_finding){ "parse", CSAF_ERROR,
	                                      f->where.p ? f->where : S(""), f->text,
	                                      { f->arg[0], f->arg[1] } });
	r->out->line   = f->line;
	r->out->column = f->column;
}

bool csaf_check(struct ctx *c, str bytes, const struct csaf_options *options,
                struct csaf_findings *out)
{
	static const struct csaf_options plain = { .cwe_release = STR_NONE };
	struct review r = { .c = c, .options = options ? options : &plain, .out = out };

	*out = (struct csaf_findings){ .version = STR_NONE };
	out->max = r.options->findings_max ? r.options->findings_max : FINDINGS_MAX;
	out->cwe_release = r.options->cwe_release.p ? r.options->cwe_release : cwe_latest();
	if (!json_parse(c, bytes, r.options->limits ? r.options->limits : &csaf_limits, &r.root)) {
		unreadable(&r);
		return true;
	}
	review_open(&r);
	if (is_strange(&r))
		return true;
	if (csaf_preset_schema(r.options->preset))
		run_schema(&r);
	if (r.options->preset != CSAF_SCHEMA && !r.full) {
		review_index(&r);
		run_rules(&r);
	}
	if (r.full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	out->valid = out->count[CSAF_ERROR] == 0;
	return true;
}

const char *csaf_class_name(enum csaf_class k)
{
	return k == CSAF_ERROR ? "error" : k == CSAF_WARNING ? "warning" : "info";
}

str csaf_sentence(struct arena *a, const struct csaf_finding *f)
{
	struct buf b;
	str text = str_of(f->text);

	buf_init(&b, a, 16384);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '{' && i + 2 < text.n && text.p[i + 2] == '}' &&
		    (text.p[i + 1] == '1' || text.p[i + 1] == '2')) {
			buf_add(&b, utf8_cut(f->arg[text.p[i + 1] - '1'], 400));
			i += 2;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	return buf_str(&b);
}

static void print_finding(struct json_out *o, const struct csaf_finding *f)
{
	json_open_object(o);
	json_put_str(o, "test", str_of(f->test));
	json_put_str(o, "class", str_of(csaf_class_name(f->class)));
	json_put_str(o, "pointer", f->pointer);
	json_put_str(o, "message", csaf_sentence(o->buf->arena, f));
	json_close(o);
}

/* "not_run_because": the reasons by test, where there is one. */
static void print_reasons(struct json_out *o, const struct csaf_findings *f)
{
	bool any = false;

	for (size_t i = 0; i < f->not_runs; i++) {
		struct csaf_finding why = { f->not_run[i], CSAF_INFO, STR_NONE, f->why[i].text, { f->why[i].arg, STR_NONE } };

		if (!why.text)
			continue;
		if (!any)
			json_open(o, "not_run_because", '{');
		any = true;
		json_put_str(o, why.test, csaf_sentence(o->buf->arena, &why));
	}
	if (any)
		json_close(o);
}

void csaf_findings_print(struct buf *b, str file, const struct csaf_findings *f)
{
	struct json_out o;

	json_out_init(&o, b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "file", file);
	json_out_key(&o, S("csaf_version"));
	json_out_str(&o, f->version);
	json_put_bool(&o, "valid", f->valid);
	json_put_str(&o, "cwe_release", f->cwe_release);
	if (f->line) {
		json_put_int(&o, "line", f->line);
		json_put_int(&o, "column", f->column);
	}
	json_open(&o, "findings", '[');
	for (size_t i = 0; i < f->n; i++)
		print_finding(&o, &f->v[i]);
	json_close(&o);
	if (f->n < f->count[0] + f->count[1] + f->count[2])
		json_put_int(&o, "not_listed", (int64_t)(f->count[0] + f->count[1] + f->count[2] - f->n));
	json_open(&o, "not_run", '[');
	for (size_t i = 0; i < f->not_runs; i++)
		json_out_str(&o, str_of(f->not_run[i]));
	json_close(&o);
	print_reasons(&o, f);
	json_close(&o);
	buf_char(b, '\n');
}

/* meets CSAF-2.0 5.1 */
str csaf_filename(struct arena *a, str tracking_id)
{
	struct buf b;
	bool       gap = false;

	buf_init(&b, a, tracking_id.n + 16);
	for (size_t i = 0; i < tracking_id.n; i++) {
		char ch = tracking_id.p[i];

		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch + 32);
		if ((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || (ch && strchr("+-", ch))) {
			buf_char(&b, ch);
			gap = false;
		} else if (!gap) {
			buf_char(&b, '_');
			gap = true;
		}
	}
	buf_add(&b, S(".json"));
	return buf_str(&b);
}
