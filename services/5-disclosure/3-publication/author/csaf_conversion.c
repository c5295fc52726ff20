/* psirt csaf convert: CSAF 2.0 to 2.1, CVRF and CVE records to CSAF, CSAF to OSV and CVE. */
#include "services/5-disclosure/3-publication/author/inspection.h"

#include <string.h>

#include "platform/clock.h"
#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf_convert.h"
#include "standards/cve/cve_csaf.h"
#include "standards/cvrf/cvrf.h"
#include "standards/osv/osv.h"
#include "standards/vex/vex_cve.h"
#include "standards/vex/vex_osv.h"

struct convert_call {
	struct csaf_convert_options how;
	struct cvrf_options cvrf;
	struct vex_cve_owner owner;   /* of whole CVE records */
	str  to, cve;
	const char *path;
	bool json, invalid, broken;
};

/* What came of one document. */
struct outcome {
	struct findings notes[2];   /* of each step */
	struct findings judged;     /* the result, by the tests of its format */
	str    format, vulnerability;   /* vulnerability: when there are several; else none */
	struct buf document;
};

static bool option_take(struct convert_call *call, const char *word)
{
	static const struct { const char *word; size_t at; } flags[] = {
		{ "--json", offsetof(struct convert_call, json) },
		{ "--invalid", offsetof(struct convert_call, invalid) },
		{ "--latest-cwe", offsetof(struct convert_call, how.latest_cwe) },
		{ "--tlp-from-text", offsetof(struct convert_call, how.tlp_from_text) },
		{ "--whole-numbers", offsetof(struct convert_call, how.complete) },
		{ "--publisher=multiplier", offsetof(struct convert_call, how.multiplier) },
		{ "--publisher=other", offsetof(struct convert_call, how.other) },
	};
	static const struct { const char *word; size_t at; } texts[] = {
		{ "--to=", offsetof(struct convert_call, to) },
		{ "--cve=", offsetof(struct convert_call, cve) },
		{ "--org=", offsetof(struct convert_call, owner.org) },
		{ "--org-name=", offsetof(struct convert_call, owner.name) },
		{ "--author=", offsetof(struct convert_call, cvrf.author) },
		{ "--site=", offsetof(struct convert_call, cvrf.site) },
		{ "--cvss=", offsetof(struct convert_call, cvrf.cvss_version) },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (strcmp(word, flags[i].word) == 0) {
			*(bool *)((char *)call + flags[i].at) = true;
			return true;
		}
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (str_starts(str_of(word), str_of(texts[i].word))) {
			*(str *)((char *)call + texts[i].at) = str_of(word + strlen(texts[i].word));
			return true;
		}
	return false;
}

static void arguments_read(struct convert_call *call, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (!utf8_check(str_of(argv[i]), NULL))
			call->broken = true;
		else if (strcmp(argv[i], "--to") == 0 && i + 1 < argc)
			call->to = str_of(argv[++i]);
		else if (argv[i][0] == '-' && argv[i][1])
			call->broken |= !option_take(call, argv[i]);
		else if (call->path)
			call->broken = true;
		else
			call->path = argv[i];
	}
	call->broken |= call->to.p && !str_eq(call->to, S("2.0")) && !str_eq(call->to, S("2.1")) && !str_eq(call->to, S("osv")) &&
	                !str_eq(call->to, S("cve"));
	call->broken |= call->cvrf.cvss_version.p && !str_eq(call->cvrf.cvss_version, S("3.0")) &&
	                !str_eq(call->cvrf.cvss_version, S("3.1"));
}

/* "warning tlp /document/…: sentence" */
static void line_write(struct ctx *c, struct buf *err, const char *class, const char *what, str pointer, const char *text, const str *arg)
{
	str sentence = word_fill(c, text, arg, 2);

	buf_fmt(err, "%s %s ", class, what);
	buf_add(err, pointer);
	buf_add(err, S(": "));
	buf_add(err, sentence);
	buf_char(err, '\n');
}

/* What does not fit is counted. */
static void notes_tell(struct ctx *c, struct buf *err, const struct findings *n)
{
	enum { LEFT = 8192 };
	size_t all = n->count[0] + n->count[1] + n->count[2], told = 0;

	while (told < n->n && err->n + LEFT < err->max) {
		const struct finding *f = &n->v[told++];

		line_write(c, err, finding_class_name(f->class), f->test, f->pointer, f->text, f->arg);
	}
	if (all > told)
		buf_fmt(err, "… +%zu\n", all - told);
}

static void outcome_tell(struct ctx *c, struct buf *err, const struct outcome *r)
{
	notes_tell(c, err, &r->notes[0]);
	notes_tell(c, err, &r->notes[1]);
	notes_tell(c, err, &r->judged);
	if (!r->judged.valid) {
		buf_add(err, word_fill(c, N_("The result is not valid by {1}; --invalid prints it nevertheless."), &r->format, 1));
		buf_char(err, '\n');
	}
}

