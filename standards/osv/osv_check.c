#include "standards/osv/osv.h"

#include "base/instant.h"
#include "standards/cvss/cvss.h"
#include "standards/finding/embed.h"
#include "standards/purl/purl.h"
#include "standards/vers/vers.h"

EMBED(osv_schema_text, "standards/osv/data/schema.json");

static struct schema_source source = { .text = { EMBEDDED(osv_schema_text) } };

struct look { struct ctx *c; struct findings *f; const struct json *root; bool full; };

#define LOOK(l, test, class, text, one, two, ...) \
	look_find((l), (test), (class), (text), (one), (two), str_fmt((l)->c->arena, __VA_ARGS__))

static void look_find(struct look *l, const char *test, enum finding_class class, const char *text, str one, str two,
                      str pointer)
{
	if (!finding_add(l->c, l->f, (struct finding){ test, class, pointer, text, { one, two } }))
		l->full = true;
}

static void names_look(struct look *l)
{
	static const char *const lists[] = { "aliases", "related", "upstream" };
	str id = json_get_str(l->root, S("id"));

	for (int n = 0; n < 3; n++) {
		const struct json *list = json_get(l->root, str_of(lists[n]));

		for (size_t i = 0; i < json_count(list); i++) {
			if (str_eq(json_str(json_at(list, i)), id))
				LOOK(l, "osv.id", FINDING_WARNING, N_("The record refers to itself."), STR_NONE, STR_NONE, "/%s/%zu", lists[n], i);
			for (size_t k = 0; k < i; k++)
				if (str_eq(json_str(json_at(list, i)), json_str(json_at(list, k)))) {
					LOOK(l, "osv.id", FINDING_WARNING, N_("{1} stands twice."), json_str(json_at(list, i)), STR_NONE, "/%s/%zu",
					     lists[n], i);
					break;
				}
		}
	}
}

static void dates_look(struct look *l)
{
	time_us published, modified;

	if (time_parse(json_get_str(l->root, S("published")), &published) &&
	    time_parse(json_get_str(l->root, S("modified")), &modified) && published > modified)
		LOOK(l, "osv.date", FINDING_WARNING, N_("The record was published after its last change."), STR_NONE, STR_NONE,
		     "/published");
}

static void severities_look(struct look *l, const struct json *list, str at)
{
	static const struct { const char *type; bool v2, v3, v4; } types[] = {
		{ "CVSS_V2", true, false, false }, { "CVSS_V3", false, true, false }, { "CVSS_V4", false, false, true },
	};

	for (size_t i = 0; i < json_count(list); i++) {
		str type = json_get_str(json_at(list, i), S("type")), score = json_get_str(json_at(list, i), S("score"));
		struct ctx quiet = *l->c;
		struct cvss v;

		for (int k = 0; k < 3; k++) {
			bool fits;

			if (!str_eq(type, str_of(types[k].type)))
				continue;
			fits = cvss_parse(&quiet, score, &v) &&
			       (v.version == CVSS_2 ? types[k].v2 : v.version == CVSS_40 ? types[k].v4 : types[k].v3);
			if (!fits)
				LOOK(l, "osv.severity", FINDING_WARNING, N_("The vector {1} is not valid."), score, STR_NONE, "%.*s/%zu/score",
				     STR_ARG(at), i);
		}
	}
}

static void package_look(struct look *l, const struct json *package, size_t i)
{
	str text = json_get_str(package, S("purl")), ecosystem = json_get_str(package, S("ecosystem"));
	str type = osv_purl_type(ecosystem);
	struct ctx quiet = *l->c;
	struct purl p;

	if (!text.p)
		return;
	if (!purl_parse(&quiet, text, &p))
		LOOK(l, "osv.purl", FINDING_WARNING, N_("{1} is no package URL."), text, STR_NONE, "/affected/%zu/package/purl", i);
	else if (p.version.n)
		LOOK(l, "osv.purl", FINDING_WARNING, N_("The package URL has a version; versions belong into their own list."), STR_NONE,
		     STR_NONE, "/affected/%zu/package/purl", i);
	else if (type.p && !str_eq(type, p.type))
		LOOK(l, "osv.purl", FINDING_WARNING, N_("Packages of {1} have package URLs of the type {2}."), ecosystem, type,
		     "/affected/%zu/package/purl", i);
}

