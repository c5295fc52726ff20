#include "platform/op/op.h"

static bool look(struct ctx *c, const struct chore *h, void **work)
{
	bool ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = h->due(c, work);
	db_rollback(c);
	return ok;
}

static bool keep(struct ctx *c, const struct chore *h, void *work)
{
	for (int i = 0;; i++) {
		TRY(db_begin(c, DB_WRITE, &db_viewer_all));
		if (h->keep(c, work) && db_commit(c))
			return true;
		db_rollback(c);
		if (!db_again(c, i + 1))
			return false;
	}
}

bool chore_run(struct ctx *c, const struct chore *h, bool *done)
{
	void *work = NULL;
	bool  able = true;

	*done = false;
	TRY(look(c, h, &work));
	if (!work)
		return true;
	TRY(h->act(c, work, &able));
	if (!able)
		return true;
	TRY(keep(c, h, work));
	*done = true;
	return true;
}
