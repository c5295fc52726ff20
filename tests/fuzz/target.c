#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

static const struct fuzz_table *const tables[] = { &fuzz_json, &fuzz_document, &fuzz_author, &fuzz_name, &fuzz_provider, &fuzz_supplier, &fuzz_wire };

enum { TABLES = sizeof(tables) / sizeof(*tables), SEED_MAX = 256 << 10 };

size_t fuzz_targets(void)
{
	size_t n = 0;

	for (size_t i = 0; i < TABLES; i++)
		n += tables[i]->n;
	return n;
}

const struct fuzz_target *fuzz_target(size_t i)
{
	size_t k = 0;

	for (; i >= tables[k]->n; k++)
		i -= tables[k]->n;
	return &tables[k]->v[i];
}

struct once { const struct fuzz_target *t; str bytes; };

static bool run(struct ctx *c, void *arg)
{
	const struct once *o = arg;

	o->t->run(c, o->bytes);
	return true;
}

static void even_random(void *p, size_t n)
{
	memset(p, 0x5A, n);
}

void fuzz_once(const struct fuzz_target *t, str bytes)
{
	struct arena a;
	struct ctx   c;
	struct once  o = { .t = t };
	char        *p;

	arena_init(&a, FUZZ_MEMORY);
	ctx_init(&c, &a);
	c.now    = civil_days(2026, 11, 24) * DAY;
	c.random = even_random;
	/* A block of its own and no longer: reading beyond its end is seen. */
	p = arena_must(&a, 1, bytes.n + 1);
	if (bytes.n)
		memcpy(p + 1, bytes.p, bytes.n);
	o.bytes = (str){ p + 1, bytes.n };
	if (!ctx_net(&c, run, &o)) {
		/* Its memory ended: that is bounded, and said. */
	}
	arena_done(&a);
}

static int by_name(const void *a, const void *b)
{
	const str *x = a, *y = b;

	return str_cmp(*x, *y);
}

static bool seed_read(struct ctx *c, str path, struct seeds *out)
{
	FILE       *f = fopen(cstr(c->arena, path), "rb");
	static char room[SEED_MAX];
	size_t      n;

	if (!f)
		return fault(c, E_NOTFOUND, "seed", N_("There is no such file."));
	n = fread(room, 1, SEED_MAX, f);
	fclose(f);
	if (!list_push(c->arena, out, str_dup(c->arena, (str){ room, n })))
		return fault(c, E_LIMIT, "seed", N_("There is not enough memory for this."));
	return true;
}

static bool folder_read(struct ctx *c, str name, struct seeds *out)
{
	static str     names[1000];
	struct dirent *e;
	size_t         n = 0;
	str            path = STR_CAT(c->arena, S("tests/fuzz/corpus/"), name, S("/"));
	DIR           *d = opendir(cstr(c->arena, path));

	if (!d)
		return fault(c, E_NOTFOUND, "seed", N_("There is no such file."));
	while (n < 1000 && (e = readdir(d)))
		if (e->d_name[0] != '.')
			names[n++] = str_dup(c->arena, str_of(e->d_name));
	closedir(d);
	qsort(names, n, sizeof(names[0]), by_name);
	for (size_t i = 0; i < n; i++)
		TRY(seed_read(c, STR_CAT(c->arena, path, names[i]), out));
	return true;
}

bool seeds_load(struct ctx *c, const struct fuzz_target *t, struct seeds *out)
{
	str more = t->more ? str_of(t->more) : S(""), name;

	*out = (struct seeds){ .max = 1000 };
	TRY(folder_read(c, str_of(t->name), out));
	while (str_cut(&more, ' ', &name))
		TRY(folder_read(c, name, out));
	return out->n > 0 || fault(c, E_NOTFOUND, "seed", N_("There is no such file."));
}
