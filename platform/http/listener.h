#ifndef PLATFORM_LISTENER_H
#define PLATFORM_LISTENER_H

/* Sockets that listen: on an address, at a path, handed over by who started us. */

#include "base/ctx.h"

/* Port 0: any free one.  E_USAGE: no address; E_IO: with the system's reason. */
bool listener_tcp(struct ctx *c, str address, int port, int *fd) MUST_CHECK;
/* A file that nobody listens on is a leftover and goes.  E_STATE: another server has it; E_LIMIT: its name is too long. */
bool listener_unix(struct ctx *c, str path, int mode, int *fd) MUST_CHECK;
/* The i-th socket that was handed over, made ready. */
int  listener_inherited(int i);
bool listener_is_unix(int fd);
int  listener_port(int fd);

#endif
