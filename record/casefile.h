#ifndef RECORD_CASEFILE_H
#define RECORD_CASEFILE_H

/*
 * The case: its states, members and timeline.  A service adds its own table
 * keyed by case id, never a column here.
 *
 * States: open -> qualified -> remedying -> disclosing -> published -> closed;
 * from any of them to closed.  Each change writes the timeline and tells the
 * fact "case.STATE".
 */

#include "platform/op/op.h"
#include "record/ids.h"
#include "record/search.h"

struct casefile_draft {
	str title, severity, tlp;     /* tlp none: AMBER */
	str access;                   /* none: team */
	user_id owner;
};

/* Open a case: number PSIRT-YYYY-NNNN, state open, the opener a member. */
bool casefile_open(struct ctx *c, const struct casefile_draft *d, case_id *id, str *number) MUST_CHECK;
/* Move to another state. Faults: E_NOTFOUND not visible; E_STATE not from here. */
bool casefile_move(struct ctx *c, case_id id, const char *state, const char *fact) MUST_CHECK;
/* E_NOTFOUND when the actor may not see it (or it does not exist). */
bool casefile_seen(struct ctx *c, case_id id) MUST_CHECK;
/* The id of the case with this number, if the viewer sees it. */
bool casefile_numbered(struct ctx *c, str number, bool *found, str *id) MUST_CHECK;
/* Like casefile_seen; also returns the current state word. */
bool casefile_state(struct ctx *c, case_id id, str *state) MUST_CHECK;
/* Make somebody a member of a case that the actor sees; again is no fault. why: "owner", "product", "invited". */
bool casefile_admit(struct ctx *c, case_id id, user_id who, const char *why) MUST_CHECK;
/* Not a member any more; E_INVALID at "account": they were none. */
bool casefile_dismiss(struct ctx *c, case_id id, user_id who) MUST_CHECK;
/* Whose turn it is: team, finder, engineer, approver, nobody. */
bool casefile_turn(struct ctx *c, case_id id, const char *turn) MUST_CHECK;
/* The case's severity word, highest of its vulnerabilities. */
bool casefile_severity(struct ctx *c, case_id id, str severity) MUST_CHECK;

/* The end of its embargo, as far as the actor sees the case; found false: not seen. */
struct casefile_embargo { time_us at; str zone, number; int64_t version; bool over; /* published or closed */ };
bool casefile_embargo(struct ctx *c, case_id id, struct casefile_embargo *out, bool *found) MUST_CHECK;
/* A case that is not public yet and has no embargo gets this one; it need not be seen by the actor. */
bool casefile_embargo_first(struct ctx *c, case_id id, time_us at, str zone, str why) MUST_CHECK;
/* In place of another. E_CONFLICT: the case is not of this version any more, or public. */
bool casefile_embargo_move(struct ctx *c, case_id id, int64_t version, time_us at, str zone, str why) MUST_CHECK;

/* A fact on the timeline: "report.submitted" etc.; detail is one short line. */
bool timeline_fact(struct ctx *c, case_id id, const char *fact, str detail) MUST_CHECK;
/* A note by the actor for the others inside. */
/* Its title is another now: it is found by that alone. */
bool casefile_named(struct ctx *c, case_id id, str number, str title) MUST_CHECK;
/* What cases are found by: number and title, notes, vulnerabilities (record/search.h). */
extern const struct search_source case_source;
bool timeline_note(struct ctx *c, case_id id, str tlp, str body) MUST_CHECK;

/* The next number of a yearly counter, e.g. counter_next(c, "case-2026", &n). */
bool counter_next(struct ctx *c, str name, int64_t *n) MUST_CHECK;

extern const struct choice tlp_choices[], severity_choices[], case_state_choices[], turn_choices[];
/* The label of a choice's value, translated; the value itself when unknown. */
str choice_label(struct ctx *c, const struct choice *choices, str value);

#endif
