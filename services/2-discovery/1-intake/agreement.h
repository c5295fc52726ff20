#ifndef AGREEMENT_H
#define AGREEMENT_H

/*
 * What is agreed with the finder of a report: the instant of disclosure, in the
 * zone it is promised in, and the name in the acknowledgement.  The team
 * proposes; the finder accepts on the status page, or says another wish, which
 * the team answers with a proposal again.  A proposal that is just the finder's
 * wish is agreed at once.  Each step is a message, and stands on the timeline of
 * the case; the letter only says that there is a message.
 * What is agreed becomes the embargo of a case that has none; where the case has
 * another, the team is offered to make it this one.
 * Meets FIRST 5.2.1 (an agreed timeline), 5.2.1.4 (credit acceptable to the finder).
 */

#include "gen/agreement.sql.h"

#include "base/list.h"
#include "platform/op/form.h"
#include "record/report.h"

struct agreement_line { const struct agreement_list_row *r; str state; bool now; };
struct agreement_part {
	LIST(struct agreement_line) lines;       /* the newest first */
	const struct agreement_list_row *last;   /* NULL: nothing was proposed */
	bool waits;                              /* for the finder */
	struct form *propose, *agree, *wish;     /* NULL: not here, or not now */
	struct form *embargo;                    /* the case's embargo is another: make it the agreed one */
	str number, until;                       /* of that case */
};

/* "2026-12-10 18:00 (Asia/Tokyo)": as it was promised. */
str agreement_when(struct ctx *c, time_us at, str zone);
/* The agreements of a report into the sheet, and the forms of the side that looks: the team or the finder. */
bool agreement_fill(struct ctx *c, const struct report_brief *r, time_us plan_at, str plan_zone, str credit, bool inside,
                    struct agreement_part *out, struct sheet *s) MUST_CHECK;

/* A report that was agreed on has come to a case: heard from report.decided. */
bool agreement_heard(struct ctx *c, str casefile, str report) MUST_CHECK;
/* The name of a former colleague goes: heard from person.forgotten. */
bool agreement_forget(struct ctx *c, str casefile, str person) MUST_CHECK;

extern const struct arg propose_args[], agree_args[], wish_args[], embargo_args[];
run_fn propose_run, agree_run, wish_run, embargo_run;

#endif
