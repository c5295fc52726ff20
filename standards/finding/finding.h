#ifndef STANDARDS_FINDING_FINDING_H
#define STANDARDS_FINDING_FINDING_H

/*
 * Findings: what the check of a document has to say, in one shape for SSVC,
 * CVE, OSV, OpenVEX, CycloneDX and KEV (CSAF has its own, with presets):
 * which test, how grave, at which place (JSON pointer), and a sentence that
 * is translated where it is shown.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/json/schema.h"

enum finding_class { FINDING_ERROR, FINDING_WARNING, FINDING_INFO };

struct finding {
	const char *test;          /* "schema", "parse", or the clause or rule */
	enum finding_class class;
	str  pointer;              /* JSON pointer of the place */
	const char *text;          /* message id with {1} {2} */
	str  arg[2];
};

enum { FINDINGS_MAX = 1000 };  /* kept; all are counted */

struct findings {
	struct finding *v;
	size_t n, cap, max;
	size_t count[3];           /* found, by class; may exceed n */
	str    version;            /* of the format, as the document says; none if unknown */
	bool   valid;              /* no finding of class error */
	long   line, column;       /* of a "parse" finding, from 1 */
};

/* Empty and valid. */
void findings_init(struct findings *f);
/* Faults: E_LIMIT when memory ran out. */
bool finding_add(struct ctx *c, struct findings *f, struct finding what) MUST_CHECK;
/*
 * Read a document: *out NULL and a finding "parse" with line and column when
 * it is no JSON or over the limits.  False (E_LIMIT) only when memory ran out.
 */
bool findings_read(struct ctx *c, struct findings *f, str bytes, const struct json_limits *limits,
                   const struct json **out) MUST_CHECK;
/*
 * Check against a JSON schema; each error is a finding "schema" whose pointer
 * begins with `base` ("" for a whole document).
 */
bool findings_schema(struct ctx *c, struct findings *f, const struct schema *s,
                     const struct json *v, str base) MUST_CHECK;

const char *finding_class_name(enum finding_class k);   /* "error", "warning", "info" */
/* The sentence in English. */
str  finding_sentence(struct arena *a, const struct finding *f);
/*
 * One line: {"file","version","valid","findings":[{"test","class","pointer",
 * "message"}]}, with "line" and "column" when the text could not be read and
 * "not_listed" when there were more than FINDINGS_MAX.
 */
void findings_print(struct buf *b, str file, const struct findings *f);
/* How a line about a finding begins: "  error parse 2:5 /a: "; line 0: it was read whole. */
void finding_head(struct buf *b, const char *class, const char *test, str pointer, long line, long column);
/* The same for people, a line each, in the language of the context. */
void findings_tell(struct ctx *c, struct buf *b, str file, const struct findings *f);

#endif