static void line_print(struct json_out *o, const char *key, const char *what, const char *class, str pointer, str text)
{
	json_open_object(o);
	json_put_str(o, key, str_of(what));
	json_put_str(o, "class", str_of(class));
	json_put_str(o, "pointer", pointer);
	json_put_str(o, "message", text);
	json_close(o);
}

/* One line, whatever the result. */
static bool outcome_print(struct ctx *c, const struct convert_call *call, const struct outcome *r, struct buf *out)
{
	const struct json *tree;
	struct json_out o;

	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "file", str_of(call->path));
	json_put_str(&o, "to", r->format);
	json_put_str(&o, "vulnerability", r->vulnerability);
	json_put_bool(&o, "valid", r->judged.valid);
	json_open(&o, "notes", '[');
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < r->notes[k].n; i++)
			line_print(&o, "rule", r->notes[k].v[i].test, finding_class_name(r->notes[k].v[i].class), r->notes[k].v[i].pointer,
			           finding_sentence(c->arena, &r->notes[k].v[i]));
	json_close(&o);
	json_open(&o, "findings", '[');
	for (size_t i = 0; i < r->judged.n; i++)
		line_print(&o, "test", r->judged.v[i].test, finding_class_name(r->judged.v[i].class), r->judged.v[i].pointer,
		           finding_sentence(c->arena, &r->judged.v[i]));
	json_close(&o);
	if (r->judged.valid || call->invalid) {
		TRY(json_parse(c, buf_str(&r->document), &csaf_limits, &tree));
		json_out_key(&o, S("document"));
		json_out_tree(&o, tree);
	}
	json_close(&o);
	buf_char(out, '\n');
	return true;
}

/* What the checks of CSAF found, in the shape of the others. */
static bool csaf_judge(struct ctx *c, struct outcome *r, const struct csaf_findings *f)
{
	findings_init(&r->judged);
	r->judged.max = f->n + 1;
	for (size_t i = 0; i < f->n; i++)
		TRY(finding_add(c, &r->judged, (struct finding){ f->v[i].test, (enum finding_class)f->v[i].class, f->v[i].pointer, f->v[i].text,
		                                                 { f->v[i].arg[0], f->v[i].arg[1] } }));
	r->format = STR_CAT(c->arena, S("CSAF "), f->version);
	return true;
}

/* The result so far is CSAF 2.0; when 2.1 is wanted, go on. */
static bool csaf_step(struct ctx *c, const struct convert_call *call, struct outcome *r)
{
	struct csaf_converted second;
	struct buf csaf20 = r->document;

	if (!r->judged.valid || !str_eq(call->to, S("2.1")))
		return true;
	buf_init(&r->document, c->arena, (size_t)1 << 30);
	TRY(csaf_convert(c, buf_str(&csaf20), &call->how, &second, &r->document));
	r->notes[1] = second.notes;
	return csaf_judge(c, r, &second.judged);
}

static bool cvrf_steps(struct ctx *c, const struct convert_call *call, str bytes, struct outcome *r)
{
	struct cvrf_converted first;

	TRY(cvrf_convert(c, bytes, &call->cvrf, &first, &r->document));
	r->notes[0] = first.notes;
	TRY(csaf_judge(c, r, &first.judged));
	return csaf_step(c, call, r);
}

static bool cve_steps(struct ctx *c, const struct convert_call *call, str bytes, struct outcome *r)
{
	struct cve_csaf first;

	TRY(cve_csaf_convert(c, bytes, call->cvrf.author, call->cvrf.site, &first, &r->document));
	r->notes[0] = first.notes;
	TRY(csaf_judge(c, r, &first.judged));
	return csaf_step(c, call, r);
}

static bool losses_take(struct ctx *c, struct outcome *r, const struct vex *v)
{
	findings_init(&r->notes[0]);
	for (size_t i = 0; i < v->losses.n; i++)
		TRY(finding_add(c, &r->notes[0], (struct finding){ "loss", FINDING_WARNING, v->losses.v[i].pointer, v->losses.v[i].text,
		                                                  { v->losses.v[i].arg[0], v->losses.v[i].arg[1] } }));
	r->notes[0].count[FINDING_WARNING] = v->lost;
	return true;
}

/* From CSAF to the formats of others: the record of one vulnerability. */
static bool record_step(struct ctx *c, const struct convert_call *call, struct vex_source *s, size_t at, struct outcome *r)
{
	bool osv = str_eq(call->to, S("osv"));
	struct vex v;

	buf_init(&r->document, c->arena, (size_t)1 << 30);
	if (osv)
		TRY(vex_osv_record(c, s, at, &v, &r->document));
	else
		TRY(vex_cve_record(c, s, at, call->owner.org.p ? &call->owner : NULL, &v, &r->document));
	TRY(losses_take(c, r, &v));
	r->format        = osv ? S("OSV 1.7") : S("CVE");
	r->vulnerability = s->n > 1 ? vex_source_name(s, at) : STR_NONE;
	return osv ? osv_check(c, buf_str(&r->document), &r->judged) : cve_check(c, buf_str(&r->document), &r->judged);
}

