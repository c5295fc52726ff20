#ifndef RECORD_CHANGE_H
#define RECORD_CHANGE_H

/*
 * What an edit changed, for the audit: "name: old → new; team: …".  Values are
 * cut to CHANGE_VALUE bytes; of texts only the name is told.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { CHANGE_VALUE = 80, CHANGE_NOTE = 1200 };

/* Begin a note. */
void change_init(struct ctx *c, struct buf *b);
/* Tell of a field whose value differs; none and empty are the same. */
void change_value(struct buf *b, const char *name, str was, str now);
/* The same for a text: its name only. */
void change_text(struct buf *b, const char *name, str was, str now);

#endif
