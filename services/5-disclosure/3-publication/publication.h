#ifndef DISCLOSURE_PUBLICATION_H
#define DISCLOSURE_PUBLICATION_H

/*
 * FIRST PSIRT Services Framework 1.1, 5.3: advisories from the draft to the
 * public page and the CSAF provider's tree.  An edition is written in two
 * languages, sent for approval, approved by another person, and published now
 * or at an instant; its documents are kept byte for byte.
 */

#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/comment.h"
#include "services/5-disclosure/3-publication/difference.h"
#include "services/5-disclosure/3-publication/preflight.h"
#include "services/5-disclosure/3-publication/preview.h"
#include "services/5-disclosure/3-publication/standing.h"
#include "services/5-disclosure/3-publication/transition.h"

#include "platform/op/form.h"

/* Who writes, and who approves. */
#define MAY_EDIT    (MAY_TEAM | ROLE_LEGAL)
#define MAY_APPROVE (MAY_TEAM | ROLE_LEGAL | ROLE_EXECUTIVE)

struct history_page;

extern const struct choice edition_state_choices[];

/* What every operation on an edition answers: its page and the sentence; the audit has its number. */
bool edition_done(struct ctx *c, const struct edition_get_row *e, const char *said, struct sheet *out) MUST_CHECK;

/* ---- carrying out: delivery.c ---- */

/* E_NOTFOUND unless the actor sees the edition and its case. */
bool edition_seen(struct ctx *c, edition_id id, struct edition_get_row *e) MUST_CHECK;
/* Where two persons are asked for: the actor submitted it, or wrote its last words. */
bool edition_is_own(const struct ctx *c, const struct edition_get_row *e);
/* A draft: who began it, or a lead. */
bool edition_may_drop(const struct ctx *c, const struct edition_get_row *e);
extern const char *const edition_own_words;   /* why they may not approve it, a message id */
enum { SEAL_MAX = 64 };   /* bytes of bulletin_seal */
/* What an operation answers that set the argument `name` of an edition, whose form has that anchor. said: N_(). Always true. */
bool edition_chosen(struct ctx *c, const struct edition_get_row *e, const struct args *a, const char *name, const char *said,
                    struct sheet *out) MUST_CHECK;
/*
 * Publish an approved edition: documents, states, search and facts, in the
 * transaction of the caller.  E_STATE: not approved, something is missing, or
 * what it says has changed since the approval.
 */
bool edition_deliver(struct ctx *c, edition_id id) MUST_CHECK;
/* Hears "clock.ticked": publish what is due; what cannot go out goes back to its writers. */
bool publication_due(struct ctx *c, str file, str object) MUST_CHECK;

/* Does each word (folded) stand in the text, as a person reads both? */
bool words_stand(struct ctx *c, str words, str text, bool *stand) MUST_CHECK;

/* ---- pages inside: register.c, editing.c ---- */

struct tab { str label, href; bool on; };
struct pick { str value, label; bool on; };

struct edition_list_page {
	struct edition_list_rows rows;
	str  state, q, severity, status, since, until, cve, product;
	LIST(struct tab) states;
	LIST(struct pick) picks, statuses;   /* severities; of the document */
	str  more, less;
	bool filtered, may_past;
	int64_t alone, past;     /* how many that are out, written here and of former days, are in CSAF 2.0 alone … */
	time_us rollover;        /* … though 2.1 is to take over then; TIME_NONE: is not */
};

struct edition_page {
	struct bulletin b;
	str    state_word, title;
	struct standing standing;
	struct form *save, *status, *original, *submit, *approve, *back, *schedule, *publish, *revise, *finalise, *withdraw, *drop;
	bool   may_save, may_choose, may_submit, may_approve, may_return, may_publish, may_revise, may_finalise, may_drop;
	str    original_word;    /* translated: the language of the original */
	str    why_not;          /* why the viewer cannot approve */
	str    seal;             /* of what the page shows: that, and nothing else, is approved from it */
	struct flaws flaws;      /* of what is saved */
	struct flaws typed;      /* of what stands in the form: the person's own draft, if there is one */
	struct changes changes;
	struct comments comments;
	LIST(struct tab) tabs;
	str    chosen;           /* tab */
	bool   is_typed;         /* the form holds what is not saved */
	struct preview preview;
	struct edition_documents_rows documents;
};

