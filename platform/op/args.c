#include "platform/op/op.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/text/zone.h"

const char *const beside_ends[] = { ".asc", ".sha256", ".sha512", NULL };

static const size_t kind_max[] = {
	[ARG_LINE] = 500, [ARG_TEXT] = 65536, [ARG_ID] = 64,     [ARG_INT] = 20,
	[ARG_BOOL] = 5,   [ARG_TIME] = 40,    [ARG_DATE] = 10,   [ARG_CHOICE] = 64,
	[ARG_FILE] = 255, [ARG_SECRET] = 1024,
};

size_t arg_max(const struct arg *d)
{
	return d->max && d->kind != ARG_FILE ? d->max : kind_max[d->kind];
}

void args_init(struct args *a, const struct arg *defs)
{
	*a = (struct args){ .defs = defs, .given = { .max = ARGS_MAX } };
}

static const struct arg *def_find(const struct args *a, str name)
{
	for (const struct arg *d = a->defs; d && d->name; d++)
		if (str_eq(str_of(d->name), name))
			return d;
	return NULL;
}

static bool unknown(struct ctx *c, str name)
{
	return fault(c, E_INVALID, cstr(c->arena, utf8_cut(name, 80)),
	             N_("There is no argument of this name here."));
}

static bool take(struct ctx *c, struct args *a, struct given g)
{
	if (!g.arg->many)
		for (size_t i = 0; i < a->given.n; i++)
			if (a->given.v[i].arg == g.arg)
				return fault(c, E_INVALID, g.arg->name,
				             N_("This was given more than once."));
	if (!list_push(c->arena, &a->given, g))
		return fault(c, E_LIMIT, g.arg->name, N_("At most {1} values are accepted."),
		             str_fmt(c->arena, "%d", ARGS_MAX));
	return true;
}

bool args_take(struct ctx *c, struct args *a, str name, str value, bool strict)
{
	const struct arg *d = def_find(a, name);

	if (!d)
		return strict ? unknown(c, name) : true;
	if (d->kind == ARG_SECRET)
		arena_secret(c->arena);
	return take(c, a, (struct given){ d, value, NULL });
}

bool args_take_file(struct ctx *c, struct args *a, str name, struct file_part *f)
{
	const struct arg *d = def_find(a, name);

	if (!d || d->kind != ARG_FILE)
		return unknown(c, name);
	if (f->name.n == 0 && f->size == 0)   /* an empty file field of a form */
		return true;
	return take(c, a, (struct given){ d, f->name, f });
}

/* Control characters that text may not hold; tab and line ends are for ARG_TEXT. */
static bool chars_check(struct ctx *c, const struct arg *d, str v)
{
	size_t bad;

	if (!utf8_check(v, &bad))
		return fault(c, E_INVALID, d->name, N_("This is not valid UTF-8 (byte {1})."),
		             str_fmt(c->arena, "%zu", bad + 1));
	for (size_t i = 0; i < v.n; i++) {
		unsigned char x    = (unsigned char)v.p[i];
		bool          line = x == '\n' || x == '\r' || x == '\t';
		if ((x < 0x20 && !(line && d->kind == ARG_TEXT)) || x == 0x7F)
			return fault(c, E_INVALID, d->name,
			             N_("A control character (U+{1}) stands at byte {2}."),
			             str_fmt(c->arena, "%04X", x),
			             str_fmt(c->arena, "%zu", i + 1));
	}
	return true;
}

static bool choice_check(struct ctx *c, const struct arg *d, str v)
{
	struct buf b;

	for (const struct choice *o = d->choices; o && o->value; o++)
		if (str_eq(str_of(o->value), v))
			return true;
	buf_init(&b, c->arena, 2000);
	for (const struct choice *o = d->choices; o && o->value; o++) {
		buf_add(&b, o == d->choices ? S("") : S(", "));
		buf_add(&b, str_of(o->value));
	}
	return fault(c, E_INVALID, d->name, N_("Please choose one of: {1}"), buf_str(&b));
}

/* An id, or the number that people say instead of it (arg_is_number). */
static bool id_check(str v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!((v.p[i] >= 'a' && v.p[i] <= 'z') || (v.p[i] >= 'A' && v.p[i] <= 'Z') ||
		      (v.p[i] >= '0' && v.p[i] <= '9') || v.p[i] == '-' || v.p[i] == '_'))
			return false;
	return true;
}

bool arg_is_number(str v)
{
	for (size_t i = 0; i < v.n; i++)
		if (v.p[i] >= 'A' && v.p[i] <= 'Z')
			return true;
	return false;
}

/* "2026-12-01T09:00" in the viewer's zone, or an RFC 3339 instant. */
static bool instant_read(struct ctx *c, str v, time_us *out)
{
	const struct zone *z;
	str                whole;

	if (time_parse(v, out))
		return true;
	if (v.n != 16 && v.n != 19)
		return false;
	whole = STR_CAT(c->arena, v, v.n == 16 ? S(":00Z") : S("Z"));
	if (!time_parse(whole, out))
		return false;
	z = zone_load(c, c->zone);
	return z && zone_local(c, z, time_civil(*out), out, NULL);
}

