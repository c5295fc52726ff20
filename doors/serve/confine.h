#ifndef DOORS_CONFINE_H
#define DOORS_CONFINE_H

/*
 * The walls of the process main: what it may reach once its database is open.
 *
 * Authority: the data directory (there the files that are there, and making
 * and removing; not what is in DATA/keys), the folder of the Unix socket, the
 * spool, the configuration file; tzdata, certificates; the port it listens
 * on; PostgreSQL's port when that is reached by TCP.  No programs are run.
 */

#include "doors/serve/setup.h"

/* E_STATE when the kernel refuses; says on the log what stands. With server.confine = no does nothing. */
bool confine_main(struct ctx *c, const struct setup *s) MUST_CHECK;

#endif
