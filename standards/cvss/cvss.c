#include "standards/cvss/cvss.h"

#include <assert.h>
#include <string.h>

#include "standards/cvss/cvss_table.h"

static const char *const version_names[CVSS_VERSIONS] = { "2.0", "3.0", "3.1", "4.0" };
static const char *const prefixes[CVSS_VERSIONS] = { "", "CVSS:3.0/", "CVSS:3.1/", "CVSS:4.0/" };

const char *cvss_version_name(enum cvss_version version)
{
	return version_names[version];
}

const char *cvss_prefix(enum cvss_version version)
{
	return prefixes[version];
}

bool cvss_version_parse(str name, enum cvss_version *out)
{
	for (int i = 0; i < CVSS_VERSIONS; i++)
		if (str_eq(name, str_of(version_names[i]))) {
			*out = (enum cvss_version)i;
			return true;
		}
	return false;
}

int cvss_metric_find(enum cvss_version version, str key)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(version, &n);

	for (size_t i = 0; i < n; i++)
		if (str_eq(key, str_of(m[i].key)))
			return (int)i;
	return -1;
}

static int value_find(const struct cvss_metric *m, str key)
{
	for (int i = 0; i < m->values; i++)
		if (str_eq(key, str_of(m->value[i].key)))
			return i;
	return -1;
}

const struct cvss_value *cvss_value(const struct cvss *v, int metric)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(v->version, &n);

	assert(metric >= 0 && (size_t)metric < n && v->value[metric] < m[metric].values);
	return &m[metric].value[v->value[metric]];
}

bool cvss_defines(const struct cvss *v, enum cvss_group group)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(v->version, &n);

	for (size_t i = 0; i < n; i++)
		if (m[i].group == group && (m[i].mandatory || v->value[i] != 0))
			return true;
	return false;
}

/* A piece of the input for a sentence: short, and valid whatever was sent. */
static str quote(struct ctx *c, str s)
{
	if (!utf8_check(s, NULL) || memchr(s.p ? s.p : "", 0, s.n))
		return S("?");
	if (s.n <= 24)
		return s;
	return STR_CAT(c->arena, utf8_cut(s, 21), S("…"));
}

static str value_list(struct ctx *c, const struct cvss_metric *m)
{
	struct buf b;

	buf_init(&b, c->arena, 64);
	for (int i = 0; i < m->values; i++) {
		if (i)
			buf_add(&b, S(", "));
		buf_add(&b, str_of(m->value[i].key));
	}
	return buf_str(&b);
}

static bool bad_metric(struct ctx *c, enum cvss_version version, str key)
{
	return fault(c, E_INVALID, "vector", N_("CVSS {1} has no metric {2}."),
	             str_of(version_names[version]), quote(c, key));
}

static bool bad_value(struct ctx *c, const struct cvss_metric *m, str value)
{
	return fault(c, E_INVALID, "vector",
	             N_("The metric {1} cannot have the value {2}; it has one of {3}."),
	             str_of(m->key), quote(c, value), value_list(c, m));
}

bool cvss_set(struct ctx *c, struct cvss *v, str metric, str value)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(v->version, &n);
	int at = cvss_metric_find(v->version, metric), found;

	if (at < 0)
		return bad_metric(c, v->version, metric);
	found = value_find(&m[at], value);
	if (found < 0) {
		bad_value(c, &m[at], value);
		c->fault.where = str_of(m[at].key);
		return false;
	}
	v->value[at] = (uint8_t)found;
	return true;
}

/* Which version a vector says it has; *rest becomes what follows the prefix. */
static bool version_of(struct ctx *c, str *rest, enum cvss_version *version)
{
	str whole = *rest, name;

	for (int i = CVSS_30; i < CVSS_VERSIONS; i++)
		if (str_starts(*rest, str_of(prefixes[i]))) {
			*version = (enum cvss_version)i;
			*rest = str_slice(*rest, str_of(prefixes[i]).n, rest->n);
			return true;
		}
	*version = CVSS_2;
	str_cut(rest, '/', &name);
	if (!str_eq_nocase(str_slice(name, 0, 5), S("CVSS:"))) {
		*rest = whole;
		return true;
	}
	return fault(c, E_INVALID, "vector",
	             N_("{1} is not a known beginning; it is CVSS:3.0/, CVSS:3.1/, CVSS:4.0/, "
	                "or none for version 2."), quote(c, name));
}

struct reading {
	struct cvss *out;
	const struct cvss_metric *metrics;
	uint32_t seen;   /* bit per metric */
	int      last;   /* place of the metric before, -1 at first */
};

