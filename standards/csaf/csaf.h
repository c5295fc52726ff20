#ifndef STANDARDS_CSAF_CSAF_H
#define STANDARDS_CSAF_CSAF_H

/*
 * CSAF: checking documents of the Common Security Advisory Framework 2.0
 * (OASIS Standard with errata 01) and 2.1 (Committee Specification Draft 03):
 * the JSON schemas and every test of sections 6.1 (mandatory), 6.2 (optional,
 * in 2.1 recommended) and 6.3 (informative), in the presets of 2.1 section 6.4.
 *
 * Tests that need the outside (6.3.6, 6.3.7 the network, 6.3.8 a dictionary,
 * 6.3.16 a grammar, 6.2.33 the time) run when the caller lends the means; else
 * they are listed as not run.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/instant.h"
#include "platform/json/json.h"

enum csaf_class { CSAF_ERROR, CSAF_WARNING, CSAF_INFO };

/* CSAF 2.1 section 6.4: which tests to run; for 2.0 as well. */
enum csaf_preset {
	CSAF_FULL,            /* everything */
	CSAF_EXTENDED,        /* schema, mandatory, recommended (2.0: optional) */
	CSAF_BASIC,           /* schema, mandatory */
	CSAF_SCHEMA,          /* the JSON schemas alone */
	CSAF_MANDATORY, CSAF_RECOMMENDED, CSAF_INFORMATIVE,   /* without the schemas */
	CSAF_REQUEST_FREE,    /* everything that asks no network */
	CSAF_HISTORY,         /* the revision history */
	CSAF_DATES,           /* dates and times */
	CSAF_SSVC, CSAF_EXTENSIONS, CSAF_EXTENSIONS_EXIST,
	CSAF_PRESETS
};
/* By the standard's name: "external-request-free". */
bool csaf_preset_parse(str name, enum csaf_preset *out) MUST_CHECK;
/* Is the test of this number and class part of it?  Are the schemas? */
bool csaf_preset_has(enum csaf_preset p, const char *id, enum csaf_class class);
bool csaf_preset_schema(enum csaf_preset p);

/* What a spell check says of one text. */
enum csaf_spelling { SPELL_GOOD, SPELL_BAD, SPELL_UNSUPPORTED };

struct csaf_options {
	enum csaf_preset preset;
	const struct json_limits *limits;   /* NULL: csaf_limits */
	str    cwe_release;   /* judge names by this release; none: by any */
	/* HTTP status of a HEAD or GET of the URL, 0 when there was no answer. */
	int  (*url_status)(void *with, str url);
	/* *word: the first unknown word. */
	enum csaf_spelling (*spell)(void *with, str language, str text, str *word);
	/* *place: the first sentence, or part of one, that breaks the grammar. */
	enum csaf_spelling (*grammar)(void *with, str language, str text, str *place);
	void  *with;
	time_us now;          /* 0: unknown */
	size_t findings_max;  /* kept at most; 0: 1,000 */
};

struct csaf_finding {
	const char *test;     /* "6.1.7", "schema", "parse" */
	enum csaf_class class;
	str  pointer;         /* JSON pointer of the place */
	const char *text;     /* message id with {1} {2} */
	str  arg[2];
};

struct csaf_findings {
	struct csaf_finding *v;
	size_t n, cap, max;
	size_t count[3];               /* found, by class; may exceed n */
	const char *not_run[16];       /* test ids */
	struct { const char *text; str arg; } why[16];   /* of not_run: message id with {1}; NULL: the means were not lent */
	size_t not_runs;
	str  version;                  /* csaf_version of the document, none if unknown */
	str  cwe_release;              /* that was used */
	bool valid;                    /* no finding of class error */
	long line, column;             /* of a "parse" finding */
};

/* The soft limits of appendix C: 150 MiB as in 2.1 (ten times that of 2.0), depth 200, strings of 30 MB. */
extern const struct json_limits csaf_limits;

/*
 * Check one document.  True when the check ran, whatever it found (also that
 * the text is no JSON).  Faults: E_LIMIT when memory ran out.
 */
bool csaf_check(struct ctx *c, str bytes, const struct csaf_options *options,
                struct csaf_findings *out) MUST_CHECK;

/* Every test in the order of the standard; one that differs between the versions has a line for each. */
struct csaf_test {
	const char *id;
	enum csaf_class class;
	unsigned    versions;    /* CSAF_20 | CSAF_21 */
	const char *title;       /* of its section */
};
enum { CSAF_20 = 1, CSAF_21 = 2 };
size_t csaf_tests(void);
struct csaf_test csaf_test(size_t i);

/* The sentence of a finding in English. */
str  csaf_sentence(struct arena *a, const struct csaf_finding *f);
/*
 * One line for `psirt csaf check --json`: {"file","csaf_version","valid",
 * "findings":[{"test","class","pointer","message"}],"not_run":[…],"not_run_because":{…}}.
 */
void csaf_findings_print(struct buf *b, str file, const struct csaf_findings *f);
const char *csaf_class_name(enum csaf_class k);   /* "error", "warning", "info" */
/* The file name a tracking id demands (section 5.1): "example_2026_1.json". */
str  csaf_filename(struct arena *a, str tracking_id);

#endif
