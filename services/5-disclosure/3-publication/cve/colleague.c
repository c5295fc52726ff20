/* The organisation's users at CVE Services: made, changed, and given a new key. */
#include "services/5-disclosure/3-publication/cve/numbering.h"

#include "gen/colleague.html.h"

#include "platform/text/word.h"

enum { NAME_MAX_BYTES = 100, USER_MAX = 128, ERRANDS = 30 };

static const struct choice role_words[] = { { "admin", N_("Administrator") }, { "user", N_("Ordinary user") }, { NULL, NULL } };
static const struct choice active_words[] = { { "yes", N_("may sign in") }, { "no", N_("may not sign in") }, { NULL, NULL } };

#define PARTS_OF_NAME \
	{ .name = "first", .kind = ARG_LINE, .max = NAME_MAX_BYTES, .label = N_("First name") }, \
	{ .name = "middle", .kind = ARG_LINE, .max = NAME_MAX_BYTES, .label = N_("Middle name") }, \
	{ .name = "last", .kind = ARG_LINE, .max = NAME_MAX_BYTES, .label = N_("Last name") }, \
	{ .name = "suffix", .kind = ARG_LINE, .max = NAME_MAX_BYTES, .label = N_("Suffix of the name") }

const struct arg cveuser_add_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = USER_MAX, .must = true, .label = N_("User name at CVE Services"),
	  .hint = N_("Best the person's mail address.") },
	PARTS_OF_NAME,
	{ .name = "role", .kind = ARG_CHOICE, .choices = role_words, .label = N_("Role") },
	{ 0 },
};

const struct arg cveuser_change_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = USER_MAX, .must = true, .hidden = true, .label = N_("User name at CVE Services") },
	{ .name = "new_name", .kind = ARG_LINE, .max = USER_MAX, .label = N_("New user name") },
	PARTS_OF_NAME,
	{ .name = "role", .kind = ARG_CHOICE, .choices = role_words, .label = N_("Role") },
	{ .name = "active", .kind = ARG_CHOICE, .choices = active_words, .label = N_("Access") },
	{ 0 },
};

const struct arg cveuser_name_args[] = {
	{ .name = "name", .kind = ARG_LINE, .max = USER_MAX, .must = true, .hidden = true, .label = N_("User name at CVE Services") },
	{ 0 },
};

/* ---- operations ---- */

/* The connection; nothing else is under way about this user. */
static bool begin(struct ctx *c, str name, struct cve_link_to *to)
{
	struct cve_errand_about_row open;
	bool                        found;

	TRY(cve_connected(c, to));
	TRY(sql_cve_errand_about(c, name, &open, &found));
	return !found || fault(c, E_STATE, NULL, N_("A request about this user is under way; wait for its answer."));
}

static bool begun(struct ctx *c, const struct cve_wish *w, struct sheet *out)
{
	errand_id id;

	TRY(cve_errand_add(c, w, &id));
	out->object = id.v;
	out->note   = w->who;
	out->next   = S("/cve/users");
	out->said   = S(N_("The request is on its way; reload to see what came of it."));
	return true;
}

/* 1, 0, or -1 when it was not given or is so already. */
static int wanted(const struct args *a, const char *name, const char *yes, bool known, bool now)
{
	str v = arg_str(a, name);

	if (!v.n)
		return -1;
	return known && str_eq(v, str_of(yes)) == now ? -1 : str_eq(v, str_of(yes));
}

static str changed(const struct args *a, const char *name, bool known, str now)
{
	str v = arg_str(a, name);

	return v.n && !(known && str_eq(v, now)) ? v : STR_NONE;
}

bool cveuser_run_add(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_link_to to;
	struct cve_wish    w = { .kind = "user_new", .amount = INT_NONE, .who = arg_str(a, "name") };
	struct cve_user    u = { arg_str(a, "first"), arg_str(a, "middle"), arg_str(a, "last"), arg_str(a, "suffix"), w.who,
		wanted(a, "role", "admin", false, false), -1 };

	TRY(begin(c, w.who, &to));
	TRY(cve_ask_user_add(c, to.org, &u, &w.q));
	return begun(c, &w, out);
}

