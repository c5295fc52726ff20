#include "services/2-discovery/3-components/notice.h"

#include <unistd.h>

#include "base/point.h"
#include "platform/text/word.h"
#include "services/2-discovery/3-components/why.h"

const struct arg notice_import_args[] = {
	{ .name = "file", .kind = ARG_FILE, .must = true, .many = true, .label = N_("Suppliers' CSAF documents"),
	  .hint = N_("CSAF 2.0 or 2.1, each at most 15 MiB; up to 60 at once. Every file is kept, also one that cannot be read.") },
	{ 0 },
};

/* One file and what became of it. */
struct landing { struct notice_paper paper; struct notice_fate fate; str outcome, said, number, edition; int64_t hits; };
struct landings { struct landing *v; size_t n; };

/* Outside the transaction: every document goes through the cage. */
bool notice_import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct landings *all = NEW(c->arena, struct landings);
	str              bytes;

	while (arg_file(a, "file", all->n))
		all->n++;
	if (all->n > NOTICE_FILES)
		return fault(c, E_LIMIT, "file", N_("At most {1} files are taken at once."), str_fmt(c->arena, "%d", NOTICE_FILES));
	all->v = NEWS(c->arena, struct landing, all->n + 1);
	for (size_t i = 0; i < all->n; i++) {
		const struct file_part *f = arg_file(a, "file", i);
		TRY(file_load(c, f, NOTICE_BYTES, "notice.load", &bytes));
		TRY(notice_read(c, f->name, bytes, &all->v[i].paper));
	}
	out->model = all;
	crash_point("notice.read");
	return true;
}

static const struct db_col landing_cols[] = {
	{ "file", DB_TEXT, offsetof(struct landing, paper.file) }, { "outcome", DB_TEXT, offsetof(struct landing, outcome) },
	{ "number", DB_TEXT, offsetof(struct landing, number) },   { "edition", DB_TEXT, offsetof(struct landing, edition) },
	{ "components", DB_INT, offsetof(struct landing, hits) },  { "id", DB_TEXT, offsetof(struct landing, fate.id) },
	{ "paper", DB_TEXT, offsetof(struct landing, fate.paper) }, { "why", DB_TEXT, offsetof(struct landing, said) },
};

static const struct { const char *outcome, *said; } told[] = {
	{ "kept", N_("The supplier's advisory was taken in.") },
	{ "updated", N_("The supplier's advisory was updated.") },
	{ "there", N_("This document is here already; nothing was changed.") },
	{ "older", N_("A newer version is here; the document was kept beside it.") },
	{ "refused", N_("The document was kept, but it cannot be read as an advisory. The reason stands with it.") },
};

static void say(struct ctx *c, const struct landings *all, struct sheet *out)
{
	const struct landing *x = &all->v[0];

	sheet_add(out, "files", false, landing_cols, sizeof(landing_cols) / sizeof(landing_cols[0]), all->v, all->n, sizeof(*all->v));
	out->model = NULL;
	out->next  = S("/notices/received");
	out->said  = S(N_("The files were read; each is listed with what became of it, unless it was here already."));
	if (all->n > 1)
		return;
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (str_eq(x->outcome, str_of(told[i].outcome)))
			out->said = str_of(told[i].said);
	out->object = x->fate.id.v.n ? x->fate.id.v : x->fate.paper.v;
	if (x->fate.id.v.n && !str_eq(x->outcome, S("older")) && !str_eq(x->outcome, S("refused")))
		out->next = STR_CAT(c->arena, S("/notices/"), x->fate.id.v);
}

bool notice_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct landings       *all = NEW(c->arena, struct landings);
	const struct landings *had = out->model;
	struct notice_get_row  n;

	(void)a;
	all->n = had->n;
	all->v = NEWS(c->arena, struct landing, had->n + 1);
	for (size_t i = 0; i < all->n; i++) {
		struct landing *x = &all->v[i];
		*x = had->v[i];   /* run may run again: what prepare found stays as it is */
		TRY(notice_keep(c, &x->paper, (supplier_id){ STR_NONE }, &x->fate));
		x->outcome = x->fate.outcome;
		x->said    = why_said(c, &x->fate.why);
		x->number  = x->paper.readable ? x->paper.number : S("");
		x->edition = x->paper.readable ? x->paper.edition : S("");
		x->hits    = INT_NONE;
		if (x->fate.id.v.n) {
			TRY(sql_notice_get(c, x->fate.id, &n));
			x->hits = n.hits;
		}
		out->refused += str_eq(x->outcome, S("refused")) || !x->paper.readable;   /* again, too */
		crash_point("notice.kept");
	}
	say(c, all, out);
	return true;
}
