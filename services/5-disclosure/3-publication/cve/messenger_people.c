/* Errands about the organisation's users at CVE Services, and about the owner of an ID. */
#include "services/5-disclosure/3-publication/cve/messenger.h"

#include "record/casefile.h"
#include "record/setting.h"

enum { PEOPLE_MOST = 2000, PEOPLE_PAGES = 20 };

static bool is(const struct cve_work *w, const char *kind)
{
	return str_eq(w->e.kind, str_of(kind));
}

static bool is_own(const struct cve_work *w)
{
	return str_eq(w->e.who, w->to.user);
}

bool cve_is_people(str kind)
{
	return str_starts(kind, S("user_")) || str_eq(kind, S("transfer"));
}

const char *cve_people_verb(str kind)
{
	if (str_eq(kind, S("transfer")))
		return "cve.transfer";
	return str_eq(kind, S("user_new")) ? "cveuser.add" : str_eq(kind, S("user_edit")) ? "cveuser.change" : "cveuser.renew";
}

enum cve_ask cve_people_asks(str kind)
{
	if (str_eq(kind, S("transfer")))
		return CVE_ASK_TRANSFER;
	if (str_eq(kind, S("user_key")))
		return CVE_ASK_KEY;
	return str_starts(kind, S("user_")) ? CVE_ASK_USER_WRITE : CVE_ASK_WRITE;
}

/* Another person's key that was lost on the way is made once more; our own opens the next request, so it is looked at first. */
bool cve_people_repeats(const struct cve_work *w)
{
	return (is(w, "user_edit") && !w->e.new_name.n) || (is(w, "user_key") && !is_own(w));
}

/* ---- looking ---- */

static bool people_ask(struct ctx *c, struct cve_work *w)
{
	struct cve_request q;
	int64_t            page = 1;

	w->people.max = PEOPLE_MOST;
	for (int i = 0; page > 0; i++) {
		struct cve_work   aside = { .to = w->to };
		struct cve_answer a;
		if (i == PEOPLE_PAGES || !cve_ask_users(c, w->to.org, page, &q) || !cve_work_ask(c, &aside, &q, &a) || a.verdict != CVE_DONE)
			return false;
		for (size_t k = 0; k < a.users.n; k++)
			if (!list_push(c->arena, &w->people, a.users.v[k]))
				return false;
		page = a.next > page ? a.next : 0;
	}
	return true;
}

void cve_people_look(struct ctx *c, struct cve_work *w)
{
	struct cve_work    aside = { .to = w->to };
	struct cve_request q;

	w->has_people = people_ask(c, w);
	w->has_org    = cve_ask_org(c, w->to.org, &q) && cve_work_ask(c, &aside, &q, &w->org) && w->org.verdict == CVE_DONE;
	c->fault      = (struct fault){ 0 };
}

static str text(str s)
{
	return s.n ? s : S("");
}

static bool person_keep(struct ctx *c, const struct cve_work *w, const struct cve_person *p)
{
	return sql_cve_person_put(c, w->to.org, p->name, text(p->first), text(p->middle), text(p->last), text(p->suffix), p->active, p->admin,
	                          c->now);
}

bool cve_people_looked(struct ctx *c, const struct cve_work *w)
{
	const struct cve_org *o = &w->org.org;

	if (w->has_org)
		TRY(sql_cve_org_put(c, w->to.org, text(o->name), text(o->uuid), text(o->roles), o->quota, c->now));
	if (!w->has_people)
		return true;
	TRY(sql_cve_person_clear(c, w->to.org));
	for (size_t i = 0; i < w->people.n; i++)
		TRY(person_keep(c, w, &w->people.v[i]));
	return true;
}

/* ---- asking ---- */

void cve_people_send(struct ctx *c, struct cve_work *w, struct cve_request *q)
{
	if (is(w, "user_new") || is(w, "user_key")) {
		q->take     = is(w, "user_new") ? CVE_NEW_KEY_POINTER : CVE_KEY_POINTER;
		q->take_for = is(w, "user_key") && is_own(w) ? STR_NONE : w->e.who;
	}
	w->answered = cve_work_ask(c, w, q, &w->a);
}

