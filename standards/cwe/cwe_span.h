#ifndef STANDARDS_CWE_CWE_SPAN_H
#define STANDARDS_CWE_CWE_SPAN_H

/* The tables that tools/mkcwe makes of data/cwe.txt. */

#include "standards/cwe/cwe.h"

struct cwe_release {
	str version, date;
};

/* What a weakness was from one release to another, both included. */
struct cwe_span {
	int  id, first, last;
	enum cwe_status  status;
	enum cwe_mapping mapping;
	str  name;
};

/* Releases from the oldest on; spans by id, then first release. */
extern const struct cwe_release cwe_releases[];
extern const struct cwe_span    cwe_spans[];
extern const size_t cwe_release_count, cwe_span_count;

#endif
