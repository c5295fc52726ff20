#ifndef MATRIX_REQUEST_TEST_H
#define MATRIX_REQUEST_TEST_H

/*
 * A request of any operation or view in the world: ids that stand for what its
 * path speaks of, and a value of the right kind wherever one must be given.
 * Tests only.
 */

#include "tests/matrix/world_test.h"

struct noun { const char *word; size_t at; };

#define THING(word, field) { word, offsetof(struct things, field) }

/*
 * What an id in a path stands for, by the word before it; and an id outside the path, by its name.
 * An offset of SIZE_MAX: everybody who may ask may see all of these.
 */
static const struct noun nouns[] = {
	THING("cases", casefile), THING("reports", report), THING("vulns", vuln), THING("files", file),
	THING("sessions", session), THING("tokens", token), THING("vuln", vuln),
	THING("questions", question), THING("remedies", remedy), THING("editions", edition),
	THING("history", past), THING("imports", batch),
	THING("cve", cve), THING("errands", errand), THING("before", entry), THING("notices", notice), THING("received", paper),
	THING("comments", comment),
	{ "products", SIZE_MAX }, { "people", SIZE_MAX }, { "owner", SIZE_MAX }, { "account", SIZE_MAX },
	{ "family", SIZE_MAX }, { "seed", SIZE_MAX }, { "product", SIZE_MAX }, { "release", SIZE_MAX },
	{ "families", SIZE_MAX }, { "releases", SIZE_MAX },
	{ "from", SIZE_MAX }, { "to", SIZE_MAX }, { "supplier", SIZE_MAX }, { "suppliers", SIZE_MAX }, { "components", SIZE_MAX },
};

static inline str thing(const struct things *t, const struct noun *n)
{
	return *(const str *)(const void *)((const char *)t + n->at);
}

/* The literal word before ":name" in the path; the name itself when it stands outside. */
static inline str noun_word(const char *path, const char *name)
{
	str rest = str_of(path), part, before = str_of(name);

	while (str_cut(&rest, '/', &part)) {
		if (part.n > 1 && part.p[0] == ':' && str_eq(str_slice(part, 1, part.n), str_of(name)))
			return before;
		if (part.n && part.p[0] != ':')
			before = part;
	}
	return str_of(name);
}

static inline const struct noun *noun_of(const char *path, const struct arg *d)
{
	str word = noun_word(path, d->name);

	for (size_t i = 0; i < sizeof(nouns) / sizeof(nouns[0]); i++)
		if (str_eq(word, str_of(nouns[i].word)))
			return &nouns[i];
	/* A new noun: give the world one that may be seen and one that may not, and this table a line. */
	check_str(S("unknown to tests/matrix"), word);
	return &nouns[0];
}

/* What one request is made of: an operation or a view, one argument of which is replaced. */
struct request {
	const struct op   *op;
	const struct view *view;
	const struct arg  *args;
	const char        *path;
};

static inline bool in_path(const struct request *q, const struct arg *d)
{
	return !str_eq(noun_word(q->path, d->name), str_of(d->name)) && d->kind == ARG_ID;
}

/* A value of the right kind for an argument that must be given. */
static inline str filler(const struct world *w, const struct request *q, const struct arg *d)
{
	const struct noun *n;

	switch (d->kind) {
	case ARG_ID:
		if (str_eq(str_of(d->name), S("seed")))
			return S("aaaabbbbccccddddeeeeffffgg");
		n = noun_of(q->path, d);
		if (n->at != SIZE_MAX)
			return thing(&w->seen, n);
		return str_starts(str_of(n->word), S("product")) ? w->seen.product : w->seen.person;
	case ARG_INT:    return S("1");
	case ARG_BOOL:   return S("1");
	case ARG_TIME:   return S("2026-12-01T00:00:00Z");
	case ARG_DATE:   return S("2026-12-01");
	case ARG_CHOICE: return str_of(d->choices[0].value);
	case ARG_LINE:   return S("Line");
	case ARG_TEXT:   return S("Text");
	case ARG_SECRET: return S("a long enough secret 4711");
	case ARG_FILE:   break;
	}
	return STR_NONE;
}

/* Every argument that must be given; `replaced`, if not NULL, with this value. */
static inline void request_args(struct ctx *c, const struct world *w, const struct request *q,
                                const struct arg *replaced, str value, struct args *out)
{
	args_init(out, q->args);
	for (const struct arg *d = q->args; d && d->name; d++)
		if (d == replaced)
			check_ok(c, args_take(c, out, str_of(d->name), value, true));
		else if ((d->must || in_path(q, d)) && d->kind != ARG_FILE)
			check_ok(c, args_take(c, out, str_of(d->name), filler(w, q, d), true));
}

#endif
