#ifndef STANDARDS_CVE_CVE_SERVICE_H
#define STANDARDS_CVE_CVE_SERVICE_H

/*
 * CVE Services 2.x (the REST interface of the CVE Program): what state an ID is
 * in and what may be done with it, the requests, and what an answer says.  Pure:
 * who sends the requests, and with which key, is not known here.
 */

#include "base/ctx.h"
#include "base/list.h"
#include "base/instant.h"
#include "platform/json/json.h"

/* ---- states ---- */

enum cve_state { CVE_FREE, CVE_RESERVED, CVE_PUBLISHED, CVE_REJECTED, CVE_STATES };   /* CVE_FREE: not reserved by anybody we know */
enum cve_move { CVE_PUBLISH, CVE_UPDATE, CVE_REJECT };

/* "reserved"; "RESERVED" of CVE Services is read too. */
const char *cve_state_name(enum cve_state s);
bool cve_state_parse(str word, enum cve_state *out) MUST_CHECK;
/*
 * The state after the move.  E_STATE says why it cannot be made: only a published
 * record is updated, only a reserved or rejected ID is published.
 */
bool cve_move_check(struct ctx *c, enum cve_state from, enum cve_move move, enum cve_state *to) MUST_CHECK;

/* ---- requests ---- */

enum { CVE_RESERVE_MOST = 1000, CVE_LOOSE_MOST = 10 };   /* at once: in a row; not in a row */

/* What is asked for: it decides how the answer is read. */
enum cve_ask {
	CVE_ASK_RESERVE, CVE_ASK_LIST, CVE_ASK_ID, CVE_ASK_RECORD, CVE_ASK_WRITE, CVE_ASK_QUOTA, CVE_ASK_USERS,
	CVE_ASK_ORG, CVE_ASK_USER, CVE_ASK_USER_WRITE /* created or changed */, CVE_ASK_KEY /* of a user, made anew */, CVE_ASK_TRANSFER,
	CVE_ASK_HEALTH,
};

struct cve_request {
	enum cve_ask ask;
	const char  *method;   /* GET POST PUT */
	str          path;     /* below the base address: "/cve-id?amount=1&…" */
	str          body;     /* JSON; none for most */
	const char  *take;     /* where the answer holds a key, or NULL; and whose, none: the asker's own */
	str          take_for;
};

/* E_INVALID at "amount" (1 to 1000; 10 when they need not be in a row) and "year" (1999 to next year). */
bool cve_ask_reserve(struct ctx *c, str org, int64_t amount, int64_t year, bool in_row, struct cve_request *out) MUST_CHECK;
/* One page (from 1) of our IDs; state CVE_FREE: of any; since: reserved after it, or TIME_NONE. */
bool cve_ask_list(struct ctx *c, enum cve_state state, time_us since, int64_t page, struct cve_request *out) MUST_CHECK;
/* E_INVALID at "cve" unless it is an ID; so are the others below. */
bool cve_ask_id(struct ctx *c, str id, struct cve_request *out) MUST_CHECK;
bool cve_ask_record(struct ctx *c, str id, struct cve_request *out) MUST_CHECK;
/*
 * body: {"cnaContainer":{…}}.  `again`: there is a record already (PUT).  For CVE_REJECT the
 * container is cve_rejection's.
 */
bool cve_ask_write(struct ctx *c, str id, enum cve_move move, bool again, str body, struct cve_request *out) MUST_CHECK;
/* body: {"adpContainer":{…}} */
bool cve_ask_adp(struct ctx *c, str id, str body, struct cve_request *out) MUST_CHECK;
bool cve_ask_quota(struct ctx *c, str org, struct cve_request *out) MUST_CHECK;
bool cve_ask_users(struct ctx *c, str org, int64_t page, struct cve_request *out) MUST_CHECK;
/* To another organisation. E_INVALID at "org". */
bool cve_ask_transfer(struct ctx *c, str id, str org, struct cve_request *out) MUST_CHECK;
bool cve_ask_org(struct ctx *c, str org, struct cve_request *out) MUST_CHECK;
/* Is anybody there?  Asks for no key. */
bool cve_ask_health(struct ctx *c, struct cve_request *out) MUST_CHECK;