static bool instant_check(struct ctx *c, const struct arg *d, str v)
{
	time_us t;

	c->fault.code = E_NONE;
	if (instant_read(c, v, &t))
		return true;
	if (c->fault.code != E_NONE) {
		c->fault.where = str_of(d->name);
		return false;
	}
	return fault(c, E_INVALID, d->name,
	             N_("Please give an instant such as 2026-12-01T09:00:00+09:00."));
}

static bool kind_check(struct ctx *c, const struct arg *d, str v)
{
	int64_t      n;
	struct civil day;

	switch (d->kind) {
	case ARG_INT:
		return str_to_int(v, &n) ||
		       fault(c, E_INVALID, d->name, N_("Please give a whole number."));
	case ARG_TIME:
		return instant_check(c, d, v);
	case ARG_DATE:
		return date_parse(v, &day) ||
		       fault(c, E_INVALID, d->name, N_("Please give a date such as 2026-12-01."));
	case ARG_ID:
		return id_check(v) || fault(c, E_NOTFOUND, d->name, NULL);
	case ARG_CHOICE:
		return choice_check(c, d, v);
	case ARG_LINE: case ARG_TEXT: case ARG_BOOL: case ARG_FILE: case ARG_SECRET:
		return true;
	}
	return true;
}

static bool one_check(struct ctx *c, struct given *g)
{
	const struct arg *d   = g->arg;
	size_t            max = arg_max(d);

	if (g->value.n > max)
		return fault(c, E_LIMIT, d->name,
		             N_("At most {1} bytes are accepted; this has {2}."),
		             str_fmt(c->arena, "%zu", max),
		             str_fmt(c->arena, "%zu", g->value.n));
	TRY(chars_check(c, d, g->value));
	if (d->kind != ARG_SECRET && d->kind != ARG_TEXT)
		g->value = str_trim(g->value);
	return g->value.n == 0 || kind_check(c, d, g->value);
}

bool args_check(struct ctx *c, struct args *a)
{
	for (size_t i = 0; i < a->given.n; i++)
		TRY(one_check(c, &a->given.v[i]));
	for (const struct arg *d = a->defs; d && d->name; d++) {
		bool there = d->kind == ARG_FILE ? arg_file(a, d->name, 0) != NULL
		                                 : !str_is_none(arg_str(a, d->name));
		if (d->must && !there)
			return fault(c, E_INVALID, d->name, N_("Please fill this in."));
	}
	return true;
}

static const struct given *nth(const struct args *a, const char *name, size_t n)
{
	str want = str_of(name);

	for (size_t i = 0; i < a->given.n; i++)
		if (str_eq(str_of(a->given.v[i].arg->name), want) && n-- == 0)
			return &a->given.v[i];
	return NULL;
}

bool arg_given(const struct args *a, const char *name)
{
	return nth(a, name, 0) != NULL;
}

str arg_str(const struct args *a, const char *name)
{
	const struct given *g = nth(a, name, 0);

	return g && g->value.n ? g->value : STR_NONE;
}

int64_t arg_int(const struct args *a, const char *name)
{
	int64_t v;

	return str_to_int(arg_str(a, name), &v) ? v : INT_NONE;
}

bool arg_bool(const struct args *a, const char *name)
{
	str v = arg_str(a, name);

	return str_eq(v, S("1")) || str_eq(v, S("true")) || str_eq(v, S("on")) ||
	       str_eq(v, S("yes"));
}

time_us arg_time(struct ctx *c, const struct args *a, const char *name)
{
	time_us      t;
	struct civil day;
	str          v = arg_str(a, name);

	if (instant_read(c, v, &t))
		return t;
	return date_parse(v, &day) ? civil_time(&day) : TIME_NONE;
}

bool arg_nth(const struct args *a, const char *name, size_t n, str *value)
{
	const struct given *g = nth(a, name, n);

	if (g)
		*value = g->value;
	return g != NULL;
}

struct file_part *arg_file(const struct args *a, const char *name, size_t n)
{
	const struct given *g = nth(a, name, n);

	return g ? g->file : NULL;
}

bool file_load(struct ctx *c, const struct file_part *f, size_t most, const char *point, str *bytes)
{
	size_t size = (size_t)f->size, n = 0;
	char  *p;

	if (f->size < 0 || size > most)
		return fault(c, E_LIMIT, "file", N_("The file has {1} bytes; at most {2} are accepted."),
		             str_fmt(c->arena, "%lld", (long long)f->size), str_fmt(c->arena, "%zu", most));
	p = arena_alloc(c->arena, size + 1);
	if (!p)
		return fault(c, E_LIMIT, "file", NULL);
	while (n < size) {
		ssize_t r = pread(f->fd, p + n, size - n, (off_t)n);
		if (r <= 0 || point_fails(POINT_FILE, point))
			return fault(c, E_IO, "file", N_("The uploaded file could not be read."));
		n += (size_t)r;
	}
	*bytes = (str){ p, n };
	return true;
}
