#include "services/5-disclosure/3-publication/author/inspection.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/cve/cve.h"
#include "standards/cyclonedx/cyclonedx_vex.h"
#include "standards/epss/epss.h"
#include "standards/kev/kev.h"
#include "standards/openvex/openvex.h"
#include "standards/osv/osv.h"
#include "standards/ssvc/ssvc.h"

static int findings_say(struct visit *v, struct ctx *c, const char *path, bool ran, const struct findings *f)
{
	if (!ran) {
		buf_fmt(v->err, "%s: ", path);
		buf_add(v->err, word_fault(c, &c->fault));
		buf_char(v->err, '\n');
		return fault_exit(c->fault.code);
	}
	if (v->json)
		findings_print(v->out, utf8_check(str_of(path), NULL) ? str_of(path) : S("?"), f);
	else
		findings_tell(c, v->out, str_of(path), f);
	return f->valid ? TOOL_VALID : TOOL_INVALID;
}

static int cve_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct findings f;

	return findings_say(v, c, path, cve_check(c, bytes, &f), &f);
}

static int kev_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct findings f;
	struct kev k;

	return findings_say(v, c, path, kev_read(c, bytes, &f, &k), &f);
}

/* Rows of CSV, not JSON: what cannot be read is told with its line and column all the same. */
static int epss_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct findings f;
	struct epss     e   = { 0 };
	struct epss_row row = { 0 };
	bool            ok  = epss_open(c, bytes, &e);

	findings_init(&f);
	while (ok && (ok = epss_next(c, &e, &row)) && row.cve.n)
		;
	f.version = e.model;
	if (!ok && c->fault.code == E_SYNTAX) {
		f.line   = c->fault.line;
		f.column = c->fault.column;
		ok       = finding_add(c, &f, (struct finding){ .test = "parse", .class = FINDING_ERROR, .pointer = S(""),
		                       .text = c->fault.text, .arg = { c->fault.arg[0], c->fault.arg[1] } });
	}
	return findings_say(v, c, path, ok, &f);
}

static int osv_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct findings f;

	return findings_say(v, c, path, osv_check(c, bytes, &f), &f);
}

/* What it is by its own words; what is no JSON is told by OpenVEX as well as by any. */
static int vex_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	const struct json *root = NULL;
	const char *other = NULL;
	struct findings f;

	if (json_parse(c, bytes, &cyclonedx_limits, &root)) {
		if (json_get(root, S("bomFormat")))
			return findings_say(v, c, path, cyclonedx_vex_check(c, bytes, &f), &f);
		if (json_get(json_get(root, S("document")), S("csaf_version")))
			other = N_("This is a CSAF document: psirt csaf check judges it.");
		else if (!json_get(root, S("@context")) && !json_get(root, S("statements")))
			other = N_("This is neither OpenVEX nor CycloneDX.");
	}
	if (!other)
		return findings_say(v, c, path, openvex_check(c, bytes, &f), &f);
	findings_init(&f);
	return findings_say(v, c, path, finding_add(c, &f, (struct finding){ .test = "schema", .class = FINDING_ERROR, .pointer = S(""),
	                    .text = other }), &f);
}

static int ssvc_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct findings f;

	return findings_say(v, c, path, ssvc_check(c, bytes, &f), &f);
}

int cve_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = cve_file, .lines = true };

	return paths_visit(&v, argc, argv, "cve check", &cve_check_manual);
}

int osv_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = osv_file, .lines = true };

	return paths_visit(&v, argc, argv, "osv check", &osv_check_manual);
}

int vex_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = vex_file };

	return paths_visit(&v, argc, argv, "vex check", &vex_check_manual);
}

int kev_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = kev_file };

	return paths_visit(&v, argc, argv, "kev check", &kev_check_manual);
}

int epss_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = epss_file };

	return paths_visit(&v, argc, argv, "epss check", &epss_check_manual);
}

int ssvc_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = ssvc_file };

	return paths_visit(&v, argc, argv, "ssvc check", &ssvc_check_manual);
}

static void value_out(struct buf *out, const struct json *v)
{
	if (v)
		json_print(out, v, JSON_COMPACT);
}

static void change_json(struct json_out *o, const struct cve_change *d)
{
	static const char *const kinds[] = { "added", "removed", "changed" };

	json_open(o, NULL, '{');
	json_put_str(o, "kind", str_of(kinds[d->kind]));
	json_put_str(o, "pointer", d->pointer);
	if (d->before) {
		json_out_key(o, S("before"));
		json_out_tree(o, d->before);
	}
	if (d->after) {
		json_out_key(o, S("after"));
		json_out_tree(o, d->after);
	}
	json_close(o);
}

static void changes_say(struct buf *out, bool json, const struct cve_changes *d)
{
	struct json_out o;

	if (json) {
		json_out_init(&o, out, JSON_COMPACT);
		json_open(&o, NULL, '[');
		for (size_t i = 0; i < d->n; i++)
			change_json(&o, &d->v[i]);
		json_close(&o);
		buf_char(out, '\n');
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		buf_fmt(out, "%c %.*s  ", "+-~"[d->v[i].kind], STR_ARG(d->v[i].pointer));
		value_out(out, d->v[i].before);
		if (d->v[i].before && d->v[i].after)
			buf_add(out, S(" → "));
		value_out(out, d->v[i].after);
		buf_char(out, '\n');
	}
}

