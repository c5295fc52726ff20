#ifndef DISCLOSURE_MESSENGER_H
#define DISCLOSURE_MESSENGER_H

/*
 * An errand under way, for messenger.c and messenger_people.c alone.  Steps: waiting ->
 * (arm) sending -> (send) done, refused, waiting again or doubt; sending of somebody who
 * ended -> doubt; doubt -> (settle) done, refused or waiting again.  It is armed, in a transaction of
 * its own, before anything leaves: whatever happens in between, it is never just sent again.
 */

#include "services/5-disclosure/3-publication/cve/numbering.h"

enum { CVE_TRIES = 3 /* of what changes something */, CVE_TRIES_MOST = 20 };

enum cve_step { STEP_ARM, STEP_SEND, STEP_LOST, STEP_SETTLE };

struct cve_work {
	enum cve_step             step;
	struct cve_errand_get_row e;
	struct cve_link_to        to;
	bool                      answered, may_have_left;
	bool                      taken;     /* the key that the answer held is in the process keys */
	const char               *code;      /* of our own, when there was no answer */
	int64_t                   wait;      /* seconds that CVE Services ask for, 0: none */
	str                       raw;
	struct cve_answer         a;
	struct { struct cve_held *v; size_t n, cap, max; } ids;
	struct cve_answer         quota, org;
	struct { struct cve_person *v; size_t n, cap, max; } people;
	bool                      has_quota, has_people, has_org;
};

/* Ask; false: there was no answer, and w->code says why. */
bool cve_work_ask(struct ctx *c, struct cve_work *w, const struct cve_request *q, struct cve_answer *a) MUST_CHECK;

/* ---- how it goes on, in the transaction of keep ---- */

bool cve_work_ended(struct ctx *c, const struct cve_work *w, const char *state, str code, int64_t got) MUST_CHECK;
/* Wait and send once more, with this method; `most` tries in all. */
bool cve_work_again(struct ctx *c, const struct cve_work *w, str method, int64_t most, str code) MUST_CHECK;

/* ---- messenger_people.c: the organisation, its users, and IDs that change hands ---- */

/* Is the errand one of these? */
bool cve_is_people(str kind);
/* The operation that asked for it. */
const char *cve_people_verb(str kind);
/* Made twice it is the same. */
bool cve_people_repeats(const struct cve_work *w);
/* Beside a look: users and the organisation; it does not matter much when there is no answer. */
void cve_people_look(struct ctx *c, struct cve_work *w);
bool cve_people_looked(struct ctx *c, const struct cve_work *w) MUST_CHECK;
void cve_people_send(struct ctx *c, struct cve_work *w, struct cve_request *q);
void cve_people_settle(struct ctx *c, struct cve_work *w);
/* Done, as the answer says. */
bool cve_people_done(struct ctx *c, const struct cve_work *w) MUST_CHECK;
/* What is there, after a doubt. */
bool cve_people_settled(struct ctx *c, const struct cve_work *w) MUST_CHECK;

#endif
