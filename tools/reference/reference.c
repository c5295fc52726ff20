#define BASE_PRINTF /* a build tool talks to the terminal */
#include "tools/reference/reference.h"

#include <stdio.h>
#include <string.h>

#include "platform/clock.h"
#include "record/role.h"
#include "tools/file.h"

const struct reference_role reference_roles[REFERENCE_ROLES] = {
	{ "administrator", ROLE_ADMIN }, { "lead", ROLE_LEAD }, { "analyst", ROLE_ANALYST },
	{ "engineer", ROLE_ENGINEER }, { "executive", ROLE_EXECUTIVE }, { "legal", ROLE_LEGAL },
	{ "auditor", ROLE_AUDITOR }, { "finder", ROLE_FINDER }, { "nobody", 0 },
};

bool reference_may(size_t role, uint32_t allowed)
{
	struct actor who = { .id = role + 1 < REFERENCE_ROLES ? S("somebody") : S(""), .roles = reference_roles[role].bit };

	return may(&who, allowed);
}

void path_split(struct ctx *c, const char *path, str *method, str *template)
{
	str        rest = str_of(path), part;
	struct buf b;

	(void)str_cut(&rest, ' ', method);
	buf_init(&b, c->arena, 1000);
	for (bool first = true; str_cut(&rest, '/', &part); first = false) {
		if (!first)
			buf_char(&b, '/');
		if (part.n > 1 && part.p[0] == ':')
			buf_fmt(&b, "{%.*s}", STR_ARG(str_slice(part, 1, part.n)));
		else
			buf_add(&b, part);
	}
	*template = buf_str(&b);
}

bool path_has(const char *path, const char *name)
{
	str rest = str_of(path), part;

	while (str_cut(&rest, '/', &part))
		if (part.n > 1 && part.p[0] == ':' && str_eq(str_slice(part, 1, part.n), str_of(name)))
			return true;
	return false;
}

/* One document: made here, or made by another generator in GEN. */
static const struct document {
	const char *path;                                        /* under DOCS */
	void (*write)(const struct reference *r, struct buf *b);
	const char *made;                                        /* under GEN */
} documents[] = {
	{ "reference/openapi.json", openapi_write, NULL },
	{ "reference/cli.md", verbs_write, NULL },
	{ "reference/permissions.md", permissions_write, NULL },
	{ "reference/facts.md", facts_write, NULL },
	{ "reference/framework.md", map_write, NULL },
	{ "reference/schema.md", NULL, "schema.md" },
	{ "trace/clauses.md", NULL, "clauses.md" },
	{ "trace/csaf.md", rules_write, NULL },
};

static str text_of(struct reference *r, const struct document *d, const char *gen)
{
	struct buf b;

	if (d->made)
		return file_read(r->c->arena, cstr(r->c->arena, str_fmt(r->c->arena, "%s/%s", gen, d->made)));
	buf_init(&b, r->c->arena, REFERENCE_MAX);
	d->write(r, &b);
	return b.full ? STR_NONE : buf_str(&b);
}

/* Writes the document when it differs; or, when only checking, says so. */
static bool settle(struct reference *r, const struct document *d, const char *gen, const char *docs)
{
	struct arena *a    = r->c->arena;
	const char   *path = cstr(a, str_fmt(a, "%s/%s", docs, d->path));
	str           text = text_of(r, d, gen), have = file_read(a, path);

	if (str_is_none(text))
		return file_wrong(a, path, 1, "could not be made") == 0;
	if (have.p && str_eq(have, text))
		return true;
	if (r->check)
		return file_wrong(a, path, 1, "stale: not what the program is now; run make reference") == 0;
	return file_write(path, text) || file_wrong(a, path, 1, "could not be written") == 0;
}

/* reference [--check] GEN DOCS */
int main(int argc, char **argv)
{
	bool             good = true;
	struct arena     a;
	struct ctx       c;
	struct reference r = { .c = &c, .check = argc == 4 && !strcmp(argv[1], "--check") };

	if (argc != 3 && !r.check) {
		fprintf(stderr, "usage: reference [--check] GEN DOCS\n");
		return 2;
	}
	arena_init(&a, (size_t)4 << 30);
	ctx_init(&c, &a);
	if (!observe(&r))
		return 1;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
		good &= settle(&r, &documents[i], argv[argc - 2], argv[argc - 1]);
	return good ? 0 : 1;
}
