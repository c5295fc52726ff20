#ifndef DOORS_DEMO_H
#define DOORS_DEMO_H

/*
 * psirt demo: makes the fictional maker's database by running operations at
 * an injected clock, prints logins and serves on loopback.
 */

#include "doors/demo/stage.h"
#include "doors/serve/options.h"

int demo_run(struct options *o);

/* The story: people, products, eighteen months of reports, cases, advisories. */
bool story_people(struct stage *s, time_us at) MUST_CHECK;
bool story_products(struct stage *s, time_us at) MUST_CHECK;
/* reports: how many in all; *code is the receipt code of the last one. */
bool story_reports(struct stage *s, time_us from, time_us to, size_t reports, str *code) MUST_CHECK;

/* The makers of parts, what is built in, and their advisories. */
bool story_makers(struct stage *s, time_us at) MUST_CHECK;

const struct player *story_player(const struct stage *s, const char *role);

#endif
