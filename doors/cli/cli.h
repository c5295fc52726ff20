#ifndef DOORS_CLI_H
#define DOORS_CLI_H

/*
 * The command line: every operation and view as "psirt NOUN VERB", talking to
 * the running server's socket (PSIRT_SOCKET) or address (PSIRT_ADDRESS) with a
 * token (PSIRT_TOKEN); and the pure tools, which need neither.
 */

#include "platform/op/op.h"

/* argv: what follows "psirt". Returns the exit status. */
int cli_run(struct ctx *c, int argc, char **argv);
/* Every service, without a database: what there is to call. */
struct front cli_services(void);

#endif
