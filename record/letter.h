#ifndef RECORD_LETTER_H
#define RECORD_LETTER_H

/*
 * Letters that wait to leave the house.  What a letter may say is fixed by its
 * kind and holds nothing of the report: "there is a message, open your code";
 * to people inside (record/reminder): "a question waits, sign in".
 * Meets ISO/IEC 29147:2018 5.8 (confidentiality) and 6.2.5 (acknowledgement).
 */

#include "platform/op/op.h"

enum letter_kind {
	LETTER_RECEIVED,   /* the report arrived */
	LETTER_MESSAGE,    /* there is a message for the finder */
	LETTER_QUESTION,   /* to somebody inside: a question waits */
	LETTER_YOURS,      /* a case is theirs now */
	LETTER_DAILY,      /* what became of these in a day, counted */
	LETTER_KINDS
};

/*
 * Queue a letter to an address, written in `lang`; no address: no letter.
 * holder: the report (or case) it is about; never shown in the letter.
 */
bool letter_queue(struct ctx *c, enum letter_kind kind, str holder, str address, str lang) MUST_CHECK;
/* The same for a kind that has lines of its own, in that language. */
bool letter_queue_of(struct ctx *c, enum letter_kind kind, str holder, str address, str lang, str lines) MUST_CHECK;

struct letter { str id, address, lang, subject, body; time_us made; };
/* The one that has waited longest; NULL: none waits.  settle: it left, or never will. */
bool letter_next(struct ctx *c, struct letter **out) MUST_CHECK;
bool letter_settle(struct ctx *c, str id, bool left) MUST_CHECK;

/* How many wait to leave, of those that the viewer sees, and since when the oldest does (TIME_NONE: none). */
bool letter_waiting(struct ctx *c, int64_t *n, time_us *oldest) MUST_CHECK;

#endif