/* A user as they are to be: of names, what is none stays as it is; admin, active: 1, 0, or -1 as it is. */
struct cve_user { str first, middle, last, suffix, name; int admin, active; };

/* E_INVALID at "name": 3 to 128 letters, digits and - _ @ . of which the first is a letter or digit. */
bool cve_user_check(struct ctx *c, const char *arg, str name) MUST_CHECK;
bool cve_ask_user(struct ctx *c, str org, str name, struct cve_request *out) MUST_CHECK;
bool cve_ask_user_add(struct ctx *c, str org, const struct cve_user *u, struct cve_request *out) MUST_CHECK;
/* u->name: the new name. E_INVALID when nothing is to be changed. */
bool cve_ask_user_change(struct ctx *c, str org, str name, const struct cve_user *u, struct cve_request *out) MUST_CHECK;
/* A new key for the user, which the answer holds at CVE_KEY_POINTER; that of a new user is at CVE_NEW_KEY_POINTER. */
#define CVE_KEY_POINTER     "/API-secret"
#define CVE_NEW_KEY_POINTER "/created/secret"
bool cve_ask_user_key(struct ctx *c, str org, str name, struct cve_request *out) MUST_CHECK;
/* Body that rejects: an English reason, and perhaps the ID to use instead (none). E_INVALID at "reason", "replaced_by". */
bool cve_rejection(struct ctx *c, str reason, str replaced_by, str *body) MUST_CHECK;

/* ---- answers ---- */

enum cve_verdict {
	CVE_DONE,        /* as it was asked */
	CVE_PART,        /* fewer IDs were reserved than were asked for */
	CVE_REFUSED,     /* nothing was done, and the same would be refused again */
	CVE_LATER,       /* nothing was done; ask again later */
	CVE_DOUBT,       /* a request that changes something may have been carried out, or not */
};

struct cve_held { str id, owner, by_org, by_user; enum cve_state state; time_us reserved, modified; };
struct cve_person { str name, first, middle, last, suffix; bool active, admin; };
struct cve_org { str name, short_name, uuid, roles /* "CNA ADP" */; int64_t quota; };

enum { CVE_PAGE_MOST = 2000 };   /* IDs or users of one answer */

struct cve_answer {
	enum cve_verdict verdict;
	int status;
	str code, message;           /* of an error: "EXCEEDED_ID_QUOTA", and in words; none */
	str detail;                  /* what is wrong with the request, in one line; none */
	LIST(struct cve_held) ids;
	LIST(struct cve_person) users;   /* of CVE_ASK_USER and CVE_ASK_USER_WRITE: the one */
	struct cve_org org;
	int64_t remaining;           /* IDs that may still be reserved; INT_NONE */
	int64_t quota, reserved;     /* of CVE_ASK_QUOTA */
	int64_t next;                /* page; 0: there is none */
	const struct json *record;   /* of CVE_ASK_RECORD and CVE_ASK_WRITE, or NULL */
};

/*
 * Faults: E_LIMIT when memory ran out.  An answer that cannot be read is a verdict:
 * CVE_LATER when the request only reads, else CVE_DOUBT.  At most 4 MiB are read.
 */
bool cve_answer_read(struct ctx *c, enum cve_ask ask, int status, str body, struct cve_answer *out) MUST_CHECK;
/* Of a user or another organisation that is named in the request, "…_DNE" says another thing: `ask`. */
const char *cve_refusal_of(enum cve_ask ask, str code, int status);
/* What the error means and what to do: a message id; of the status when the code is not known. */
const char *cve_refusal(str code, int status);
/*
 * Does the record hold this container?  Order and what CVE Services add do not
 * count.  sent: {"cnaContainer":{…}}; record: whole.
 */
bool cve_holds(struct ctx *c, const struct json *sent, const struct json *record, bool *holds) MUST_CHECK;

#endif
