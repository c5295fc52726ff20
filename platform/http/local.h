#ifndef PLATFORM_LOCAL_H
#define PLATFORM_LOCAL_H

/*
 * Unix sockets by a path of any length.  The kernel takes 107 bytes; a longer
 * path is named through its folder, which is open meanwhile (/proc/self/fd).
 */

#include <sys/socket.h>
#include <sys/un.h>

#include "base/ctx.h"

enum { LOCAL_NAME_MAX = 80 /* bytes of the file's own name, without the folder */ };

struct local { struct sockaddr_un at; int folder; };

/* The part of a path after its last "/". */
str local_name(str path);
/* E_LIMIT: the name is longer than LOCAL_NAME_MAX; E_NOTFOUND: no such folder. */
bool local_open(struct ctx *c, str path, struct local *out) MUST_CHECK;
void local_close(struct local *l);

#endif
