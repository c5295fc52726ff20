#include "standards/cve/cve.h"

#include "base/list.h"
#include "standards/vers/vers.h"

const struct json_limits cve_limits = {
	.bytes = 16 << 20, .depth = 60, .members = 200000, .string = 4 << 20,
};

bool cve_id_check(str id)
{
	if (id.n < 13 || id.n > 28 || !str_starts(id, S("CVE-")) || id.p[8] != '-')
		return false;
	for (size_t i = 4; i < id.n; i++)
		if (i != 8 && !order_is_digit(id.p[i]))
			return false;
	return true;
}

static enum cve_form container_form(const struct json *v)
{
	if (json_get(v, S("rejectedReasons")))
		return CVE_CNA_REJECTED;
	return json_is(v, JSON_OBJECT) ? CVE_CNA : CVE_NONE;
}

void cve_read(const struct json *root, struct cve *out)
{
	const struct json *containers = json_get(root, S("containers")), *meta = json_get(root, S("cveMetadata"));

	*out = (struct cve){ .root = root, .cna_at = S(""), .id = STR_NONE, .version = STR_NONE };
	if (json_get(root, S("dataType")) || meta || containers) {
		out->form     = CVE_RECORD;
		out->cna      = json_get(containers, S("cna"));
		out->adp      = json_get(containers, S("adp"));
		out->cna_at   = S("/containers/cna");
		out->id       = json_get_str(meta, S("cveId"));
		out->version  = json_get_str(root, S("dataVersion"));
		out->rejected = str_eq(json_get_str(meta, S("state")), S("REJECTED"));
	} else if (json_get(root, S("cnaContainer"))) {
		out->cna      = json_get(root, S("cnaContainer"));
		out->cna_at   = S("/cnaContainer");
		out->form     = container_form(out->cna);
		out->rejected = out->form == CVE_CNA_REJECTED;
		out->body     = true;
	} else if (json_get(root, S("adpContainer"))) {
		out->cna    = json_get(root, S("adpContainer"));
		out->cna_at = S("/adpContainer");
		out->form   = CVE_ADP;
		out->body   = true;
	} else if (json_get(root, S("providerMetadata"))) {
		out->cna      = root;
		out->form     = container_form(root);
		out->rejected = out->form == CVE_CNA_REJECTED;
	}
}

static enum cve_status status_of(str word)
{
	return str_eq(word, S("affected")) ? CVE_AFFECTED :
	       str_eq(word, S("unaffected")) ? CVE_UNAFFECTED : CVE_UNKNOWN;
}

const char *cve_status_name(enum cve_status s)
{
	static const char *const names[] = { "unknown", "affected", "unaffected" };

	return names[s];
}

/* The order for a versionType; NULL when there is none that is known. */
static const struct order *type_order(str type)
{
	if (str_eq(type, S("python")))
		return vers_type_order(S("pypi"));
	return vers_type_order(type);
}

/* version <= v, or < v; "0" is the earliest; the bound may end in an asterisk. */
static bool upto(const struct order *o, str v, str bound, bool inclusive)
{
	int way;

	if (str_eq(bound, S("*")))
		return true;
	if (str_ends(bound, S("*"))) {
		str stem = str_slice(bound, 0, bound.n - 1);

		if (str_starts(v, stem))
			return true;
		bound = str_ends(stem, S(".")) ? str_slice(stem, 0, stem.n - 1) : stem;
	}
	way = o->cmp(v, bound);
	return way < 0 || (inclusive && way == 0);
}

/* Is v in the entry's range; *sure is false when that cannot be told. */
static bool entry_holds(const struct json *entry, str v, const struct order **order, bool *sure)
{
	str from = json_get_str(entry, S("version")), less = json_get_str(entry, S("lessThan"));
	str upper = json_get_str(entry, S("lessThanOrEqual"));

	*order = type_order(json_get_str(entry, S("versionType")));
	if (!less.p && !upper.p)
		return str_eq(v, from) || (*order && (*order)->cmp(v, from) == 0);
	if (!*order) {
		*sure = false;
		return false;
	}
	if (!str_eq(from, S("0")) && (*order)->cmp(from, v) > 0)
		return false;
	return less.p ? upto(*order, v, less, false) : upto(*order, v, upper, true);
}

/* Of the changes whose place is not above v the one with the highest place counts. */
static str changed(const struct json *entry, const struct order *o, str v, str status)
{
	str at = STR_NONE;

	for (JSON_ITEMS(x, json_get(entry, S("changes")))) {
		str place = json_get_str(x, S("at"));

		if (o->cmp(place, v) > 0 || (at.p && o->cmp(place, at) < 0))
			continue;
		at     = place;
		status = json_get_str(x, S("status"));
	}
	return status;
}

enum cve_status cve_version_status(const struct json *product, str version, bool *sure)
{
	*sure = true;
	for (JSON_ITEMS(x, json_get(product, S("versions")))) {
		const struct order *o;

		if (!entry_holds(x, version, &o, sure))
			continue;
		return status_of(o ? changed(x, o, version, json_get_str(x, S("status"))) : json_get_str(x, S("status")));
	}
	return status_of(json_get_str(product, S("defaultStatus")));
}
