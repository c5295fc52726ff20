#ifndef RECORD_DRAFT_H
#define RECORD_DRAFT_H

/*
 * Drafts: what a person typed into a form of an OP_DRAFT operation and has not
 * sent. The script saves the form every few seconds (draft.keep), the form
 * shows it again wherever the person opens it, and the dispatcher drops it in
 * the transaction in which the operation is done. Only the person sees it.
 * No journal entry: nothing has happened yet.
 *
 * The place of a form is its operation and what it is about (form_place), at
 * most DRAFT_PLACE bytes; the fields are application/x-www-form-urlencoded.
 */

#include "platform/op/form.h"

enum { DRAFT_PLACE = 400, DRAFT_BODY = 512 << 10, DRAFT_FIELDS = 500, DRAFTS = 200, DRAFT_DAYS = 30 };

/* The form holds the person's draft, if there is one. Call it after form_set. */
bool draft_show(struct ctx *c, struct form *f) MUST_CHECK;
/* Forms will be shown (db_ahead). */
bool drafts_ahead(struct ctx *c) MUST_CHECK;
/* E_LIMIT: DRAFTS others are kept; E_INVALID: no operation of ours that keeps drafts. */
bool draft_save(struct ctx *c, str place, str body) MUST_CHECK;
bool draft_drop(struct ctx *c, str place) MUST_CHECK;
/* Drops those that nobody has touched for DRAFT_DAYS. */
bool draft_sweep(struct ctx *c) MUST_CHECK;

#endif
