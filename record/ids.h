#ifndef RECORD_IDS_H
#define RECORD_IDS_H

/*
 * Distinct types for the house's ids, made from the ID(x) columns of schema/:
 * a report_id is not a case_id.  The value is 26 characters of random base32.
 */

#include "gen/ids.h"

#endif
