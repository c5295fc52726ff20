#include "platform/op/probe.h"

#include "platform/op/op.h"
#include "platform/text/word.h"

enum { NOTES_MAX = 40 };

void probe_note(struct ctx *c, struct probe_notes *out, const char *name, enum probe_verdict v, const char *mend, const char *found,
                const str *args, size_t n)
{
	(void)list_push(c->arena, out, (struct probe_note){ name, v, word_fill(c, found, args, n), v == PROBE_WELL ? NULL : mend });
}

void probe_fault(struct ctx *c, struct probe_notes *out, const char *name, str url, const char *mend)
{
	str said = word_fault(c, &c->fault);

	c->fault = (struct fault){ 0 };
	PROBE_NOTE(c, out, name, PROBE_BAD, mend, N_("{1}: {2}"), url, said);
}

static bool one(struct ctx *c, const struct probe *p, struct probe_notes *out)
{
	void *work = NULL;
	bool  ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = p->look(c, &work);
	db_rollback(c);
	return ok && (!work || p->ask(c, work, out));
}

bool probe_all(struct ctx *c, struct probe_notes *out)
{
	const struct front *f = front_of(c);

	*out = (struct probe_notes){ .max = NOTES_MAX };
	for (size_t i = 0; i < f->services_n; i++)
		for (const struct probe *p = f->services[i]->probes; p && p->name; p++)
			if (!one(c, p, out))
				probe_fault(c, out, p->name, f->base_url, N_("See the log of the server."));
	return ctx_whole(c);
}
