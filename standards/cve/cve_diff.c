#include "standards/cve/cve.h"

#include "base/list.h"

enum { CHANGES_MAX = 10000 };

/* What stands at a place of each document; its pointers differ below lists whose items were paired. */
struct side { const struct json *before, *after; str there, here; };

static bool differ(struct ctx *c, struct cve_changes *out, struct side s);

static bool note(struct ctx *c, struct cve_changes *out, struct side s)
{
	enum cve_change_kind kind = !s.before ? CVE_ADDED : !s.after ? CVE_REMOVED : CVE_CHANGED;

	if (!list_push(c->arena, out, (struct cve_change){ kind, s.after ? s.here : s.there, s.before, s.after }))
		return fault(c, E_LIMIT, NULL, N_("There are more than {1} differences."), S("10,000"));
	return true;
}

static str below_key(struct ctx *c, str pointer, str key)
{
	struct buf b;

	buf_init(&b, c->arena, pointer.n + 2 * key.n + 2);
	buf_add(&b, pointer);
	json_pointer_key(&b, key);
	return buf_str(&b);
}

static str below_index(struct ctx *c, str pointer, size_t i)
{
	struct buf b;

	buf_init(&b, c->arena, pointer.n + 32);
	buf_add(&b, pointer);
	json_pointer_index(&b, i);
	return buf_str(&b);
}

static bool members_differ(struct ctx *c, struct cve_changes *out, struct side s)
{
	for (JSON_MEMBERS(m, s.before)) {
		struct side inner = { &m->value, json_get(s.after, json_key(m)), below_key(c, s.there, json_key(m)), STR_NONE };

		inner.here = inner.after ? below_key(c, s.here, json_key(m)) : STR_NONE;
		TRY(differ(c, out, inner));
	}
	for (JSON_MEMBERS(m, s.after))
		if (!json_get(s.before, json_key(m)))
			TRY(note(c, out, (struct side){ NULL, &m->value, STR_NONE, below_key(c, s.here, json_key(m)) }));
	return true;
}

/* Lists in which the place of an item has a meaning. */
static bool in_order(str pointer)
{
	return str_ends(pointer, S("/versions")) || str_ends(pointer, S("/changes"));
}

/* What names an item of a list of objects; at least one must be there. */
static bool same_named(const struct json *a, const struct json *b)
{
	static const char *const names[] = {
		"url", "vendor", "product", "packageName", "collectionURL", "packageURL", "lang", "capecId", "orgId",
		"type", "time", "criteria", "format", "name", "user", "value",
	};
	const struct json *x = json_get(a, S("providerMetadata")), *y = json_get(b, S("providerMetadata"));
	bool some = false;

	if (x && y)
		return str_eq(json_get_str(x, S("orgId")), json_get_str(y, S("orgId")));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		x = json_get(a, str_of(names[i]));
		y = json_get(b, str_of(names[i]));
		if (str_eq(str_of(names[i]), S("value")) && some)
			break;
		if (!x && !y)
			continue;
		if (!x || !y || json_cmp(x, y) != 0)
			return false;
		some = true;
	}
	return some;
}

/* Pairs equal items first, then items of the same name; used[] marks those of the other list. */
static size_t partner(const struct json *item, const struct json *list, bool *used, bool equal)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *other = json_at(list, i);

		if (used[i] || (equal ? json_hash(item) != json_hash(other) || json_cmp(item, other) != 0
		                      : !same_named(item, other)))
			continue;
		used[i] = true;
		return i;
	}
	return SIZE_MAX;
}

/* The items of two lists at these places; SIZE_MAX: none. */
static struct side items(struct ctx *c, struct side s, size_t i, size_t k)
{
	struct side inner = { json_at(s.before, i), json_at(s.after, k), STR_NONE, STR_NONE };

	if (inner.before)
		inner.there = below_index(c, s.there, i);
	if (inner.after)
		inner.here = below_index(c, s.here, k);
	return inner;
}

static bool sets_differ(struct ctx *c, struct cve_changes *out, struct side s)
{
	size_t na = json_count(s.before), nb = json_count(s.after);
	bool  *used = arena_alloc(c->arena, nb + 1), *done = arena_alloc(c->arena, na + 1);

	if (!used || !done)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to compare these documents."));
	for (size_t i = 0; i < na; i++)
		done[i] = partner(json_at(s.before, i), s.after, used, true) != SIZE_MAX;
	for (size_t i = 0; i < na; i++) {
		size_t k = done[i] ? SIZE_MAX : partner(json_at(s.before, i), s.after, used, false);

		if (done[i])
			continue;
		TRY(differ(c, out, items(c, s, i, k)));
	}
	for (size_t k = 0; k < nb; k++)
		if (!used[k])
			TRY(note(c, out, items(c, s, SIZE_MAX, k)));
	return true;
}

static bool lists_differ(struct ctx *c, struct cve_changes *out, struct side s)
{
	size_t na = json_count(s.before), nb = json_count(s.after);

	if (!in_order(s.here) && na * nb <= 4000000)
		return sets_differ(c, out, s);
	for (size_t i = 0; i < na || i < nb; i++)
		TRY(differ(c, out, items(c, s, i, i)));
	return true;
}

/* The depth is that of the JSON text, which has a limit. */
static bool differ(struct ctx *c, struct cve_changes *out, struct side s)
{
	if (s.before && s.after && json_cmp(s.before, s.after) == 0)
		return true;
	if (json_is(s.before, JSON_OBJECT) && json_is(s.after, JSON_OBJECT))
		return members_differ(c, out, s);
	if (json_is(s.before, JSON_ARRAY) && json_is(s.after, JSON_ARRAY))
		return lists_differ(c, out, s);
	return note(c, out, s);
}

bool cve_diff(struct ctx *c, const struct json *before, const struct json *after, struct cve_changes *out)
{
	*out = (struct cve_changes){ .max = CHANGES_MAX };
	return differ(c, out, (struct side){ before, after, S(""), S("") });
}
