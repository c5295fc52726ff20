#ifndef PLATFORM_JSON_SCHEMA_H
#define PLATFORM_JSON_SCHEMA_H

/*
 * JSON Schema, drafts 4, 6, 7, 2019-09 and 2020-12: the keywords that the
 * schemas of CSAF, CVSS, CVE, CycloneDX, OSV and SSVC use.  Formats are
 * asserted.  Schemas are given, never fetched; a set is compiled once and may
 * then be used by any number of threads.
 */

#include "platform/json/json.h"

struct schema;

/* The texts a schema may refer to by $id (draft 4: id); the first is the root. */
bool schema_compile(struct ctx *c, const str *texts, size_t n, const struct schema **out) MUST_CHECK;
/* The same, but every object that lists its properties allows no others unless it says so. */
bool schema_compile_strict(struct ctx *c, const str *texts, size_t n, const struct schema **out) MUST_CHECK;

/*
 * A schema that is part of the program: compiled when first asked for, once
 * for the process, whichever thread comes first.
 *	static struct schema_source csaf = { .text = { { begin, end }, … } };
 *	schema_check(schema_shared(&csaf), …);
 */
enum { SCHEMA_TEXTS = 10 };

struct schema_source {
	struct { const char *begin, *end; } text[SCHEMA_TEXTS];   /* the root first */
	bool strict;
	const struct schema *_Atomic ready;
};

/* Ends the process when our own schema does not compile: tests would have told. */
const struct schema *schema_shared(struct schema_source *s);

struct schema_error {
	str         pointer;    /* of the value */
	const char *keyword;    /* "required" */
	const char *text;       /* message id; {1} and {2} are arg */
	str         arg[2];
};

enum { SCHEMA_ERRORS_MAX = 100 };

struct schema_errors {
	struct schema_error v[SCHEMA_ERRORS_MAX];
	size_t n;               /* kept */
	size_t all;             /* found */
};

/* True when v is valid; errors (may be NULL) in c's arena. */
bool schema_check(const struct schema *s, struct ctx *c, const struct json *v,
                  struct schema_errors *errors);

/* Formats by name: date-time, date, uri, uri-reference, iri, iri-reference, email, idn-email, uuid. */
bool format_check(str name, str s);

#endif
