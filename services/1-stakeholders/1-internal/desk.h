#ifndef INTERNAL_DESK_H
#define INTERNAL_DESK_H

/*
 * The desk: what waits for the person who looks, in three columns.
 * FIRST PSIRT Services Framework 1.1, 1.1.1.
 */

#include "platform/op/form.h"

enum { DESK_ROWS = 50 };        /* of one source */
#define DESK_SOON (7 * DAY)

/* when: now, soon, waiting. kind: report, case, question, advisory, notice, person. */
struct task {
	str     when, kind, number, title, why, severity, href, lang;
	time_us due;
	str     clock;               /* css of the due time */
	str     owner;               /* whose it is, where the line says so */
	struct form *act, *other;    /* what can be done from here, or NULL */
};

struct desk_column {
	const char *title;
	LIST(struct task) tasks;
	bool  more;                  /* a source had more than DESK_ROWS */
	str   empty, advice, href, act;   /* what to do when there is nothing */
};

struct desk_page { struct desk_column columns[3]; LIST(struct desk_column) shown; };

#endif
