#include "standards/vex/vex_osv.h"

#include "base/list.h"
#include "platform/json/json_out.h"
#include "standards/csaf/csaf_range.h"
#include "standards/csaf/csaf_review.h"
#include "standards/cvss/cvss.h"
#include "standards/purl/purl.h"
#include "standards/vex/vex_part.h"

enum { PACKAGES_MAX = 100000 };

struct event { const char *kind; str at; };

struct package {
	str ecosystem, name, purl;
	LIST(str) versions, fixed;
	LIST(struct event) events;       /* of one range after the other; each begins with "introduced" */
	struct id_map known;             /* versions and fixed ones that were seen */
};

struct record {
	struct ctx *c;
	struct vex *v;
	struct json_out *o;
	const struct json *document, *vulnerability;
	str at, name;                    /* of the vulnerability */
	struct id_map keys;
	LIST(struct package) packages;
	bool full;
};

/* ---- packages ---- */

static const struct { const char *type, *namespace, *ecosystem; } ecosystems[] = {
	{ "npm", NULL, "npm" }, { "pypi", NULL, "PyPI" }, { "maven", NULL, "Maven" }, { "golang", NULL, "Go" }, { "cargo", NULL, "crates.io" },
	{ "gem", NULL, "RubyGems" }, { "nuget", NULL, "NuGet" }, { "composer", NULL, "Packagist" }, { "hex", NULL, "Hex" }, { "pub", NULL, "Pub" },
	{ "cran", NULL, "CRAN" }, { "hackage", NULL, "Hackage" }, { "swift", NULL, "SwiftURL" }, { "conan", NULL, "ConanCenter" },
	{ "bitnami", NULL, "Bitnami" }, { "julia", NULL, "Julia" }, { "opam", NULL, "opam" },
	{ "deb", "debian", "Debian" }, { "deb", "ubuntu", "Ubuntu" }, { "rpm", "redhat", "Red Hat" }, { "rpm", "almalinux", "AlmaLinux" },
	{ "rpm", "rocky", "Rocky Linux" }, { "rpm", "rocky-linux", "Rocky Linux" }, { "rpm", "opensuse", "openSUSE" }, { "rpm", "suse", "SUSE" },
	{ "rpm", "openeuler", "openEuler" }, { "rpm", "mageia", "Mageia" }, { "apk", "alpine", "Alpine" }, { "apk", "wolfi", "Wolfi" },
	{ "apk", "chainguard", "Chainguard" },
};

/* "Debian:12" of distro=debian-12, "Red Hat:rhel_aus:8.6::appstream" of the CPE of what it is part of. */
static str release_of(struct record *r, str ecosystem, const struct purl *p, const struct vex_product *x)
{
	str distro = purl_qualifier(p, S("distro"));
	size_t dash = distro.p ? str_find(distro, S("-"), 0) : SIZE_MAX;

	if (str_eq(ecosystem, S("Red Hat"))) {
		size_t vendor = x->cpe.p && str_starts(x->cpe, S("cpe:/")) ? str_find(x->cpe, S(":redhat:"), 0) : SIZE_MAX;

		return vendor == SIZE_MAX ? ecosystem : STR_CAT(r->c->arena, ecosystem, str_slice(x->cpe, vendor + 7, x->cpe.n));
	}
	if (dash == SIZE_MAX || !p->namespace.p || !str_eq(str_slice(distro, 0, dash), p->namespace))
		return ecosystem;
	return STR_CAT(r->c->arena, ecosystem, S(":"), str_slice(distro, dash + 1, distro.n));
}

static str ecosystem_of(struct record *r, const struct purl *p, const struct vex_product *x)
{
	for (size_t i = 0; i < sizeof(ecosystems) / sizeof(*ecosystems); i++)
		if (str_eq(p->type, str_of(ecosystems[i].type)) &&
		    (!ecosystems[i].namespace || str_eq(p->namespace, str_of(ecosystems[i].namespace))))
			return release_of(r, str_of(ecosystems[i].ecosystem), p, x);
	return STR_NONE;
}

