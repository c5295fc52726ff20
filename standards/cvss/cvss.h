#ifndef STANDARDS_CVSS_H
#define STANDARDS_CVSS_H

/*
 * CVSS: vectors and scores of the Common Vulnerability Scoring System,
 * versions 2, 3.0, 3.1 and 4.0 (FIRST specifications of these versions).
 * Scores are whole tenths: 98 is 9.8.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum cvss_version { CVSS_2, CVSS_30, CVSS_31, CVSS_40, CVSS_VERSIONS };

enum cvss_group {
	CVSS_BASE,
	CVSS_THREAT,          /* 4.0; called temporal in 2 and 3 */
	CVSS_ENVIRONMENTAL,
	CVSS_SUPPLEMENTAL,    /* 4.0; never part of a score */
};

enum cvss_severity {
	SEVERITY_NONE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL,
};

struct cvss_value {
	const char *key;        /* in the vector: "N" */
	const char *name;       /* message id: "Network" */
	const char *word;       /* in FIRST's JSON schema: "NETWORK" */
};

/* What a calculator shows as one row of choices. */
struct cvss_metric {
	const char *key;        /* in the vector: "AV" */
	const char *name;       /* message id: "Attack Vector" */
	const char *property;   /* in FIRST's JSON schema: "attackVector" */
	enum cvss_group group;
	bool  mandatory;
	const struct cvss_value *value;   /* an optional metric starts with Not Defined */
	int   values;
};

enum { CVSS_METRICS_MAX = 32, CVSS_VECTOR_MAX = 512 };

/*
 * A vector: for each metric of cvss_metrics(version), in that order, the
 * index of its value.  All zero means: every optional metric Not Defined, so
 * a calculator may start from { .version = … }.
 */
struct cvss {
	enum cvss_version version;
	uint8_t value[CVSS_METRICS_MAX];
};

/*
 * All scores of a vector, in tenths.  A group whose metrics are all Not
 * Defined has the score which the formula of the standard gives then.
 *   threat         2 and 3: temporal score; 4.0: base and threat (CVSS-BT)
 *   environmental  with threat metrics, as in every version's formula
 *                  (4.0: CVSS-BTE)
 *   overall        the score of the vector as it stands: of the last group
 *                  in which something is defined
 */
struct cvss_score {
	int base, threat, environmental, overall;
	bool has_threat, has_environmental;   /* something is defined there */
};

/* The metrics of a version in the order of its vector strings. */
const struct cvss_metric *cvss_metrics(enum cvss_version version, size_t *n);
/* Place of a metric by its key, or -1. */
int  cvss_metric_find(enum cvss_version version, str key);
/* The value that a vector has for a metric, by place in cvss_metrics. */
const struct cvss_value *cvss_value(const struct cvss *v, int metric);
/*
 * Set a metric by keys ("AV", "N"), as a calculator's form does.  Faults:
 * E_INVALID at the metric's key.
 */
bool cvss_set(struct ctx *c, struct cvss *v, str metric, str value) MUST_CHECK;

/*
 * Read a vector string.  3.0, 3.1 and 4.0 are told by their prefix, 2 has
 * none.  Order is free in 2 and 3 and fixed in 4.0 (section 7).  Faults at
 * "vector" with the column: E_LIMIT beyond CVSS_VECTOR_MAX bytes, E_INVALID
 * for a metric that is unknown, repeated, missing, misplaced or has an
 * unknown value; the sentence names the metric.
 */
bool cvss_parse(struct ctx *c, str vector, struct cvss *out) MUST_CHECK;
/* Canonical vector string: the standard's order, nothing that is Not Defined. */
str  cvss_print(struct arena *a, const struct cvss *v);

/* The scores; v must have come from cvss_parse, or be set by cvss_set. */
struct cvss_score cvss_scores(const struct cvss *v);
/*
 * Severity of a score in tenths: table 14 of 3.1, table 22 of 4.0.  CVSS 2
 * has none of its own; NVD's division is used (low to 3.9, medium to 6.9, high).
 */
enum cvss_severity cvss_severity(enum cvss_version version, int tenths);
/* "Critical" as a message id; "CRITICAL" as in the JSON schemas. */
const char *cvss_severity_name(enum cvss_severity s);
const char *cvss_severity_word(enum cvss_severity s);
/* "2.0", "3.0", "3.1", "4.0"; "CVSS:3.1/" or "" for 2. */
const char *cvss_version_name(enum cvss_version version);
const char *cvss_prefix(enum cvss_version version);
bool cvss_version_parse(str name, enum cvss_version *out) MUST_CHECK;
/* Which groups a 4.0 score is made of: "CVSS-B", "-BT", "-BE", "-BTE" (4.0 section 1.3). */
const char *cvss_nomenclature(const struct cvss *v);
/* "9.8" */
str  cvss_score_print(struct arena *a, int tenths);

#endif