struct advisories_panel { struct advisory_case_list_rows rows; struct form *draft; bool may_draft; str next; };   /* next: the shape of its number */

bool edition_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void edition_list_show(struct page *w, const void *model);
bool edition_show_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void edition_show(struct page *w, const void *model);
bool edition_check(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool advisories_fill(struct ctx *c, str file, struct sheet *s, const void **model) MUST_CHECK;
bool advisories_ahead(struct ctx *c, str file) MUST_CHECK;
void advisories_show(struct page *w, const void *model);
extern const struct arg edition_list_args[], edition_show_args[], edition_check_args[];
/* What the fields of a form of save_args hold becomes the person's draft, and the page shows it. */
bool run_preview(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;

/* The title of an edition in the language of c, else in the other one. */
str title_in(const struct ctx *c, str en, str ja);
str edition_state_word(struct ctx *c, str state);

/* ---- public pages: feed.c ---- */

struct public_list_page {
	struct public_list_rows rows;
	str  q, severity, status, since, until, cve, product, more, less;
	bool filtered;
	struct transition moves;     /* the days of the move to CSAF 2.1 */
	bool announces, over, archived;   /* is one of them told; is 2.0 gone; is its archive there */
	LIST(struct pick) picks, statuses;   /* severities; of the document */
};
struct gone_page;
/* past: a former one; gone: one that was withdrawn. */
struct public_page { html article; const struct history_page *past; const struct gone_page *gone; time_us ended; bool archived; };

bool public_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void public_list_show(struct page *w, const void *model);
bool public_page_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void public_page_show(struct page *w, const void *model);
bool public_csaf(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool edition_csaf(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool public_atom(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool public_securitytxt(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg public_list_args[], public_number_args[], public_csaf_args[], edition_csaf_args[];

/* ---- the trees of a CSAF provider: tree.c ---- */

struct tree {
	const char *path;     /* below /.well-known/csaf/: "", "v2.0", "v2.1" */
	const char *folder;   /* of its public documents, by the word for that in its version */
	const char *tlp, *prefix;          /* prefix of the path: in the table document */
	const char *title, *id;            /* of its feed */
	bool v21;
};

/* The documents in it, both languages. */
struct public_tree_rows;
bool tree_rows(struct ctx *c, const struct tree *t, struct public_tree_rows *rows) MUST_CHECK;
/* The tree that is asked for: without arguments that without a version. folder: is it asked for, too? */
bool tree_of(struct ctx *c, const struct args *a, bool folder, const struct tree **out) MUST_CHECK;
/* "/.well-known/csaf/v2.1/clear/"; "2026/a.json" of a kept path. */
str  tree_folder(struct ctx *c, const struct tree *t);
str  tree_path(const struct tree *t, str kept);
/* "/.well-known/csaf/v2.1/clear/2026/a.json" of a kept path. */
str  tree_public(struct ctx *c, bool v21, str kept);
bool tree_provider(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool tree_file(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
/* A document, or ".sha256", ".sha512" and ".asc" of it, also after the end of its tree. E_NOTFOUND. */
bool tree_bytes(struct ctx *c, bool v21, str year, str file, struct sheet *out) MUST_CHECK;
bool tree_index(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool tree_changes(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool tree_service(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool tree_rolie(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
/* Of the tree of one version: "v2.0" or "v2.1", and the folder of its label. */
extern const struct arg tree_file_args[], tree_show_args[], tree_folder_args[], tree_year_args[], tree_branch_args[];

#endif
