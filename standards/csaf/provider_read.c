#include "standards/csaf/provider_read.h"

#include "platform/json/schema.h"
#include "standards/csaf/csaf_review.h"

enum { WAYS_MAX = 1000, KEYS_MAX = 100 };

static bool way_add(struct ctx *c, struct provider_found *out, str url, str label, bool feed)
{
	struct provider_way w = { .label = label, .feed = feed };

	if (!url.n)
		return true;
	w.url = feed || str_ends(url, S("/")) ? url : STR_CAT(c->arena, url, S("/"));
	return list_push(c->arena, &out->ways, w) || fault(c, E_LIMIT, NULL, NULL);
}

static bool feeds_take(struct ctx *c, const struct json *root, struct provider_found *out)
{
	for (JSON_ITEMS(d, json_get(root, S("distributions")))) {
		const struct json *feeds = json_get(json_get(d, S("rolie")), S("feeds"));
		for (JSON_ITEMS(f, feeds))
			TRY(way_add(c, out, json_get_str(f, S("url")), json_get_str(f, S("tlp_label")), true));
	}
	return true;
}

static bool folders_take(struct ctx *c, const struct json *root, struct provider_found *out)
{
	for (JSON_ITEMS(d, json_get(root, S("distributions")))) {
		const struct json *folder = json_get(d, S("directory"));
		TRY(way_add(c, out, json_get_str(d, S("directory_url")), STR_NONE, false));
		TRY(way_add(c, out, json_get_str(folder, S("url")), json_get_str(folder, S("tlp_label")), false));
	}
	return true;
}

static bool keys_take(struct ctx *c, const struct json *root, struct provider_found *out)
{
	for (JSON_ITEMS(k, json_get(root, S("public_openpgp_keys"))))
		if (!list_push(c->arena, &out->keys, (struct provider_lock){ json_get_str(k, S("url")), json_get_str(k, S("fingerprint")) }))
			return fault(c, E_LIMIT, NULL, NULL);
	return true;
}

bool provider_found_parse(struct ctx *c, str bytes, struct provider_found *out)
{
	struct schema_errors errors = { 0 };
	const struct json   *root;
	bool                 v21;

	*out = (struct provider_found){ .ways.max = WAYS_MAX, .keys.max = KEYS_MAX };
	TRY(json_parse(c, bytes, NULL, &root));
	out->version = json_get_str(root, S("metadata_version"));
	v21          = str_eq(out->version, S("2.1"));
	if (!schema_check(csaf_schema(v21 ? SCHEMA_PROVIDER21 : SCHEMA_PROVIDER), c, root, &errors))
		return fault(c, E_INVALID, cstr(c->arena, errors.v[0].pointer), N_("The metadata is not as the schema wants it, at {1}."),
		             errors.v[0].pointer.n ? errors.v[0].pointer : S("/"));
	out->role          = json_get_str(root, S("role"));
	out->trusted       = str_eq(out->role, S("csaf_trusted_provider"));
	out->canonical_url = json_get_str(root, S("canonical_url"));
	out->publisher     = json_get_str(json_get(root, S("publisher")), S("name"));
	return feeds_take(c, root, out) && folders_take(c, root, out) && keys_take(c, root, out);
}

/* ---- places ---- */

static bool word_sound(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char x = s.p[i];
		if (!((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '+' || x == '-' || x == '_' || x == '.'))
			return false;
	}
	return s.n > 0 && s.n <= 200 && s.p[0] != '.';
}

bool provider_path_check(str path)
{
	str rest = path, word;
	int n    = 0;

	while (str_cut(&rest, '/', &word))
		if (!word_sound(word) || ++n > 3)
			return false;
	return n > 0 && str_ends(path, S(".json"));
}

size_t provider_folder(str url)
{
	while (url.n > 0 && url.p[url.n - 1] != '/')
		url.n--;
	return url.n;
}

str provider_path_of(struct arena *a, str url)
{
	size_t at   = provider_folder(url), up = at ? provider_folder(str_slice(url, 0, at - 1)) : 0;
	str    name = str_slice(url, at, url.n), above = at ? str_slice(url, up, at - 1) : S("");
	bool   year = above.n == 4;

	for (size_t i = 0; i < above.n; i++)
		year &= above.p[i] >= '0' && above.p[i] <= '9';
	if (!provider_path_check(name) || str_find(url, S("/../"), 0) != SIZE_MAX)
		return STR_NONE;
	return year ? STR_CAT(a, above, S("/"), name) : str_dup(a, name);
}
