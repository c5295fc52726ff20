#include "standards/vex/vex_cve.h"

#include "platform/json/json_out.h"
#include "standards/bcp47/language.h"
#include "standards/purl/purl.h"
#include "standards/vers/vers.h"
#include "standards/vex/vex_part.h"

enum { TITLE_MAX = 256, REFERENCES_MAX = 512, URL_MAX = 2048, TEXT_MAX = 4096 };

struct draft {
	struct ctx *c;
	struct vex *v;
	struct json_out *o;
	const struct json *document, *vulnerability;
	const struct vex_cve_owner *owner;   /* of a whole record; NULL: the container alone */
	str  language, at, cve;
	size_t first, last;      /* the statements of this vulnerability */
};

static const char *status_word(enum vex_status s)
{
	return s == VEX_AFFECTED ? "affected" : s == VEX_UNDER_INVESTIGATION ? "unknown" : "unaffected";
}

/* The word of CVE for a type of version ranges. */
static str version_type(str type)
{
	return str_eq(type, S("npm")) || str_eq(type, S("golang")) || str_eq(type, S("cargo")) ? S("semver") :
	       str_eq(type, S("pypi")) ? S("python") : str_eq(type, S("generic")) || str_eq(type, S("intdot")) ? S("custom") : type;
}

static void entry_print(struct draft *d, str from, const char *bound, str upper, str type, enum vex_status status)
{
	json_open_object(d->o);
	json_put_str(d->o, "version", from);
	if (bound)
		json_put_str(d->o, bound, upper);
	json_put_str(d->o, "status", str_of(status_word(status)));
	if (bound)
		json_put_str(d->o, "versionType", type);
	json_close(d->o);
}

/* Each interval of a vers; an open lower bound cannot be said. */
static bool range_print(struct draft *d, str range, enum vex_status status)
{
	struct ctx quiet = *d->c;
	struct vers r;
	str from = S("0"), type;

	if (!vers_parse(&quiet, range, &r)) {
		entry_print(d, range, NULL, STR_NONE, STR_NONE, status);
		return vex_lose(d->c, d->v, d->at, N_("{1} is no version range."), range, STR_NONE);
	}
	type = version_type(r.type);
	for (size_t i = 0; i < r.n; i++) {
		const struct vers_constraint *k = &r.v[i];

		if (k->op == VERS_ANY)
			entry_print(d, S("0"), "lessThan", S("*"), type, status);
		else if (k->op == VERS_EQ)
			entry_print(d, k->version, NULL, STR_NONE, STR_NONE, status);
		else if (k->op == VERS_LT || k->op == VERS_LE)
			entry_print(d, from, k->op == VERS_LT ? "lessThan" : "lessThanOrEqual", k->version, type, status);
		else if (k->op == VERS_NE || k->op == VERS_GT)
			TRY(vex_lose(d->c, d->v, d->at, N_("“{1}{2}” cannot be said exactly."), str_of(vers_op_text(k->op)), k->version));
		if (k->op == VERS_GE || k->op == VERS_GT) {
			from = k->version;
			if (i + 1 == r.n)
				entry_print(d, from, "lessThan", S("*"), type, status);
		}
	}
	return true;
}

static bool same_product(const struct vex_product *a, const struct vex_product *b)
{
	return str_eq(a->vendor, b->vendor) && str_eq(a->name, b->name) && !a->part.p == !b->part.p && (!a->part.p || str_eq(a->part, b->part));
}

static const struct vex_product *product(const struct draft *d, size_t i)
{
	return &d->v->products.v[d->v->statements.v[i].product];
}

/* The same version with the same status: products may differ in what a record does not say. */
static bool said_before(const struct draft *d, size_t i, size_t k)
{
	for (size_t n = i; n < k; n++)
		if (same_product(product(d, n), product(d, k)) && d->v->statements.v[n].status == d->v->statements.v[k].status &&
		    str_eq(product(d, n)->version, product(d, k)->version) && str_eq(product(d, n)->range, product(d, k)->range))
			return true;
	return false;
}

