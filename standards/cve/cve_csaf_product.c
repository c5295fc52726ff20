/* The products of a CVE record as releases of a CSAF document, each with a status. */
#include "standards/cve/cve_csaf_part.h"

#include <string.h>

#include "standards/cpe/cpe.h"
#include "standards/csaf/csaf_range.h"
#include "standards/purl/purl.h"

/* One item of `affected`. */
struct item { const struct json *at; str vendor, product, cpe, purl, pointer; };

static enum csaf_status status_of(str word)
{
	return str_eq(word, S("affected")) ? KNOWN_AFFECTED : str_eq(word, S("unaffected")) ? KNOWN_NOT_AFFECTED : UNDER_INVESTIGATION;
}

static bool is_open(str version)
{
	static const char *const words[] = { "0", "*", "-", "n/a", "unspecified", "all", NULL };

	for (size_t i = 0; words[i]; i++)
		if (str_eq_nocase(version, str_of(words[i])))
			return true;
	return !version.n;
}

/* A range as people read it: without the scheme before it. */
static str plain_range(str range)
{
	size_t slash = str_starts(range, S("vers:")) ? str_find(range, S("/"), 0) : SIZE_MAX;

	return slash == SIZE_MAX ? range : str_slice(range, slash + 1, range.n);
}

/* A release of the item, once for each version; it has one status. */
static void release_add(struct cve_turn *k, const struct item *x, str version, bool range, enum csaf_status status, str pointer)
{
	str key = STR_CAT(k->a, x->vendor, S("\n"), x->product, S("\n"), version, range ? S("\n<") : S("\n"));
	uint32_t at = id_find(&k->known, key);
	struct csaf_release r = { .vendor = x->vendor, .product = x->product, .version = version, .range = range, .family = STR_NONE };

	if (at != UINT32_MAX) {
		if (at < k->statuses && k->status[at] != status)
			cve_tell(k, FINDING_WARNING, "affected", pointer, N_("{1} {2} has two statuses; the first one was kept."), x->product, version);
		return;
	}
	if (k->releases.n == CVE_CSAF_RELEASES_MAX) {
		k->full = true;
		return;
	}
	(void)id_add(k->a, &k->known, key);
	r.id   = str_fmt(k->a, "CSAFPID-%04zu", k->releases.n + 1);
	r.name = STR_CAT(k->a, x->vendor, S(" "), x->product, S(" "), plain_range(version));
	r.cpe  = x->cpe;
	r.purl = x->purl;
	k->status[k->statuses++] = status;
	if (!list_push(k->a, &k->releases, r) || !list_push(k->a, &k->of[status], r.id))
		k->full = true;
}

/* The type of a vers for a type of versions; none: the generic order of a vls. */
static str type_of(str type)
{
	static const char *const known[] = { "semver", "maven", "rpm", "deb", "apk", "npm", "golang", "cargo", "nuget", "gem", NULL };

	if (str_eq_nocase(type, S("python")) || str_eq_nocase(type, S("pypi")))
		return S("pypi");
	return type.p && one_of(type, known) ? type : STR_NONE;
}

/* ">=1.0|<2.0", as a vers when the type is known and it can be one. */
static str range_text(struct cve_turn *k, str type, str low, str high, bool high_in)
{
	struct vers_constraint v[2];
	struct vers r = { .type = type_of(type), .v = v };
	struct ctx quiet = *k->c;
	str text;

	if (low.p)
		v[r.n++] = (struct vers_constraint){ .op = VERS_GE, .version = low };
	if (high.p)
		v[r.n++] = (struct vers_constraint){ .op = high_in ? VERS_LE : VERS_LT, .version = high };
	if (!r.n)
		return S("vers:all/*");
	text = vers_print(k->a, &r);
	if (r.type.p) {
		r.order = vers_type_order(r.type);
		if (vers_parse(&quiet, text, &(struct vers){ 0 }))
			return text;
	}
	return low.p && high.p ? STR_CAT(k->a, S(">="), low, high_in ? S("|<=") : S("|<"), high) :
	       STR_CAT(k->a, low.p ? S(">=") : high_in ? S("<=") : S("<"), low.p ? low : high);
}

static void segment_add(struct cve_turn *k, const struct item *x, const struct json *v, str low, str high, bool high_in, str status, str at)
{
	str text;

	low = is_open(low) ? STR_NONE : low;
	if (str_eq(high, S("*")))
		high = STR_NONE;
	if (low.p && high.p && high_in && str_eq(low, high)) {
		release_add(k, x, low, range_sign(low).p != NULL, status_of(status), at);
		return;
	}
	text = range_text(k, json_get_str(v, S("versionType")), low, high, high_in);
	release_add(k, x, text, true, status_of(status), at);
}

