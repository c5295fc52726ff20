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

/* The path of a view without variables; none when it has some. */
static str place_of(const struct view *v)
{
	str path = str_of(v->path);

	return str_starts(path, S("GET ")) && str_find(path, S(":"), 0) == SIZE_MAX ? str_slice(path, 4, path.n) : STR_NONE;
}

/* Where the path stands or would stand. */
static size_t place_slot(const struct view *const *places, size_t n, str path)
{
	size_t at = str_hash(path) & (n - 1);

	while (places[at] && !str_eq(str_slice(str_of(places[at]->path), 4, SIZE_MAX), path))
		at = (at + 1) & (n - 1);
	return at;
}

void front_index(struct arena *a, struct front *f)
{
	size_t              n = 0, room = 64;
	const struct view **places;

	EACH(f, view, v)
		n += place_of(v).n > 0;
	while (room < 2 * n)
		room *= 2;
	places = NEWS(a, const struct view *, room);
	EACH(f, view, v) {
		size_t at = place_of(v).n ? place_slot(places, room, place_of(v)) : 0;
		if (place_of(v).n && !places[at])   /* of two the first, as when all are walked */
			places[at] = v;
	}
	f->places   = places;
	f->places_n = room;
}

const struct view *view_route(const struct front *f, str path, struct path_vars *vars)
{
	const struct view *best = f->places ? f->places[place_slot(f->places, f->places_n, path)] : NULL;
	struct path_vars   got;

	if (best) {
		vars->n = 0;
		return best;
	}
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
