#ifndef RECORD_ROLE_H
#define RECORD_ROLE_H

/*
 * Roles of people (FIRST PSIRT Services Framework 1.1, "Roles", condensed):
 * bits for `may` in operation and view tables, and the sight each one has.
 */

#include "platform/op/op.h"

enum role {
	ROLE_ADMIN     = 1,    /* runs the system; sees no case */
	ROLE_LEAD      = 2,    /* PSIRT lead / programme manager */
	ROLE_ANALYST   = 4,
	ROLE_ENGINEER  = 8,    /* product engineer: the cases of their products */
	ROLE_EXECUTIVE = 16,
	ROLE_LEGAL     = 32,   /* legal and communications */
	ROLE_AUDITOR   = 64,
	ROLE_FINDER    = 128,  /* outside, by receipt code; actor id = digest of the code */
	ROLE_LOCAL     = 256,  /* a local process of our own user: init and invite only */
	ROLE_ENROL     = 512,  /* signed in, without the second factor that the person's role needs */
};

#define MAY_TEAM   (ROLE_LEAD | ROLE_ANALYST)
/* Everyone inside who may read cases that they can see. */
#define MAY_CASES  (MAY_TEAM | ROLE_ENGINEER | ROLE_EXECUTIVE | ROLE_LEGAL | ROLE_AUDITOR)
/* Everyone with an account; a finder has none. */
#define MAY_INSIDE (MAY_CASES | ROLE_ADMIN)
/* Everyone who may write about cases that they can see. */
#define MAY_WRITE  (MAY_TEAM | ROLE_ENGINEER | ROLE_LEGAL)

/* The words for viewer_sees() that a set of roles holds: 'team' cases, 'report's, 'audit'. */
str  role_sight(struct ctx *c, int64_t roles);
/* "lead analyst"; names as in the API. */
str  role_print(struct ctx *c, int64_t roles);
/* The same for a reader, in c->lang: "PSIRT lead · Analyst". */
str  role_words(struct ctx *c, int64_t roles);
/* True when one of the roles is among these names, separated by blanks. */
bool role_asked(int64_t roles, str names);
/* Words separated by blanks or commas; E_INVALID names an unknown one. */
bool role_parse(struct ctx *c, str names, int64_t *roles) MUST_CHECK;

extern const struct choice role_choices[];

#endif
