/* Tests of product identification helpers (2.1 section 3.1.3.3). */
#include "standards/csaf/csaf_rule.h"

#include "base/list.h"

static const struct json *identity_of(const struct product *p)
{
	return json_get(p->name, S("product_identification_helper"));
}

static str identity_at(const struct review *r, const struct product *p, const char *rest)
{
	return STR_CAT(r->c->arena, product_pointer(r->c->arena, p), S("/product_identification_helper/"), str_of(rest));
}

static str item_at(const struct review *r, const struct product *p, const char *key, size_t k)
{
	return identity_at(r, p, cstr(r->c->arena, str_fmt(r->c->arena, "%s/%zu", key, k)));
}

/* Stars that no backslash makes ordinary. */
static size_t stars(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\\')
			i++;
		else
			n += s.p[i] == '*';
	return n;
}

static void check_stars(struct review *r, const char *key)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct json *list = json_get(identity_of(&r->products.v[i]), str_of(key));

		for (JSON_ITEMS(x, list))
			if (json_str(x).p && stars(json_str(x)) > 1)
				FIND_AT(r, N_("{1} has more than one *."), json_str(x), STR_NONE,
				        item_at(r, &r->products.v[i], key, index_in(list, x)));
	}
}

/* meets CSAF-2.1 6.1.43 */
void rule_6_1_43(struct review *r)
{
	check_stars(r, "model_numbers");
}

/* meets CSAF-2.1 6.1.44 */
void rule_6_1_44(struct review *r)
{
	check_stars(r, "serial_numbers");
}

/* meets CSAF-2.1 6.1.61 */
void rule_6_1_61(struct review *r)
{
	check_stars(r, "skus");
}

enum { IN_A_PATH = 1 };

static void mark_path(struct review *r, const struct reference *ref)
{
	uint32_t at = id_find(&r->ids, ref->id);

	if ((ref->kind == REF_RELATION || ref->kind == REF_SUBPATH) && at != UINT32_MAX && !r->mark[at]) {
		r->touched[r->touches++] = at;
		r->mark[at] = IN_A_PATH;
	}
}

/* meets CSAF-2.1 6.2.31 */
void rule_6_2_31(struct review *r)
{
	each_product_reference(r, mark_path);
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *helper = identity_of(p);

		if ((json_get(helper, S("serial_numbers")) || json_get(helper, S("model_numbers"))) &&
		    p->number != UINT32_MAX && !(r->mark[p->number] & IN_A_PATH))
			FIND_AT(r, N_("The product {1} looks like hardware, but no product path refers to it."), p->id,
			        STR_NONE, product_pointer(r->c->arena, p));
	}
}

/* A value of a helper in one text, the same for equal values; objects in the order of their keys. */
static str value_text(const struct review *r, const struct json *v, const char *key)
{
	if (v->kind == JSON_STRING)
		return STR_CAT(r->c->arena, str_of(key), S("="), json_str(v));
	return str_fmt(r->c->arena, "%s:%llx", key, (unsigned long long)json_hash(v));
}

struct owners { struct id_map values; struct { const struct product **v; size_t n, cap, max; } of; };

/* Remember who has the value; a finding when it was another product. */
static void own(struct review *r, struct owners *o, const struct product *p, const struct json *v,
                const char *key, str pointer)
{
	size_t   before = o->values.n;
	uint32_t at = id_add(r->c->arena, &o->values, value_text(r, v, key));

	if (at == UINT32_MAX || (o->values.n > before && !list_push(r->c->arena, &o->of, p))) {
		r->full = true;
		return;
	}
	if (o->values.n == before && !str_eq(o->of.v[at]->id, p->id))
		FIND_AT(r, N_("The product {1} has the same value."), o->of.v[at]->id, STR_NONE, pointer);
}

/* meets CSAF-2.1 6.2.32 */
void rule_6_2_32(struct review *r)
{
	static const char *const keys[] = {
		"hashes", "model_numbers", "purls", "sbom_urls", "serial_numbers", "skus", "x_generic_uris",
	};
	struct owners o = { .of.max = UINT32_MAX / 64 };

	for (size_t i = 0; i < r->products.n && !r->full; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *helper = identity_of(p), *cpe = json_get(helper, S("cpe"));

		if (json_is(cpe, JSON_STRING))
			own(r, &o, p, cpe, "cpe", identity_at(r, p, "cpe"));
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			const struct json *list = json_get(helper, str_of(keys[k]));

			for (JSON_ITEMS(x, list))
				own(r, &o, p, x, keys[k], item_at(r, p, keys[k], index_in(list, x)));
		}
	}
}

/* meets CSAF-2.1 6.2.52; the digests of OpenSSL 3.4 that the standard lists */
void rule_6_2_52(struct review *r)
{
	static const char *const known[] = {
		"blake2b512", "blake2s256", "md4", "md5", "md5-sha1", "mdc2", "ripemd", "ripemd160", "rmd160", "sha1",
		"sha224", "sha256", "sha3-224", "sha3-256", "sha3-384", "sha3-512", "sha384", "sha512", "sha512-224",
		"sha512-256", "shake128", "shake256", "sm3", "ssl3-md5", "ssl3-sha1", "whirlpool", NULL,
	};

	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct json *files = json_get(identity_of(p), S("hashes"));

		for (JSON_ITEMS(f, files)) {
			const struct json *hashes = json_get(f, S("file_hashes"));

			for (JSON_ITEMS(h, hashes))
				if (json_get_str(h, S("algorithm")).p && !one_of(json_get_str(h, S("algorithm")), known))
					FIND_AT(r, N_("The hash algorithm {1} is not one that the standard lists."),
					        json_get_str(h, S("algorithm")), STR_NONE,
					        identity_at(r, p, cstr(r->c->arena, str_fmt(r->c->arena,
					                  "hashes/%zu/file_hashes/%zu/algorithm", index_in(files, f),
					                  index_in(hashes, h)))));
		}
	}
}