static bool versions_print(struct draft *d, size_t i)
{
	json_open(d->o, "versions", '[');
	for (size_t k = i; k < d->last; k++) {
		const struct vex_product *p = product(d, k);
		enum vex_status status = d->v->statements.v[k].status;

		if (!same_product(p, product(d, i)) || said_before(d, i, k))
			continue;
		if (p->range.n)
			TRY(range_print(d, p->range, status));
		else
			entry_print(d, p->version.n ? p->version : S("*"), NULL, STR_NONE, STR_NONE, status);
	}
	json_close(d->o);
	return true;
}

/* The package of a product, without its version, when all of its versions are of that one. */
static bool package_put(struct draft *d, size_t i)
{
	struct ctx  quiet = *d->c;
	struct purl one, other;
	str         text = product(d, i)->purl;

	if (!text.p)
		return true;
	if (!purl_parse(&quiet, text, &one))
		return vex_lose(d->c, d->v, d->at, N_("{1} is not carried over."), text, STR_NONE);
	for (size_t k = i + 1; k < d->last; k++) {
		const struct vex_product *p = product(d, k);

		if (same_product(p, product(d, i)) && p->purl.p && (!purl_parse(&quiet, p->purl, &other) || !purl_same_package(&one, &other)))
			return vex_lose(d->c, d->v, d->at, N_("{1} is not carried over."), p->purl, STR_NONE);
	}
	if (one.qualifiers || one.subpath.n)
		TRY(vex_lose(d->c, d->v, d->at, N_("{1} is carried over without its version, qualifiers and path."), text, STR_NONE));
	one = (struct purl){ .type = one.type, .namespace = one.namespace, .name = one.name };
	json_put_str(d->o, "packageURL", purl_print(d->c->arena, &one));
	return true;
}

static bool affected_print(struct draft *d)
{
	json_open(d->o, "affected", '[');
	for (size_t i = d->first; i < d->last; i++) {
		const struct vex_product *p = product(d, i);
		size_t before = d->first;

		while (before < i && !same_product(product(d, before), p))
			before++;
		if (before < i)
			continue;
		json_open_object(d->o);
		json_put_str(d->o, "vendor", p->vendor.n ? p->vendor : d->v->author.n ? d->v->author : S("n/a"));
		json_put_str(d->o, "product", p->name.n ? p->name : p->ref.n ? p->ref : S("n/a"));
		if (p->part.p) {
			json_open(d->o, "modules", '[');
			json_out_str(d->o, p->part);
			json_close(d->o);
		}
		TRY(package_put(d, i));
		json_put_str(d->o, "defaultStatus", S("unknown"));
		TRY(versions_print(d, i));
		json_close(d->o);
	}
	json_close(d->o);
	return true;
}

static void text_print(struct draft *d, str value)
{
	json_open_object(d->o);
	json_put_str(d->o, "lang", d->language);
	json_put_str(d->o, "value", utf8_cut(value, TEXT_MAX));
	json_close(d->o);
}

/* Actions of these categories as texts, none twice. */
static void remedies_print(struct draft *d, const char *key, const char *one, const char *two)
{
	const struct json *list = json_get(d->vulnerability, S("remediations"));
	bool some = false;

	for (size_t i = 0; i < json_count(list); i++) {
		str category = json_get_str(json_at(list, i), S("category")), text = json_get_str(json_at(list, i), S("details"));
		size_t before = 0;

		if ((!str_eq(category, str_of(one)) && !str_eq(category, str_of(two))) || text.n == 0)
			continue;
		while (before < i && !str_eq(json_get_str(json_at(list, before), S("details")), text))
			before++;
		if (before < i)
			continue;
		if (!some)
			json_open(d->o, key, '[');
		some = true;
		text_print(d, text);
	}
	if (some)
		json_close(d->o);
}

static void type_print(struct draft *d, const struct json *cwe)
{
	str id = json_get_str(cwe, S("id"));

	json_open_object(d->o);
	json_open(d->o, "descriptions", '[');
	json_open_object(d->o);
	json_put_str(d->o, "lang", S("en"));
	json_put_str(d->o, "type", S("CWE"));
	json_put_str(d->o, "cweId", id);
	json_put_str(d->o, "description", STR_CAT(d->c->arena, id, S(" "), json_get_str(cwe, S("name"))));
	json_close(d->o);
	json_close(d->o);
	json_close(d->o);
}

