#ifndef DOORS_LOGIN_H
#define DOORS_LOGIN_H

/*
 * psirt login: asks mail address, password and code on the terminal, not echoed, and keeps
 * the token that the server hands out (purse.h); psirt logout gives it back.  A password goes
 * over the server's socket or the loopback address and nowhere else: this client has no TLS.
 */

#include "doors/serve/options.h"

int login_verb(struct options *o);
int logout_verb(struct options *o);

#endif
