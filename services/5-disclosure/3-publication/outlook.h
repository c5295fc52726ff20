#ifndef DISCLOSURE_OUTLOOK_H
#define DISCLOSURE_OUTLOOK_H

/* Outlook: whether outsiders get our provider's files at the public address, for psirt doctor --online. */

#include "platform/op/probe.h"

/* For struct probe. */
bool outlook_look(struct ctx *c, void **work) MUST_CHECK;
bool outlook_ask(struct ctx *c, void *work, struct probe_notes *out) MUST_CHECK;

#endif
