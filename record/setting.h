#ifndef RECORD_SETTING_H
#define RECORD_SETTING_H

/*
 * Named texts that the organisation set.  Names, what they may hold and who sets
 * them: services/0-foundation/09-policies/settings.c.
 */

#include "platform/op/op.h"

/* The value, or the given default when it was never set. */
bool setting_load(struct ctx *c, const char *name, str otherwise, str *out) MUST_CHECK;
/* The same as a whole number; the default also when it is none. */
bool setting_number(struct ctx *c, const char *name, int64_t otherwise, int64_t *out) MUST_CHECK;
/* The value, "" when it was never set, and when it was set last or TIME_NONE. */
bool setting_dated(struct ctx *c, const char *name, str *value, time_us *at) MUST_CHECK;
bool settings_ahead(struct ctx *c) MUST_CHECK;   /* some will be asked for (db_ahead) */
bool setting_save(struct ctx *c, const char *name, str value) MUST_CHECK;

#endif
