#include "standards/cpe/cpe.h"

#include <string.h>

#include "base/buf.h"

static bool wrong(struct ctx *c, size_t offset, const char *text)
{
	(void)fault(c, E_SYNTAX, "cpe", text);
	c->fault.line   = 1;
	c->fault.column = (long)offset + 1;
	return false;
}

static bool letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static bool digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool plain(char ch)
{
	return letter(ch) || digit(ch) || (ch && strchr("-._", ch));
}

static bool quotable(char ch)
{
	return ch && strchr("\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~", ch);
}

/* Marks are quoted; before a character may stand any number of "?" or one "*". */
static bool value_form(str v)
{
	bool some = false;
	int  open = 0;      /* "?" seen since the last character; -1 after "*" */

	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '?' && open >= 0) {
			open++;
		} else if (v.p[i] == '*' && open == 0) {
			open = -1;
		} else if (plain(v.p[i]) || (v.p[i] == '\\' && i + 1 < v.n && quotable(v.p[++i]))) {
			some = true;
			open = 0;
		} else {
			return false;
		}
	}
	return some;
}

static bool any_or_none(str v)
{
	return v.n == 1 && (v.p[0] == '*' || v.p[0] == '-');
}

/* Two or three letters; a region of two letters or three digits. */
static bool language_form(str v)
{
	str rest = v, primary = S("");
	bool region;

	(void)str_cut(&rest, '-', &primary);
	region = primary.n < v.n;
	rest   = region ? str_slice(v, primary.n + 1, v.n) : S("");
	if (primary.n < 2 || primary.n > 3 || (region && rest.n != 2 && rest.n != 3))
		return false;
	for (size_t i = 0; i < primary.n; i++)
		if (!letter(primary.p[i]))
			return false;
	for (size_t i = 0; i < rest.n; i++)
		if (rest.n == 2 ? !letter(rest.p[i]) : !digit(rest.p[i]))
			return false;
	return true;
}

static bool attribute_form(enum cpe_attribute k, str v)
{
	if (any_or_none(v))
		return true;
	if (k == CPE_PART)
		return v.n == 1 && strchr("aho", v.p[0]);
	return k == CPE_LANGUAGE ? language_form(v) : value_form(v);
}

static str small(struct arena *a, str s)
{
	struct buf b;

	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		buf_char(&b, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i]);
	return buf_str(&b);
}

/* Up to the next colon that is not quoted. */
static str next_part(str text, size_t *at)
{
	size_t from = *at, i = from;

	while (i < text.n && text.p[i] != ':')
		i += text.p[i] == '\\' && i + 1 < text.n ? 2 : 1;
	*at = i + 1;
	return str_slice(text, from, i);
}

static bool formatted_parse(struct ctx *c, str text, struct cpe *out)
{
	size_t at = 8;

	for (int k = 0; k < CPE_ATTRIBUTES; k++) {
		size_t from = at;
		str part = next_part(text, &at);

		if (from > text.n)
			return wrong(c, text.n, N_("A CPE name has eleven attributes."));
		if (!attribute_form((enum cpe_attribute)k, part))
			return wrong(c, from, N_("This attribute of a CPE name is not well formed."));
		out->value[k] = small(c->arena, part);
	}
	if (at <= text.n)
		return wrong(c, at - 1, N_("A CPE name has eleven attributes."));
	return true;
}

