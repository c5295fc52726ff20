#ifndef DOORS_NODE_H
#define DOORS_NODE_H

/*
 * One node: the database, the services and the hooks put together.  Authority
 * of the process `main`: opens the database and its data directory, listens;
 * connects nowhere.
 */

#include "platform/op/op.h"

struct node {
	struct front front;
	struct arena arena;      /* lives as long as the node */
	struct ctx   c;          /* for opening and closing */
	int          lock;       /* of the directory, or -1 */
	int          deeds;      /* of the operator, for the audit, or -1 */
};

struct node_options {
	str db;                  /* URL; none: sqlite:DATA/psirt.db */
	str data;                /* directory of database and seal key */
	str base_url;
	bool founds;             /* makes what is missing: directory, key, database */
	bool alone;              /* takes the lock of the directory: serves or migrates */
	bool migrate;            /* bring the schema up to date first */
	enum lang lang;          /* of the faults that opening tells */
	bool demo;
};

/*
 * Faults: E_NOTFOUND no directory, no database; E_STATE no key of the seals,
 * schema not up to date (says what to run); E_IO key file.
 */
bool node_open(struct node *n, const struct node_options *o) MUST_CHECK;
void node_close(struct node *n);
/* E_STATE when root would act in a directory of another user: what root makes there the server could not use. */
bool node_owner_check(struct ctx *c, str data) MUST_CHECK;
/*
 * Nobody else serves, migrates or restores this directory while the lock is
 * held; it ends with the descriptor or the process.  E_STATE: somebody does.
 */
bool node_lock(struct ctx *c, str dir, int *fd) MUST_CHECK;

#endif
