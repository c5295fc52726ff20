#ifndef COMMUNICATION_TRACKING_H
#define COMMUNICATION_TRACKING_H

/*
 * Models of the pages of FIRST 1.5.3, the defect tracker: list, case, search.
 */

#include "gen/casefile.sql.h"
#include "gen/tracking.sql.h"

#include "platform/op/form.h"
#include "record/casefile.h"
#include "record/facts.h"
#include "record/role.h"

struct filter_link { str label, href; bool on; };
struct filter_option { str value, label; bool on; };
/* A field of the filter: one of its options, or no matter which. */
struct filter_pick { str name, label; LIST(struct filter_option) options; };

struct case_list_page {
	struct case_list_rows rows;
	LIST(struct filter_link) states;
	LIST(struct filter_link) sorts;
	LIST(struct filter_pick) picks;
	str  state;
	bool open, mine, exploited;
	str  more, less;          /* addresses of the next and previous page, or none */
	int64_t from;
	bool filtered;            /* something narrows the list */
};

/* A line of "what is missing for the next state": where to mend it. */
struct missing { str what, href; };

struct case_panel { const struct panel *panel; const void *model; };

/* A stretch of a timeline, newest first; before: its last entry when there are older ones, and where they are shown. */
struct timeline_piece {
	struct timeline_list_rows rows;
	entry_id before;
	str      href;
};

/* The page with older entries of a timeline. */
struct timeline_page { struct case_get_row k; struct timeline_piece t; };

/* So many entries are shown at once, and not more of them than have so many bytes of text in HTML. */
enum { TIMELINE_PAGE = 100, TIMELINE_BYTES = 120000 };

struct case_page {
	struct case_get_row k;
	struct timeline_piece t;
	struct case_member_list_rows members;
	LIST(struct case_panel) panels;
	LIST(struct missing) missing;
	str next_state;
	struct form *note, *edit, *close, *admit;
	struct form **dismiss;   /* of each member; NULL: the owner stays */
	bool may_note, may_edit;
};

extern const struct arg admit_args[], dismiss_args[];
bool run_admit(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool run_dismiss(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
/* The forms for the people of the page's case; people: who may be let in. */
void members_fill(struct ctx *c, const struct choice *people, struct case_page *m);

/* The newest entries of a case, or those before `before`, into the sheet too. E_NOTFOUND: no such entry there. */
bool timeline_ahead(struct ctx *c, case_id id) MUST_CHECK;   /* the newest page of it will be asked for */
bool timeline_fill(struct ctx *c, case_id id, entry_id before, struct sheet *out, struct timeline_piece *t) MUST_CHECK;

extern const struct arg timeline_args[];
bool timeline_rows(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void timeline_show(struct page *w, const void *model);

#endif