/* cwe of 2.0, cwes of 2.1. */
static void types_print(struct draft *d)
{
	const struct json *one = json_get(d->vulnerability, S("cwe")), *many = json_get(d->vulnerability, S("cwes"));

	if (!json_get_str(one, S("id")).p && json_count(many) == 0)
		return;
	json_open(d->o, "problemTypes", '[');
	if (json_get_str(one, S("id")).p)
		type_print(d, one);
	for (JSON_ITEMS(x, many))
		if (json_get_str(x, S("id")).p)
			type_print(d, x);
	json_close(d->o);
}

/* The member of CVE for a CVSS object of CSAF. */
static const char *score_key(str version)
{
	return str_eq(version, S("4.0")) ? "cvssV4_0" : str_eq(version, S("3.1")) ? "cvssV3_1" :
	       str_eq(version, S("3.0")) ? "cvssV3_0" : str_eq(version, S("2.0")) ? "cvssV2_0" : NULL;
}

/* Each score once, whatever products it is of. */
static void metrics_print(struct draft *d)
{
	static const char *const keys[] = { "cvss_v4", "cvss_v3", "cvss_v2" };
	const struct json *list = json_get(d->vulnerability, S("scores"));
	bool some = false, modern = !list;

	if (modern)
		list = json_get(d->vulnerability, S("metrics"));
	for (size_t i = 0; i < json_count(list); i++)
		for (int k = 0; k < 3; k++) {
			const struct json *x = json_at(list, i), *score = json_get(modern ? json_get(x, S("content")) : x, str_of(keys[k]));
			const char *key = score_key(json_get_str(score, S("version")));
			size_t before = 0;

			for (; before < i; before++) {
				const struct json *y = json_at(list, before), *other = json_get(modern ? json_get(y, S("content")) : y, str_of(keys[k]));

				if (other && score && json_cmp(other, score) == 0)
					break;
			}
			if (!key || before < i)
				continue;
			if (!some)
				json_open(d->o, "metrics", '[');
			some = true;
			json_open_object(d->o);
			json_put_str(d->o, "format", S("CVSS"));
			json_out_key(d->o, str_of(key));
			json_out_tree(d->o, score);
			json_close(d->o);
		}
	if (some)
		json_close(d->o);
}

static size_t references_add(struct draft *d, const struct json *list, const struct json *before, size_t n)
{
	for (size_t i = 0; i < json_count(list) && n < REFERENCES_MAX; i++) {
		str url = json_get_str(json_at(list, i), S("url")), name = json_get_str(json_at(list, i), S("summary"));
		bool twice = url.n == 0 || url.n > URL_MAX;

		for (size_t k = 0; k < i; k++)
			twice |= str_eq(url, json_get_str(json_at(list, k), S("url")));
		for (JSON_ITEMS(x, before))
			twice |= str_eq(url, json_get_str(x, S("url")));
		if (twice)
			continue;
		json_open_object(d->o);
		json_put_str(d->o, "url", url);
		json_put_str(d->o, "name", name.n ? utf8_cut(name, 500) : STR_NONE);
		json_close(d->o);
		n++;
	}
	return n;
}

static void credits_print(struct draft *d)
{
	const struct json *list = json_get(d->vulnerability, S("acknowledgments"));
	bool some = false;

	for (JSON_ITEMS(x, list))
		for (JSON_ITEMS(name, json_get(x, S("names")))) {
			str organisation = json_get_str(x, S("organization"));

			if (!some)
				json_open(d->o, "credits", '[');
			some = true;
			text_print(d, organisation.n ? STR_CAT(d->c->arena, json_str(name), S(" ("), organisation, S(")")) : json_str(name));
		}
	if (some)
		json_close(d->o);
}

