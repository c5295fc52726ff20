#ifndef RECORD_REMINDER_H
#define RECORD_REMINDER_H

/*
 * Somebody inside is wanted: a letter says that, and nothing of the content.
 * Each person chooses to hear at once, once a day at eight in their own zone
 * (leads then also of promises that come due), or not at all.
 * meets FIRST-1.1 1.1.1, 4.2.1
 */

#include "record/letter.h"
#include "record/ids.h"

enum reminder_kind { REMIND_QUESTION, REMIND_YOURS, REMIND_PROMISE, REMINDERS };

/* As the account keeps it: off, now, daily. */
extern const struct choice reminder_choices[];

/* Nobody is told what they did themselves.  holder: the case, for who may see the letter. */
bool reminder_send(struct ctx *c, enum reminder_kind kind, user_id to, str holder) MUST_CHECK;
/* The daily letters whose morning has come, some at a time; on the clock's tick. */
bool reminder_tick(struct ctx *c) MUST_CHECK;

#endif
