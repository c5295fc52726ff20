#include "standards/osv/osv.h"

#include "standards/finding/embed.h"
#include "standards/vers/vers.h"

EMBED(osv_ecosystems, "standards/osv/data/ecosystems.txt");

const struct json_limits osv_limits = {
	.bytes = 64 << 20, .depth = 100, .members = 1000000, .string = 8 << 20,
};

/* Order and type of an ecosystem, whose release (":12") does not count. */
static bool ecosystem_row(str ecosystem, str *order, str *type)
{
	str rest = EMBEDDED_STR(osv_ecosystems), line, name;
	size_t colon = str_find(ecosystem, S(":"), 0);

	if (colon != SIZE_MAX)
		ecosystem = str_slice(ecosystem, 0, colon);
	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, '\t', &name) && str_eq(name, ecosystem) && !str_eq(name, S("date"))) {
			*type = line;
			return str_cut(type, '\t', order);
		}
	return false;
}

const struct order *osv_order(str ecosystem)
{
	str order, type;

	return ecosystem_row(ecosystem, &order, &type) ? order_find(order) : NULL;
}

str osv_purl_type(str ecosystem)
{
	str order, type;

	return ecosystem_row(ecosystem, &order, &type) && !str_eq(type, S("-")) ? type : STR_NONE;
}

enum event_kind { INTRODUCED, FIXED, LAST_AFFECTED, LIMIT };

struct event { enum event_kind kind; str at; };

static struct event event_of(const struct json *x)
{
	static const char *const names[] = { "introduced", "fixed", "last_affected", "limit" };

	for (int i = 0; i < 4; i++) {
		str at = json_get_str(x, str_of(names[i]));

		if (at.p)
			return (struct event){ (enum event_kind)i, at };
	}
	return (struct event){ LIMIT, STR_NONE };
}

/* Is `at` not above v?  "0" is before everything. */
static bool reached(const struct order *o, struct event e, str v)
{
	int way;

	if (!e.at.p)
		return false;
	if (e.kind == INTRODUCED && str_eq(e.at, S("0")))
		return true;
	way = o->cmp(e.at, v);
	return e.kind == LAST_AFFECTED ? way < 0 : way <= 0;
}

/* a's place is above b's, or the same and a comes after b in effect. */
static bool later(const struct order *o, struct event a, struct event b)
{
	int way;

	if (a.kind == INTRODUCED && str_eq(a.at, S("0")))
		return false;
	if (b.kind == INTRODUCED && str_eq(b.at, S("0")))
		return true;
	way = o->cmp(a.at, b.at);
	return way ? way > 0 : a.kind == INTRODUCED;
}

/* The last event that v has reached decides; before a limit only what it leaves. */
static bool range_holds(const struct json *range, const struct order *o, str v)
{
	struct event last = { LIMIT, STR_NONE };
	bool limits = false, below = false;

	for (JSON_ITEMS(x, json_get(range, S("events")))) {
		struct event e = event_of(x);

		if (e.kind == LIMIT && e.at.p) {
			limits = true;
			below  = below || str_eq(e.at, S("*")) || o->cmp(v, e.at) < 0;
		} else if (reached(o, e, v) && (!last.at.p || later(o, e, last))) {
			last = e;
		}
	}
	return last.at.p && last.kind == INTRODUCED && (!limits || below);
}

enum osv_answer osv_version_affected(const struct json *affected, str version)
{
	str  ecosystem = json_get_str(json_get(affected, S("package")), S("ecosystem"));
	bool unsure = false;

	for (JSON_ITEMS(x, json_get(affected, S("versions"))))
		if (str_eq(json_str(x), version))
			return OSV_AFFECTED;
	for (JSON_ITEMS(x, json_get(affected, S("ranges")))) {
		str type = json_get_str(x, S("type"));
		const struct order *o = str_eq(type, S("SEMVER")) ? vers_type_order(S("semver")) :
		                        str_eq(type, S("ECOSYSTEM")) ? osv_order(ecosystem) : NULL;

		if (!o || (o->valid && !o->valid(version)))
			unsure = true;
		else if (range_holds(x, o, version))
			return OSV_AFFECTED;
	}
	return unsure ? OSV_UNSURE : OSV_NOT_AFFECTED;
}
