#ifndef FOUNDATION_STAFF_H
#define FOUNDATION_STAFF_H

/*
 * The foundation "Staff": models of its pages, and what its files share:
 * staff.c people and the tables, signing.c the ways in and out, own.c what
 * people set for themselves, second.c the second factor, rights.c what roles may.
 */

#include "gen/staff.sql.h"
#include "gen/user.sql.h"

#include "platform/op/form.h"
#include "record/casefile.h"
#include "record/factor.h"
#include "record/role.h"

/* What a token may: read, or read and write. */
extern const struct choice scope_choices[], person_state_choices[], lang_choices[];

struct person_line { struct person_rows_row p; str roles; };

struct people_page { LIST(struct person_line) people; struct form *invite; bool may_invite; };
struct person_page {
	struct person_get_row p;
	str roles;
	struct form *edit, *link, *factor, *revoke, *forget;
	bool may_edit, has_factor, gone;
};
struct token_line { const struct token_rows_row *t; struct form *drop; bool over; };
struct session_line { const struct session_rows_row *s; struct form *end; str agent; bool here; };
struct own_page {
	struct person_get_row p;
	str roles;
	struct factor factor;
	struct form *settings, *password, *token;
	LIST(struct session_line) sessions;
	LIST(struct token_line) tokens;
};
struct factor_line { bool on; time_us since; int64_t codes_left; str key, uri, draft; };
struct factor_page {
	struct factor_line f;
	str  spaced;               /* the key in groups of four */
	const char *picture;       /* what the QR code shows */
	bool asked;                /* a role of the person needs it */
	bool only;                 /* nothing else opens before it is set up */
	struct form *enrol, *codes, *drop;
};
/* One operation or view, and who may. */
struct right {
	str  service, name, what;
	bool changes, anyone, administrator, lead, analyst, engineer, executive, legal, auditor, finder;
};
struct right_group { str number, title; size_t first, n; const struct right *v; };
struct role_line { str name, label, hint; };
struct rights_page { LIST(struct right) rights; LIST(struct right_group) groups; LIST(struct role_line) roles; };
struct login_page { struct form *form; };
struct invitation_page { struct form *form; str name; };

extern const struct arg login_args[], login_view_args[], code_args[], code_view_args[], invitation_args[], accept_args[];
run_fn login_rows, login_prepare, login_run, code_rows, code_prepare, code_run, logout_run;
run_fn invitation_rows, accept_prepare, accept_run;
page_fn login_show, code_show, invitation_show;

extern const struct arg settings_args[], password_args[], token_args[], own_id_args[];
run_fn own_rows, settings_run, password_prepare, password_run, token_run, token_drop, session_drop;
page_fn own_show;

extern const struct arg enrol_args[], codes_args[], drop_args[];
run_fn factor_rows, enrol_prepare, enrol_run, codes_prepare, codes_run, drop_prepare, drop_run, factor_reset;
page_fn factor_show;

run_fn rights_rows;
page_fn rights_show;

/*
 * Outside a transaction: is this password good enough for the person?  code: the one-time link's, or none
 * for the one who is signed in.
 */
bool password_fits(struct ctx *c, str code, const char *where, str password) MUST_CHECK;

/* Done with one's own account: the page to show and what is said. */
bool own_done(struct ctx *c, const char *next, const char *said, struct sheet *out) MUST_CHECK;

/* An entry of the audit in the name of who came in, although nobody was signed in before. */
bool tell_as(struct ctx *c, const char *verb, user_id id, str name, str note) MUST_CHECK;

/* handover.c */
extern const struct arg handover_args[], handback_args[];
run_fn handover_prepare, handover_run, handback_run;

#endif