/* The name as the ecosystem writes it. */
static str name_of(struct record *r, const struct purl *p)
{
	if (!p->namespace.n || str_eq(p->type, S("deb")) || str_eq(p->type, S("rpm")) || str_eq(p->type, S("apk")))
		return p->name;
	return STR_CAT(r->c->arena, p->namespace, str_eq(p->type, S("maven")) ? S(":") : S("/"), p->name);
}

/* The package of a product; NULL when it is none of an ecosystem. */
static struct package *package_of(struct record *r, const struct vex_product *x, struct purl *p)
{
	str text = x->part.p && str_starts(x->part, S("pkg:")) ? x->part : x->purl;
	struct ctx quiet = *r->c;
	struct purl whole;
	str ecosystem, name;
	uint32_t at;

	if (!text.p || !purl_parse(&quiet, text, p))
		return NULL;
	ecosystem = ecosystem_of(r, p, x);
	if (!ecosystem.p)
		return NULL;
	name = name_of(r, p);
	at   = id_add(r->c->arena, &r->keys, STR_CAT(r->c->arena, ecosystem, S("\n"), name));
	if (at < r->packages.n)
		return &r->packages.v[at];
	whole = *p;
	whole.version = whole.subpath = STR_NONE;
	whole.qualifiers = 0;
	if (!list_push(r->c->arena, &r->packages, (struct package){ ecosystem, name, purl_print(r->c->arena, &whole),
	               .versions.max = 1000000, .fixed.max = 1000000, .events.max = 1000000 })) {
		r->full = true;
		return NULL;
	}
	return &r->packages.v[at];
}

static str version_of(struct record *r, const struct vex_product *x, const struct purl *p)
{
	str epoch = purl_qualifier(p, S("epoch")), version = p->version.n ? p->version : x->version;

	return version.n && epoch.n && str_find(version, S(":"), 0) == SIZE_MAX ? STR_CAT(r->c->arena, epoch, S(":"), version) : version;
}

/* Once for each package; kind "<" and "=" tell ranges, fixed and affected versions apart. */
static bool is_new(struct record *r, struct package *k, str kind, str version)
{
	size_t n = k->known.n;

	return id_add(r->c->arena, &k->known, STR_CAT(r->c->arena, kind, version)) == n;
}

static void event_add(struct record *r, struct package *k, const char *kind, str at)
{
	if (!list_push(r->c->arena, &k->events, (struct event){ kind, at }))
		r->full = true;
}

/* The events of one constraint; *open: a range has begun. */
static void constraint_add(struct record *r, struct package *k, const struct vers_constraint *x, bool *open)
{
	bool ends = x->op == VERS_LT || x->op == VERS_LE, begins = x->op == VERS_GE || x->op == VERS_GT || x->op == VERS_ANY;

	if (begins)
		event_add(r, k, "introduced", x->op == VERS_ANY ? S("0") : x->version);
	else if (ends && !*open)
		event_add(r, k, "introduced", S("0"));
	if (ends)
		event_add(r, k, x->op == VERS_LT ? "fixed" : "last_affected", x->version);
	*open = begins || (*open && !ends);
}

/* A version range as events; what they cannot say is a loss. */
static bool range_add(struct record *r, struct package *k, str text)
{
	struct range range;
	bool open = false;

	range_read(r->c, text, &range);
	if (range.kind == RANGE_BAD)
		return vex_lose(r->c, r->v, r->at, N_("{1} is no version range."), text, STR_NONE);
	for (size_t i = 0; i < range.vers.n; i++) {
		const struct vers_constraint *x = &range.vers.v[i];

		if (x->op == VERS_EQ && is_new(r, k, S("="), x->version) && !list_push(r->c->arena, &k->versions, x->version))
			r->full = true;
		if (x->op == VERS_NE || x->op == VERS_GT)
			TRY(vex_lose(r->c, r->v, r->at, N_("“{1}{2}” cannot be said exactly."), str_of(vers_op_text(x->op)), x->version));
		constraint_add(r, k, x, &open);
	}
	return true;
}

