#ifndef DISCLOSURE_SIGNPOST_H
#define DISCLOSURE_SIGNPOST_H

/*
 * psirt securitytxt check [--json] [--url=URL] [--ca-file=FILE] [--insecure-http] FILE|URL|DOMAIN|-
 *
 * Judges a security.txt by RFC 9116 (standards/securitytxt): a file, or what lies at an address, of
 * a domain alone at the place that the RFC says.  Whose signature it bears is not looked at, and said.
 * Exit: 0 nothing against it, 1 it breaks the RFC, 2 usage, 3 it cannot be read, 4 recommendations alone.
 */

#include "platform/op/op.h"

int securitytxt_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