int cve_diff_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const struct json *side[2];
	struct cve_changes d;
	bool json = false;
	int  n = 0;
	str  bytes;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
			continue;
		}
		if (n == 2) {
			n = 3;
			break;
		}
		if (!tool_read(c, argv[i], &bytes, err))
			return TOOL_UNREADABLE;
		if (!json_parse(c, bytes, &cve_limits, &side[n++])) {
			buf_fmt(err, "%s: %ld:%ld: ", argv[i], c->fault.line, c->fault.column);
			buf_add(err, word_fault(c, &c->fault));
			buf_char(err, '\n');
			return TOOL_UNREADABLE;
		}
	}
	if (n != 2)
		return tool_usage(err, "cve diff", &cve_diff_manual);
	if (!cve_diff(c, side[0], side[1], &d)) {
		buf_add(err, word_fault(c, &c->fault));
		buf_char(err, '\n');
		return fault_exit(c->fault.code);
	}
	changes_say(out, json, &d);
	return d.n ? TOOL_INVALID : TOOL_VALID;
}

static void table_say(struct buf *out, bool json, const struct ssvc_table *t)
{
	struct json_out o;

	json_out_init(&o, out, JSON_COMPACT);
	if (json) {
		json_open_object(&o);
		json_put_str(&o, "table", STR_CAT(out->arena, t->namespace, S(":"), t->key, S(":"), t->version));
		json_put_str(&o, "name", t->name);
		json_open(&o, "points", '[');
	} else {
		buf_fmt(out, "%.*s (%.*s:%.*s:%.*s)\n", STR_ARG(t->name), STR_ARG(t->namespace), STR_ARG(t->key), STR_ARG(t->version));
	}
	for (size_t k = 0; k <= t->n; k++) {
		const struct ssvc_point *p = k < t->n ? t->over[k] : t->outcome;

		if (json) {
			json_open_object(&o);
			json_put_str(&o, "point", ssvc_point_id(out->arena, p));
			json_put_str(&o, "name", p->name);
			json_open(&o, "values", '[');
			for (size_t i = 0; i < p->n; i++) {
				json_open_object(&o);
				json_put_str(&o, "key", p->values[i].key);
				json_put_str(&o, "name", p->values[i].name);
				json_close(&o);
			}
			json_close(&o);
			json_close(&o);
			continue;
		}
		buf_fmt(out, "%s%.*s  %.*s:", k < t->n ? "  " : "= ", STR_ARG(p->key), STR_ARG(p->name));
		for (size_t i = 0; i < p->n; i++)
			buf_fmt(out, " %.*s=%.*s", STR_ARG(p->values[i].key), STR_ARG(p->values[i].name));
		buf_char(out, '\n');
	}
	if (json) {
		json_close(&o);
		json_close(&o);
		buf_char(out, '\n');
	}
}

static void decision_say(struct ctx *c, struct buf *out, bool json, const struct ssvc_table *t, str vector, uint32_t outcomes)
{
	struct json_out o;
	bool some = false;

	if (json) {
		json_out_init(&o, out, JSON_COMPACT);
		json_open_object(&o);
		json_put_str(&o, "vector", vector);
		if (!outcomes)
			json_put_str(&o, "error", word_fault(c, &c->fault));
		json_open(&o, "decision", '[');
		for (size_t i = 0; i < t->outcome->n; i++)
			if (outcomes >> i & 1)
				json_out_str(&o, t->outcome->values[i].name);
		json_close(&o);
		json_close(&o);
		buf_char(out, '\n');
		return;
	}
	buf_add(out, vector);
	buf_add(out, S(": "));
	for (size_t i = 0; i < t->outcome->n; i++) {
		if (!(outcomes >> i & 1))
			continue;
		if (some)
			buf_add(out, S(" / "));
		buf_add(out, t->outcome->values[i].name);
		some = true;
	}
	if (!some)
		buf_add(out, word_fault(c, &c->fault));
	buf_char(out, '\n');
}

static bool decide(struct ctx *c, struct buf *out, bool json, const struct ssvc_table *t, str vector)
{
	uint32_t possible[SSVC_OVER_MAX], outcomes = 0;
	struct ssvc_vector v;

	if (!utf8_check(vector, NULL))
		vector = S("?");
	if (ssvc_vector_parse(c, vector, &v) && ssvc_vector_read(c, &v, t, possible))
		outcomes = ssvc_outcomes(t, possible);
	decision_say(c, out, json, t, utf8_cut(vector, SSVC_VECTOR_MAX), outcomes);
	return outcomes != 0;
}

int ssvc_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const struct ssvc_table *t = NULL;
	bool json = false, good = true, any = false;
	str  lines, line;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
		} else if (!t) {
			t = ssvc_table_of_role(str_of(argv[i]));
			if (!t && !(t = ssvc_table_named(str_of(argv[i])))) {
				buf_add(err, word_fill(c, N_("There is no decision table {1}."), (str[]){ str_of(argv[i]), STR_NONE }, 2));
				buf_char(err, '\n');
				break;
			}
		} else if (strcmp(argv[i], "-") == 0) {
			if (!tool_read(c, "-", &lines, err))
				return TOOL_UNREADABLE;
			for (any = true; str_cut(&lines, '\n', &line);)
				if (str_trim(line).n)
					good &= decide(c, out, json, t, str_trim(line));
		} else {
			any = true;
			good &= decide(c, out, json, t, str_of(argv[i]));
		}
	}
	if (!t)
		return tool_usage(err, "ssvc", &ssvc_manual);
	if (!any)
		table_say(out, json, t);
	return good ? TOOL_VALID : TOOL_INVALID;
}