static bool read_metric(struct ctx *c, struct reading *r, str part)
{
	str value = part, key = S("");
	int at, found;

	if (part.n == 0)
		return fault(c, E_INVALID, "vector",
		             N_("A metric is missing between two slashes or after the last one."));
	if (memchr(part.p, ':', part.n) == NULL)
		return fault(c, E_INVALID, "vector",
		             N_("{1} is not a metric with its value, such as AV:N."), quote(c, part));
	str_cut(&value, ':', &key);
	at = cvss_metric_find(r->out->version, key);
	if (at < 0)
		return bad_metric(c, r->out->version, key);
	if (r->seen & 1u << at)
		return fault(c, E_INVALID, "vector", N_("The metric {1} is given twice."), key);
	/* meets CVSS-4.0 7: the order is fixed */
	if (r->out->version == CVSS_40 && at < r->last)
		return fault(c, E_INVALID, "vector",
		             N_("The metric {1} must stand before {2}; CVSS 4.0 demands a fixed order."),
		             key, str_of(r->metrics[r->last].key));
	found = value_find(&r->metrics[at], value);
	if (found < 0)
		return bad_value(c, &r->metrics[at], value);
	r->out->value[at] = (uint8_t)found;
	r->seen |= 1u << at;
	r->last = at;
	return true;
}

bool cvss_parse(struct ctx *c, str vector, struct cvss *out)
{
	struct reading r = { .out = out, .last = -1 };
	str    rest = vector;
	size_t n, at, end;

	*out = (struct cvss){ 0 };
	if (vector.n > CVSS_VECTOR_MAX)
		return fault(c, E_LIMIT, "vector", N_("A CVSS vector has at most {1} bytes."),
		             S("512"));
	if (vector.n == 0)
		return fault(c, E_INVALID, "vector", N_("The CVSS vector is empty."));
	if (!version_of(c, &rest, &out->version))
		return false;
	r.metrics = cvss_metrics(out->version, &n);
	for (at = vector.n - rest.n; at <= vector.n; at = end + 1) {
		end = str_find(vector, S("/"), at);
		if (end == SIZE_MAX)
			end = vector.n;
		if (!read_metric(c, &r, str_slice(vector, at, end)))
			return fault_at(c, c->fault.code, 1, (long)at + 1);
	}
	for (size_t i = 0; i < n; i++)
		if (r.metrics[i].mandatory && !(r.seen & 1u << i))
			return fault(c, E_INVALID, "vector",
			             N_("The metric {1} is missing; every CVSS {2} vector has it."),
			             str_of(r.metrics[i].key), str_of(version_names[out->version]));
	return true;
}

str cvss_print(struct arena *a, const struct cvss *v)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(v->version, &n);
	struct buf b;
	bool first = true;

	buf_init(&b, a, CVSS_VECTOR_MAX);
	buf_add(&b, str_of(prefixes[v->version]));
	for (size_t i = 0; i < n; i++) {
		if (!m[i].mandatory && v->value[i] == 0)
			continue;
		if (!first)
			buf_char(&b, '/');
		first = false;
		buf_add(&b, str_of(m[i].key));
		buf_char(&b, ':');
		buf_add(&b, str_of(cvss_value(v, (int)i)->key));
	}
	return buf_str(&b);
}

struct cvss_score cvss_scores(const struct cvss *v)
{
	struct cvss_score s;

	if (v->version == CVSS_2)
		s = cvss2_scores(v);
	else if (v->version == CVSS_40)
		s = cvss4_scores(v);
	else
		s = cvss3_scores(v);
	s.has_threat = cvss_defines(v, CVSS_THREAT);
	s.has_environmental = cvss_defines(v, CVSS_ENVIRONMENTAL);
	s.overall = s.has_environmental ? s.environmental : s.has_threat ? s.threat : s.base;
	return s;
}

/* meets CVSS-3.1 5, CVSS-4.0 6 */
enum cvss_severity cvss_severity(enum cvss_version version, int tenths)
{
	if (version != CVSS_2 && tenths <= 0)
		return SEVERITY_NONE;
	if (tenths < 40)
		return SEVERITY_LOW;
	if (tenths < 70)
		return SEVERITY_MEDIUM;
	return version == CVSS_2 || tenths < 90 ? SEVERITY_HIGH : SEVERITY_CRITICAL;
}

const char *cvss_severity_name(enum cvss_severity s)
{
	static const char *const names[] = {
		N_("None"), N_("Low"), N_("Medium"), N_("High"), N_("Critical"),
	};

	return names[s];
}

const char *cvss_severity_word(enum cvss_severity s)
{
	static const char *const words[] = { "NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL" };

	return words[s];
}

const char *cvss_nomenclature(const struct cvss *v)
{
	static const char *const names[] = { "CVSS-B", "CVSS-BT", "CVSS-BE", "CVSS-BTE" };

	return names[(cvss_defines(v, CVSS_THREAT) ? 1 : 0) +
	             (cvss_defines(v, CVSS_ENVIRONMENTAL) ? 2 : 0)];
}

str cvss_score_print(struct arena *a, int tenths)
{
	return str_fmt(a, "%d.%d", tenths / 10, tenths % 10);
}