/* An entry of `versions`: one version, or a range in which the status may change. */
static void version_read(struct cve_turn *k, const struct item *x, const struct json *v, str at)
{
	str low = json_get_str(v, S("version")), status = json_get_str(v, S("status")), high = json_get_str(v, S("lessThan"));
	bool high_in = !high.p && json_get(v, S("lessThanOrEqual"));

	cve_members_tell(k, "affected", v, "version status lessThan lessThanOrEqual versionType changes", at);
	if (!low.p || !status.p)
		return;
	if (high_in)
		high = json_get_str(v, S("lessThanOrEqual"));
	for (JSON_ITEMS(change, json_get(v, S("changes")))) {
		str to = json_get_str(change, S("at")), next = json_get_str(change, S("status"));

		if (!to.p || !next.p)
			continue;
		segment_add(k, x, v, low, to, false, status, at);
		low    = to;
		status = next;
	}
	if (high.p || json_get(v, S("changes")))
		segment_add(k, x, v, low, high.p ? high : S("*"), high_in, status, at);
	else if (is_open(low) && !str_eq(low, S("0")))
		release_add(k, x, S("vers:all/*"), true, status_of(status), at);
	else
		release_add(k, x, low, range_sign(low).p != NULL, status_of(status), at);
}

static str valid_cpe(struct cve_turn *k, struct item *x)
{
	const struct json *list = json_get(x->at, S("cpes"));
	str first = json_str(json_at(list, 0));
	struct ctx quiet = *k->c;
	struct cpe name;

	for (size_t i = 1; i < json_count(list); i++)
		cve_tell(k, FINDING_WARNING, "affected", STR_CAT(k->a, x->pointer, str_fmt(k->a, "/cpes/%zu", i)),
		         N_("A product of CSAF has one CPE; {1} is not carried over."), json_str(json_at(list, i)), STR_NONE);
	if (!first.p || cpe_parse(&quiet, first, &name))
		return first;
	cve_tell(k, FINDING_WARNING, "affected", STR_CAT(k->a, x->pointer, S("/cpes/0")), N_("{1} is no CPE and was removed."), first, STR_NONE);
	return STR_NONE;
}

static void item_read(struct cve_turn *k, const struct json *affected, size_t i)
{
	struct item x = { .at = affected, .pointer = STR_CAT(k->a, k->record.cna_at, str_fmt(k->a, "/affected/%zu", i)) };
	const struct json *versions = json_get(affected, S("versions"));
	str status = json_get_str(affected, S("defaultStatus"));
	struct ctx quiet = *k->c;
	struct purl purl;

	cve_members_tell(k, "affected", affected, "vendor product packageName packageURL defaultStatus versions cpes", x.pointer);
	x.vendor  = json_get_str(affected, S("vendor"));
	x.product = json_get_str(affected, S("product"));
	x.product = x.product.n ? x.product : json_get_str(affected, S("packageName"));
	x.purl    = json_get_str(affected, S("packageURL"));
	x.purl    = x.purl.p && purl_parse(&quiet, x.purl, &purl) ? x.purl : STR_NONE;
	x.product = x.product.n ? x.product : x.purl.p ? purl.name : S("n/a");
	x.vendor  = x.vendor.n ? x.vendor : S("n/a");
	x.cpe     = valid_cpe(k, &x);
	for (size_t n = 0; n < json_count(versions); n++)
		version_read(k, &x, json_at(versions, n), STR_CAT(k->a, x.pointer, str_fmt(k->a, "/versions/%zu", n)));
	if (!json_count(versions) && status.p)
		release_add(k, &x, S("vers:all/*"), true, status_of(status), x.pointer);
	else if (status.p && !str_eq(status, S("unknown")))
		cve_tell(k, FINDING_WARNING, "affected", STR_CAT(k->a, x.pointer, S("/defaultStatus")),
		         N_("That all other versions are {1} is not carried over."), status, STR_NONE);
}

void cve_products(struct cve_turn *k)
{
	const struct json *list = json_get(k->record.cna, S("affected"));

	k->status = NEWS(k->a, enum csaf_status, CVE_CSAF_RELEASES_MAX);
	k->releases.max = CVE_CSAF_RELEASES_MAX;
	for (int i = 0; i < CSAF_STATUSES; i++)
		k->of[i].max = CVE_CSAF_RELEASES_MAX;
	for (size_t i = 0; i < json_count(list); i++)
		item_read(k, json_at(list, i), i);
	if (k->of[UNDER_INVESTIGATION].n)
		cve_tell(k, FINDING_WARNING, "affected", STR_CAT(k->a, k->record.cna_at, S("/affected")),
		         N_("The status unknown became {1}, which says that somebody looks into it."), S("under_investigation"), STR_NONE);
}
