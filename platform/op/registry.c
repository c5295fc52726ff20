#include "platform/op/op.h"

/* Walk all entries of one kind over all services. */
#define EACH(front, kind, x) \
	for (size_t s_ = 0; s_ < (front)->services_n; s_++) \
		for (const struct kind *x = (front)->services[s_]->kind##s; x && x->name; x++)

const struct front *front_of(const struct ctx *c)
{
	return c->front;
}

str house_name(const struct ctx *c)
{
	const struct front *f = front_of(c);

	return c->lang == LANG_JA && f->organisation_ja.n ? f->organisation_ja : f->organisation;
}

const struct op *op_find(const struct front *f, str name)
{
	EACH(f, op, o)
		if (str_eq(str_of(o->name), name))
			return o;
	return NULL;
}

const struct view *view_find(const struct front *f, str name)
{
	EACH(f, view, v)
		if (str_eq(str_of(v->name), name))
			return v;
	return NULL;
}

/* Does the path match "METHOD /a/:b/c"?  Fills vars. */
static bool path_match(const char *pattern, str method, str path, struct path_vars *vars)
{
	str want, p, q;

	vars->n = 0;
	if (strncmp(pattern, method.p ? method.p : "", method.n) != 0 || pattern[method.n] != ' ')
		return false;
	pattern += method.n + 1;
	/* Most differ in their first letters: those are not cut into parts. */
	for (size_t i = 0; i < path.n && pattern[i] && pattern[i] != ':'; i++)
		if (pattern[i] != path.p[i])
			return false;
	want = str_of(pattern);
	for (;;) {
		bool a = str_cut(&want, '/', &p), b = str_cut(&path, '/', &q);
		if (!a || !b)
			return a == b;
		if (p.n && p.p[0] == ':') {
			if (q.n == 0 || vars->n == 8)
				return false;
			vars->v[vars->n++] = (struct path_var){ str_slice(p, 1, p.n), q };
		} else if (!str_eq(p, q)) {
			return false;
		}
	}
}

const struct op *op_route(const struct front *f, str method, str path, struct path_vars *vars)
{
	const struct op *best = NULL;
	struct path_vars got;

	EACH(f, op, o)
		if (path_match(o->path, method, path, &got) && (!best || got.n < vars->n)) {
			best  = o;
			*vars = got;
		}
	return best;
}

const struct view *view_route(const struct front *f, str path, struct path_vars *vars)
{
	const struct view *best = NULL;
	struct path_vars   got;

	EACH(f, view, v)
		if (path_match(v->path, S("GET"), path, &got) && (!best || got.n < vars->n)) {
			best  = v;
			*vars = got;
		}
	return best;
}

bool may(const struct actor *who, uint32_t allowed)
{
	if (allowed & MAY_ANYONE)
		return true;
	if (!who || who->id.n == 0)
		return false;
	return (allowed & MAY_MEMBER) || (who->roles & allowed & ~(MAY_ANYONE | MAY_MEMBER));
}

struct db_viewer viewer_of(const struct ctx *c)
{
	if (!c->actor)
		return (struct db_viewer){ S(""), S("") };
	return (struct db_viewer){ c->actor->id, c->actor->sight };
}

bool fact_tell(struct ctx *c, const char *name, str case_id, str object)
{
	const struct front *f = front_of(c);

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct hears *h = f->services[i]->hears; h && h->name; h++)
			if (str_eq(str_of(h->name), str_of(name)))
				TRY(h->run(c, case_id, object));
	return true;
}