static int hex(char ch)
{
	return digit(ch) ? ch - '0' : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

/* meets NISTIR-7695 6.1.3.2: a component of a URI in the form of 2.3. */
static bool component_unbind(struct ctx *c, str text, str part, str *out)
{
	struct buf b;

	if (part.n == 0) {
		*out = S("*");
		return true;
	}
	if (str_eq(part, S("-"))) {
		*out = part;
		return true;
	}
	buf_init(&b, c->arena, 2 * part.n + 1);
	for (size_t i = 0; i < part.n; i++) {
		char ch = part.p[i];

		if (ch == '%') {
			if (i + 2 >= part.n || hex(part.p[i + 1]) < 0 || hex(part.p[i + 2]) < 0)
				return wrong(c, (size_t)(part.p - text.p) + i, N_("A percent sign must be followed by two hexadecimal digits."));
			ch = (char)(hex(part.p[i + 1]) << 4 | hex(part.p[i + 2]));
			i += 2;
			if (ch == 1 || ch == 2) {
				buf_char(&b, ch == 1 ? '?' : '*');
				continue;
			}
		}
		if (!plain(ch) && !quotable(ch))
			return wrong(c, (size_t)(part.p - text.p) + i, N_("This attribute of a CPE name is not well formed."));
		if (!letter(ch) && !digit(ch) && ch != '_')
			buf_char(&b, '\\');
		buf_char(&b, ch);
	}
	*out = small(c->arena, buf_str(&b));
	return true;
}

/* "-" and "." need no quoting in 2.3; the names that both forms give are then the same. */
static str unquoted(struct arena *a, str s)
{
	struct buf b;

	buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\\' || i + 1 == s.n || (s.p[i + 1] != '-' && s.p[i + 1] != '.'))
			buf_char(&b, s.p[i]);
	return buf_str(&b);
}

/* The edition may hold five attributes: "~edition~sw_edition~target_sw~target_hw~other". */
static bool edition_unpack(struct ctx *c, str text, str part, struct cpe *out)
{
	static const enum cpe_attribute order[] = { CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW, CPE_TARGET_HW, CPE_OTHER };
	str one;

	if (!str_starts(part, S("~")))
		return component_unbind(c, text, part, &out->value[CPE_EDITION]);
	part = str_slice(part, 1, part.n);
	for (int i = 0; i < 5; i++) {
		size_t end = str_find(part, S("~"), 0);

		if ((end == SIZE_MAX) != (i == 4))
			return wrong(c, (size_t)(part.p - text.p), N_("A packed edition has five parts."));
		one  = end == SIZE_MAX ? part : str_slice(part, 0, end);
		part = end == SIZE_MAX ? S("") : str_slice(part, end + 1, part.n);
		TRY(component_unbind(c, text, one, &out->value[order[i]]));
	}
	return true;
}

/* As 2.3 would have them; a quoted hyphen alone, which is not its "none", has no form there. */
static bool uri_values(struct ctx *c, struct cpe *out)
{
	for (int k = 0; k < CPE_ATTRIBUTES; k++) {
		if (any_or_none(out->value[k]))
			continue;
		out->value[k] = unquoted(c->arena, out->value[k]);
		if (any_or_none(out->value[k]) || !attribute_form((enum cpe_attribute)k, out->value[k]))
			return wrong(c, 5, N_("This attribute of a CPE name is not well formed."));
	}
	return true;
}

static bool uri_parse(struct ctx *c, str text, struct cpe *out)
{
	str rest = str_slice(text, 5, text.n), part;

	out->uri = true;
	for (int k = 0; k < CPE_ATTRIBUTES; k++)
		out->value[k] = S("*");
	for (int k = 0; str_cut(&rest, ':', &part); k++) {
		if (k > CPE_LANGUAGE)
			return wrong(c, (size_t)(part.p - text.p), N_("A CPE URI has seven components."));
		for (size_t i = 0; i < part.n; i++)
			if (!plain(part.p[i]) && part.p[i] != '~' && part.p[i] != '%')
				return wrong(c, (size_t)(part.p - text.p) + i, N_("This attribute of a CPE name is not well formed."));
		if (k == CPE_EDITION)
			TRY(edition_unpack(c, text, part, out));
		else
			TRY(component_unbind(c, text, part, &out->value[k]));
	}
	return uri_values(c, out);
}

bool cpe_parse(struct ctx *c, str text, struct cpe *out)
{
	*out = (struct cpe){ .uri = false };
	if (text.n > CPE_BYTES_MAX)
		return fault(c, E_LIMIT, "cpe", N_("The CPE name is too long."));
	if (str_starts(text, S("cpe:2.3:")))
		return formatted_parse(c, text, out);
	if (text.n >= 5 && str_eq_nocase(str_slice(text, 0, 5), S("cpe:/")))
		return uri_parse(c, text, out);
	return wrong(c, 0, N_("A CPE name begins with cpe:2.3: or cpe:/."));
}

str cpe_print(struct arena *a, const struct cpe *n)
{
	struct buf b;

	buf_init(&b, a, 4 * CPE_BYTES_MAX);
	buf_add(&b, S("cpe:2.3"));
	for (int k = 0; k < CPE_ATTRIBUTES; k++) {
		buf_char(&b, ':');
		buf_add(&b, n->value[k]);
	}
	return buf_str(&b);
}

/* One character of a value: -1 "?", -2 "*", else the character; a quoting mark falls away. */
static int token(str s, size_t *i)
{
	char ch = s.p[(*i)++];

	if (ch == '\\' && *i < s.n)
		return (unsigned char)s.p[(*i)++];
	return ch == '?' ? -1 : ch == '*' ? -2 : (unsigned char)ch;
}

static bool open_form(str s)
{
	for (size_t i = 0; i < s.n;)
		if (token(s, &i) < 0)
			return true;
	return false;
}

/* "?" stands for at most one character, "*" for any number. */
static bool open_match(str pattern, str value)
{
	bool row[CPE_BYTES_MAX + 1] = { true }, before;
	int  text[CPE_BYTES_MAX + 1];
	size_t n = 0;

	for (size_t i = 0; i < value.n;)
		text[n++] = token(value, &i);
	for (size_t i = 0; i < pattern.n;) {
		int t = token(pattern, &i);

		before = row[0];
		row[0] = row[0] && t < 0;
		for (size_t k = 1; k <= n; k++) {
			bool above = row[k];

			row[k] = t == -2 ? above || row[k - 1] : t == -1 ? above || before : before && text[k - 1] == t;
			before = above;
		}
	}
	return row[n];
}

enum cpe_relation cpe_attribute_compare(str source, str target)
{
	bool any_s = str_eq(source, S("*")), any_t = str_eq(target, S("*"));
	bool none_s = str_eq(source, S("-")), none_t = str_eq(target, S("-"));

	if (any_s && any_t)
		return CPE_EQUAL;
	if (!any_t && !none_t && open_form(target))
		return CPE_UNDEFINED;
	if (any_s || any_t)
		return any_s ? CPE_SUPERSET : CPE_SUBSET;
	if (none_s || none_t)
		return none_s && none_t ? CPE_EQUAL : CPE_DISJOINT;
	if (open_form(source))
		return open_match(source, target) ? CPE_SUPERSET : CPE_DISJOINT;
	return str_eq(source, target) ? CPE_EQUAL : CPE_DISJOINT;
}

enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target)
{
	int seen[CPE_UNDEFINED + 1] = { 0 };

	for (int k = 0; k < CPE_ATTRIBUTES; k++)
		seen[cpe_attribute_compare(source->value[k], target->value[k])]++;
	if (seen[CPE_DISJOINT])
		return CPE_DISJOINT;
	if (seen[CPE_UNDEFINED] || (seen[CPE_SUBSET] && seen[CPE_SUPERSET]))
		return CPE_UNDEFINED;
	return seen[CPE_SUBSET] ? CPE_SUBSET : seen[CPE_SUPERSET] ? CPE_SUPERSET : CPE_EQUAL;
}

str cpe_at(struct arena *a, const struct cpe *n, str version)
{
	struct cpe own = *n;
	struct buf b;
	str        v = small(a, version);

	buf_init(&b, a, 2 * v.n + 2);
	for (size_t i = 0; i < v.n; i++) {
		if (!plain(v.p[i]) && v.p[i] != ' ' && !quotable(v.p[i]))
			return cpe_print(a, n);
		if (quotable(v.p[i]))
			buf_char(&b, '\\');
		buf_char(&b, v.p[i] == ' ' ? '_' : v.p[i]);
	}
	if (b.n && !any_or_none(buf_str(&b)))
		own.value[CPE_VERSION] = buf_str(&b);
	return cpe_print(a, &own);
}
