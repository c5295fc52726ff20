#ifndef FOUNDATION_SETTINGS_H
#define FOUNDATION_SETTINGS_H

/* The settings of the house: what they may hold, and the page that shows them. */

#include "gen/settings.sql.h"

#include "platform/op/form.h"

/* One setting as it holds now; changed_at TIME_NONE: never set, the default holds. */
struct setting_line { str name, label, value; bool set; time_us changed_at; str changed_by; };

struct settings_page {
	LIST(struct setting_line) lines;
	struct form *house, *release, *entry;
	bool may_house, may_release, one_person;
	str  reason;               /* why one person is enough */
	time_us since;
	str  by;
};

extern const struct service settings_service;

#endif
