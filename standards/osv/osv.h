#ifndef STANDARDS_OSV_OSV_H
#define STANDARDS_OSV_OSV_H

/*
 * OSV: the Open Source Vulnerability format 1.7 (ossf/osv-schema): checking
 * records and telling whether a version is affected.  Printing without loss
 * is json_print of the tree.
 */

#include "base/ctx.h"
#include "standards/finding/finding.h"
#include "standards/vers/order.h"

enum { OSV_MINOR = 7 };                  /* the schema carried is 1.7.5 */
extern const struct json_limits osv_limits;

/*
 * Check a record: "parse", "schema" are errors; "osv.…" warnings and notes are
 * what the schema cannot see: ranges that hold nothing, dates out of order,
 * severities that are no vectors, package URLs that do not fit.
 * Faults: E_LIMIT.
 */
bool osv_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;

/* "Debian:12" → the order of its versions, NULL when none is known. */
const struct order *osv_order(str ecosystem);
/* The type of package URLs of an ecosystem, none when there is none of its own. */
str  osv_purl_type(str ecosystem);

enum osv_answer { OSV_NOT_AFFECTED, OSV_AFFECTED, OSV_UNSURE };
/*
 * Is the version in an item of `affected`: listed, or in one of its ranges
 * (evaluation of the format's description; "0" is before every version)?
 * Unsure when it is in no range that can be judged and some cannot (GIT, or
 * versions without a known order).
 */
enum osv_answer osv_version_affected(const struct json *affected, str version);

#endif
