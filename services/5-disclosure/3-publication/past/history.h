#ifndef DISCLOSURE_HISTORY_H
#define DISCLOSURE_HISTORY_H

/*
 * Former advisories: CSAF 2.0 documents that were published before this house,
 * or by others, imported as history.  The bytes are kept as they came; what is
 * shown was read by csaf digest, in the cage.  Nothing is public by being
 * imported: a second person puts our own on the public pages, with their
 * original bytes, and never a document of another publisher or one that is not
 * TLP:CLEAR.
 */

#include "gen/history.sql.h"

#include "base/list.h"
#include "platform/html/html.h"
#include "platform/json/json.h"
#include "platform/op/form.h"
#include "record/ids.h"
#include "record/search.h"

/* Bytes of one document, as the cage takes it; files of one request, of which the server takes 64 parts. */
enum { HISTORY_BYTES = 15 << 20, HISTORY_FILES = 60, HISTORY_RELEASED = 5000 };

/* ---- storing: past.c ---- */

/* One document that was read; texts point into the tree of its digest. */
struct past {
	str file, bytes, sha256, sha512;
	const struct json *doc;
	str namespace_uri, publisher, number, edition, status, tlp, lang, title, summary, severity;
	time_us first_at, changed_at;
	bool    valid;
	int64_t differ;
};

/* Read in the cage. Faults at "file": E_SYNTAX, E_INVALID, E_LIMIT; of the cage. */
bool past_read(struct ctx *c, str file, str bytes, struct past *out) MUST_CHECK;

/* Who alone may see it: the actor when it is TLP:RED; "" the team. */
str  past_holder(struct ctx *c, const struct past *p);

enum past_outcome { PAST_STORED, PAST_THERE };
/*
 * Keep it, in the transaction of the caller; the same bytes again are there
 * already.  E_CONFLICT at "file": this version of the advisory is kept with
 * another content.
 */
bool past_store(struct ctx *c, const struct past *p, past_id *id, enum past_outcome *how) MUST_CHECK;

/* What the search finds advisories by, those that are out and imported ones: advisory_find.c. */
extern const struct search_source advisory_source, history_source;

/* ---- what lies beside a document: enclosure.c ---- */

/* In the order of beside_ends. */
enum beside { BESIDE_SEAL, BESIDE_SHA256, BESIDE_SHA512, BESIDES };
/* Whose signature it is: of a key of ours its fingerprint, else that it came with the document. */
#define PAST_RECEIVED "received"
struct enclosed { str name[BESIDES], bytes[BESIDES]; };
/* Is it the name of such a file, and beside which? */
bool enclosure_is(str name, enum beside *kind, str *of) MUST_CHECK;
/* Faults at "file" name the file: E_LIMIT, E_INVALID, E_SYNTAX, E_CONFLICT (another signature is kept). */
bool enclosure_put(struct ctx *c, struct enclosed *to, enum beside kind, str name, str bytes) MUST_CHECK;
bool enclosure_check(struct ctx *c, const struct enclosed *e, const struct past *p) MUST_CHECK;
bool enclosure_keep(struct ctx *c, const struct enclosed *e, past_id id) MUST_CHECK;

/* ---- publishing: history_publish.c ---- */

/* Does the namespace stand for us: the public address, or one that the settings name as a former one? */
bool past_is_ours(struct ctx *c, str namespace_uri, bool *ours) MUST_CHECK;
/* The same as words with a blank before and behind each, without slashes at their ends. */
bool past_namespaces(struct ctx *c, str *out) MUST_CHECK;
/* E_STATE says why the actor cannot publish it. */
bool past_publishable(struct ctx *c, const struct past_get_row *e) MUST_CHECK;
/* How many of ours wait for the actor to publish them. */
bool history_waiting(struct ctx *c, int64_t *n) MUST_CHECK;
bool history_publish(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool history_release(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
/* E_STATE: a former advisory is public under the number or the path. */
bool past_out_of_the_way(struct ctx *c, str number, str path) MUST_CHECK;

/* ---- taking off the public pages: history_withdraw.c ---- */

extern const struct arg history_withdraw_args[];
bool history_withdraw(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
struct gone_page { struct past_gone_get_row g; str reason; };
/* The newest of what is public and what was withdrawn from it: a feed never goes back in time. */
bool past_gone_or(struct ctx *c, time_us newest, time_us *out) MUST_CHECK;
/* *found: a former advisory of this number was withdrawn; then out is filled. */
bool past_gone_fill(struct ctx *c, str number, struct sheet *out, const struct gone_page **page, bool *found) MUST_CHECK;

/* ---- taking over: history_take.c ---- */

extern const struct arg history_take_args[];
bool history_take_form(struct ctx *c, struct form **out) MUST_CHECK;
bool history_take(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;

/* ---- operations: history.c ---- */

bool history_import_prepare(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool history_import(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg history_import_args[];

/* ---- pages inside: history_page.c ---- */

struct history_list_page {
	struct past_list_rows rows;
	str more, less;
	struct form *file, *release, *take;   /* take: NULL when nobody has left */
	int64_t waiting;
	bool may_import, may_release;
};

struct successor_part;

/* What stands below one heading. */
struct past_part { str title; LIST(const struct past_lines_row *) lines; };

struct history_page {
	struct past_get_row  e;
	struct past_lines_rows    lines;
	struct past_vulns_rows    vulns;
	struct past_products_rows products;
	struct past_losses_rows   losses;
	LIST(struct past_part)    parts;
	struct past_siblings_rows siblings;
	struct past_signature_row seal;
	struct form *publish, *withdraw;
	bool sealed, seal_came;   /* there is a signature; it came with the document */
	struct successor_part *next;      /* in CSAF 2.1; NULL: it is none that can go out, or not made yet */
	bool v21;                 /* outside: it is there in CSAF 2.1, too */
	struct past_gone_get_row gone;
	bool may_publish, may_withdraw, was_public;   /* was_public: gone says since when it is not */
	str  why_not;             /* why the viewer cannot publish it */
	bool outside;             /* as the public page shows it */
};

struct history_batch_page { struct past_receipts_rows rows; int64_t stored, there, refused; };

/* All of an edition that its page and the public one show; E_NOTFOUND. */
bool history_load(struct ctx *c, past_id id, struct history_page *m) MUST_CHECK;
str  history_outcome(struct ctx *c, str outcome);
/* The heading of a paragraph: the document's own, or the standard's word for its kind in the reader's language. */
str  history_heading(struct ctx *c, const struct past_lines_row *l);
bool history_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void history_list_show(struct page *w, const void *model);
bool history_show_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void history_show(struct page *w, const void *model);
bool history_batch_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void history_batch_show(struct page *w, const void *model);
bool history_csaf(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool history_signature(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool history_reprint(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg history_list_args[], history_id_args[];

/* ---- public pages: history_public.c ---- */

/* *found: a former advisory has the number; then out is filled. */
bool past_page_fill(struct ctx *c, str number, struct sheet *out, const struct history_page **page, bool *found) MUST_CHECK;
bool past_csaf_fill(struct ctx *c, str number, bool v21, struct sheet *out, bool *found) MUST_CHECK;
/* The path without that of a tree, its file name; kind: "", "sha256", "sha512", "asc". */
bool past_file_fill(struct ctx *c, bool v21, str path, str name, str kind, struct sheet *out, bool *found) MUST_CHECK;
/* The newest of the given, of what came into the tree of CSAF 2.1 and of what was withdrawn: a feed never goes back in time. */
bool past_newest(struct ctx *c, bool v21, time_us newest, time_us *out) MUST_CHECK;

#endif