void cve_people_settle(struct ctx *c, struct cve_work *w)
{
	struct cve_request q;
	bool               asked;

	if (is(w, "transfer"))
		asked = cve_ask_id(c, w->e.number, &q);
	else if (is(w, "user_key"))   /* does the key that is kept still open anything? */
		asked = cve_ask_quota(c, w->to.org, &q);
	else
		asked = cve_ask_user(c, w->to.org, w->e.new_name.n ? w->e.new_name : w->e.who, &q);
	w->answered = asked && cve_work_ask(c, w, &q, &w->a);
}

/* ---- what came of it ---- */

static bool gone_keep(struct ctx *c, const struct cve_work *w)
{
	TRY(sql_cve_number_gone(c, w->e.cve, w->e.who, c->now));
	if (w->e.casefile.v.n) {
		TRY(timeline_fact(c, w->e.casefile, "cve.transferred", w->e.number));
		TRY(fact_tell(c, "cve.transferred", w->e.casefile.v, w->e.vuln.v.n ? w->e.vuln.v : w->e.cve.v));
	}
	return cve_work_ended(c, w, "done", STR_NONE, INT_NONE);
}

/* The user as the answer tells; the one who asks may have another name now. */
static bool user_keep(struct ctx *c, const struct cve_work *w)
{
	if (w->e.new_name.n) {
		TRY(sql_cve_person_drop(c, w->to.org, w->e.who));
		if (is_own(w))
			TRY(setting_save(c, "cve_user", w->e.new_name));
	}
	return !w->a.users.n || person_keep(c, w, &w->a.users.v[0]);
}

bool cve_people_done(struct ctx *c, const struct cve_work *w)
{
	bool key = is(w, "user_new") || is(w, "user_key");

	if (is(w, "transfer"))
		return gone_keep(c, w);
	TRY(user_keep(c, w));
	if (!key)
		return cve_work_ended(c, w, "done", STR_NONE, INT_NONE);
	if (w->taken)
		return cve_work_ended(c, w, "done", is_own(w) ? S("psirt.renewed") : S("psirt.hand"), INT_NONE);
	return cve_work_ended(c, w, "done", is_own(w) ? S("psirt.shutout") : S("psirt.unkept"), INT_NONE);
}

static bool key_settled(struct ctx *c, const struct cve_work *w)
{
	if (w->a.verdict == CVE_DONE)   /* it still opens: nothing was made anew */
		return cve_work_again(c, w, w->e.method, CVE_TRIES, S("psirt.nothing"));
	return w->a.status == 401 ? cve_work_ended(c, w, "done", S("psirt.shutout"), INT_NONE)
	                          : cve_work_ended(c, w, "refused", S("psirt.unknown"), INT_NONE);
}

bool cve_people_settled(struct ctx *c, const struct cve_work *w)
{
	if (is(w, "user_key"))
		return key_settled(c, w);
	if (is(w, "transfer")) {
		if (w->a.verdict == CVE_REFUSED)
			return cve_work_ended(c, w, "refused", S("psirt.unknown"), INT_NONE);
		return str_eq(w->a.ids.v[0].owner, w->to.org) ? cve_work_again(c, w, w->e.method, CVE_TRIES, S("psirt.nothing")) : gone_keep(c, w);
	}
	if (w->a.verdict == CVE_REFUSED && w->a.status != 404)
		return cve_work_ended(c, w, "refused", S("psirt.unknown"), INT_NONE);
	if (w->a.verdict == CVE_REFUSED)
		return cve_work_again(c, w, w->e.method, CVE_TRIES, S("psirt.nothing"));
	TRY(user_keep(c, w));   /* it is there; of a new one the key was lost with the answer */
	return cve_work_ended(c, w, "done", is(w, "user_new") ? S("psirt.unkept") : STR_NONE, INT_NONE);
}
