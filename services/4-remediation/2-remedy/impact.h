#ifndef REMEDY_IMPACT_H
#define REMEDY_IMPACT_H

/*
 * FIRST 4.2.1: which versions a vulnerability affects.  Statuses are those of
 * VEX (CISA "Minimum Requirements for VEX", 2023): under_investigation,
 * affected, not_affected with one of five justifications, fixed; no row means
 * that nobody has looked.
 */

#include "gen/impact.sql.h"
#include "gen/question.sql.h"
#include "gen/vuln.sql.h"

#include "base/list.h"
#include "platform/op/form.h"
#include "record/casefile.h"
#include "record/role.h"

enum {
	SHEET_CELLS_MAX = 3000,   /* cells that one form carries */
	PANEL_CELLS_MAX = 150,    /* cells drawn on the case page; the rest by product */
};

extern const struct choice vex_choices[];            /* the four statuses */
extern const struct choice sheet_choices[];          /* the five words of a cell of the sheet */
extern const struct choice justification_choices[];
str vuln_label(struct ctx *c, int64_t ordinal, str cve);
str product_label(const struct ctx *c, str name, str name_ja);

/* ---- writing ---- */

struct impact_change {
	vuln_id    vuln;
	release_id release;
	str        status, justification, note, note_ja;   /* status "unknown" takes the row away */
	int64_t    version;                       /* of what was seen, 0: no row; INT_NONE: whatever stands */
};

/* What a run of changes did; goes into the timeline. */
struct impact_tally { int64_t changed, affected; str first, last, status; };

/* True when the case has this vulnerability; otherwise E_NOTFOUND at "vuln". */
bool impact_vuln_check(struct ctx *c, case_id k, vuln_id v) MUST_CHECK;
/*
 * Change one cell of a case that the actor sees; puts the product into its
 * scope.  Faults: E_NOTFOUND (release), E_INVALID at "justification",
 * E_CONFLICT when it is not as seen.
 */
bool impact_write(struct ctx *c, case_id k, const struct impact_change *x, struct impact_tally *t) MUST_CHECK;
/* Tell what was decided: timeline, fact, and the case into remediation when anything is affected. */
bool impact_tell(struct ctx *c, case_id k, str what, const struct impact_tally *t) MUST_CHECK;
/* A qualified case goes into remediation; other states stay. */
bool remediation_begin(struct ctx *c, case_id k) MUST_CHECK;

/* ---- pages ---- */

struct impact_cell_view { str state, why; bool typed; };
struct impact_row { str id, name; bool unsupported; LIST(struct impact_cell_view) cells; };
struct impact_block {
	struct scope_list_row p;
	str  name;
	bool drawn;               /* its sheet stands here */
	bool cut;                 /* older versions are not drawn */
	int64_t affected, decided;   /* cells, also of what is not drawn */
	LIST(struct impact_row) rows;
	struct owner_list_rows owners;
	struct form *ask;
};
struct impact_head { str id, label, title; };
struct cell_word { str value, label, key; };

struct impact_page {
	str  casefile, number;
	bool alone;               /* a page of its own, not the panel */
	bool may_edit;
	size_t cells;
	LIST(struct impact_head) heads;
	LIST(struct impact_block) blocks;
	LIST(struct cell_word) words;
	struct scope_candidates_rows products;
	LIST(str) ticked;           /* ids of those looked at, or at first those that the reports name */
	struct question_case_list_rows questions;
	struct form *sheet, *range, *scope;
	str  due;                 /* proposed day for an answer */
};

/* Products to draw (n 0: as many as `most` cells allow). */
struct impact_wish { const str *only; size_t n, most; };
/* Fill the sheet with what is decided of the case. */
bool impact_page_fill(struct ctx *c, case_id k, const struct impact_list_rows *decided, const struct impact_wish *wish, struct impact_page *m) MUST_CHECK;
bool is_ticked(const struct impact_page *m, str product);

bool impact_panel_rows(struct ctx *c, str case_id, struct sheet *s, const void **model) MUST_CHECK;
bool impact_panel_ahead(struct ctx *c, str case_id) MUST_CHECK;
bool impact_show_rows(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void impact_panel_page(struct page *w, const void *model);
void impact_show_page(struct page *w, const void *model);

/* ---- operations, for the service's table ---- */

extern const struct arg scope_args[], sheet_args[], range_args[], ask_args[], answer_args[];
extern const struct arg impact_show_args[], question_list_args[], question_args[];
run_fn run_scope, run_sheet, run_range, run_ask, run_answer, question_list_fill, question_fill;
void question_list_page(struct page *w, const void *model);
void question_page(struct page *w, const void *model);

struct question_list_model { struct question_list_rows rows; bool all, every; };
struct question_model {
	struct question_get_row q;
	str product;
	LIST(struct impact_row) rows;      /* versions, with the present state */
	LIST(struct cell_word) reasons;    /* the justifications */
	struct form *answer;
	bool open, may_answer;
};

#endif
