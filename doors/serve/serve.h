#ifndef DOORS_SERVE_H
#define DOORS_SERVE_H

/* The verbs of the program that open the database or listen. Each returns the exit status. */

#include "doors/serve/node.h"
#include "doors/serve/options.h"

int serve_run(struct options *o);       /* psirt serve */

/* What maintains the database, without listening: upkeep.c, backup.c. */
int serve_init(struct options *o);      /* psirt init */
int serve_migrate(struct options *o);   /* psirt migrate */
int serve_reindex(struct options *o);   /* psirt reindex: the search index made anew */
int serve_backup(struct options *o);    /* psirt backup FILE */
int doctor_run(struct options *o);      /* psirt doctor: doctor.c */
int serve_restore(struct options *o);   /* psirt restore FILE */
int serve_verify(struct options *o);    /* psirt verify [FILE]: storage and audit chains */
int serve_move(struct options *o);      /* psirt move URL: from SQLite to PostgreSQL, move.c */

#endif
