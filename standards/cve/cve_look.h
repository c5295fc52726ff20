#ifndef STANDARDS_CVE_CVE_LOOK_H
#define STANDARDS_CVE_CVE_LOOK_H

/* Between the parts of cve_check: one record being looked at. */

#include "standards/cve/cve.h"

struct look {
	struct ctx      *c;
	const struct cve *v;
	struct findings *f;
	bool full;             /* no memory */
};

/* A finding at a place below the container: "/affected/%zu". */
#define LOOK(l, test, class, text, one, two, ...) \
	look_find((l), (test), (class), (text), (one), (two), str_fmt((l)->c->arena, __VA_ARGS__))
void look_find(struct look *l, const char *test, enum finding_class class, const char *text, str one, str two,
               str below);
/* A rule of CVE Numbering Authorities; silent when the edition has no such clause. */
void look_rule(struct look *l, const char *clause, const char *text, str below);

/* Dates may lack an offset; they are UTC then. */
bool look_date(struct look *l, str text, time_us *out) MUST_CHECK;

void look_rules(struct look *l);       /* data/rules.txt */
void look_content(struct look *l);     /* well formed but wrong or useless */

const struct schema *cve_schema(const struct cve *v);

#endif