static bool statement_add(struct record *r, const struct vex_statement *s)
{
	const struct vex_product *x = &r->v->products.v[s->product];
	struct purl p;
	struct package *k;
	str version;

	if (s->status != VEX_AFFECTED && s->status != VEX_FIXED)
		return vex_lose(r->c, r->v, r->at, N_("That {1} is {2} has no place in OSV."), x->ref.n ? x->ref : x->name, str_of(vex_status_name(s->status)));
	k = package_of(r, x, &p);
	if (!k)
		return vex_lose(r->c, r->v, r->at, N_("{1} has no package URL of an ecosystem of OSV, and is left out."), x->ref.n ? x->ref : x->name, STR_NONE);
	version = version_of(r, x, &p);
	if (s->status == VEX_FIXED) {
		if (version.n && is_new(r, k, S("<"), version) && !list_push(r->c->arena, &k->fixed, version))
			r->full = true;
	} else if (x->range.n) {
		if (is_new(r, k, S("~"), x->range))
			TRY(range_add(r, k, x->range));
	} else if (version.n) {
		if (is_new(r, k, S("="), version) && !list_push(r->c->arena, &k->versions, version))
			r->full = true;
	} else if (is_new(r, k, S("~"), S("*"))) {
		event_add(r, k, "introduced", S("0"));
	}
	return true;
}

/* Only fixed versions are told: what is before them is affected.  Otherwise they are said by the ranges, or lost. */
static bool fixed_settle(struct record *r, struct package *k)
{
	struct id_map ends = { 0 };

	for (size_t e = 0; e < k->events.n; e++)
		(void)id_add(r->c->arena, &ends, k->events.v[e].at);
	for (size_t i = 0; i < k->fixed.n; i++) {
		if (id_find(&ends, k->fixed.v[i]) != UINT32_MAX)
			continue;
		if (k->versions.n || k->events.n) {
			TRY(vex_lose(r->c, r->v, r->at, N_("That {1} {2} is fixed is not said: its affected versions are listed."), k->name, k->fixed.v[i]));
			continue;
		}
		TRY(vex_lose(r->c, r->v, r->at, N_("{1} is fixed in {2}: everything before was taken for affected."), k->name, k->fixed.v[i]));
		event_add(r, k, "introduced", S("0"));
		event_add(r, k, "fixed", k->fixed.v[i]);
		return true;
	}
	return true;
}

/* ---- printing ---- */

static void events_print(struct record *r, const struct package *k)
{
	bool open = false;

	json_open(r->o, "ranges", '[');
	for (size_t i = 0; i < k->events.n; i++) {
		const struct event *e = &k->events.v[i];

		if (str_eq(str_of(e->kind), S("introduced"))) {
			if (open) {
				json_close(r->o);
				json_close(r->o);
			}
			json_open_object(r->o);
			json_put_str(r->o, "type", S("ECOSYSTEM"));
			json_open(r->o, "events", '[');
			open = true;
		}
		json_open_object(r->o);
		json_put_str(r->o, e->kind, e->at);
		json_close(r->o);
	}
	if (open) {
		json_close(r->o);
		json_close(r->o);
	}
	json_close(r->o);
}

static void package_print(struct record *r, const struct package *k)
{
	json_open_object(r->o);
	json_open(r->o, "package", '{');
	json_put_str(r->o, "ecosystem", k->ecosystem);
	json_put_str(r->o, "name", k->name);
	json_put_str(r->o, "purl", k->purl);
	json_close(r->o);
	if (k->events.n)
		events_print(r, k);
	if (k->versions.n) {
		json_open(r->o, "versions", '[');
		for (size_t i = 0; i < k->versions.n; i++)
			json_out_str(r->o, k->versions.v[i]);
		json_close(r->o);
	}
	json_close(r->o);
}

