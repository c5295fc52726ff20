#include "services/0-foundation/07-staff/staff.h"

#include "gen/staff.html.h"

#include <stddef.h>

#include "platform/text/word.h"

/* What each role may do: read from the same tables that the dispatcher obeys. */

static const uint32_t bits[] = {
	ROLE_ADMIN, ROLE_LEAD, ROLE_ANALYST, ROLE_ENGINEER, ROLE_EXECUTIVE, ROLE_LEGAL, ROLE_AUDITOR, ROLE_FINDER,
};
enum { COLUMNS = sizeof(bits) / sizeof(bits[0]) };

#define COL(name, kind) { #name, kind, offsetof(struct right, name) }
static const struct db_col right_cols[] = {
	COL(service, DB_TEXT), COL(name, DB_TEXT), COL(what, DB_TEXT), COL(changes, DB_BOOL), COL(anyone, DB_BOOL),
	COL(administrator, DB_BOOL), COL(lead, DB_BOOL), COL(analyst, DB_BOOL), COL(engineer, DB_BOOL),
	COL(executive, DB_BOOL), COL(legal, DB_BOOL), COL(auditor, DB_BOOL), COL(finder, DB_BOOL),
};

static bool right_add(struct ctx *c, struct rights_page *m, const struct service *s, const char *name, const char *help,
                      bool changes, uint32_t allowed)
{
	struct right r = { .service = str_of(s->number), .name = str_of(name), .what = word_tr(c->lang, help), .changes = changes };
	bool        *on[COLUMNS] = { &r.administrator, &r.lead, &r.analyst, &r.engineer, &r.executive, &r.legal, &r.auditor, &r.finder };

	r.anyone = allowed & MAY_ANYONE;
	for (size_t i = 0; i < COLUMNS; i++) {
		struct actor who = { .id = S("somebody"), .roles = bits[i] };
		*on[i] = may(&who, allowed);
	}
	return list_push(c->arena, &m->rights, r) || fault(c, E_LIMIT, NULL, NULL);
}

static bool service_add(struct ctx *c, struct rights_page *m, const struct service *s)
{
	struct right_group g = { .number = str_of(s->number), .title = word_tr(c->lang, s->title), .first = m->rights.n };

	for (const struct view *v = s->views; v && v->name; v++)
		TRY(right_add(c, m, s, v->name, v->help, false, v->may));
	for (const struct op *o = s->ops; o && o->name; o++)
		TRY(right_add(c, m, s, o->name, o->help, true, o->may));
	g.n = m->rights.n - g.first;
	return g.n == 0 || list_push(c->arena, &m->groups, g) || fault(c, E_LIMIT, NULL, NULL);
}

bool rights_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct rights_page *m = NEW(c->arena, struct rights_page);
	const struct front *f = front_of(c);

	(void)a;
	m->rights.max = 5000;
	m->groups.max = 200;
	m->roles.max  = 20;
	for (size_t i = 0; i < f->services_n; i++)
		TRY(service_add(c, m, f->services[i]));
	for (size_t i = 0; i < m->groups.n; i++)
		m->groups.v[i].v = m->rights.v + m->groups.v[i].first;
	for (const struct choice *o = role_choices; o->value; o++)
		(void)list_push(c->arena, &m->roles, (struct role_line){
			str_of(o->value), word_tr(c->lang, o->label), word_tr(c->lang, o->hint) });
	sheet_add(out, "rights", false, right_cols, sizeof(right_cols) / sizeof(right_cols[0]), m->rights.v, m->rights.n,
	          sizeof(struct right));
	out->model = m;
	return true;
}

void rights_show(struct page *w, const void *model)
{
	html_rights(w, model);
}
