#ifndef DISCLOSURE_PREVIEW_H
#define DISCLOSURE_PREVIEW_H

/*
 * What readers will get of an edition: the page in both languages, the CSAF
 * documents as people read them, as plain text and as they are, and the CVE
 * records.  Before it is saved, what the person has typed.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

extern const struct choice preview_choices[];

struct preview_record { str label, json, why; };   /* why: translated; CVE Services would refuse it */
struct preview {
	html page;
	str  lang;              /* of the page, or of the frame around a document */
	str  text;              /* of the terminal */
	str  json;              /* the document as it is */
	str  why;               /* translated: why there is no document */
	bool cve;
	bool is_typed;          /* of what is typed and not saved */
	LIST(struct preview_record) records;
};

/* chosen: a value of preview_choices. */
bool preview_fill(struct ctx *c, const struct bulletin *b, str chosen, struct preview *out) MUST_CHECK;

/* Its markup as the page has it, for the one who types. */
bool preview_markup(struct ctx *c, const struct preview *m, str *out) MUST_CHECK;

#endif
