#ifndef RECORD_REPORT_H
#define RECORD_REPORT_H

/*
 * The report: what somebody told us, the talk with them, and the one state it
 * is in.  A finder is known by a receipt code, of which only the digest stays.
 *
 * States: new -> in_review <-> needs_info; from these to qualified, duplicate
 * or declined; with its case to closed; reopening leads back to in_review.
 * Steps shown to the finder: 1 received, 2 under review, 3 analysis, 4 remedy,
 * 5 disclosure, 6 published.
 * Meets ISO/IEC 29147:2018 6.2.4 (tracking), 6.2.5 (acknowledgement), 6.5.
 */

#include "platform/op/op.h"
#include "record/ids.h"
#include "record/search.h"

/* Days until a person has answered (29147 asks for seven at most), and between two words from us. */
enum { REPORT_ACK_DAYS = 3, REPORT_UPDATE_DAYS = 14 };

struct report_draft {
	str title, product, product_version, description, found_how, impact;
	str exploited, known;            /* "unknown" "no" "yes" */
	str told;
	time_us plan_at;                 /* TIME_NONE: no plan told */
	str plan_zone;
	str contact;                     /* none: anonymous */
	bool contact_share;
	str credit, lang, source, channel;
	bool entered;                    /* by the actor, for somebody else */
};

struct report_brief {
	report_id id;
	case_id   casefile;              /* none: belongs to no case */
	str       number, state, title, contact, lang;
	int64_t   step, version;
	time_us   answered_at;
};

/* What changes when a report moves to another state. */
struct report_move {
	const char *state;
	int64_t     step;
	str         outcome;             /* none: not decided */
	case_id     casefile;
	report_id   original;            /* of a duplicate */
	int64_t     version;             /* that the actor saw; INT_NONE: not checked */
};

/*
 * A receipt code "K7QM2-XRD94-TFHW3-C5PLA": 100 bits.  Under the house key from a seed of
 * 26 or more characters that a page carried, else from what the dispatcher says of a
 * replay key (sheet.once), so that a repeated submission
 * shows the same code; without either from the system's random source.
 */
str  receipt_make(struct ctx *c, str seed, str once);
/* What a person typed, made plain: full-width letters from a Japanese keyboard too. */
str  receipt_plain(struct ctx *c, str typed);
/*
 * The instant of a promise: 09:00 UTC (18:00 in Japan; the same day in nearly
 * all zones), at least so many days later, never on a Saturday or Sunday.
 */
time_us report_promise(time_us from, int days);

/* Store it as R-YYYY-NNNN in state new and queue the letter of arrival. */
bool report_open(struct ctx *c, const struct report_draft *d, str code, report_id *id, str *number) MUST_CHECK;
/* A state in which nothing is decided yet: new, in_review, needs_info. */
bool report_waits(str state);
/* E_NOTFOUND when the actor may not see it (or it does not exist). */
bool report_brief(struct ctx *c, report_id id, struct report_brief *out) MUST_CHECK;
/* The id of the case or report with this number, if the viewer sees it. */
bool report_or_case_numbered(struct ctx *c, str number, bool *found, str *id) MUST_CHECK;
/* The actor's own by receipt code; E_NOTFOUND when there is none. */
bool report_own(struct ctx *c, struct report_brief *out) MUST_CHECK;
/* The uploaded files of an operation; message none: they came with the report. */
bool report_attach(struct ctx *c, report_id id, message_id message, const struct args *a, const char *name) MUST_CHECK;
/* A message from the finder: counts as unread, and answers a question of ours. */
bool report_hear(struct ctx *c, const struct report_brief *r, str body, message_id *id) MUST_CHECK;
/* The label that a message about a report gets when nobody chose one: the case's, as far as it is seen; else AMBER. */
bool report_tlp(struct ctx *c, case_id k, str *tlp) MUST_CHECK;
bool report_tlp_ahead(struct ctx *c, case_id k) MUST_CHECK;   /* it will be asked for (db_ahead) */
/*
 * A message to the finder, with its TLP label (none: report_tlp). It leaves the house; the letter only
 * points to it. Awaits: an answer is asked for, and it is the finder's turn in the case; otherwise whose
 * turn it is stays as it is.
 */
bool report_tell(struct ctx *c, const struct report_brief *r, str tlp, str body, bool awaits, message_id *id) MUST_CHECK;
/* The team has read it: new becomes in_review, nothing is unread. No promise is kept by that. */
bool report_read(struct ctx *c, const struct report_brief *r) MUST_CHECK;
/* E_CONFLICT when somebody changed it since. */
bool report_move(struct ctx *c, const struct report_brief *r, const struct report_move *m) MUST_CHECK;
/* The name for the acknowledgement, as agreed with the finder. */
bool report_credit(struct ctx *c, report_id id, str credit) MUST_CHECK;
/* All reports of a case follow it; at the last step nothing more is promised. */
bool report_follow(struct ctx *c, case_id id, int64_t step) MUST_CHECK;

/* The reports of a case close with it, without a further promise; again: they go on with it. */
bool report_close(struct ctx *c, case_id id, bool again) MUST_CHECK;

/* "ja" when there are kana or more Han than Latin letters, else "en" when all is ASCII, else "und". */
str  text_lang(str s);

extern const struct choice report_state_choices[], report_source_choices[],
	report_channel_choices[], report_answer_choices[], report_step_choices[],
	report_outcome_choices[];
/* What reports are found by: their texts and messages (record/search.h). */
extern const struct search_source report_source;

#endif
