#ifndef COMPONENTS_NOTICE_H
#define COMPONENTS_NOTICE_H

/*
 * Notices: advisories of the makers of our components (FIRST 2.3.2), in CSAF 2.0
 * or 2.1.  Each document is kept as it was received, whatever becomes of it; it is
 * read in the cage (notice_digest.h), of whose answer no value is believed.
 */

#include "gen/notice.sql.h"

#include "base/list.h"
#include "platform/html/html.h"
#include "platform/json/json.h"
#include "platform/op/form.h"
#include "record/ids.h"
#include "record/role.h"
#include "record/search.h"

/* Bytes of one document, as the cage takes it; files of one request. */
enum { NOTICE_BYTES = 15 << 20, NOTICE_FILES = 60, NOTICE_PAGE = 50 };

#define MAY_NOTICES (MAY_TEAM | ROLE_ENGINEER | ROLE_EXECUTIVE | ROLE_LEGAL | ROLE_AUDITOR)

/* ---- reading: notice_read.c ---- */

/* What cannot be read, in the words of the program, filled in when shown. */
struct notice_why { str why, with, detail, detail_with, pointer; int64_t line, column; };

/* A document that was looked at; texts point into the tree of its digest. */
struct notice_paper {
	str file, bytes, sha256;
	bool readable;
	struct notice_why why;       /* when it is not */
	const struct json *doc;
	str csaf, namespace_uri, publisher, number, edition, status, tlp, lang, title, summary, severity;
	time_us first_at, changed_at;
	int64_t errors, score;
};

/* True whatever the document is worth; faults are those of the cage and of memory. */
bool notice_read(struct ctx *c, str file, str bytes, struct notice_paper *out) MUST_CHECK;
/* One of these words, else the last. */
str  notice_word(str s, const char *const *words);
/* A text of one line for each item. */
str  notice_lines(struct ctx *c, const struct json *list);
/* A text of the answer, cut. */
str  notice_text(const struct json *v, const char *key, size_t max);

/* ---- keeping: notice_keep.c ---- */

/* updated: a newer edition of one that is here; there: the same bytes again; older: than what is here. */
struct notice_fate { str outcome; notice_id id; paper_id paper; struct notice_why why; };

/* In the transaction of the caller. from: the supplier that it was fetched from, or none. */
bool notice_keep(struct ctx *c, const struct notice_paper *p, supplier_id from, struct notice_fate *out) MUST_CHECK;

/* ---- our components: notice_hits.c ---- */

/* Compare a notice with all components, or a component (and none) with all notices that the actor sees. */
bool notice_hits(struct ctx *c, notice_id notice, component_id component) MUST_CHECK;

/* ---- the chore that compares editions: notice_compare.c ---- */

bool notice_compare_due(struct ctx *c, void **work) MUST_CHECK;
bool notice_compare_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool notice_compare_keep(struct ctx *c, void *work) MUST_CHECK;

/* ---- the global search: notice_find.c ---- */

extern const struct search_source notice_source;
/* Puts it into the index, or its new edition in place of the old one. */
bool notice_find_keep(struct ctx *c, notice_id id) MUST_CHECK;
bool notice_find_due(struct ctx *c, void **work) MUST_CHECK;
bool notice_find_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool notice_find_done(struct ctx *c, void *work) MUST_CHECK;

/* ---- operations: notice_import.c, notice_decide.c ---- */

bool notice_import_prepare(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool notice_import(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool notice_decide(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg notice_import_args[], notice_decide_args[];

/* ---- pages: notice_page.c ---- */

struct notice_tab { str label, href; bool on; };
struct notice_option { str value, label; bool on; };
struct notice_pick { str name, label; LIST(struct notice_option) options; };

struct notice_list_page {
	struct notice_list_rows rows;
	LIST(struct notice_tab) states, sorts;
	LIST(struct notice_pick) picks;
	str state, cve, q, more, less;
	bool filtered, hit, may_import, none;
	int64_t waiting, refused;
	struct form *file;
};

struct notice_page {
	struct notice_get_row n;
	struct notice_vulns_rows vulns;
	struct notice_products_rows products;
	struct notice_hits_of_rows hits;
	struct notice_papers_rows papers;
	struct notice_changes_rows changes;
	struct form *decide;
	bool may_decide, more_products;
};

struct paper_line { const struct paper_list_row *p; str outcome, why; };
struct paper_page { LIST(struct paper_line) lines; str more, less; bool refused; };

bool notice_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void notice_list_show(struct page *w, const void *model);
bool notice_show_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void notice_show(struct page *w, const void *model);
bool notice_csaf(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool paper_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void paper_list_show(struct page *w, const void *model);
bool paper_bytes(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg notice_list_args[], notice_id_args[], paper_list_args[], paper_id_args[];

extern const struct choice notice_state_choices[], notice_verdict_choices[], notice_how_choices[];
str  notice_change_word(struct ctx *c, str kind);
/* A side of a change: a status in the words of the house, a dash for nothing. */
str  notice_side(struct ctx *c, str area, str text);
str  paper_outcome(struct ctx *c, str outcome);
str  notice_area_word(struct ctx *c, str area);
/* "affected" and so on for data-state. */
str  notice_verdict_state(str verdict);

/* ---- on the case page ---- */

bool notice_panel_rows(struct ctx *c, str case_id, struct sheet *s, const void **model) MUST_CHECK;
bool notice_panel_ahead(struct ctx *c, str case_id) MUST_CHECK;
void notice_panel_show(struct page *w, const void *model);

#endif
