#include "services/2-discovery/3-components/maker.h"

#include "gen/maker.html.h"

#include "platform/clock.h"
#include "platform/text/word.h"
#include "services/2-discovery/3-components/why.h"

#define SUPPLIER_ARGS \
	{ .name = "name", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name"), .hint = N_("As the publisher writes it in its advisories.") }, \
	{ .name = "address", .kind = ARG_LINE, .max = 500, .label = N_("Domain or address of its CSAF provider"), \
	  .hint = N_("Such as example.com, or https://example.com/.well-known/csaf/provider-metadata.json. Empty: its advisories are brought by hand.") }, \
	{ .name = "namespace", .kind = ARG_LINE, .max = 500, .label = N_("Namespace of the publisher"), \
	  .hint = N_("As in /document/publisher/namespace of its documents. Empty: it is known by its name.") }, \
	{ .name = "owner", .kind = ARG_ID, .label = N_("Looked after by"), .hint = N_("Empty: yourself.") }

const struct arg supplier_add_args[] = { SUPPLIER_ARGS, { 0 } };

const struct arg supplier_edit_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Supplier") },
	{ .name = "version", .kind = ARG_INT, .must = true, .hidden = true, .label = N_("Version") },
	SUPPLIER_ARGS,
	{ 0 },
};

const struct arg supplier_id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Supplier") },
	{ 0 },
};

/* ---- what was typed ---- */

struct supplier_draft { str name, address, namespace; user_id owner; };

static bool has_host(str s)
{
	size_t dot = str_find(s, S("."), 0);

	return dot != SIZE_MAX && dot > 0 && dot + 1 < s.n && str_find(s, S(" "), 0) == SIZE_MAX && str_find(s, S("@"), 0) == SIZE_MAX;
}

static bool address_check(struct ctx *c, str s)
{
	str rest = s;

	if (!s.n)
		return true;
	if (str_starts(s, S("https://")))
		rest = str_slice(s, 8, s.n);
	else if (str_find(s, S("/"), 0) != SIZE_MAX || str_find(s, S(":"), 0) != SIZE_MAX)
		return fault(c, E_INVALID, "address", N_("An address begins with https://; a domain is written such as example.com."));
	return has_host(rest) || fault(c, E_INVALID, "address", N_("{1} is no domain such as example.com."), s);
}

static bool draft_read(struct ctx *c, const struct args *a, str id, struct supplier_draft *d)
{
	struct supplier_taken_row  other;
	struct supplier_person_row p;
	bool                       found = false;

	*d = (struct supplier_draft){ str_trim(arg_str(a, "name")), str_trim(arg_str(a, "address")), str_trim(arg_str(a, "namespace")),
		{ arg_str(a, "owner").n ? arg_str(a, "owner") : c->actor->id } };
	while (str_ends(d->namespace, S("/")))
		d->namespace.n--;
	if (!d->address.n)
		d->address = S("");
	if (!d->namespace.n)
		d->namespace = S("");
	TRY(address_check(c, d->address));
	TRY(sql_supplier_taken(c, d->name, id, &other, &found));
	if (found)
		return fault(c, E_EXISTS, "name", N_("There is a supplier with this name already."));
	TRY(sql_supplier_person(c, d->owner, &p, &found));
	return found || fault(c, E_INVALID, "owner", N_("Only somebody of the team can look after a supplier."));
}

static bool done(struct ctx *c, str id, const char *said, struct sheet *out)
{
	out->object = id;
	out->next   = STR_CAT(c->arena, S("/suppliers/"), id);
	out->said   = str_of(said);
	return true;
}

/* ---- operations ---- */

bool supplier_add(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct supplier_draft d;
	supplier_id           id = { random_id(c) };
	int64_t               n;

	TRY(draft_read(c, a, S(""), &d));
	TRY(sql_supplier_insert(c, id, d.name, d.namespace, d.address, d.owner, (user_id){ c->actor->id }, c->now, &n));
	if (n != 1)
		return fault(c, E_BUSY, NULL, NULL);
	TRY(sql_supplier_claim(c, id, d.namespace, d.name));
	return done(c, id.v, N_("The supplier was added."), out);
}

bool supplier_edit(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct supplier_get_row s;
	struct supplier_draft   d;
	supplier_id             id = { arg_str(a, "id") };
	int64_t                 n;

	TRY(sql_supplier_get(c, id, &s));
	TRY(draft_read(c, a, id.v, &d));
	TRY(sql_supplier_set(c, id, arg_int(a, "version"), d.name, d.namespace, d.address, d.owner, c->now, &n));
	if (n != 1)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this supplier meanwhile. What you typed is kept below; please look at it as it is now."));
	TRY(sql_supplier_claim(c, id, d.namespace, d.name));
	return done(c, id.v, N_("The supplier was saved."), out);
}

