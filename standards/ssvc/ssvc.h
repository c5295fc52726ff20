#ifndef STANDARDS_SSVC_SSVC_H
#define STANDARDS_SSVC_SSVC_H

/*
 * SSVC: Stakeholder-Specific Vulnerability Categorization of CERT/CC and CISA.
 * The registered decision points and decision tables as data (data/registry.txt,
 * folded from the object registry of CERTCC/SSVC), decisions over them, the
 * abbreviated vector ("SSVCv2/E:A/A:N/…/"), and SelectionList 2.0.0, which is
 * `ssvc_v2` in CSAF 2.1 (3.2.4.13.2.5 there).
 */

#include "base/ctx.h"
#include "base/instant.h"
#include "platform/json/schema.h"
#include "standards/finding/finding.h"

struct ssvc_value { str key, name, definition; };

/* Identified by namespace, key and version; values from the least to the most urgent. */
struct ssvc_point {
	str namespace, key, version, name, definition;
	const struct ssvc_value *values;
	size_t n;
};

/* Every combination of values of the points it decides over, and its outcome. */
struct ssvc_table {
	str namespace, key, version, name, definition;
	const struct ssvc_point *const *over;
	size_t n;
	const struct ssvc_point *outcome;
	const char *rows;       /* n + 1 value numbers a row, the outcome's last */
	size_t row_count;
};

/* The registry, in its order; points of one key go from old to new versions. */
extern const struct ssvc_point ssvc_points[];
extern const struct ssvc_table ssvc_tables[];
extern const size_t ssvc_point_count, ssvc_table_count;
extern const str    ssvc_registry_date;    /* of the copy: "2026-07-20" */

/* Version none: the newest. NULL when it is not registered. */
const struct ssvc_point *ssvc_point_find(str namespace, str key, str version);
const struct ssvc_table *ssvc_table_find(str namespace, str key, str version);
/* "ssvc:E:1.1.0"; the version may be left out. */
const struct ssvc_table *ssvc_table_named(str id);
str  ssvc_point_id(struct arena *a, const struct ssvc_point *p);
/* Number of the value, or -1. */
int  ssvc_value_find(const struct ssvc_point *p, str key);
/* Has the registry objects in this namespace?  Only the base (before "/") is looked at. */
bool ssvc_namespace_known(str namespace);
str  ssvc_namespace_base(str namespace);

enum { SSVC_OVER_MAX = 8 };

/*
 * The outcomes that are possible when the value of each point the table
 * decides over is one of a set: bit i of possible[k] is value i of over[k];
 * the answer's bit i is value i of the outcome.  One bit each: the decision.
 */
uint32_t ssvc_outcomes(const struct ssvc_table *t, const uint32_t possible[]);
/* All values of the point. */
uint32_t ssvc_any(const struct ssvc_point *p);

/* The table a stakeholder decides by: "supplier", "deployer", "coordinator-triage",
 * "coordinator-publish", "cisa"; NULL for other words. */
const struct ssvc_table *ssvc_table_of_role(str role);

/*
 * An abbreviated vector: "SSVCv2/" KEY ":" VALUE "/" … [time "/"].  The time is
 * seconds since 1970 or RFC 3339; a key occurs once.
 */
enum { SSVC_PAIRS = 24, SSVC_VECTOR_MAX = 1024 };
struct ssvc_pair { str key, value; };
struct ssvc_vector {
	struct ssvc_pair pair[SSVC_PAIRS];
	size_t  n;
	str     time;           /* as written; none if there is none */
	time_us at;             /* the same, or TIME_NONE */
};
/* Faults: E_SYNTAX with the column. */
bool ssvc_vector_parse(struct ctx *c, str text, struct ssvc_vector *out) MUST_CHECK;
str  ssvc_vector_print(struct arena *a, const struct ssvc_vector *v);
/*
 * What a vector says about the points a table decides over; a point it does
 * not name may have any value.  Keys are those of the registry; for the table
 * of CISA the letters of its calculator as well (T, P, B, M, D).  A decision
 * in the vector that the table does not give is E_INVALID.
 * Faults: E_INVALID for a value the point does not have.
 */
bool ssvc_vector_read(struct ctx *c, const struct ssvc_vector *v, const struct ssvc_table *t,
                      uint32_t possible[SSVC_OVER_MAX]) MUST_CHECK;
/* The vector of a set of choices; points with several possible values are left out. */
str  ssvc_vector_of(struct arena *a, const struct ssvc_table *t, const uint32_t possible[], time_us at);

/* The SelectionList 2.0.0 schema. */
const struct schema *ssvc_selection_schema(void);
/*
 * Check a SelectionList: schema, registered decision points, known values in
 * the order of the point, none twice (as CSAF-2.1 6.1.48 asks), newest
 * versions (a note).  v is the list itself, at `base` in its document.
 */
bool ssvc_selection_check(struct ctx *c, const struct json *v, str base, struct findings *f) MUST_CHECK;
/* The same for a text of its own. */
bool ssvc_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;
/*
 * What vulnrichment writes in CVE records (metrics other, type "ssvc"):
 * options[{"Exploitation":"poc"}, …], in any case of letters.  False when it
 * is not of that form; an option that is unknown leaves its point open.
 */
bool ssvc_options_read(const struct json *content, const struct ssvc_table *t,
                       uint32_t possible[SSVC_OVER_MAX]) MUST_CHECK;

#endif
