#ifndef DISCLOSURE_BULLETIN_H
#define DISCLOSURE_BULLETIN_H

/*
 * A bulletin: everything that one edition of an advisory says, read from its
 * texts and from the case (vulnerabilities, verdicts on versions, remedies),
 * and the documents made of it in each language: a page, CSAF 2.0 and 2.1.
 * The CSAF documents in the language in which it was written are the
 * originals, those in the other one their translations (docs/adr/0012).
 * FIRST PSIRT Services Framework 1.1, 5.3.2.
 */

#include "gen/publication.sql.h"

#include "base/list.h"
#include "platform/html/html.h"
#include "platform/op/op.h"
#include "record/ids.h"

enum { TEXT_EN, TEXT_JA, TEXT_LANGS };
/* "en", "ja"; what is neither is "en". */
str text_code(int lang);
int text_of(str code);
/* Message id: "English", "Japanese". */
const char *text_name(int lang);

struct csaf_findings;

struct bulletin {
	struct edition_get_row      e;
	struct bulletin_case_row    k;
	struct edition_text_get_row text[TEXT_LANGS];
	struct bulletin_vulns_rows  vulns;
	struct edition_history_rows history;     /* published editions before this one */
	struct bulletin_impact_rows impact;      /* by product, version, vulnerability */
	struct bulletin_remedy_rows remedies;    /* released ones, one row a vulnerability */
	str                         right_words; /* of the settings: no dictionary has them; no part of what it says */
	str                         license;     /* SPDX expression of the house, or none; as its name it is no part of what is approved */
	str                         advice[TEXT_LANGS], terms[TEXT_LANGS]; /* of the settings: general recommendations, terms of use; no part of what is approved either */
	str                         severity;    /* the highest of the vulnerabilities */
	time_us                     now;         /* the instant of publication, whole seconds */
	int                         original;    /* the language in which it was written */
	bool                        spare;       /* nothing else has the number of its translation */
};

/*
 * The text fields in order, and where CSAF has them: pointer is the place in
 * the document, of a note that of the list; category and title are those of
 * its note (NULL: it is no note), in Japanese the label is the title. Notes stand in this order, empty ones not at all.
 */
struct text_field {
	const char *stem, *label;   /* argument without its language */
	size_t      at;             /* place in the row */
	bool        must, names;    /* names: what stands in it may be of any language */
	const char *pointer, *category, *title;
};
enum { TEXT_FIELDS = 9 };
extern const struct text_field text_fields[TEXT_FIELDS];
str  text_value(const struct edition_text_get_row *t, const struct text_field *f);
void text_set(struct edition_text_get_row *t, const struct text_field *f, str text);
/* Does this edition not go out without it? */
bool text_must(const struct bulletin *b, const struct text_field *f);
/* "title_ja" */
str  text_arg(struct ctx *c, const struct text_field *f, int lang);

/* E_NOTFOUND when the actor does not see the case. */
bool bulletin_load(struct ctx *c, edition_id id, struct bulletin *b) MUST_CHECK;
/* The status of its document: "draft", "interim", "final". */
bool status_is(const struct bulletin *b, const char *status);
/* SHA-256 over all that it says, apart from instants: what an approval stands for. */
str  bulletin_seal(struct ctx *c, const struct bulletin *b);
/* Does it get CSAF documents in this language?  Translations unless something else has their number; that its texts are there is the preflight's question. */
bool bulletin_speaks(const struct bulletin *b, int lang);
/* The language of its translation. */
int  bulletin_other(const struct bulletin *b);
/* The tracking id of its document: the number, of a translation with its language behind it. */
str  bulletin_number(const struct ctx *c, const struct bulletin *b, int lang);
/* "2026/psirt-sa-2026-0001.json": CSAF 2.0 5.1 and 7.1.11. */
str  bulletin_path(struct ctx *c, const struct bulletin *b, int lang);
/* Its kind in the table document: "csaf", "csaf_ja", "csaf21", "csaf21_ja". */
str  document_kind(int lang, bool v21);
/* Before the path of a document of CSAF 2.1, where it is kept. */
#define PATH_21 "v2.1/"
/* The page's article in one language, times in the organisation's zone. */
bool bulletin_html(struct ctx *c, const struct bulletin *b, int lang, str *out) MUST_CHECK;
/* The CSAF 2.0 document in one language; what has no words in it stands there in the other one. */
bool bulletin_csaf(struct ctx *c, const struct bulletin *b, int lang, str *out) MUST_CHECK;
/* The same as CSAF 2.1; judged: by its schema and mandatory tests. E_INVALID when that of 2.0 breaks its schema. */
bool bulletin_csaf21(struct ctx *c, const struct bulletin *b, int lang, struct csaf_findings *judged, str *out) MUST_CHECK;
/* Hexadecimal digests of bytes. */
str  bytes_sha256(struct ctx *c, str bytes);
str  bytes_sha512(struct ctx *c, str bytes);

/* A reference as typed: a URL and what it is, one a line. */
struct reference { str url, summary; };
struct references { LIST(struct reference) list; };
/* Lines without a URL are left out; *bad (may be NULL) is the first of them. */
void references_read(struct ctx *c, str lines, struct references *out, str *bad);

/* ---- for the template ---- */

struct verdict_line { str product, releases, state, word, fixed; };
struct vuln_line { str number, title, cve, cwe, cwe_url, score, severity, word, vector; };
struct cure_line { str word, product, text, release, date, url; };
struct history_line { int64_t ordinal; time_us at; str note; };

struct bulletin_page {
	const struct bulletin *b;
	const struct edition_text_get_row *t;
	bool ja;                    /* the page is in Japanese */
	bool original;              /* and in the language in which it was written */
	str severity_word, advice, terms;
	LIST(struct verdict_line) lines;
	LIST(struct vuln_line)    vulns;
	LIST(struct cure_line)    cures;
	struct references         refs;
	LIST(struct history_line) history;
	time_us first_at;
};

#endif