/* What the container says; in a whole record with who says it. */
static bool container_print(struct draft *d, str description)
{
	str title = json_get_str(d->vulnerability, S("title")), date = json_get_str(d->vulnerability, S("release_date"));
	const struct json *own = json_get(d->vulnerability, S("references"));

	if (d->owner) {
		json_open(d->o, "providerMetadata", '{');
		json_put_str(d->o, "orgId", d->owner->org);
		json_put_str(d->o, "shortName", d->owner->name);
		json_close(d->o);
	}
	json_put_str(d->o, "title", utf8_cut(title.n ? title : d->v->title, TITLE_MAX));
	json_put_str(d->o, "datePublic", date.p ? date : json_get_str(d->vulnerability, S("disclosure_date")));
	json_open(d->o, "descriptions", '[');
	text_print(d, description.n ? description : d->v->title);
	json_close(d->o);
	TRY(affected_print(d));
	types_print(d);
	metrics_print(d);
	json_open(d->o, "references", '[');
	(void)references_add(d, json_get(d->document, S("references")), own, references_add(d, own, NULL, 0));
	json_close(d->o);
	remedies_print(d, "solutions", "vendor_fix", "optional_patch");
	remedies_print(d, "workarounds", "workaround", "mitigation");
	credits_print(d);
	return true;
}

/* The body of a request to CVE Services. */
static bool draft_print(struct draft *d, str description)
{
	json_open_object(d->o);
	json_open(d->o, "cnaContainer", '{');
	TRY(container_print(d, description));
	json_close(d->o);
	json_close(d->o);
	return true;
}

static bool record_print(struct draft *d, str description)
{
	json_open_object(d->o);
	json_put_str(d->o, "dataType", S("CVE_RECORD"));
	json_put_str(d->o, "dataVersion", S("5.2.0"));
	json_open(d->o, "cveMetadata", '{');
	json_put_str(d->o, "cveId", d->cve);
	json_put_str(d->o, "assignerOrgId", d->owner->org);
	json_put_str(d->o, "assignerShortName", d->owner->name);
	json_put_str(d->o, "state", S("PUBLISHED"));
	json_close(d->o);
	json_open(d->o, "containers", '{');
	json_open(d->o, "cna", '{');
	TRY(container_print(d, description));
	json_close(d->o);
	json_close(d->o);
	json_close(d->o);
	return true;
}

bool vex_cve_record(struct ctx *c, struct vex_source *from, size_t i, const struct vex_cve_owner *owner, struct vex *v, struct buf *b)
{
	struct json_out o;
	struct draft d = { .c = c, .v = v, .o = &o, .owner = owner };
	str language = json_get_str(from->document, S("lang"));

	d.document      = from->document;
	d.vulnerability = json_at(from->list, i);
	d.at            = str_fmt(c->arena, "/vulnerabilities/%zu", i);
	d.cve           = json_get_str(d.vulnerability, S("cve"));
	d.language      = language.n && language_check(language) ? language : S("en");
	vex_source_statements(from, i, &d.first, &d.last);
	if (!d.cve.n)
		return fault(c, E_INVALID, "cve", N_("The vulnerability at {1} has no CVE number."), d.at);
	if (d.first == d.last)
		return fault(c, E_NOTFOUND, "cve", N_("The document says nothing about {1}."), d.cve);
	TRY(vex_source_begin(c, from, "category csaf_version publisher title tracking lang references", v));
	TRY(vex_members_lose(c, v, d.vulnerability, "cve title notes product_status remediations cwe cwes scores metrics references "
	                     "acknowledgments release_date disclosure_date flags", d.at));
	json_out_init(&o, b, from->n > 1 ? JSON_COMPACT : JSON_PRETTY);
	TRY(owner ? record_print(&d, v->statements.v[d.first].description) : draft_print(&d, v->statements.v[d.first].description));
	buf_char(b, '\n');
	if (b->full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	return true;
}

bool vex_cve_print(struct ctx *c, str bytes, str cve, struct vex *v, struct buf *b)
{
	struct vex_source s;
	size_t            at;

	TRY(vex_source_open(c, bytes, &s));
	TRY(vex_source_find(c, &s, cve.p ? cve : S(""), &at));
	return vex_cve_record(c, &s, at, NULL, v, b);
}
