#include "standards/spdx/license.h"

#include "standards/finding/embed.h"

EMBED(license_lists, "standards/spdx/data/licenses.txt");

struct reader {
	struct arena *a;
	struct license_ids *out;
	str    rest;
	int    depth;
	bool   bad;
};

static bool is_id_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       ch == '-' || ch == '.';
}

static void skip_space(struct reader *r)
{
	while (r->rest.n && (r->rest.p[0] == ' ' || r->rest.p[0] == '\t'))
		r->rest = str_slice(r->rest, 1, r->rest.n);
}

/* The characters of an identifier or operator at the beginning, taken off; may be empty. */
static str take_word(struct reader *r)
{
	size_t n = 0;
	str    word;

	skip_space(r);
	while (n < r->rest.n && is_id_char(r->rest.p[n]))
		n++;
	word    = str_slice(r->rest, 0, n);
	r->rest = str_slice(r->rest, n, r->rest.n);
	return word;
}

static bool take_char(struct reader *r, char ch)
{
	if (!r->rest.n || r->rest.p[0] != ch)
		return false;
	r->rest = str_slice(r->rest, 1, r->rest.n);
	return true;
}

static bool is_operator(str s, str upper, str lower)
{
	return str_eq(s, upper) || str_eq(s, lower);
}

static bool any_operator(str s)
{
	return is_operator(s, S("AND"), S("and")) || is_operator(s, S("OR"), S("or")) ||
	       is_operator(s, S("WITH"), S("with"));
}

/* Begins with the prefix in the wrong case, or has nothing after it. */
static bool spoilt(str s, str prefix)
{
	str head = str_slice(s, 0, prefix.n);

	return str_eq_nocase(head, prefix) && (!str_eq(head, prefix) || s.n == prefix.n);
}

static void add_id(struct reader *r, str id, bool exception)
{
	str reference = exception ? S("AdditionRef-") : S("LicenseRef-");

	if (id.n == 0 || any_operator(id) || spoilt(id, reference) || str_starts(id, S("DocumentRef-"))) {
		r->bad = true;
		return;
	}
	if (!exception && take_char(r, '+') && str_starts(id, reference))
		r->bad = true;
	if (r->out && !list_push(r->a, r->out, (struct license_id){ id, exception }))
		r->bad = true;
}

static void read_expression(struct reader *r);

/* simple-expression [WITH addition] or "(" expression ")" */
static void read_term(struct reader *r)
{
	struct reader before;

	skip_space(r);
	if (take_char(r, '(')) {
		if (++r->depth > LICENSE_DEPTH_MAX) {
			r->bad = true;
			return;
		}
		read_expression(r);
		r->depth--;
		skip_space(r);
		if (!take_char(r, ')'))
			r->bad = true;
		return;
	}
	add_id(r, take_word(r), false);
	before = *r;
	if (is_operator(take_word(r), S("WITH"), S("with")))
		add_id(r, take_word(r), true);
	else
		r->rest = before.rest;
}

static void read_expression(struct reader *r)
{
	read_term(r);
	while (!r->bad) {
		str before = r->rest, word = take_word(r);

		if (!is_operator(word, S("AND"), S("and")) && !is_operator(word, S("OR"), S("or"))) {
			r->rest = before;
			return;
		}
		read_term(r);
	}
}

bool license_parse(struct arena *a, str text, struct license_ids *out)
{
	struct reader r = { .a = a, .out = out, .rest = text };

	if (out)
		*out = (struct license_ids){ .max = LICENSE_IDS_MAX };
	read_expression(&r);
	skip_space(&r);
	return !r.bad && r.rest.n == 0;
}

/* The rest of the line that begins with the name and a colon. */
static str list_named(str name)
{
	str    all = EMBEDDED_STR(license_lists);
	size_t at  = 0, end;

	for (; at < all.n; at = end + 1) {
		end = str_find(all, S("\n"), at);
		if (str_starts(str_slice(all, at, end), name) && all.p[at + name.n] == ':')
			return str_slice(all, at + name.n + 1, end);
	}
	return S("");
}

/* Lower case, between spaces, as the lists have it; too long for any list: cut. */
static bool listed(str list, str id)
{
	char   word[102];
	size_t n = 0;

	if (id.n > 100)
		return false;
	word[n++] = ' ';
	for (size_t i = 0; i < id.n; i++)
		word[n++] = id.p[i] >= 'A' && id.p[i] <= 'Z' ? (char)(id.p[i] + 32) : id.p[i];
	word[n++] = ' ';
	return str_find(list, (str){ word, n }, 0) != SIZE_MAX;
}

static enum license_state state_in(str list, str deprecated, str id)
{
	if (listed(list_named(deprecated), id))
		return LICENSE_DEPRECATED;
	return listed(list_named(list), id) ? LICENSE_LISTED : LICENSE_UNKNOWN;
}

static str reference_of(const struct license_id *id)
{
	return id->exception ? S("AdditionRef-") : S("LicenseRef-");
}

enum license_state license_find(const struct license_id *id)
{
	str scancode = id->exception ? S("AdditionRef-scancode-") : S("LicenseRef-scancode-");

	if (str_starts(id->id, scancode))
		return state_in(S("scancode"), S("scancode-deprecated"), str_slice(id->id, scancode.n, id->id.n));
	if (str_starts(id->id, reference_of(id)))
		return LICENSE_UNKNOWN;
	return id->exception ? state_in(S("exception"), S("exception-deprecated"), id->id)
	                     : state_in(S("license"), S("license-deprecated"), id->id);
}

bool license_foreign(const struct license_id *id)
{
	return str_starts(id->id, reference_of(id)) &&
	       !str_starts(str_slice(id->id, reference_of(id).n, id->id.n), S("scancode-"));
}

str license_source(void)
{
	return str_trim(list_named(S("source")));
}
