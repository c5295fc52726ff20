#ifndef STANDARDS_CSAF_CSAF_SKELETON_H
#define STANDARDS_CSAF_CSAF_SKELETON_H

/*
 * CSAF: a new document of a profile (2.0 and 2.1, section 4) that passes the
 * schema and the mandatory tests, with texts in square brackets where its
 * author has something to say.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/json/json.h"

enum csaf_profile {
	PROFILE_BASE, PROFILE_INCIDENT, PROFILE_INFORMATIONAL, PROFILE_ADVISORY, PROFILE_VEX,
	PROFILE_OLD_ADVISORY, PROFILE_WITHDRAWN, PROFILE_SUPERSEDED,   /* 2.1 only */
	CSAF_PROFILES
};
/* "csaf_security_advisory"; read back with or without "csaf_". */
const char *csaf_profile_name(enum csaf_profile p);
bool csaf_profile_parse(str name, enum csaf_profile *out) MUST_CHECK;
bool csaf_profile_in(enum csaf_profile p, bool v21);

/* What is none gets a value that can stay, or a text to fill in. */
struct csaf_skeleton {
	enum csaf_profile profile;
	bool v21;
	str  lang;                     /* en */
	str  publisher, category, namespace_uri;
	str  id, title;
	str  tlp;                      /* CLEAR */
	str  cve;
	str  product, affected, fixed; /* a product and two of its versions, or ranges (vers:…, vls/…) */
	str  status;                   /* VEX: of the affected version; known_affected */
	time_us now;
	time_us initial;               /* withdrawn, superseded: of the first edition; TIME_NONE: the day before */
};

/*
 * The document, indented.  E_INVALID: an argument is not right, or the profile
 * is not in this version; `where` is the name of the field ("namespace"), none
 * when what is given makes no valid document together.
 */
bool csaf_skeleton_print(struct ctx *c, const struct csaf_skeleton *s, struct buf *out) MUST_CHECK;
/* Pointers of the texts to fill in, one a line; returns their number. */
size_t csaf_skeleton_gaps(const struct json *document, struct buf *out);

#endif
