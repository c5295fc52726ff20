#include "tools/mksql/mksql.h"

/*
 * The walls between rooms.  A table is written, and its shape is changed, by its
 * owner alone.  A guarded one is read through its view see_….  The tables of a service are
 * read by its own files; others read the views pub_… that it declares.  Those of record
 * are nouns for all.
 */

static bool holds(const str *v, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], name))
			return true;
	return false;
}

static bool begins(const char *name, const char *with)
{
	return name && strncmp(name, with, strlen(with)) == 0;
}

void touch_init(struct mksql *m, struct touch *t)
{
	*t = (struct touch){ .m = m, .raw.max = 1000, .direct.max = 1000, .written.max = 1000 };
}

int touch_note(void *touch, int what, const char *a, const char *b, const char *base, const char *view)
{
	struct touch *t    = touch;
	str           name = str_of(a);

	(void)b;
	(void)base;
	switch (what) {
	case SQLITE_READ:
		if (!begins(view, "see_") && !holds(t->raw.v, t->raw.n, name))
			(void)list_push(t->m->a, &t->raw, str_dup(t->m->a, name));
		if (!begins(view, "see_") && (!begins(view, "pub_") || str_eq(str_of(view), t->face)) &&
		    !holds(t->direct.v, t->direct.n, name))
			(void)list_push(t->m->a, &t->direct, str_dup(t->m->a, name));
		break;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		if (!view && !holds(t->written.v, t->written.n, name))
			(void)list_push(t->m->a, &t->written, str_dup(t->m->a, name));
		break;
	default: break;
	}
	return SQLITE_OK;
}

/* record/user owns record/user.sql, record/user_token.sql and record/user/x.sql. */
static bool owns(str owner, str path)
{
	return str_starts(path, owner) &&
	       (path.n == owner.n || path.p[owner.n] == '/' || path.p[owner.n] == '.' || path.p[owner.n] == '_');
}

static bool for_all(str owner)
{
	return owns(S("record"), owner) || owns(S("platform"), owner);
}

/* Where something is read: a statement of a file, or a view of its owner. */
struct reader { str file, name, path; int line; };

static void check_owner(struct mksql *m, const struct reader *r, str table)
{
	const struct table *t = table_find(m, table);

	if (t && !for_all(t->owner) && !owns(t->owner, r->path))
		complain(m, r->file, r->line, r->name, "%.*s belongs to %.*s: read a view pub_… that is declared there",
		         STR_ARG(t->name), STR_ARG(t->owner));
}

static void check_reads(struct mksql *m, const struct reader *r, const struct toks *body, const struct touch *t)
{
	for (size_t i = 0; i < t->direct.n; i++)
		check_owner(m, r, t->direct.v[i]);
	for (size_t i = 0; i < body->n; i++) {
		str word = body->v[i].kind == T_QUOTED ? str_slice(body->v[i].s, 1, body->v[i].s.n - 1) : body->v[i].s;
		if (body->v[i].kind != T_SPACE && body->v[i].kind != T_COMMENT && str_starts(word, S("see_")))
			check_owner(m, r, table_bare(word));
	}
	for (size_t i = 0; i < t->raw.n; i++) {
		const struct table *g = table_find(m, t->raw.v[i]);
		if (g && g->guarded && !holds(t->written.v, t->written.n, g->name))
			complain(m, r->file, r->line, r->name, "%.*s is guarded: read see_%.*s", STR_ARG(g->name), STR_ARG(g->name));
	}
}

static bool known_name(struct mksql *m, const struct tok *t)
{
	str name = t->kind == T_QUOTED ? str_slice(t->s, 1, t->s.n - 1) : t->s;

	return str_starts(name, S("see_")) || str_starts(name, S("pub_")) || table_find(m, name);
}

/* "WITH see_x AS (…)" would read as the view and be something else. */
void wall_check_names(struct mksql *m, const struct stmt *s)
{
	const struct toks *t = &s->body;

	for (size_t i = 0; i < t->n; i++) {
		size_t name, as;

		if (!tok_is(&t->v[i], "WITH") && !tok_is(&t->v[i], "RECURSIVE") && !tok_is(&t->v[i], ","))
			continue;
		name = tok_next(t, i + 1);
		as   = tok_next(t, name + 1);
		if (as < t->n && tok_is(&t->v[as], "(")) {   /* a list of columns */
			while (as < t->n && !tok_is(&t->v[as], ")"))
				as++;
			as = tok_next(t, as + 1);
		}
		if (as + 1 < t->n && tok_is(&t->v[as], "AS") && tok_is(&t->v[tok_next(t, as + 1)], "(") &&
		    known_name(m, &t->v[name]))
			complain(m, s->file, t->v[name].line, s->name, "%.*s would hide the table or view of that name",
			         STR_ARG(t->v[name].s));
	}
}

void wall_check(struct mksql *m, struct stmt *s, const struct touch *t)
{
	struct reader r = { s->file, s->name, s->file, s->body_line };

	for (size_t i = 0; i < t->written.n; i++) {
		const struct table *w = table_find(m, t->written.v[i]);
		s->guarded = s->guarded || (w && w->guarded);
		if (w && !owns(w->owner, s->file))
			complain(m, s->file, s->body_line, s->name, "%.*s belongs to %.*s, which alone writes it",
			         STR_ARG(w->name), STR_ARG(w->owner));
	}
	check_reads(m, &r, &s->body, t);
}

void wall_check_faces(struct mksql *m)
{
	for (size_t i = 0; i < m->faces.n; i++) {
		const struct face *f = &m->faces.v[i];
		struct reader      r = { f->file, f->name, f->owner, f->line };
		struct touch       t;
		sqlite3_stmt      *q = NULL;
		touch_init(m, &t);
		t.face = f->name;
		sqlite3_set_authorizer(m->db, touch_note, &t);
		if (sqlite3_prepare_v2(m->db, STR_CAT(m->a, S("SELECT * FROM "), f->name).p, -1, &q, NULL) == SQLITE_OK)
			check_reads(m, &r, &f->body, &t);
		sqlite3_set_authorizer(m->db, NULL, NULL);
		sqlite3_finalize(q);
	}
}

int wall_move(void *move, int what, const char *a, const char *b, const char *base, const char *view)
{
	struct move        *v     = move;
	const char         *name  = a;
	const struct table *t;

	(void)base;
	switch (what) {
	case SQLITE_ALTER_TABLE:
	case SQLITE_CREATE_INDEX:
	case SQLITE_DROP_INDEX:
	case SQLITE_CREATE_TRIGGER:
	case SQLITE_DROP_TRIGGER: name = b; break;
	case SQLITE_CREATE_VIEW: name = begins(a, "see_") ? a + strlen("see_") : NULL; break;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE: break;
	default: return SQLITE_OK;
	}
	t = name && !view ? table_find(v->m, str_of(name)) : NULL;
	if (t && !str_eq(t->owner, v->g->owner))
		complain(v->m, v->g->file, v->line, STR_NONE, "%.*s belongs to %.*s: only its migrations change it", STR_ARG(t->name),
		         STR_ARG(t->owner));
	return SQLITE_OK;
}
