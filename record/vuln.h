#ifndef RECORD_VULN_H
#define RECORD_VULN_H

/*
 * The vulnerabilities of a case: number within the case, title, weakness,
 * vectors, and the severity word, which may differ from the score with a
 * reason.
 */

#include "platform/op/op.h"
#include "record/ids.h"
#include "record/search.h"

struct vuln_draft {
	str title, summary;
	str cve;          /* none: not assigned */
	int64_t cwe;      /* number; INT_NONE: not stated */
	str title_ja, summary_ja;   /* none: nothing in Japanese beside them */
};

struct vuln_rating {
	str cvss4, cvss31;     /* canonical vectors; none: not scored */
	int64_t score;         /* tenths of the newer standard's score; INT_NONE */
	str severity, reason;  /* reason none: the word is the score's own */
};

/* Add the next one to a case that the actor sees. */
bool vuln_add(struct ctx *c, case_id k, const struct vuln_draft *d, str severity, vuln_id *id) MUST_CHECK;
/* E_CONFLICT when it was changed since `version`; E_EXISTS at "cve" when another has that number. */
bool vuln_edit(struct ctx *c, case_id k, vuln_id id, int64_t version, const struct vuln_draft *d) MUST_CHECK;
/* Also brings the case's severity to the highest of its vulnerabilities. */
bool vuln_rate(struct ctx *c, case_id k, vuln_id id, int64_t version, const struct vuln_rating *r) MUST_CHECK;
/*
 * Give it a CVE number, or (none) take the one away that it has.  E_STATE: it has one already;
 * E_EXISTS: another has this one.
 */
bool vuln_number(struct ctx *c, case_id k, vuln_id id, str cve) MUST_CHECK;
/* What its case is found by (record/search.h); at: since when. */
bool vuln_texts(struct ctx *c, case_id k, time_us at, struct search_texts *out) MUST_CHECK;

#endif
