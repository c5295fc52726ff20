#ifndef RECORD_SETTING_H
#define RECORD_SETTING_H

/* Named texts that the organisation set: "organisation", "zone", "two_persons". */

#include "platform/op/op.h"

/* The value, or the given default when it was never set. */
bool setting_load(struct ctx *c, const char *name, str otherwise, str *out) MUST_CHECK;
bool setting_save(struct ctx *c, const char *name, str value) MUST_CHECK;

#endif
