#ifndef FOUNDATION_AUDIT_H
#define FOUNDATION_AUDIT_H

/*
 * The audit as pages: who changed or opened what, newest first, of everything
 * or of one case; and whether the chains are whole.
 * FIRST PSIRT Services Framework 1.1, II.C.
 */

#include "gen/audit.sql.h"

#include "record/casefile.h"
#include "record/journal.h"

struct audit_line {
	const struct audit_list_row *r;
	str who, does;
	str number, where;          /* of the case or report, and its address; none for the system's */
};

struct audit_page {
	struct audit_list_rows rows;
	LIST(struct audit_line) lines;
	str path;                   /* of the view: /audit or /cases/ID/audit */
	str number, home;           /* of one case: its number and address */
	str chain, actor, verb, reads, since, until;
	str first, last;            /* rows shown, as numbers */
	int64_t less, more;         /* first row of the page before and after; -1: none */
};

/* On the case page: the way to the case's audit. */
struct audit_link { str href; };

/* As in JSON. */
struct audit_verdict { bool good; int64_t entries, chains, erased; str wrong, chain; int64_t entry; };

struct audit_verify_page { struct audit_verdict v; str what, number, home; };

/* Words for how somebody came. */
extern const struct choice channel_choices[];

#endif
