/* Tests of package URLs (purl, ECMA-427). */
#include "standards/csaf/csaf_rule.h"

#include <string.h>

static bool type_form(str type)
{
	for (size_t i = 0; i < type.n; i++) {
		char ch = type.p[i];
		bool letter = (ch | 32) >= 'a' && (ch | 32) <= 'z', digit = ch >= '0' && ch <= '9';

		if (!letter && !(digit && i) && !(ch && strchr(".-+", ch)))
			return false;
	}
	return type.n > 0;
}

/* Every qualifier is key=value, each key once. */
static bool qualifiers_form(str s)
{
	str rest = s, part;

	if (s.n == 0)
		return true;
	while (str_cut(&rest, '&', &part)) {
		size_t at = str_find(part, S("="), 0);
		str    others = rest, other;

		if (at == SIZE_MAX || at == 0)
			return false;
		while (str_cut(&others, '&', &other))
			if (str_starts(other, str_slice(part, 0, at + 1)))
				return false;
	}
	return true;
}

static str without_slashes(str s)
{
	while (s.n && s.p[0] == '/')
		s = str_slice(s, 1, s.n);
	return s;
}

/* Splits off "@version"; the @ of a namespace such as "@angular" stays. */
static str take_version(str s, str *version)
{
	*version = STR_NONE;
	for (size_t at = s.n; at > 1 && s.p[at - 1] != '/'; at--)
		if (s.p[at - 1] == '@') {
			*version = str_slice(s, at, s.n);
			return s.p[at - 2] == '/' ? str_slice(s, 0, at - 2) : str_slice(s, 0, at - 1);
		}
	return s.n && s.p[0] == '@' ? S("") : s;
}

/* pkg:type/namespace/name@version?qualifiers#subpath, as purl-spec reads it from both ends. */
bool purl_split(str s, struct purl_parts *out)
{
	size_t at;

	*out = (struct purl_parts){ .namespace = S("") };
	if (!str_eq_nocase(str_slice(s, 0, 4), S("pkg:")))
		return false;
	at = str_find(s, S("#"), 0);
	out->subpath = at == SIZE_MAX ? S("") : str_slice(s, at + 1, s.n);
	s  = str_slice(s, 4, at);
	at = str_find(s, S("?"), 0);
	out->qualifiers = at == SIZE_MAX ? S("") : str_slice(s, at + 1, s.n);
	s  = without_slashes(str_slice(s, 0, at));
	at = str_find(s, S("/"), 0);
	if (at == SIZE_MAX)
		return false;
	out->type = str_slice(s, 0, at);
	/* What is left ends in the name; it must not be empty. */
	s = take_version(without_slashes(str_slice(s, at, s.n)), &out->version);
	out->name = s;
	for (at = s.n; at > 0; at--)
		if (s.p[at - 1] == '/') {
			out->namespace = str_slice(s, 0, at - 1);
			out->name      = str_slice(s, at, s.n);
			break;
		}
	return type_form(out->type) && qualifiers_form(out->qualifiers) && out->name.n;
}

/* Types whose definition in purl-spec prohibits a namespace (2026-08). */
static const char *const bare_types[] = {
	"bazel", "bitnami", "cargo", "chrome-extension", "cocoapods", "conda", "cran", "gem", "hackage",
	"julia", "mlflow", "nuget", "oci", "opam", "otp", "pub", "pypi", "vcpkg", NULL,
};

static bool purl_valid(const struct review *r, str purl)
{
	struct purl_parts p;

	return purl_split(purl, &p) && !(r->v21 && p.namespace.n && one_of(p.type, bare_types));
}

static void find_purl(struct review *r, const struct product *p, const char *text, str purl, str two,
                      const char *rest)
{
	FIND_AT(r, text, purl, two, STR_CAT(r->c->arena, product_pointer(r->c->arena, p),
	        S("/product_identification_helper/"), str_of(rest)));
}

/* meets CSAF-2.0 6.1.13, CSAF-2.1 6.1.13 */
void rule_6_1_13(struct review *r)
{
	static const char text[] = N_("{1} is not a valid package URL.");

	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *helper = json_get(p->name, S("product_identification_helper"));
		const struct json *purls  = r->v21 ? json_get(helper, S("purls")) : NULL;
		str purl = r->v21 ? STR_NONE : json_get_str(helper, S("purl"));

		if (purl.p && !purl_valid(r, purl))
			find_purl(r, p, text, purl, STR_NONE, "purl");
		for (JSON_ITEMS(x, purls))
			if (json_str(x).p && !purl_valid(r, json_str(x)))
				find_purl(r, p, text, json_str(x), STR_NONE,
				          cstr(r->c->arena, str_fmt(r->c->arena, "purls/%zu", index_in(purls, x))));
	}
}

static bool same_package(str a, str b)
{
	struct purl_parts x, y;

	if (!purl_split(a, &x) || !purl_split(b, &y))
		return str_eq(a, b);
	return str_eq_nocase(x.type, y.type) && str_eq(x.namespace, y.namespace) && str_eq(x.name, y.name) &&
	       str_eq(x.version, y.version) && str_eq(x.subpath, y.subpath);
}

/* meets CSAF-2.1 6.1.42 */
void rule_6_1_42(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *purls = json_get(json_get(p->name, S("product_identification_helper")), S("purls"));

		for (JSON_ITEMS(x, purls))
			if (json_str(x).p && !same_package(json_str(json_at(purls, 0)), json_str(x)))
				find_purl(r, p, N_("{1} differs from {2} in more than its qualifiers."), json_str(x),
				          json_str(json_at(purls, 0)),
				          cstr(r->c->arena, str_fmt(r->c->arena, "purls/%zu", index_in(purls, x))));
	}
}
