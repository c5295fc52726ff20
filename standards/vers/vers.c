#include "standards/vers/vers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "standards/finding/embed.h"

EMBED(vers_types, "standards/vers/data/types.txt");

/* The fields after a type's name; none when it is not listed. */
static str type_row(str type)
{
	str rest = EMBEDDED_STR(vers_types), line, name;

	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &name) && str_eq(name, type) && type.n && type.p[0] != '#')
			return line;
	return STR_NONE;
}

str vers_types_date(void)
{
	return type_row(S("date"));
}

enum vers_kind vers_type_kind(str type)
{
	str row = type_row(type);

	if (str_starts(row, S("general\t")))
		return VERS_GENERAL;
	if (str_starts(row, S("package\t")))
		return VERS_PACKAGE;
	return str_starts(row, S("reserved\t")) ? VERS_RESERVED : VERS_UNKNOWN;
}

const struct order *vers_type_order(str type)
{
	str row = type_row(type), kind, order;

	if (!str_cut(&row, '\t', &kind) || !str_cut(&row, '\t', &order))
		return NULL;
	return order_find(order);
}

static bool wrong(struct ctx *c, size_t offset, const char *text)
{
	(void)fault(c, E_SYNTAX, "vers", text);
	c->fault.line   = 1;
	c->fault.column = (long)offset + 1;
	return false;
}

static int hex(char ch)
{
	return order_is_digit(ch) ? ch - '0' : ch >= 'A' && ch <= 'F' ? ch - 'A' + 10 : -1;
}

/* meets VERS 5.3.3.2 */
static bool version_decode(struct ctx *c, str text, size_t offset, str *out)
{
	struct buf b;
	size_t bad;

	buf_init(&b, c->arena, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '%') {
			if (strchr("<>=!*", text.p[i]))
				return wrong(c, offset + i, N_("This character must be percent-encoded in a version."));
			buf_char(&b, text.p[i]);
			continue;
		}
		if (i + 2 >= text.n || hex(text.p[i + 1]) < 0 || hex(text.p[i + 2]) < 0)
			return wrong(c, offset + i, N_("A percent sign must be followed by two digits of 0-9 and A-F."));
		buf_char(&b, (char)(hex(text.p[i + 1]) << 4 | hex(text.p[i + 2])));
		i += 2;
	}
	*out = buf_str(&b);
	if (!utf8_check(*out, &bad))
		return wrong(c, offset, N_("The version is not UTF-8."));
	return true;
}

static bool constraint_read(struct ctx *c, str part, size_t offset, struct vers *out, struct vers_constraint *k)
{
	static const struct { const char *text; enum vers_op op; } ops[] = {
		{ "!=", VERS_NE }, { "<=", VERS_LE }, { ">=", VERS_GE }, { "<", VERS_LT }, { ">", VERS_GT },
	};
	str rest = part;

	if (part.n == 0)
		return wrong(c, offset, N_("A constraint is empty."));
	*k = (struct vers_constraint){ .op = VERS_EQ, .version = S("") };
	if (str_eq(part, S("*"))) {
		k->op = VERS_ANY;
		return true;
	}
	for (size_t i = 0; i < 5 && k->op == VERS_EQ; i++)
		if (str_starts(part, str_of(ops[i].text))) {
			k->op = ops[i].op;
			rest  = str_slice(part, strlen(ops[i].text), part.n);
		}
	offset += part.n - rest.n;
	if (rest.n == 0)
		return wrong(c, offset, N_("A version is missing."));
	TRY(version_decode(c, rest, offset, &k->version));
	if (str_eq(out->type, S("datetime")) &&
	    (str_find(rest, S("%3A"), 0) != SIZE_MAX || str_find(rest, S("t"), 0) != SIZE_MAX ||
	     str_find(rest, S("z"), 0) != SIZE_MAX))
		return wrong(c, offset, N_("An instant is written with T, Z and plain colons."));
	return true;
}

