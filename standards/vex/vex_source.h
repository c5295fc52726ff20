#ifndef STANDARDS_VEX_VEX_SOURCE_H
#define STANDARDS_VEX_VEX_SOURCE_H

/* A CSAF document of which records of others are made, one for each of its vulnerabilities. */

#include "standards/vex/vex.h"

struct vex_source {
	struct vex v;                        /* losses: of its products */
	const struct json *document, *list;  /* list: the vulnerabilities */
	size_t n;
	size_t at;                           /* in v.statements: where the next vulnerability's may begin */
	bool   told;                         /* the losses of products and document were given with a record */
};

/* Faults: E_SYNTAX, E_LIMIT, E_INVALID (no CSAF). */
bool vex_source_open(struct ctx *c, str bytes, struct vex_source *out) MUST_CHECK;
/* The vulnerability of that CVE number; none: the only one. Faults: E_NOTFOUND and E_INVALID at "cve". */
bool vex_source_find(struct ctx *c, const struct vex_source *s, str cve, size_t *at) MUST_CHECK;
/* Its name in the statements: CVE number or the first other id; none when it has neither. */
str  vex_source_name(const struct vex_source *s, size_t i);
/* Its statements: from *first to before *last. */
void vex_source_statements(struct vex_source *s, size_t i, size_t *first, size_t *last);
/*
 * A copy of what was read that may be added to in the memory of c.  The losses of the
 * products go with the first record that is made, those of the document, but for the members
 * that are `kept`, too.
 */
bool vex_source_begin(struct ctx *c, struct vex_source *s, const char *kept, struct vex *out) MUST_CHECK;

#endif
