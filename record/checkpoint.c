#include "record/checkpoint.h"

#include "gen/journal.sql.h"

/* The digest of a list of heads, one after the other. */
struct list_root { char text[64]; size_t n; };

static bool root_row(struct ctx *c, void *arg, const struct mark_list_row *r)
{
	struct list_root *root  = arg;
	struct arena     *outer = c->arena, scratch;
	str               next;

	arena_init(&scratch, ARENA_MAX);
	c->arena = &scratch;
	next     = journal_bind(c, (str){ root->text, root->n }, r->chain, r->pos, r->hash);
	root->n  = next.n < sizeof(root->text) ? next.n : sizeof(root->text);
	memcpy(root->text, next.p, root->n);
	c->arena = outer;
	arena_done(&scratch);
	return true;
}

static bool seal_of(struct ctx *c, int64_t number, int64_t heads, time_us at, str before, str *seal)
{
	struct list_root root = { .n = 0 };

	TRY(sql_mark_list(c, number, root_row, &root));
	*seal = journal_seal(c, str_fmt(c->arena, "checkpoint %lld %lld %lld %.*s %.*s", (long long)number, (long long)heads,
	                                (long long)at, (int)root.n, root.text, STR_ARG(before)));
	return true;
}

bool checkpoint_write(struct ctx *c)
{
	struct mark_last_row last  = { .seal = S_INIT("") };
	bool                 found = false;
	int64_t              heads = 0;
	str                  seal;

	TRY(sql_mark_last(c, &last, &found));
	if (found && c->now < last.at + CHECKPOINT_EVERY * SECOND)
		return true;
	TRY(sql_mark_moved(c, last.checkpoint + 1, c->now, &heads));
	if (heads == 0)
		return true;
	TRY(sql_mark_heads(c));
	TRY(seal_of(c, last.checkpoint + 1, heads, c->now, found ? last.seal : S(""), &seal));
	return sql_mark_seal(c, last.checkpoint + 1, heads, seal, c->now);
}

/* ---- verification ---- */

struct past { struct journal_verdict *verdict; int64_t number; str seal; };

static bool seals_read(struct ctx *c, void *arg, const struct mark_seals_row *r)
{
	struct past *p = arg;
	str          seal;

	p->number++;
	TRY(seal_of(c, r->checkpoint, r->heads, r->at, p->seal, &seal));
	if (r->checkpoint != p->number)
		journal_wrong(c->arena, p->verdict, N_("A checkpoint is missing before this one"), S("checkpoint"), r->checkpoint);
	else if (!str_eq(seal, r->seal))
		journal_wrong(c->arena, p->verdict, N_("The list of a checkpoint was altered"), S("checkpoint"), r->checkpoint);
	p->number = r->checkpoint;
	p->seal   = str_dup(c->arena, r->seal);
	return true;
}

bool checkpoint_verify(struct ctx *c, struct journal_verdict *verdict)
{
	struct past            p = { .verdict = verdict, .seal = S("") };
	struct mark_orphan_row orphan;
	struct mark_lost_row   lost;
	bool                   found = false;

	TRY(sql_mark_seals(c, seals_read, &p));
	verdict->checkpoints = p.number;
	TRY(sql_mark_orphan(c, &orphan, &found));
	if (found)
		journal_wrong(c->arena, verdict, N_("An entry that a checkpoint names is missing: its chain was taken away"),
		              orphan.chain, orphan.pos);
	TRY(sql_mark_lost(c, &lost, &found));
	if (found)
		journal_wrong(c->arena, verdict, N_("The checkpoint that names this entry is missing"), lost.chain, lost.pos);
	return true;
}
