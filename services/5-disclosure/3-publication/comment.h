#ifndef DISCLOSURE_COMMENT_H
#define DISCLOSURE_COMMENT_H

/*
 * The comments of a review (CSAF 2.0 and 2.1, 9.1.6): who reads an edition before it
 * goes out says what is to be mended, of one of its texts or of the whole, and the
 * writers answer and resolve it.  While one is open, nobody approves.  The reason
 * for sending back is one, too: sending for approval again resolves it.  They are
 * kept with the edition, are the case's, and never go out.
 */

#include "gen/comment.sql.h"

#include "services/5-disclosure/3-publication/bulletin.h"

/* Also whoever is asked about a product, and so sees the case: a reviewer who knows the matter. */
#define MAY_REVIEW (MAY_TEAM | ROLE_LEGAL | ROLE_EXECUTIVE | ROLE_ENGINEER)

struct comment_line { const struct comment_list_row *row; str text, href; struct form *resolve; };   /* text, href: of which text, and where it is */

struct comments {
	struct comment_list_rows  rows;
	LIST(struct comment_line) list;
	int64_t      waiting;      /* not resolved yet */
	struct form *add;          /* NULL: the viewer may not, or the edition is out */
};

bool comments_fill(struct ctx *c, const struct bulletin *b, struct comments *out) MUST_CHECK;
/* E_STATE while one is open. */
bool comments_settled(struct ctx *c, edition_id id) MUST_CHECK;
/* The reason for which it is sent back; and what that has become when it is sent for approval again. */
bool comment_return(struct ctx *c, const struct edition_get_row *e, str reason) MUST_CHECK;
bool comment_resend(struct ctx *c, const struct edition_get_row *e) MUST_CHECK;

bool run_comment(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool run_comment_resolve(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg comment_args[], comment_resolve_args[];

#endif
