#ifndef STANDARDS_SECURITYTXT_SECURITYTXT_H
#define STANDARDS_SECURITYTXT_SECURITYTXT_H

/*
 * security.txt (RFC 9116): how finders learn where to report.  Reading,
 * judging and writing; signing it is platform/pgp's, serving it a door's.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/list.h"

enum sectxt_name {
	SECTXT_CONTACT, SECTXT_EXPIRES, SECTXT_ENCRYPTION, SECTXT_ACKNOWLEDGMENTS,
	SECTXT_PREFERRED_LANGUAGES, SECTXT_CANONICAL, SECTXT_POLICY, SECTXT_HIRING,
	SECTXT_CSAF,          /* of the IANA registry (CSAF 2.0 7.1.8) */
	SECTXT_OTHER,         /* any other name: to be ignored (2.4) */
};

struct sectxt_field {
	enum sectxt_name name;
	str  written;         /* the name as written; print uses it for SECTXT_OTHER */
	str  value;
	long line;            /* in the file, from 1 */
};

struct securitytxt {
	struct { struct sectxt_field *v; size_t n, cap, max; } fields;
	/* the file is in an OpenPGP cleartext frame; nobody has checked the signature here */
	bool framed;
	/* lines that are neither field nor comment nor blank, at most as many as fields */
	struct { long *v; size_t n, cap, max; } strange;
};

struct sectxt_finding {
	bool error;           /* a MUST of the RFC; otherwise a recommendation */
	const char *clause;   /* "2.5.5" */
	long line;            /* 0: the file as a whole */
	const char *text;     /* message id with {1} */
	str  arg;
};

struct sectxt_findings { struct sectxt_finding *v; size_t n, cap, max; };

/* Our own limits on file, line and number of fields. */
enum { SECTXT_FILE_MAX = 32 << 10, SECTXT_LINE_MAX = 2048, SECTXT_FIELDS_MAX = 256 };

/*
 * Read a file; values point into text.  Faults: E_LIMIT beyond the limits,
 * E_SYNTAX when it is not UTF-8 or a cleartext frame has no end.
 */
bool securitytxt_parse(struct ctx *c, str text, struct securitytxt *out) MUST_CHECK;
/*
 * Judge it as of `now` (TIME_NONE: expiry is not judged), as fetched from
 * `url` (none: not fetched).  False only for want of memory (E_LIMIT).
 */
bool securitytxt_check(struct ctx *c, const struct securitytxt *s, str url, time_us now,
                       struct sectxt_findings *out) MUST_CHECK;
/* Does a finding of the list break a MUST? */
bool sectxt_has_error(const struct sectxt_findings *f);
/* The first value of a field, none when it is not there. */
str  sectxt_value(const struct securitytxt *s, enum sectxt_name name);
/* Append a field for writing; E_LIMIT when there are too many. */
bool sectxt_add(struct ctx *c, struct securitytxt *s, enum sectxt_name name, str value) MUST_CHECK;
/*
 * Write the fields in the order of enum sectxt_name, unsigned, with line
 * feeds.  E_INVALID at the field's name when the result would break the RFC.
 */
bool securitytxt_print(struct ctx *c, const struct securitytxt *s, struct buf *out) MUST_CHECK;
/* "Contact"; "" for SECTXT_OTHER. */
const char *sectxt_field_name(enum sectxt_name name);

#endif