static bool type_read(struct ctx *c, str text, struct vers *out)
{
	size_t n = 5;

	if (!str_starts(text, S("vers:")))
		return wrong(c, 0, N_("A version range begins with vers:."));
	while (n < text.n && ((text.p[n] >= 'a' && text.p[n] <= 'z') ||
	       (n > 5 && (order_is_digit(text.p[n]) || text.p[n] == '.' || text.p[n] == '-'))))
		n++;
	out->type = str_slice(text, 5, n);
	if (out->type.n == 0 || n == text.n || text.p[n] != '/')
		return wrong(c, n, N_("A type in small letters and a slash were expected."));
	if (str_eq(out->type, S("invalid")))
		return wrong(c, 5, N_("The type “invalid” is reserved for ranges that are not valid."));
	out->order = vers_type_order(out->type);
	return true;
}

/* White space, control characters and everything that is not ASCII. */
static bool characters(struct ctx *c, str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] <= ' ' || text.p[i] > '~')
			return wrong(c, i, N_("White space and characters outside ASCII are not allowed here."));
	return true;
}

bool vers_room(struct arena *a, str text, struct vers_constraint **v, size_t *n)
{
	*n = 1;
	for (size_t i = 0; i < text.n; i++)
		*n += text.p[i] == '|';
	if (*n > VERS_CONSTRAINTS_MAX)
		*n = VERS_CONSTRAINTS_MAX;
	*v = arena_alloc(a, *n * sizeof(**v));
	return *v;
}

bool vers_read(struct ctx *c, str text, struct vers *out)
{
	LIST(struct vers_constraint) list = { 0 };
	bool   all;
	size_t from, end;

	*out = (struct vers){ 0 };
	if (text.n > VERS_BYTES_MAX)
		return fault(c, E_LIMIT, "vers", N_("The version range is too long."));
	TRY(characters(c, text));
	TRY(type_read(c, text, out));
	if (!vers_room(c->arena, text, &list.v, &list.max))
		return fault(c, E_LIMIT, "vers", N_("The version range is too long."));
	list.cap = list.max;
	for (from = 5 + out->type.n + 1; from <= text.n; from = end + 1) {
		struct vers_constraint k;

		end = str_find(text, S("|"), from);
		if (end == SIZE_MAX)
			end = text.n;
		TRY(constraint_read(c, str_slice(text, from, end), from, out, &k));
		if (k.op == VERS_ANY && (list.n || end != text.n))
			return wrong(c, from, N_("An asterisk stands alone."));
		if (!list_push(c->arena, &list, k))
			return fault(c, E_LIMIT, "vers", N_("The version range is too long."));
	}
	out->v = list.v;
	out->n = list.n;
	all = str_eq(out->type, S("all")) || str_eq(out->type, S("none"));
	if (all && list.v[0].op != VERS_ANY)
		return wrong(c, 6 + out->type.n, N_("This type allows an asterisk only."));
	return true;
}

static int version_cmp(const struct vers *v, str a, str b)
{
	return v->order ? v->order->cmp(a, b) : str_cmp(a, b);
}

static bool is_low(enum vers_op op)
{
	return op == VERS_LT || op == VERS_LE;
}

/* meets VERS 5.4: what may follow what, inequalities ignored. */
static bool sequence_check(struct ctx *c, const struct vers *v)
{
	const struct vers_constraint *before = NULL, *bound = NULL;

	for (size_t i = 0; i < v->n; i++) {
		const struct vers_constraint *k = &v->v[i];

		if (k->op == VERS_NE || k->op == VERS_ANY)
			continue;
		if (before && before->op == VERS_EQ && is_low(k->op))
			return fault(c, E_INVALID, "vers", N_("An equality may not be followed by “{1}”."),
			             str_of(vers_op_text(k->op)));
		before = k;
		if (k->op == VERS_EQ)
			continue;
		if (bound && is_low(bound->op) == is_low(k->op))
			return fault(c, E_INVALID, "vers", N_("“{1}” may not be followed by “{2}”."),
			             str_of(vers_op_text(bound->op)), str_of(vers_op_text(k->op)));
		bound = k;
	}
	return true;
}

static bool unique_check(struct ctx *c, const struct vers *v)
{
	for (size_t i = 1; i < v->n; i++) {
		int way = v->order ? version_cmp(v, v->v[i - 1].version, v->v[i].version) : -1;

		if (way > 0)
			return fault(c, E_INVALID, "vers", N_("{1} stands after a greater version."), v->v[i].version);
		if (way == 0)
			return fault(c, E_INVALID, "vers", N_("{1} stands twice."), v->v[i].version);
	}
	for (size_t i = 0; !v->order && i < v->n && v->n <= 64; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(v->v[i].version, v->v[k].version))
				return fault(c, E_INVALID, "vers", N_("{1} stands twice."), v->v[i].version);
	return true;
}