static bool turned(struct ctx *c, const struct args *a, const char *state, const char *said, struct sheet *out)
{
	struct supplier_get_row s;
	supplier_id             id = { arg_str(a, "id") };

	TRY(sql_supplier_get(c, id, &s));
	if (str_eq(s.state, str_of(state)))
		return fault(c, E_STATE, NULL, N_("The supplier is in this state already."));
	TRY(sql_supplier_state(c, id, str_of(state)));
	return done(c, id.v, said, out);
}

bool supplier_stop(struct ctx *c, const struct args *a, struct sheet *out)
{
	return turned(c, a, "stopped", N_("The supplier is watched no longer. Its advisories stay."), out);
}

bool supplier_start(struct ctx *c, const struct args *a, struct sheet *out)
{
	return turned(c, a, "watched", N_("The supplier is watched again."), out);
}

/* The chore does it; what failed before is tried again. */
bool supplier_fetch(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct supplier_get_row s;
	int64_t                 n;

	TRY(sql_supplier_get(c, (supplier_id){ arg_str(a, "id") }, &s));
	TRY(sql_supplier_hurry(c, s.id, c->now, &n));
	if (n == 0)
		return fault(c, E_STATE, NULL, N_("It has no address to fetch from, or is not watched."));
	TRY(sql_item_hurry(c, s.id, c->now));
	return done(c, s.id.v, N_("It is fetched in the background."), out);
}

/* ---- pages ---- */

str supplier_trouble(struct ctx *c, str text, str with)
{
	return why_said(c, &(struct notice_why){ .why = text, .with = with, .line = INT_NONE });
}

bool supplier_offer(struct ctx *c, const struct choice **out)
{
	struct supplier_list_rows rows;
	struct choice            *v;

	TRY(sql_supplier_list(c, &rows));
	v = NEWS(c->arena, struct choice, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct choice){ cstr(c->arena, rows.v[i].id.v), cstr(c->arena, rows.v[i].name), NULL };
	*out = v;
	return true;
}

static bool people_offer(struct ctx *c, struct form *f)
{
	struct supplier_people_rows rows;
	struct choice              *v;

	TRY(sql_supplier_people(c, &rows));
	v = NEWS(c->arena, struct choice, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct choice){ cstr(c->arena, rows.v[i].id.v), cstr(c->arena, rows.v[i].name), NULL };
	form_offer(c, f, "owner", v);
	return true;
}

bool supplier_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct supplier_list_page *m = NEW(c->arena, struct supplier_list_page);

	(void)a;
	TRY(sql_supplier_list(c, &m->rows));
	for (size_t i = 0; i < m->rows.n; i++)
		m->rows.v[i].trouble = supplier_trouble(c, m->rows.v[i].trouble, m->rows.v[i].trouble_with);
	m->add      = form_new(c, "supplier.add");
	m->may_edit = form_may(c, m->add);
	form_set(c, m->add, "owner", c->actor->id);
	TRY(people_offer(c, m->add));
	SHEET_MANY(out, "suppliers", supplier_list, &m->rows);
	out->model = m;
	return true;
}

void supplier_list_show(struct page *w, const void *model)
{
	html_supplier_list(w, model);
}

bool supplier_show_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct supplier_page *m = NEW(c->arena, struct supplier_page);

	TRY(sql_supplier_get(c, (supplier_id){ arg_str(a, "id") }, &m->s));
	m->edit = form_new(c, "supplier.edit");
	form_set(c, m->edit, "id", m->s.id.v);
	form_set_int(c, m->edit, "version", m->s.version);
	form_set(c, m->edit, "name", m->s.name);
	form_set(c, m->edit, "address", m->s.address);
	form_set(c, m->edit, "namespace", m->s.namespace);
	form_set(c, m->edit, "owner", m->s.owner.v);
	TRY(people_offer(c, m->edit));
	TRY(sql_item_troubles(c, m->s.id, &m->troubles));
	for (size_t i = 0; i < m->troubles.n; i++)
		m->troubles.v[i].why = supplier_trouble(c, m->troubles.v[i].why, m->troubles.v[i].why_with);
	m->s.trouble = supplier_trouble(c, m->s.trouble, m->s.trouble_with);
	m->fetch = form_new(c, "supplier.fetch");
	form_set(c, m->fetch, "id", m->s.id.v);
	m->stop  = form_new(c, "supplier.stop");
	m->start = form_new(c, "supplier.start");
	form_set(c, m->stop, "id", m->s.id.v);
	form_set(c, m->start, "id", m->s.id.v);
	m->may_edit = form_may(c, m->edit);
	SHEET_ONE(out, "supplier", supplier_get, &m->s);
	SHEET_MANY(out, "documents", item_troubles, &m->troubles);
	out->title   = m->s.name;
	out->object  = m->s.id.v;
	out->version = m->s.version;
	out->model   = m;
	return true;
}

void supplier_show(struct page *w, const void *model)
{
	html_supplier(w, model);
}
