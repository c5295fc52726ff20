/* Test of identification helpers against the branches above them (2.1 6.2.42). */
#include "standards/csaf/csaf_rule.h"


/* Parts of a CPE in the order of its 2.3 form after "cpe:2.3:". */
enum cpe_part {
	CPE_PART, CPE_VENDOR, CPE_PRODUCT, CPE_VERSION, CPE_UPDATE, CPE_EDITION, CPE_LANGUAGE,
	CPE_SW_EDITION, CPE_TARGET_SW, CPE_TARGET_HW, CPE_OTHER, CPE_PARTS
};

/* Branch categories and the part of a CPE that says the same. */
static const struct { const char *category; enum cpe_part part; } counterparts[] = {
	{ "vendor", CPE_VENDOR }, { "product_name", CPE_PRODUCT }, { "product_version", CPE_VERSION },
	{ "product_version_range", CPE_VERSION }, { "patch_level", CPE_UPDATE }, { "service_pack", CPE_UPDATE },
	{ "language", CPE_LANGUAGE }, { "architecture", CPE_TARGET_HW }, { "platform", CPE_TARGET_SW },
};

static const char *const part_names[CPE_PARTS] = {
	"part", "vendor", "product", "version", "update", "edition", "language", "sw_edition", "target_sw",
	"target_hw", "other",
};

/* What the branches above the product say, by the part that says the same; none: nothing. */
static void read_branches(const struct branch *b, str out[CPE_PARTS], bool *range)
{
	for (int i = 0; i < CPE_PARTS; i++)
		out[i] = STR_NONE;
	for (*range = false; b; b = b->up) {
		str category = json_get_str(b->node, S("category"));

		*range |= str_eq(category, S("product_version_range"));
		for (size_t k = 0; k < sizeof(counterparts) / sizeof(*counterparts); k++)
			if (str_eq(category, str_of(counterparts[k].category)) && !out[counterparts[k].part].p)
				out[counterparts[k].part] = json_get_str(b->node, S("name"));
	}
}

/* The next part up to a colon that no backslash makes ordinary. */
static str next_part(str *rest)
{
	size_t at = 0;
	str    part;

	while (at < rest->n && rest->p[at] != ':')
		at += rest->p[at] == '\\' ? 2 : 1;
	part  = str_slice(*rest, 0, at);
	*rest = str_slice(*rest, at + 1, rest->n);
	return part;
}

/* Both forms of CPE; a part that says nothing is none. */
static void read_cpe(str s, str out[CPE_PARTS])
{
	bool formatted = str_starts(s, S("cpe:2.3:"));
	str  rest = str_slice(s, formatted ? 8 : 5, s.n);

	for (int i = 0; i < CPE_PARTS; i++) {
		out[i] = next_part(&rest);
		if (out[i].n == 0 || str_eq(out[i], S("*")) || str_eq(out[i], S("-")))
			out[i] = STR_NONE;
	}
}

/* Hex digits, else 255. */
static unsigned hex_digit(char ch)
{
	return ch >= '0' && ch <= '9' ? (unsigned)(ch - '0') : (ch | 32) >= 'a' && (ch | 32) <= 'f'
	     ? (unsigned)((ch | 32) - 'a' + 10) : 255;
}

/* Without the backslashes of a CPE and the percent signs of a URL, in lower case. */
static str plain(struct arena *a, str s)
{
	char  *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; out && i < s.n; i++) {
		char ch = s.p[i];

		if (ch == '\\' && i + 1 < s.n)
			ch = s.p[++i];
		else if (ch == '%' && i + 2 < s.n && hex_digit(s.p[i + 1]) < 16 && hex_digit(s.p[i + 2]) < 16) {
			ch = (char)(hex_digit(s.p[i + 1]) << 4 | hex_digit(s.p[i + 2]));
			i += 2;
		}
		out[n++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
	}
	return out ? (str){ out, n } : S("");
}

static bool same_version(struct review *r, str one, str other)
{
	str x = plain(r->c->arena, one), y = plain(r->c->arena, other);

	return str_eq(x, y) || (x.n && x.p[0] == 'v' && str_eq(str_slice(x, 1, x.n), y));
}

static bool has_wildcard(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '*' || s.p[i] == '?')
			return true;
	return false;
}

static void find_cpe(struct review *r, const struct product *p, const char *text, str one, int part)
{
	FIND_AT(r, text, one, str_of(part_names[part]),
	        STR_CAT(r->c->arena, product_pointer(r->c->arena, p), S("/product_identification_helper/cpe")));
}

static void check_cpe(struct review *r, const struct product *p, str cpe)
{
	str  said[CPE_PARTS], part[CPE_PARTS];
	bool range;

	read_branches(p->branch, said, &range);
	read_cpe(cpe, part);
	for (int i = CPE_VENDOR; i < CPE_PARTS; i++) {
		if (range && i == CPE_VERSION)
			continue;
		if (said[i].p && !part[i].p)
			find_cpe(r, p, N_("The CPE does not say {1} in its part {2}, as the branches do."), said[i], i);
		else if (!said[i].p && part[i].p)
			find_cpe(r, p, N_("The CPE says {1} in its part {2}, the branches do not."), part[i], i);
		else if (part[i].p && has_wildcard(part[i]) && !has_wildcard(said[i]))
			find_cpe(r, p, N_("The CPE has a wildcard in {1}, its part {2}."), part[i], i);
		else if (i == CPE_VERSION && part[i].p && !same_version(r, said[i], part[i]))
			find_cpe(r, p, N_("The CPE says {1} in its part {2}, the branches do not."), part[i], i);
	}
}

/* Types whose definition in purl-spec requires a namespace (2026-08). */
static const char *const spaced_types[] = {
	"alpm", "apk", "bitbucket", "composer", "deb", "git", "github", "golang", "huggingface", "maven", "qpkg", "rpm",
	"swift", "vscode-extension", NULL,
};

static void check_purl(struct review *r, const struct product *p, const struct json *purls, const struct json *x)
{
	struct purl_parts parts;
	str  said[CPE_PARTS], at;
	bool range;

	if (!json_str(x).p || !purl_split(json_str(x), &parts))
		return;
	read_branches(p->branch, said, &range);
	at = STR_CAT(r->c->arena, product_pointer(r->c->arena, p), S("/product_identification_helper/purls/"),
	             str_fmt(r->c->arena, "%zu", index_in(purls, x)));
	if (said[CPE_VENDOR].p && !parts.namespace.n && one_of(parts.type, spaced_types))
		FIND_AT(r, N_("The package URL names no namespace for the vendor {1}."), said[CPE_VENDOR], STR_NONE, at);
	if (range || !said[CPE_VERSION].p)
		return;
	if (!parts.version.n)
		FIND_AT(r, N_("The package URL lacks the version {1}."), said[CPE_VERSION], STR_NONE, at);
	else if (!same_version(r, said[CPE_VERSION], parts.version))
		FIND_AT(r, N_("The package URL has the version {2}, the branches {1}."), said[CPE_VERSION], parts.version, at);
}

/* meets CSAF-2.1 6.2.42 */
void rule_6_2_42(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *identity = json_get(p->name, S("product_identification_helper"));
		const struct json *purls = json_get(identity, S("purls"));
		str cpe = json_get_str(identity, S("cpe"));

		if (p->place != IN_BRANCH)
			continue;
		if (cpe.p)
			check_cpe(r, p, cpe);
		for (JSON_ITEMS(x, purls))
			check_purl(r, p, purls, x);
	}
}
