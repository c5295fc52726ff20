#include "platform/db/postgres_part.h"

void answers_drop(struct pg_tx *t)
{
	while (t->answers_n)
		PQclear(t->answers[--t->answers_n].result);
	t->asked_n = 0;
}

bool answer_may_keep(const struct pg_run *r)
{
	return r->run.tx->mode == DB_READ && r->run.q->name;
}

static struct answer *same_question(const struct pg_run *r)
{
	struct pg_tx *t = (struct pg_tx *)r->run.tx;

	for (size_t i = 0; i < t->answers_n; i++) {
		struct answer *a    = &t->answers[i];
		bool           same = a->q == r->run.q && a->mask == r->mask;

		for (int k = 0; same && k < r->n; k++)
			same = a->ask.length[k] == r->length[k] && !a->ask.value[k] == !r->value[k] &&
			       (!a->ask.value[k] || memcmp(a->ask.value[k], r->value[k], (size_t)r->length[k]) == 0);
		if (same)
			return a;
	}
	return NULL;
}

PGresult *answer_find(const struct pg_run *r)
{
	const struct answer *a = same_question(r);

	return a ? a->result : NULL;
}

static void note(struct pg_run *r)
{
	struct pg_tx   *t = (struct pg_tx *)r->run.tx;
	size_t          n = (size_t)r->n;
	struct question q = { .name = r->name, .n = r->n, .value = NEWS(t->arena, const char *, n + 1),
	                      .length = NEWS(t->arena, int, n + 1), .format = NEWS(t->arena, int, n + 1) };

	for (size_t k = 0; k < n; k++) {
		q.length[k] = r->length[k];
		q.format[k] = r->format[k];
		q.value[k]  = r->value[k] ? cstr(t->arena, (str){ r->value[k], (size_t)r->length[k] }) : NULL;
	}
	t->answers[t->answers_n++] = (struct answer){ r->run.q, r->mask, q, r->result };
}

void answer_keep(struct pg_run *r)
{
	struct pg_tx *t = (struct pg_tx *)r->run.tx;

	if (!answer_may_keep(r) || r->rows > ANSWER_ROWS || t->answers_n == ANSWERS)
		return;
	note(r);
	t->asked_n = t->answers_n;   /* none waits: they were fetched before this one was asked */
	r->lent    = true;
}

bool answer_ahead(UNUSED struct ctx *c, struct db_run *run)
{
	struct pg_run      *r = (struct pg_run *)run;
	const struct pg_tx *t = (const struct pg_tx *)run->tx;

	/* One with a plan of its own has statements around it (execute_by_values). */
	if (answer_may_keep(r) && !r->by_values && t->answers_n < ANSWERS && !same_question(r))
		note(r);
	return true;
}

bool answers_fetch(struct ctx *c, struct pg_tx *t)
{
	struct question v[ANSWERS];
	PGresult       *out[ANSWERS];
	size_t          from = t->asked_n, n = t->answers_n - from;

	if (n == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		v[i] = t->answers[from + i].ask;
	t->answers_n = from;
	TRY(conn_ask(c, t->conn, v, n, out, "ahead"));
	for (size_t i = 0; i < n; i++)
		t->answers[from + i].result = out[i];
	t->asked_n = t->answers_n = from + n;
	return true;
}

/* ---- several questions, one journey ---- */

static bool send(PGconn *h, const struct question *v, size_t n)
{
	bool ok = PQenterPipelineMode(h) == 1;

	for (size_t i = 0; ok && i < n; i++)
		ok = v[i].name ? PQsendQueryPrepared(h, v[i].name, v[i].n, v[i].value, v[i].length, v[i].format, 0) == 1
		               : PQsendQueryParams(h, v[i].text, 0, NULL, NULL, NULL, NULL, 0) == 1;
	return ok && PQpipelineSync(h) == 1;
}

/* One answer and the NULL behind it; false when it is none, or a fault. */
static bool receive(PGconn *h, PGresult **out)
{
	PGresult      *more;
	ExecStatusType status;

	*out   = PQgetResult(h);
	status = PQresultStatus(*out);
	while (*out && (more = PQgetResult(h)))
		PQclear(more);
	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

/*
 * Up to the mark at the end, also behind a fault: those that came after it were left
 * out.  Nothing twice in a row: no mark comes any more, whatever libpq says of its state.
 */
static bool finish(PGconn *h)
{
	ExecStatusType status  = PGRES_EMPTY_QUERY;
	int            nothing = 0;

	while (status != PGRES_PIPELINE_SYNC && nothing < 2) {
		PGresult *res = PQgetResult(h);
		nothing       = res ? 0 : nothing + 1;
		status        = PQresultStatus(res);
		PQclear(res);
	}
	return status == PGRES_PIPELINE_SYNC && PQexitPipelineMode(h) == 1;
}

/* The fault is told last: its text may end the memory of this work, and the journey with it. */
bool conn_ask(struct ctx *c, struct conn *k, const struct question *v, size_t n, PGresult **out, const char *what)
{
	size_t got = 0;

	if (!send(k->h, v, n))
		return pg_fault(c, k, NULL, what);
	while (got < n && receive(k->h, &out[got]))
		got++;
	k->cut |= !finish(k->h);
	if (got == n && !k->cut)
		return true;
	for (size_t i = 0; i < got; i++)
		PQclear(out[i]);
	(void)pg_fault(c, k, got < n ? out[got] : NULL, got < n && v[got].name ? v[got].name : what);
	if (got < n)
		PQclear(out[got]);
	return false;
}