bool cveuser_run_change(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_person_get_row p = { 0 };
	struct cve_link_to        to;
	struct cve_wish           w = { .kind = "user_edit", .amount = INT_NONE, .who = arg_str(a, "name") };
	struct cve_user           u;
	bool                      known;

	TRY(begin(c, w.who, &to));
	TRY(sql_cve_person_get(c, to.org, w.who, &p, &known));
	w.new_name = changed(a, "new_name", true, w.who);
	u = (struct cve_user){ changed(a, "first", known, p.first), changed(a, "middle", known, p.middle), changed(a, "last", known, p.last),
		changed(a, "suffix", known, p.suffix), w.new_name, wanted(a, "role", "admin", known, p.admin),
		wanted(a, "active", "yes", known, p.active) };
	/* What psirt could not undo itself. */
	if (str_eq(w.who, to.user) && (u.admin == 0 || u.active == 0))
		return fault(c, E_INVALID, u.admin == 0 ? "role" : "active", N_("psirt itself asks as this user: another administrator takes that away at CVE Services."));
	TRY(cve_ask_user_change(c, to.org, w.who, &u, &w.q));
	return begun(c, &w, out);
}

bool cveuser_run_renew(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cve_link_to to;
	struct cve_wish    w = { .kind = "user_key", .amount = INT_NONE, .who = arg_str(a, "name") };

	TRY(begin(c, w.who, &to));
	TRY(cve_ask_user_key(c, to.org, w.who, &w.q));
	return begun(c, &w, out);
}

/* ---- the page ---- */

/* What was refused stands in the form of the person that it was about, and in no other. */
static bool refused(struct form *f, str name)
{
	if (f->pending && !str_eq(arg_str(f->pending->args, "name"), name))
		f->pending = NULL;
	return f->pending != NULL;
}

static void person_line(struct ctx *c, struct cveuser_page *m, const struct cve_person_list_row *p)
{
	struct cveuser_line l = { .p = p, .own = str_eq(p->name, m->to.user), .change = form_new(c, "cveuser.change"),
		.renew = form_new(c, "cveuser.renew") };

	l.changing = refused(l.change, p->name);
	l.renewing = refused(l.renew, p->name);
	form_set(c, l.change, "name", p->name);
	form_set(c, l.renew, "name", p->name);
	form_set(c, l.change, "first", p->first);
	form_set(c, l.change, "middle", p->middle);
	form_set(c, l.change, "last", p->last);
	form_set(c, l.change, "suffix", p->suffix);
	form_set(c, l.change, "role", p->admin ? S("admin") : S("user"));
	form_set(c, l.change, "active", p->active ? S("yes") : S("no"));
	(void)list_push(c->arena, &m->people, l);
}

bool cveuser_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct cveuser_page         *m    = NEW(c->arena, struct cveuser_page);
	struct cve_person_list_rows *rows = NEW(c->arena, struct cve_person_list_rows);
	struct cve_errand_list_rows *asks = NEW(c->arena, struct cve_errand_list_rows);

	(void)a;
	TRY(cve_connection(c, &m->to));
	m->connected = m->to.url.n > 0;
	m->trial     = cve_is_trial(m->to.url);
	m->add       = form_new(c, "cveuser.add");
	form_set(c, m->add, "role", S("user"));
	m->may       = m->connected && form_may(c, m->add);
	TRY(sql_cve_person_list(c, m->to.org, rows));
	SHEET_MANY(out, "users", cve_person_list, rows);
	m->people.max = rows->n + 1;
	for (size_t i = 0; i < rows->n; i++)
		person_line(c, m, &rows->v[i]);
	TRY(sql_cve_errand_list(c, true, ERRANDS, asks));
	SHEET_MANY(out, "requests", cve_errand_list, asks);
	m->errands.max = ERRANDS;
	for (size_t i = 0; i < asks->n; i++)
		(void)list_push(c->arena, &m->errands, cve_errand_line_of(c, &asks->v[i]));
	out->model = m;
	return true;
}

void cveuser_list_show(struct page *w, const void *model)
{
	html_cveuser_list(w, model);
}