/* The gravest vector of each version of CVSS. */
static bool severity_print(struct record *r)
{
	static const char *const keys[] = { "cvss_v2", "cvss_v3", "cvss_v4" }, *const types[] = { "CVSS_V2", "CVSS_V3", "CVSS_V4" };
	const struct json *scores = json_get(r->vulnerability, S("scores")), *metrics = json_get(r->vulnerability, S("metrics"));
	const struct json *list = scores ? scores : metrics;
	str best[3] = { STR_NONE, STR_NONE, STR_NONE };
	int worst[3] = { -1, -1, -1 };
	bool some = false;

	for (size_t i = 0; i < json_count(list); i++)
		for (int k = 0; k < 3; k++) {
			const struct json *x = json_at(list, i);
			str vector = json_get_str(json_get(scores ? x : json_get(x, S("content")), str_of(keys[k])), S("vectorString"));
			struct ctx quiet = *r->c;
			struct cvss v;
			int score;

			if (!vector.p || !cvss_parse(&quiet, vector, &v) || str_eq(vector, best[k]))
				continue;
			score = cvss_scores(&v).overall;
			if (best[k].p)
				TRY(vex_lose(r->c, r->v, r->at, N_("OSV has one score of a kind: {1} is not carried over."), score > worst[k] ? best[k] : vector, STR_NONE));
			if (score > worst[k]) {
				best[k]  = vector;
				worst[k] = score;
			}
		}
	for (int k = 0; k < 3; k++) {
		if (!best[k].p)
			continue;
		if (!some)
			json_open(r->o, "severity", '[');
		some = true;
		json_open_object(r->o);
		json_put_str(r->o, "type", str_of(types[k]));
		json_put_str(r->o, "score", best[k]);
		json_close(r->o);
	}
	if (some)
		json_close(r->o);
	return true;
}

static void references_print(struct record *r)
{
	const struct json *lists[] = { json_get(r->vulnerability, S("references")), json_get(r->document, S("references")) };
	struct id_map seen = { 0 };
	bool some = false;

	for (int k = 0; k < 2; k++)
		for (JSON_ITEMS(x, lists[k])) {
			str url = json_get_str(x, S("url"));
			size_t n = seen.n;

			if (!url.n || id_add(r->c->arena, &seen, url) != n)
				continue;
			if (!some)
				json_open(r->o, "references", '[');
			some = true;
			json_open_object(r->o);
			json_put_str(r->o, "type", str_eq(json_get_str(x, S("category")), S("self")) ? S("ADVISORY") : S("WEB"));
			json_put_str(r->o, "url", url);
			json_close(r->o);
		}
	if (some)
		json_close(r->o);
}

static void credits_print(struct record *r)
{
	bool some = false;

	for (JSON_ITEMS(x, json_get(r->vulnerability, S("acknowledgments"))))
		for (JSON_ITEMS(name, json_get(x, S("names")))) {
			if (!some)
				json_open(r->o, "credits", '[');
			some = true;
			json_open_object(r->o);
			json_put_str(r->o, "name", json_str(name));
			json_close(r->o);
		}
	if (some)
		json_close(r->o);
}

/* cwe of 2.0, cwes of 2.1, as GitHub writes them. */
static void weaknesses_print(struct record *r)
{
	str one = json_get_str(json_get(r->vulnerability, S("cwe")), S("id"));
	const struct json *many = json_get(r->vulnerability, S("cwes"));

	if (!one.p && !json_count(many))
		return;
	json_open(r->o, "database_specific", '{');
	json_open(r->o, "cwe_ids", '[');
	if (one.p)
		json_out_str(r->o, one);
	for (JSON_ITEMS(x, many))
		if (json_get_str(x, S("id")).p)
			json_out_str(r->o, json_get_str(x, S("id")));
	json_close(r->o);
	json_close(r->o);
}

/* An instant in UTC, as OSV wants it. */
static void date_put(struct record *r, const char *key, str text)
{
	time_us t;

	if (text.p && time_parse(text, &t))
		json_put_str(r->o, key, time_print(r->c->arena, t));
}

