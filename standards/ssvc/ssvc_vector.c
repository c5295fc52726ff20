#include "standards/ssvc/ssvc.h"

static bool key_char(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') ||
	       ch == '_' || ch == '*';
}

static bool key_text(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!key_char(s.p[i]))
			return false;
	return s.n > 0;
}

static bool wrong(struct ctx *c, size_t offset, const char *text)
{
	(void)fault(c, E_SYNTAX, "vector", text);
	c->fault.line   = 1;
	c->fault.column = (long)offset + 1;
	return false;
}

/* Seconds since 1970, an RFC 3339 instant, or the same without its offset (read as UTC). */
static bool time_read(struct ctx *c, str s, time_us *out)
{
	int64_t seconds;

	if (str_to_int(s, &seconds) && seconds >= 0 && seconds < 253402300800) {
		*out = seconds * SECOND;
		return true;
	}
	if (s.n == 10)
		return time_parse(STR_CAT(c->arena, s, S("T00:00:00Z")), out);
	return time_parse(s, out) || time_parse(STR_CAT(c->arena, s, S("Z")), out);
}

static bool pair_add(struct ctx *c, struct ssvc_vector *v, str part, size_t offset)
{
	size_t colon = str_find(part, S(":"), 0);
	struct ssvc_pair pair;

	if (colon == SIZE_MAX)
		return wrong(c, offset, N_("A pair KEY:VALUE was expected."));
	pair.key   = str_slice(part, 0, colon);
	pair.value = str_slice(part, colon + 1, part.n);
	if (!key_text(pair.key) || !key_text(pair.value))
		return wrong(c, offset, N_("A pair KEY:VALUE was expected."));
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->pair[i].key, pair.key))
			return wrong(c, offset, N_("A decision point stands twice."));
	if (v->n == SSVC_PAIRS)
		return wrong(c, offset, N_("There are too many decision points."));
	v->pair[v->n++] = pair;
	return true;
}

bool ssvc_vector_parse(struct ctx *c, str text, struct ssvc_vector *out)
{
	str    rest = text, part;
	size_t offset = 0;

	*out = (struct ssvc_vector){ .time = STR_NONE, .at = TIME_NONE };
	if (text.n > SSVC_VECTOR_MAX)
		return wrong(c, SSVC_VECTOR_MAX, N_("The vector is too long."));
	if (!str_cut(&rest, '/', &part) || !str_eq(part, S("SSVCv2")))
		return wrong(c, 0, N_("A vector begins with SSVCv2/."));
	if (str_ends(rest, S("/")))
		rest.n--;
	for (offset = part.n + 1; str_cut(&rest, '/', &part); offset += part.n + 1) {
		if (part.n == 0)
			return wrong(c, offset, N_("A pair KEY:VALUE was expected."));
		if (out->time.p)
			return wrong(c, offset, N_("Nothing may follow the time."));
		if (part.p[0] >= '0' && part.p[0] <= '9' && time_read(c, part, &out->at))
			out->time = part;
		else
			TRY(pair_add(c, out, part, offset));
	}
	if (out->n == 0)
		return wrong(c, text.n, N_("A pair KEY:VALUE was expected."));
	return true;
}

str ssvc_vector_print(struct arena *a, const struct ssvc_vector *v)
{
	struct buf b;

	buf_init(&b, a, 2 * SSVC_VECTOR_MAX);
	buf_add(&b, S("SSVCv2/"));
	for (size_t i = 0; i < v->n; i++) {
		buf_add(&b, v->pair[i].key);
		buf_char(&b, ':');
		buf_add(&b, v->pair[i].value);
		buf_char(&b, '/');
	}
	if (v->time.n) {
		buf_add(&b, v->time);
		buf_char(&b, '/');
	}
	return buf_str(&b);
}

/* The letters of CISA's calculator: decision point, then its values in order. */
static const struct {
	const char *letter, *namespace, *key, *values;
} cisa_letters[] = {
	{ "E", "ssvc", "E", "NPA" }, { "A", "ssvc", "A", "NY" }, { "T", "ssvc", "TI", "PT" },
	{ "M", "ssvc", "MWI", "LMH" }, { "P", "cisa", "MP", "MSE" }, { "B", "ssvc", "PWI", "MAI" },
	{ "D", "cisa", "CISA", "TRAC" },
};

static bool is_cisa(const struct ssvc_table *t)
{
	return str_eq(t->namespace, S("cisa")) && str_eq(t->key, S("DT_CO"));
}

/* Number of the pair's value when the pair is about this point; -1 when it is not, -2 for a value it has not. */
static int pair_value(const struct ssvc_pair *pair, const struct ssvc_point *p, bool letters)
{
	int at;

	if (str_eq(pair->key, p->key)) {
		at = ssvc_value_find(p, pair->value);
		if (at >= 0 || !letters)
			return at >= 0 ? at : -2;
	}
	for (size_t i = 0; letters && i < sizeof(cisa_letters) / sizeof(*cisa_letters); i++) {
		str values = str_of(cisa_letters[i].values);

		if (!str_eq(pair->key, str_of(cisa_letters[i].letter)) ||
		    !str_eq(p->key, str_of(cisa_letters[i].key)) ||
		    !str_eq(p->namespace, str_of(cisa_letters[i].namespace)))
			continue;
		for (size_t k = 0; k < values.n; k++)
			if (pair->value.n == 1 && pair->value.p[0] == values.p[k])
				return (int)k;
		return -2;
	}
	return str_eq(pair->key, p->key) ? -2 : -1;
}

/* -1: the vector does not name the point; faults for a value that it does not have. */
static bool value_of(struct ctx *c, const struct ssvc_vector *v, const struct ssvc_point *p, bool letters, int *out)
{
	*out = -1;
	for (size_t i = 0; i < v->n; i++) {
		int at = pair_value(&v->pair[i], p, letters);

		if (at == -2)
			return fault(c, E_INVALID, "vector", N_("“{1}” has no value {2}."), p->name, v->pair[i].value);
		if (at >= 0)
			*out = at;
	}
	return true;
}

bool ssvc_vector_read(struct ctx *c, const struct ssvc_vector *v, const struct ssvc_table *t,
                      uint32_t possible[SSVC_OVER_MAX])
{
	bool letters = is_cisa(t);
	int  at;

	for (size_t k = 0; k < t->n; k++) {
		TRY(value_of(c, v, t->over[k], letters, &at));
		possible[k] = at < 0 ? ssvc_any(t->over[k]) : (uint32_t)1 << at;
	}
	TRY(value_of(c, v, t->outcome, letters, &at));
	if (at >= 0 && !(ssvc_outcomes(t, possible) >> at & 1))
		return fault(c, E_INVALID, "vector", N_("The decision “{1}” does not follow from the values."),
		             t->outcome->values[at].name);
	return true;
}

str ssvc_vector_of(struct arena *a, const struct ssvc_table *t, const uint32_t possible[], time_us at)
{
	struct ssvc_vector v = { .time = STR_NONE, .at = at };

	for (size_t k = 0; k < t->n; k++)
		for (size_t i = 0; i < t->over[k]->n; i++)
			if (possible[k] == (uint32_t)1 << i)
				v.pair[v.n++] = (struct ssvc_pair){ t->over[k]->key, t->over[k]->values[i].key };
	if (at != TIME_NONE)
		v.time = time_print(a, at);
	return ssvc_vector_print(a, &v);
}