/* Is it JSON, and a CVE record? */
static bool is_cve_record(struct ctx *c, str bytes)
{
	struct ctx quiet = *c;
	const struct json *root;

	return str_find(bytes, S("CVE_RECORD"), 0) != SIZE_MAX && json_parse(&quiet, bytes, &csaf_limits, &root) &&
	       str_eq(json_get_str(root, S("dataType")), S("CVE_RECORD"));
}

static bool steps(struct ctx *c, const struct convert_call *call, str bytes, struct outcome *r)
{
	struct csaf_converted one;

	buf_init(&r->document, c->arena, (size_t)1 << 30);
	if (cvrf_sniff(bytes))
		return cvrf_steps(c, call, bytes, r);
	if (is_cve_record(c, bytes))
		return cve_steps(c, call, bytes, r);
	if (str_eq(call->to, S("2.0")))
		return fault(c, E_INVALID, "to", N_("Only CVRF documents and CVE records are converted to CSAF 2.0."));
	TRY(csaf_convert(c, bytes, &call->how, &one, &r->document));
	r->notes[0] = one.notes;
	return csaf_judge(c, r, &one.judged);
}

static int fault_tell(struct ctx *c, const struct convert_call *call, struct buf *err)
{
	buf_fmt(err, "%s: ", call->path);
	if (c->fault.line)
		buf_fmt(err, "%ld:%ld: ", c->fault.line, c->fault.column);
	else if (c->fault.where.n)
		buf_fmt(err, "%.*s: ", STR_ARG(c->fault.where));
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return TOOL_INVALID;
}

/* What came of it, to both outputs. */
static int outcome_say(struct ctx *c, const struct convert_call *call, const struct outcome *r, struct buf *out, struct buf *err)
{
	struct buf said;

	buf_init(&said, c->arena, (size_t)1 << 30);
	if (call->json && !outcome_print(c, call, r, &said))
		return fault_tell(c, call, err);
	if (!call->json) {
		if (r->judged.valid || call->invalid)
			buf_add(&said, buf_str(&r->document));
		if (r->vulnerability.p && said.n && said.p[said.n - 1] != '\n')
			buf_char(&said, '\n');
		if (r->vulnerability.p && r->notes[0].n + r->judged.n)
			buf_fmt(err, "%.*s:\n", STR_ARG(utf8_cut(r->vulnerability, 200)));
		outcome_tell(c, err, r);
	}
	return !tool_say(out, buf_str(&said)) ? TOOL_UNREADABLE : r->judged.valid ? TOOL_VALID : TOOL_INVALID;
}

/* One record or, of a document of several vulnerabilities, one for each, a line each, in memory of its own. */
static int records_convert(struct ctx *c, const struct convert_call *call, str bytes, struct buf *out, struct buf *err)
{
	struct vex_source s;
	size_t from = 0, to;
	int    status = TOOL_VALID, one;

	if (!vex_source_open(c, bytes, &s))
		return fault_tell(c, call, err);
	to = s.n;
	if (call->cve.n || s.n == 0) {
		if (!vex_source_find(c, &s, call->cve.n ? call->cve : STR_NONE, &from))
			return fault_tell(c, call, err);
		to = from + 1;
	}
	for (; from < to; from++) {
		struct outcome r = { .vulnerability = STR_NONE };
		struct arena   memory;
		struct ctx     d;

		arena_init(&memory, (size_t)2 << 30);
		ctx_init(&d, &memory);
		d.lang = c->lang;
		d.now  = c->now;
		one = record_step(&d, call, &s, from, &r) ? outcome_say(&d, call, &r, out, err) : fault_tell(&d, call, err);
		arena_done(&memory);
		status = one > status ? one : status;
		if (one == TOOL_UNREADABLE)
			break;
	}
	return status;
}

static int convert_bytes(struct ctx *c, const struct convert_call *call, str bytes, struct buf *out, struct buf *err)
{
	struct outcome r = { .vulnerability = STR_NONE };

	if (str_eq(call->to, S("osv")) || str_eq(call->to, S("cve")))
		return records_convert(c, call, bytes, out, err);
	return steps(c, call, bytes, &r) ? outcome_say(c, call, &r, out, err) : fault_tell(c, call, err);
}

int csaf_convert_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct convert_call call = { .how = { .now = clock_now() } };
	struct arena memory;
	struct ctx   d;
	str          bytes;
	int          status = TOOL_UNREADABLE;

	arguments_read(&call, argc, argv);
	if (call.broken || !call.path)
		return tool_usage(err, "csaf convert", &csaf_convert_manual);
	arena_init(&memory, (size_t)4 << 30);
	ctx_init(&d, &memory);
	d.lang = c->lang;
	d.now  = call.how.now;
	if (tool_read(&d, call.path, &bytes, err))
		status = convert_bytes(&d, &call, bytes, out, err);
	arena_done(&memory);
	return status;
}
