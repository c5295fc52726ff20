#ifndef DOORS_SERVE_H
#define DOORS_SERVE_H

/* The verbs of the program that open the database or listen. Each returns the exit status. */

#include "doors/serve/node.h"
#include "doors/serve/options.h"

int serve_run(struct options *o);       /* psirt serve */

/* upkeep.c: what maintains the database, without listening. */
int serve_init(struct options *o);      /* psirt init */
int serve_migrate(struct options *o);   /* psirt migrate */
int serve_backup(struct options *o);    /* psirt backup FILE */
int serve_verify(struct options *o);    /* psirt verify: storage and audit chains */

#endif
