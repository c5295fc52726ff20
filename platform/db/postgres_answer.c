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
			same = a->length[k] == r->length[k] && !a->value[k] == !r->value[k] &&
			       (!a->value[k] || memcmp(a->value[k], r->value[k], (size_t)a->length[k]) == 0);
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
	struct pg_tx  *t = (struct pg_tx *)r->run.tx;
	struct answer *a = &t->answers[t->answers_n];
	size_t         n = (size_t)r->n;

	*a = (struct answer){ .q = r->run.q, .mask = r->mask, .name = r->name, .n = r->n, .result = r->result,
	                      .value = NEWS(t->arena, const char *, n + 1), .length = NEWS(t->arena, int, n + 1),
	                      .format = NEWS(t->arena, int, n + 1) };
	for (size_t k = 0; k < n; k++) {
		a->length[k] = r->length[k];
		a->format[k] = r->format[k];
		a->value[k]  = r->value[k] ? cstr(t->arena, (str){ r->value[k], (size_t)r->length[k] }) : NULL;
	}
	t->answers_n++;
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

	/* One with a plan of its own has statements around it (plan_each). */
	if (answer_may_keep(r) && !r->by_values && t->answers_n < ANSWERS && !same_question(r))
		note(r);
	return true;
}

/* All that wait; false when the connection does not take them. */
static bool send(const struct pg_tx *t, size_t n)
{
	PGconn *h  = t->conn->h;
	bool    ok = PQenterPipelineMode(h) == 1;

	for (size_t i = t->asked_n; ok && i < n; i++) {
		const struct answer *a = &t->answers[i];
		ok = PQsendQueryPrepared(h, a->name, a->n, a->value, a->length, a->format, 0) == 1;
	}
	return ok && PQpipelineSync(h) == 1;
}

/* One answer and the NULL behind it; false with the fault when it is none. */
static bool receive(struct ctx *c, struct pg_tx *t, struct answer *a)
{
	PGresult *res = PQgetResult(t->conn->h), *more;
	bool      ok  = PQresultStatus(res) == PGRES_TUPLES_OK;

	if (res)
		while ((more = PQgetResult(t->conn->h)))
			PQclear(more);
	if (ok) {
		a->result = res;
		return true;
	}
	if (!t->tx.broken)   /* of those behind it is only said that they were left out */
		(void)pg_fault(c, t->conn, res, a->q->name);
	PQclear(res);
	return false;
}

/*
 * What is sent is far less than a socket holds, so that sending never waits for
 * a server that waits for us to read.
 */
bool answers_fetch(struct ctx *c, struct pg_tx *t)
{
	PGconn   *h = t->conn->h;
	size_t    n = t->answers_n;
	PGresult *res;
	bool      ok;

	if (t->asked_n == n)
		return true;
	t->answers_n = t->asked_n;
	if (!send(t, n))
		return pg_fault(c, t->conn, NULL, "ahead");
	ok = true;
	for (size_t i = t->asked_n; ok && i < n; i++) {
		ok = receive(c, t, &t->answers[i]);
		t->answers_n += ok;
	}
	t->asked_n = t->answers_n;
	/* Up to the mark at the end, also behind a fault. */
	for (ExecStatusType status = PGRES_EMPTY_QUERY; status != PGRES_PIPELINE_SYNC && PQstatus(h) == CONNECTION_OK;) {
		res    = PQgetResult(h);
		status = res ? PQresultStatus(res) : status;
		PQclear(res);
	}
	if (PQstatus(h) == CONNECTION_OK && PQexitPipelineMode(h) != 1)
		ok = ok && pg_fault(c, t->conn, NULL, "ahead");
	return ok;
}
