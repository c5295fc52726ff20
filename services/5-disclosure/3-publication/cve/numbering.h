#ifndef DISCLOSURE_NUMBERING_H
#define DISCLOSURE_NUMBERING_H

/*
 * FIRST PSIRT Services Framework 1.1, 5.3.2.5: CVE IDs, for an organisation that is a
 * CVE Numbering Authority.  IDs are reserved into a store, given to the
 * vulnerabilities of cases, and published with a record made of the case.
 *
 * What an operation wants of CVE Services is a row of cve_errand, in the operation's
 * own transaction; a chore (messenger.c) makes the request afterwards.  An errand is
 * marked before its request leaves; when the answer is lost, unreadable or 5xx it is
 * in doubt, and what CVE Services hold is asked before anything is asked again.  The
 * API key is kept by the process keys under the name in CVE_KEY and never comes here.
 */

#include "gen/numbering.sql.h"

#include "base/list.h"
#include "platform/op/form.h"
#include "platform/op/probe.h"
#include "record/ids.h"
#include "standards/cve/cve_service.h"

#define CVE_KEY "cve-services"
/* meets CNA-Rules 4.5.1.4: a record follows within 72 hours after the ID was disclosed */
#define CVE_RECORD_DUE (72 * HOUR)

struct bulletin;

/* Settings cve_url, cve_org, cve_user; url without a slash at its end, none when it was never set. */
struct cve_link_to { str url, org, user; };

bool cve_connection(struct ctx *c, struct cve_link_to *out) MUST_CHECK;
bool cve_connection_ahead(struct ctx *c) MUST_CHECK;   /* it will be asked for (db_ahead) */
/* Like it; E_STATE when it was never set. */
bool cve_connected(struct ctx *c, struct cve_link_to *out) MUST_CHECK;
/* Not the CVE list itself but a place to try things out. */
bool cve_is_trial(str url);

/* ---- errands ---- */

/* What an errand of this kind asks: messenger_people.c. */
enum cve_ask cve_people_asks(str kind);

/* who: the user or organisation that it is about; proposed: somebody has to look at it a second time first. */
struct cve_wish {
	const char *kind;
	case_id     casefile;
	vuln_id     vuln;
	cve_id      cve;
	int64_t     amount;
	str         who, new_name;
	bool        proposed;
	struct cve_request q;
};

/* Note it in this transaction; who asked is the actor. */
bool cve_errand_add(struct ctx *c, const struct cve_wish *w, errand_id *id) MUST_CHECK;
/* E_STATE while there is an open errand about the ID. */
bool cve_errand_none(struct ctx *c, cve_id id) MUST_CHECK;
/* What became of it, for a reader: of codes of CVE Services and our own ("psirt.key"). */
str  cve_errand_words(struct ctx *c, str kind, str state, str code, int64_t status);
/* The same for requests that did not get an answer: the code for a fault. */
const char *cve_fault_code(enum fault_code code);

/* How long an answer is waited for; tests shorten it. */
extern int64_t cve_seconds;
/* The chore: platform/op/op.h, struct chore. */
bool cve_due(struct ctx *c, void **work) MUST_CHECK;
bool cve_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool cve_keep(struct ctx *c, void *work) MUST_CHECK;

/* Give a reserved ID of the store to a vulnerability without a number. E_STATE. */
bool cve_give(struct ctx *c, cve_id id, case_id k, vuln_id v, str number) MUST_CHECK;

/* enquiry.c: for struct probe, psirt doctor --online. */
bool cve_probe_look(struct ctx *c, void **work) MUST_CHECK;
bool cve_probe_ask(struct ctx *c, void *work, struct probe_notes *out) MUST_CHECK;

/* ---- records: cverecord.c ---- */

/*
 * The body of a request that publishes, made of the case's newest published advisory,
 * its grid of versions and its scores: only what two persons approved.  E_STATE says
 * what is missing; E_INVALID what CVE Services would refuse.
 */
bool cve_record_make(struct ctx *c, const struct cve_number_get_row *n, str *body) MUST_CHECK;
/* The same of the i-th vulnerability of an edition, whatever its state is: for looking at. */
bool cve_record_of(struct ctx *c, const struct bulletin *b, size_t i, str *body) MUST_CHECK;
/* E_INVALID: the first error that CVE Services would find. */
bool cve_record_sound(struct ctx *c, str body) MUST_CHECK;

/* ---- operations and views, for the service's table ---- */

extern const struct arg cve_connect_args[], cve_reserve_args[], cve_list_args[], cve_id_args[], cve_assign_args[],
	cve_reject_args[], cve_adp_args[], cve_errand_args[], cve_none_args[], cve_transfer_args[], cveuser_add_args[], cveuser_change_args[],
	cveuser_name_args[];
run_fn cve_run_connect, cve_run_reserve, cve_run_look, cve_run_assign, cve_run_release, cve_run_publish, cve_run_update,
	cve_run_reject, cve_run_drop, cve_run_adp, cve_run_transfer, cve_run_confirm, cveuser_run_add, cveuser_run_change, cveuser_run_renew;
run_fn cve_list_fill, cve_show_fill, cveuser_list_fill;
page_fn cve_list_show, cve_show_page, cveuser_list_show;
bool cve_panel_fill(struct ctx *c, str file, struct sheet *s, const void **model) MUST_CHECK;
bool cve_panel_ahead(struct ctx *c, str file) MUST_CHECK;
void cve_panel_show(struct page *w, const void *model);

/* ---- for the template ---- */

extern const char *const cve_reserve_word;
extern const struct choice cve_state_choices[], errand_state_choices[], errand_kind_choices[];

struct cve_tab { str label, href; bool on; };
struct cve_errand_line { const struct cve_errand_list_row *e; str kind, state, words; struct form *drop, *confirm; };
struct cve_errand_line cve_errand_line_of(struct ctx *c, const struct cve_errand_list_row *e);
void html_cve_place(struct page *w, const struct cve_link_to *to, bool trial);
struct cve_list_page {
	struct cve_link_to to;
	bool trial, connected, may_connect, may_reserve, may_adp;
	struct cve_quota_get_row quota;
	struct cve_org_get_row org;
	bool has_quota, has_org;
	struct cve_number_list_rows rows;
	struct cve_person_list_rows people;
	LIST(struct cve_errand_line) errands;
	LIST(struct cve_tab) tabs;
	struct form *connect, *reserve, *look, *adp;
	str more, less;
};

struct cveuser_line { const struct cve_person_list_row *p; bool own, changing, renewing; struct form *change, *renew; };
struct cveuser_page {
	struct cve_link_to to;
	bool connected, trial, may;
	LIST(struct cveuser_line) people;
	LIST(struct cve_errand_line) errands;
	struct form *add;
};

struct cve_history_line { const struct cve_errand_of_row *e; str kind, state, words; struct form *confirm, *drop; bool own; };
struct cve_finding_line { str class, pointer, text; };
struct cve_show_page {
	struct cve_number_get_row n;
	str    state, draft, why_not;     /* draft: the container that would be sent */
	bool   trial, may_publish, may_update, may_reject, may_release, may_transfer, open;
	LIST(struct cve_finding_line) findings;
	LIST(struct cve_history_line) history;
	struct form *publish, *update, *reject, *release, *transfer;
};

struct cve_panel_line { const struct cve_case_vulns_row *v; str state; bool waits; struct form *reserve, *assign; };
struct cve_panel { LIST(struct cve_panel_line) lines; };

#endif
