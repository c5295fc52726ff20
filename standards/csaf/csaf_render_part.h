#ifndef STANDARDS_CSAF_CSAF_RENDER_PART_H
#define STANDARDS_CSAF_CSAF_RENDER_PART_H

/* What the parts of csaf_render share. */

#include "standards/csaf/csaf_render.h"
#include "standards/csaf/csaf_review.h"

enum {
	ITEMS_SHOWN = 200,           /* notes, references, remediations of one list */
	VULNERABILITIES_SHOWN = 1000,
	TEXT_SHOWN = 64 << 10,       /* bytes of one text */
	LINE_SHOWN = 2000,           /* bytes of one name, address or vector */
	PAGE_BYTES = 16 << 20,       /* then the vulnerabilities end */
	FAMILIES_SHOWN = 20,         /* products in one cell */
	VERSIONS_SHOWN = 10,         /* versions of one product */
	TREE_SHOWN = 500,            /* lines of the table of products */
	COLUMNS = 6
};

/* Versions of one product: those that hang on one branch. */
struct family { uint32_t versions; uint32_t seen, slot; };

struct folio {
	struct ctx   *c;
	struct review r;
	bool          html, part;      /* part: without the page around it */
	size_t        width;
	str           lang;            /* of the document, "" when it does not say */
	bool          foreign;         /* that is not the language of the frame */
	struct buf   *page;            /* the whole */
	struct buf   *to;              /* where inline text goes: the page or a cell */
	struct buf    cell;
	const char   *column[COLUMNS]; /* headings of the open table */
	int           columns, at;     /* the open cell */
	struct family *family;         /* by branch */
	uint32_t      listing;         /* number of the list of products being made */
	size_t        budget;          /* products that may still be looked at */
	size_t        cell_from;       /* where the open cell begins */
	bool          broken;          /* a break waits for what follows it */
	bool          listed;          /* a list of facts is open */
	const char   *headed;          /* the heading just written: a table need not say it again */
};

/* ---- csaf_render_out.c: blocks ---- */
void folio_begin(struct folio *w, str title);
void folio_end(struct folio *w);
/* A heading of the frame, or one that the document words. */
void folio_heading(struct folio *w, int level, const char *text);
void folio_own_heading(struct folio *w, int level, str anchor, str text, str more);
/* A text of the document, lines as they are. */
void folio_text(struct folio *w, str s);
/* A sentence of the frame. */
void folio_said(struct folio *w, const char *text, str one);
/* "Label: …": begin, inline, end. */
void folio_facts(struct folio *w, bool begin);
void folio_fact_begin(struct folio *w, const char *label);
void folio_fact_end(struct folio *w);
void folio_fact(struct folio *w, const char *label, str value);
/* Tables: caption and headings, then cells in order; the first of a row is its heading. A caption that repeats the heading is heard, not seen. */
void folio_table(struct folio *w, const char *caption, const char *const *columns);
void folio_cell(struct folio *w);
void folio_table_end(struct folio *w);
/* "… and 12 more" below a list that was cut. */
void folio_left(struct folio *w, size_t left);
/* ---- inline ---- */
void folio_word(struct folio *w, const char *text);          /* of the frame */
void folio_words(struct folio *w, const char *text, str one);
void folio_plain(struct folio *w, str s);                    /* numbers and codes */
void folio_own(struct folio *w, str s);                      /* a line of the document */
void folio_long(struct folio *w, str s);                     /* a text of the document in a cell */
void folio_link(struct folio *w, str url, str text);
void folio_code(struct folio *w, str s);
void folio_break(struct folio *w);
void folio_time(struct folio *w, str instant);

/* ---- csaf_render_product.c ---- */
bool folio_products_index(struct folio *w);
void folio_tree(struct folio *w);
/* The products of a list of ids, and of groups; either may be NULL. */
void folio_products(struct folio *w, const struct json *ids, const struct json *groups);
void folio_scope(struct folio *w, const struct json *item);

/* ---- csaf_render_vulnerability.c ---- */
void folio_vulnerabilities(struct folio *w);

/* ---- csaf_render.c ---- */
void folio_notes(struct folio *w, const struct json *notes, int level);
void folio_references(struct folio *w, const struct json *references, int level);
void folio_thanks(struct folio *w, const struct json *list, int level);

/* ---- csaf_render_word.c ---- */
/* The word for a value of the standard ("vendor_fix") as a message id; NULL: it has none. */
const char *csaf_word(str value);
void folio_value(struct folio *w, str value);

#endif