static str event_at(const struct json *event)
{
	return json_count(event) ? json_str(&event->member[0].value) : STR_NONE;
}

static str event_kind(const struct json *event)
{
	return json_count(event) ? json_key(&event->member[0]) : STR_NONE;
}

/* No event twice, and no fix at or before what it fixes (events may stand in any order). */
static void range_look(struct look *l, const struct json *range, const struct order *o, size_t i, size_t k)
{
	const struct json *events = json_get(range, S("events"));

	for (size_t n = 1; n < json_count(events) && n < 1000; n++) {
		const struct json *e = json_at(events, n);

		for (size_t m = 0; m < n; m++)
			if (str_eq(event_at(e), event_at(json_at(events, m)))) {
				LOOK(l, "osv.range", FINDING_WARNING, N_("{1} stands twice in one range."), event_at(e), STR_NONE,
				     "/affected/%zu/ranges/%zu/events/%zu", i, k, n);
				break;
			}
	}
	if (o && json_count(events) == 2 && str_eq(event_kind(json_at(events, 0)), S("introduced")) &&
	    !str_eq(event_at(json_at(events, 0)), S("0")) && o->cmp(event_at(json_at(events, 0)), event_at(json_at(events, 1))) > 0)
		LOOK(l, "osv.range", FINDING_WARNING, N_("No version lies between {1} and {2}."), event_at(json_at(events, 0)),
		     event_at(json_at(events, 1)), "/affected/%zu/ranges/%zu", i, k);
}

static void affected_look(struct look *l)
{
	const struct json *list = json_get(l->root, S("affected"));

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *item = json_at(list, i), *ranges = json_get(item, S("ranges"));
		str ecosystem = json_get_str(json_get(item, S("package")), S("ecosystem"));

		package_look(l, json_get(item, S("package")), i);
		severities_look(l, json_get(item, S("severity")), str_fmt(l->c->arena, "/affected/%zu/severity", i));
		for (size_t k = 0; k < json_count(ranges); k++) {
			str type = json_get_str(json_at(ranges, k), S("type"));

			range_look(l, json_at(ranges, k), str_eq(type, S("SEMVER")) ? vers_type_order(S("semver")) :
			           str_eq(type, S("ECOSYSTEM")) ? osv_order(ecosystem) : NULL, i, k);
		}
		if (json_count(ranges) == 0 && json_count(json_get(item, S("versions"))) == 0)
			LOOK(l, "osv.affected", FINDING_INFO, N_("Neither versions nor ranges say which versions are affected."), STR_NONE,
			     STR_NONE, "/affected/%zu", i);
	}
}

static void references_look(struct look *l)
{
	const struct json *list = json_get(l->root, S("references"));

	for (size_t i = 0; i < json_count(list) && i < 2000; i++)
		for (size_t k = 0; k < i; k++)
			if (json_cmp(json_at(list, i), json_at(list, k)) == 0) {
				LOOK(l, "osv.reference", FINDING_INFO, N_("{1} stands twice."), json_get_str(json_at(list, i), S("url")), STR_NONE,
				     "/references/%zu", i);
				break;
			}
}

static void version_look(struct look *l)
{
	int64_t minor = 0;
	str rest = l->f->version, part;

	if (rest.p && (!str_cut(&rest, '.', &part) || !str_eq(part, S("1")) || !str_cut(&rest, '.', &part) ||
	               !str_to_int(part, &minor) || minor > OSV_MINOR))
		LOOK(l, "osv.version", FINDING_WARNING, N_("The version {1} of the format is newer than what is known here."),
		     l->f->version, STR_NONE, "/schema_version");
}

bool osv_check(struct ctx *c, str bytes, struct findings *f)
{
	struct look l = { .c = c, .f = f };

	findings_init(f);
	TRY(findings_read(c, f, bytes, &osv_limits, &l.root));
	if (!l.root)
		return true;
	f->version = json_get_str(l.root, S("schema_version"));
	TRY(findings_schema(c, f, schema_shared(&source), l.root, S("")));
	version_look(&l);
	if (f->valid) {
		names_look(&l);
		dates_look(&l);
		severities_look(&l, json_get(l.root, S("severity")), S("/severity"));
		affected_look(&l);
		references_look(&l);
	}
	return l.full ? fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document.")) : true;
}