/* The document's id as one of OSV; of several vulnerabilities the CVE number tells which. */
static str id_of(struct record *r, size_t vulnerabilities)
{
	static const char *const prefixes[] = { "ALSA-", "CVE-", "DSA-", "DLA-", "GHSA-", "GO-", "openSUSE-SU-", "RHBA-", "RHEA-", "RHSA-", "RLSA-",
	                                        "SUSE-SU-", "SUSE-RU-", "SUSE-FU-", "SUSE-OU-", "UBUNTU-", "USN-", NULL };
	str id = r->v->id.n ? r->v->id : S("CSAF");

	for (size_t i = 0; prefixes[i]; i++)
		if (str_starts(id, str_of(prefixes[i])) && vulnerabilities == 1)
			return id;
	return STR_CAT(r->c->arena, S("x_"), id, vulnerabilities > 1 ? S("-") : S(""), vulnerabilities > 1 ? r->name : S(""));
}

static bool record_print(struct record *r, size_t vulnerabilities)
{
	const struct json *tracking = json_get(r->document, S("tracking"));
	str title = json_get_str(r->vulnerability, S("title")), cve = json_get_str(r->vulnerability, S("cve")), text = STR_NONE;

	for (JSON_ITEMS(n, json_get(r->vulnerability, S("notes"))))
		if (!text.p && (str_eq(json_get_str(n, S("category")), S("description")) || str_eq(json_get_str(n, S("category")), S("summary"))))
			text = json_get_str(n, S("text"));
	json_open_object(r->o);
	json_put_str(r->o, "schema_version", S("1.7.5"));
	json_put_str(r->o, "id", id_of(r, vulnerabilities));
	date_put(r, "published", json_get_str(tracking, S("initial_release_date")));
	date_put(r, "modified", json_get_str(tracking, S("current_release_date")));
	if (cve.p && !str_eq(cve, r->v->id)) {
		json_open(r->o, "aliases", '[');
		json_out_str(r->o, cve);
		json_close(r->o);
	}
	json_put_str(r->o, "summary", title.n ? title : r->v->title);
	json_put_str(r->o, "details", text);
	TRY(severity_print(r));
	json_open(r->o, "affected", '[');
	for (size_t i = 0; i < r->packages.n; i++) {
		TRY(fixed_settle(r, &r->packages.v[i]));
		package_print(r, &r->packages.v[i]);
	}
	json_close(r->o);
	references_print(r);
	credits_print(r);
	weaknesses_print(r);
	json_close(r->o);
	return true;
}

bool vex_osv_record(struct ctx *c, struct vex_source *from, size_t i, struct vex *v, struct buf *b)
{
	struct json_out o;
	struct record r = { .c = c, .v = v, .o = &o, .packages.max = PACKAGES_MAX };
	size_t first, last;

	r.document      = from->document;
	r.vulnerability = json_at(from->list, i);
	r.at            = str_fmt(c->arena, "/vulnerabilities/%zu", i);
	r.name          = vex_source_name(from, i);
	if (!r.name.p)
		r.name = str_fmt(c->arena, "%zu", i + 1);
	TRY(vex_source_begin(c, from, "category csaf_version publisher title tracking references", v));
	TRY(vex_members_lose(c, v, r.vulnerability, "cve title notes product_status cwe cwes scores metrics references acknowledgments", r.at));
	vex_source_statements(from, i, &first, &last);
	for (size_t k = first; k < last; k++)
		TRY(statement_add(&r, &v->statements.v[k]));
	json_out_init(&o, b, from->n > 1 ? JSON_COMPACT : JSON_PRETTY);
	TRY(record_print(&r, from->n));
	if (b->full || r.full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	return true;
}

bool vex_osv_print(struct ctx *c, str bytes, str cve, struct vex *v, struct buf *b)
{
	struct vex_source s;
	size_t            at;

	TRY(vex_source_open(c, bytes, &s));
	TRY(vex_source_find(c, &s, cve, &at));
	return vex_osv_record(c, &s, at, v, b);
}
