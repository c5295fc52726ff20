#ifndef DISCLOSURE_SITE_H
#define DISCLOSURE_SITE_H

/* Where a CSAF provider's files are taken from: the network, or a folder. */

#include "platform/op/op.h"
#include "standards/csaf/provider_check.h"

struct site {
	const struct reach *reach;
	struct reach_rules  rules;
	bool  terminal;        /* progress is shown */
	/* a folder: */
	str   folder, base;    /* base: the address that it stands for, ends in / */
	LIST(str) places;      /* where there is no metadata */
	struct provider_task  task;
	struct provider_means means;
};

/* A folder of this machine? */
bool site_is_folder(struct ctx *c, str target) MUST_CHECK;
/* target: "https://…", a host name, or a folder. E_INVALID, E_NOTFOUND: nothing of CSAF there. */
bool site_open(struct ctx *c, struct site *s, str target) MUST_CHECK;
/*
 * The address that a person means, "example.com" or a URL, and the rules for it:
 * http only on this machine or when rules->plain; its port.  E_INVALID.
 */
bool site_address(struct ctx *c, struct reach_rules *rules, str *target) MUST_CHECK;
/* Does an address lead to this machine by its name: localhost, 127.…, [::1]? Its port, 0 when none is said. */
bool site_is_near(str url, int *port);

#endif
