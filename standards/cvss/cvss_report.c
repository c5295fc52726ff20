#include "standards/cvss/cvss_report.h"

#include "platform/json/json_out.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "standards/cvss/cvss.h"

static const char *threat_name(enum cvss_version version)
{
	return version == CVSS_40 ? N_("threat") : N_("temporal");
}

/* What can be shown of a vector that was not accepted. */
static str shown(struct ctx *c, str vector)
{
	return text_visible(c->arena, utf8_cut(vector, CVSS_VECTOR_MAX), false);
}

static void put_score(struct ctx *c, struct json_out *o, const char *key, int tenths)
{
	json_put_number(o, key, cvss_score_print(c->arena, tenths));
}

static void report_json(struct ctx *c, str vector, const struct cvss *v, struct buf *out)
{
	struct json_out o;
	struct cvss_score s;

	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "vector", v ? vector : shown(c, vector));
	if (!v) {
		json_put_str(&o, "error", word_fault(c, &c->fault));
		if (c->fault.column)
			json_put_int(&o, "column", c->fault.column);
	} else {
		s = cvss_scores(v);
		json_put_str(&o, "version", str_of(cvss_version_name(v->version)));
		put_score(c, &o, "base", s.base);
		put_score(c, &o, threat_name(v->version), s.threat);
		put_score(c, &o, "environmental", s.environmental);
		put_score(c, &o, "overall", s.overall);
		json_put_str(&o, "severity",
		             str_of(cvss_severity_word(cvss_severity(v->version, s.overall))));
	}
	json_close(&o);
}

static void report_text(struct ctx *c, str vector, const struct cvss *v, struct buf *out)
{
	struct cvss_score s;

	if (!v) {
		buf_add(out, shown(c, vector));
		buf_add(out, S(": "));
		buf_add(out, word_fault(c, &c->fault));
		return;
	}
	s = cvss_scores(v);
	buf_add(out, cvss_score_print(c->arena, s.overall));
	buf_char(out, ' ');
	buf_add(out, word_tr(c->lang, cvss_severity_name(cvss_severity(v->version, s.overall))));
	buf_add(out, S("  "));
	buf_add(out, vector);
	buf_fmt(out, "  (%.*s %d.%d, %.*s %d.%d, %.*s %d.%d)",
	        STR_ARG(word_tr(c->lang, N_("base"))), s.base / 10, s.base % 10,
	        STR_ARG(word_tr(c->lang, threat_name(v->version))), s.threat / 10, s.threat % 10,
	        STR_ARG(word_tr(c->lang, N_("environmental"))), s.environmental / 10,
	        s.environmental % 10);
}

bool cvss_report(struct ctx *c, str vector, bool json, struct buf *out)
{
	struct cvss v;
	bool ok = cvss_parse(c, vector, &v);

	(json ? report_json : report_text)(c, vector, ok ? &v : NULL, out);
	buf_char(out, '\n');
	return ok;
}

bool cvss_report_lines(struct ctx *c, str text, bool json, struct buf *out)
{
	bool all = true;
	str  line;

	while (str_cut(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (!cvss_report(c, line, json, out))
			all = false;
	}
	return all;
}
