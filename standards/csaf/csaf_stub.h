#ifndef STANDARDS_CSAF_CSAF_STUB_H
#define STANDARDS_CSAF_CSAF_STUB_H

/* For the tests: stand-ins for the network, the dictionary and the grammar. */

#include "base/test.h"
#include "standards/csaf/csaf.h"

extern const struct csaf_options stub_options;
/* Is the test listed as not run? */
bool stub_not_run(const struct csaf_findings *f, str test);

#endif
