#ifndef DOORS_CLI_H
#define DOORS_CLI_H

/*
 * The command line: every operation and view as "psirt NOUN VERB", talking to
 * the running server's socket (PSIRT_SOCKET) or address (PSIRT_ADDRESS) with a
 * token (PSIRT_TOKEN, else what psirt login got); and the pure tools, which need neither.
 */

#include "platform/http/client.h"
#include "platform/op/op.h"

/* argv: what follows "psirt". Returns the exit status. */
int cli_run(struct ctx *c, int argc, char **argv);
/* Where the command line goes, and the name that tokens are kept under for it. */
bool cli_where(struct ctx *c, struct client_to *to, str *server) MUST_CHECK;
/* After a call that failed: the fault says where nobody answers, or that we may not ask there. Always false. */
bool cli_unreached(struct ctx *c, const struct client_to *to);
/* The socket of the server of the directory `data` when none is named: the one in it, else the one that the systemd unit makes. */
str  cli_socket(struct ctx *c, str data);
bool cli_token_set(void);   /* by PSIRT_TOKEN */
/* Every service, without a database: what there is to call. */
struct front cli_services(void);

#endif
