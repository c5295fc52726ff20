#ifndef DOORS_ASK_H
#define DOORS_ASK_H

/*
 * What every HTTP door needs of a request: who asks, in which language, and
 * the arguments of an operation or view from path, query, form or JSON.
 */

#include "platform/http/http.h"
#include "platform/op/op.h"
#include "record/session.h"

struct ask {
	struct ctx           *c;
	const struct request *r;
	struct response      *out;
	struct actor          who;
	bool                  api;        /* answers JSON; no cookie counts */
	bool                  may_write;  /* token scope; true for sessions */
	bool                  local;      /* a local process of our own user: init and invite only */
	enum lang             account_lang;
};

/* Web: cookie "psirt" (or __Host-psirt under https). Fills who; id "" for nobody. */
bool ask_session(struct ask *q) MUST_CHECK;
/* The operation gave the session a new cookie: what is drawn now belongs to that one. */
bool ask_renew(struct ask *q, str cookie) MUST_CHECK;
/* API: Authorization: Bearer. Without one: nobody, or the local process. E_AUTH for a wrong one. */
bool ask_token(struct ask *q) MUST_CHECK;
/* ?lang, cookie, account, Accept-Language: first that is known. */
void ask_language(struct ask *q);
/* Path variables and query parameters; unknown query names are ignored. */
bool ask_query(struct ask *q, const struct path_vars *vars, struct args *a) MUST_CHECK;
/* Path variables and the body (form, multipart or a JSON object). E_TYPE for other bodies. */
bool ask_body(struct ask *q, const struct path_vars *vars, struct args *a) MUST_CHECK;
/* By what the browser says of itself: the request is not another site's. E_FORBIDDEN. */
bool ask_own_site(struct ask *q) MUST_CHECK;
/* The CSRF rule: same origin, and the session's token in _csrf. */
bool ask_same_site(struct ask *q) MUST_CHECK;
/* Set or (value "") remove the session cookie. */
void ask_cookie(struct ask *q, str value);
/* A list of the house that leaves as CSV is an export: in the audit, before it leaves, where its view is no opening anyway. */
bool ask_export(struct ask *q, const struct view *v, const struct sheet *s, str format) MUST_CHECK;
/*
 * A file as it is: the sheet's raw bytes.  One that everybody may read (outside) has an
 * ETag, and its day where that is known; who has it already is told so (304, RFC 9110 13).
 */
void ask_bytes(struct ask *q, const struct sheet *s, bool outside);
void ask_plain_cookie(struct ask *q, const char *name, str value, int64_t max_age);

#endif
