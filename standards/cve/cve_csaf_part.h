#ifndef STANDARDS_CVE_CVE_CSAF_PART_H
#define STANDARDS_CVE_CVE_CSAF_PART_H

/* Between cve_csaf.c and cve_csaf_product.c. */

#include "base/list.h"
#include "standards/csaf/csaf_review.h"
#include "standards/csaf/csaf_write.h"
#include "standards/cve/cve_csaf.h"

struct str_list { str *v; size_t n, cap, max; };

struct cve_turn {
	struct ctx   *c;
	struct arena *a;
	struct cve_csaf *out;
	struct cve    record;
	str           lang;              /* of the document; texts in others are told */
	bool          full;
	LIST(struct csaf_release) releases;
	struct id_map known;             /* what tells releases apart */
	enum csaf_status *status;        /* by release */
	size_t        statuses;
	struct str_list of[CSAF_STATUSES];
};

enum { CVE_CSAF_RELEASES_MAX = 100000 };

void cve_tell(struct cve_turn *k, enum finding_class class, const char *part, str pointer, const char *text, str one, str two);
/* Each member that is not among the kept (spaces between) is told as not carried over. */
void cve_members_tell(struct cve_turn *k, const char *part, const struct json *object, const char *kept, str pointer);
void cve_products(struct cve_turn *k);

#endif