bool vers_check(struct ctx *c, const struct vers *v)
{
	return unique_check(c, v) && sequence_check(c, v);
}

bool vers_parse(struct ctx *c, str text, struct vers *out)
{
	return vers_read(c, text, out) && vers_check(c, out);
}

static int by_version(const void *a, const void *b, void *order)
{
	const struct vers_constraint *x = a, *y = b;
	int way = ((const struct order *)order)->cmp(x->version, y->version);

	return way ? way : x->at < y->at ? -1 : x->at > y->at;
}

void vers_sort(struct vers *v)
{
	for (size_t i = 0; i < v->n; i++)
		v->v[i].at = (uint32_t)i;
	if (v->order && v->n > 1)
		qsort_r(v->v, v->n, sizeof(*v->v), by_version, (void *)(uintptr_t)v->order);
}

const char *vers_op_text(enum vers_op op)
{
	static const char *const texts[] = { "", "!=", "<", "<=", ">", ">=", "*" };

	return texts[op];
}

void vers_version_print(struct buf *b, str version)
{
	for (size_t k = 0; k < version.n; k++) {
		char ch = version.p[k];

		if (ch <= ' ' || ch > '~' || strchr("<>=!*|%", ch))
			buf_fmt(b, "%%%02X", (unsigned char)ch);
		else
			buf_char(b, ch);
	}
}

bool vers_version_read(struct ctx *c, str text, str *out)
{
	return version_decode(c, text, 0, out);
}

str vers_print(struct arena *a, const struct vers *v)
{
	struct buf b;

	buf_init(&b, a, 4 * VERS_BYTES_MAX);
	buf_add(&b, S("vers:"));
	buf_add(&b, v->type);
	for (size_t i = 0; i < v->n; i++) {
		buf_char(&b, i ? '|' : '/');
		buf_add(&b, str_of(vers_op_text(v->v[i].op)));
		vers_version_print(&b, v->v[i].version);
	}
	return buf_str(&b);
}

static bool version_check(struct ctx *c, const struct vers *v, str version)
{
	if (!v->order->valid || v->order->valid(version))
		return true;
	return fault(c, E_INVALID, "version", N_("{1} is not a version of the type {2}."), version, v->type);
}

/* The bounds in version order, equalities and inequalities done with. */
static bool between(const struct vers *v, str version)
{
	const struct vers_constraint *low = NULL;
	bool first = true;

	for (size_t i = 0; i < v->n; i++) {
		const struct vers_constraint *k = &v->v[i];

		if (k->op == VERS_EQ || k->op == VERS_NE || k->op == VERS_ANY)
			continue;
		if (is_low(k->op)) {
			if ((first || low) && version_cmp(v, version, k->version) < 0 &&
			    (!low || version_cmp(v, version, low->version) > 0))
				return true;
			low = NULL;
		} else if (!low) {
			low = k;
		}
		first = false;
	}
	return low && version_cmp(v, version, low->version) > 0;
}

bool vers_contains(struct ctx *c, const struct vers *v, str version, bool *in)
{
	struct vers sorted = *v;
	bool only_ne = true;

	*in = false;
	if (v->n == 1 && v->v[0].op == VERS_ANY) {
		*in = !str_eq(v->type, S("none"));
		return true;
	}
	if (!v->order)
		return fault(c, E_INVALID, "vers", N_("The order of versions of the type {1} is not known."), v->type);
	TRY(version_check(c, v, version));
	sorted.v = arena_alloc(c->arena, (v->n + 1) * sizeof(*v->v));
	if (!sorted.v)
		return fault(c, E_LIMIT, "vers", N_("The version range is too long."));
	memcpy(sorted.v, v->v, v->n * sizeof(*v->v));
	for (size_t i = 0; i < v->n; i++) {
		enum vers_op op = v->v[i].op;

		TRY(version_check(c, v, v->v[i].version));
		only_ne = only_ne && op == VERS_NE;
		if (op == VERS_LT || op == VERS_GT || version_cmp(v, version, v->v[i].version) != 0)
			continue;
		*in = op != VERS_NE;
		return true;
	}
	vers_sort(&sorted);
	*in = only_ne || between(&sorted, version);
	return true;
}
