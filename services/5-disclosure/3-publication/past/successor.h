#ifndef DISCLOSURE_SUCCESSOR_H
#define DISCLOSURE_SUCCESSOR_H

/*
 * What a former advisory of CSAF 2.0 becomes in CSAF 2.1 ("sometime before the
 * roll-over date, all existing CSAF 2.0 documents should be converted", 2.1
 * 7.4.2), so that it is in that tree, too.  A chore makes it, in the cage, by the
 * converter of clause 18, in some seconds after the import, and keeps it with all
 * that the converter tells.  Its original is never touched.
 *
 * It goes out with its original, which a second person publishes: in the same
 * transaction, or when it is made.  When the original is out already (published
 * before psirt converted), one person lets it out: what it says was published
 * by two, the converter adds no word of anybody, and what it changed or guessed
 * can be read there.  One that is not valid stays inside, with the reason.
 */

#include "gen/successor.sql.h"

#include "base/buf.h"
#include "platform/html/html.h"
#include "platform/op/form.h"
#include "services/5-disclosure/3-publication/past/history.h"

enum { SUCCESSOR_REMARKS = 500, SUCCESSOR_TEXT = 1000, SUCCESSOR_RELEASED = 5000 };

/* ---- in the cage: successor_tool.c ---- */

/*
 * psirt csaf succeed FILE|-: {"valid","document","remarks","told":[{"class","test","pointer","body","one","two"}]},
 * errors first; or {"fault","text",…} as csaf digest says it.
 */
int csaf_succeed_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

/* ---- letting out: successor.c ---- */


/* With its original, which goes out now: also when it is made later. */
bool successor_follow(struct ctx *c, past_id id, str number) MUST_CHECK;

bool successor_publish(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool successor_release(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;

/* A chore: those that are not made yet, or by older rules. */
bool successor_due(struct ctx *c, void **work) MUST_CHECK;
bool successor_act(struct ctx *c, void *work, bool *able) MUST_CHECK;
bool successor_done(struct ctx *c, void *work) MUST_CHECK;

/* ---- pages: successor_page.c ---- */

/* A remark with its sentence in the reader's language. */
struct successor_line { str class, test, pointer, text; };

struct successor_part {
	struct successor_get_row s;
	bool is_there, is_made;
	LIST(struct successor_line) lines;
	struct form *publish;
	bool may_publish;
};
/* For the page of an edition and its answer over the API. */
bool successor_part_fill(struct ctx *c, const struct past_get_row *e, struct successor_part *m, struct sheet *out) MUST_CHECK;

/* A former advisory that is public. */
struct successor_item { past_id id; str number, edition, title, state, why; int64_t remarks; };

struct successor_page {
	LIST(struct successor_item) items;
	struct successor_count_row n;
	struct form *release;
	bool may_release;
	str more, less;
};

bool successor_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void successor_list_show(struct page *w, const void *model);
bool successor_csaf(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
/* "public", "ready", "invalid", "waits" for people. */
str  successor_state(struct ctx *c, str state);

#endif
