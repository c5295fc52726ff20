#include "standards/csaf/provider_part.h"

#include "platform/json/schema.h"
#include "standards/csaf/csaf_review.h"
#include "standards/securitytxt/securitytxt.h"

/* Requirements 7 to 10 and 20: where the metadata is found, and what it says. */

static const char well_known[] = "/.well-known/csaf/provider-metadata.json";

/* ---- 8: security.txt ---- */

enum { FIELDS_MAX = 20 };
struct fields { str v[FIELDS_MAX]; size_t n; };

/* What its CSAF fields say. */
static void fields_judge(struct look *k, const struct securitytxt *t, str url, struct fields *f)
{
	for (size_t i = 0; i < t->fields.n && f->n < FIELDS_MAX; i++) {
		str v = t->fields.v[i].value;
		if (t->fields.v[i].name != SECTXT_CSAF)
			continue;
		f->v[f->n++] = v;
		if (!str_starts(v, S("https://")) && !k->loopback)
			NOTE2(k, REQ_SECURITYTXT, PROVIDER_ERROR, N_("The field CSAF of {1} has {2}, which is no https address."), url, v);
	}
	if (!f->n)
		NOTE1(k, REQ_SECURITYTXT, PROVIDER_ERROR, N_("{1} has no field CSAF."), url);
}

/* meets CSAF-2.0 7.1.8 */
static bool securitytxt_look(struct look *k, struct fields *f)
{
	struct provider_reply r;
	struct securitytxt    t;
	str                   url = STR_CAT(k->c->arena, k->host, S("/.well-known/security.txt"));

	TRY(look_get(k, k->c, url, BYTES_SMALL, &r));
	if (r.status != 200) {
		url = STR_CAT(k->c->arena, k->host, S("/security.txt"));
		TRY(look_get(k, k->c, url, BYTES_SMALL, &r));
	}
	if (r.status != 200) {
		k->absent[REQ_SECURITYTXT] = true;
		return true;
	}
	look_tried(k, REQ_SECURITYTXT);
	if (!securitytxt_parse(k->c, r.body, &t)) {
		k->c->fault = (struct fault){ 0 };
		NOTE1(k, REQ_SECURITYTXT, PROVIDER_ERROR, N_("{1} cannot be read."), url);
		return true;
	}
	fields_judge(k, &t, url, f);
	return true;
}

/* ---- 9, 10: the two addresses ---- */

static bool direct_look(struct look *k, int requirement, str url, struct provider_reply *r)
{
	TRY(look_get(k, k->c, url, BYTES_SMALL, r));
	if (r->status != 200) {
		k->absent[requirement] = true;
		NOTE2(k, requirement, PROVIDER_INFO, N_("{1}: {2}"), url, look_status(k, r));
		return true;
	}
	look_tried(k, requirement);
	if (r->redirects)
		NOTE2(k, requirement, PROVIDER_ERROR, N_("{1} leads on to {2}, but has to be the metadata itself."), url, r->url);
	return true;
}

static bool has_name(str host)
{
	str name = str_slice(host, str_find(host, S("://"), 0) + 3, host.n);

	for (size_t i = 0; i < name.n; i++)
		if ((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= 'A' && name.p[i] <= 'Z'))
			return str_find(name, S("."), 0) != SIZE_MAX && str_find(name, S(":"), 0) == SIZE_MAX;
	return false;
}

/* The addresses that security.txt names, until there is something at one. */
static bool fields_look(struct look *k, const struct fields *f, struct provider_reply *out)
{
	for (size_t i = 0; i < f->n && out->status != 200; i++) {
		k->out->url = look_join(k, STR_CAT(k->c->arena, k->host, S("/")), f->v[i]);
		TRY(look_get(k, k->c, k->out->url, BYTES_SMALL, out));
		if (out->status != 200)
			NOTE2(k, REQ_SECURITYTXT, PROVIDER_ERROR, N_("security.txt names {1}, which is not there: {2}."), k->out->url, look_status(k, out));
	}
	return true;
}

/* meets CSAF-2.0 7.1.9, 7.1.10, 7.3.1: the order in which the metadata is looked for */
static bool domain_look(struct look *k, struct provider_reply *out)
{
	struct provider_reply dns = { 0 };
	struct fields         f   = { .n = 0 };
	str                   at = STR_CAT(k->c->arena, k->host, str_of(well_known));
	size_t                scheme = str_find(k->host, S("://"), 0) + 3;

	*out = (struct provider_reply){ 0 };
	TRY(direct_look(k, REQ_WELLKNOWN, at, out));
	k->out->url = at;
	TRY(securitytxt_look(k, &f));
	if (out->status == 200 && f.n && !str_eq(f.v[0], at))
		NOTE2(k, REQ_SECURITYTXT, k->v21 ? PROVIDER_ERROR : PROVIDER_WARNING,
		      N_("The first field CSAF of security.txt is {1}, not {2}."), f.v[0], at);
	TRY(fields_look(k, &f, out));
	if (k->means->network && has_name(k->host) && !k->loopback) {
		at = STR_CAT(k->c->arena, str_slice(k->host, 0, scheme), S("csaf.data.security."), str_slice(k->host, scheme, k->host.n));
		TRY(direct_look(k, REQ_DNS, at, &dns));
		if (out->status != 200 && dns.status == 200) {
			k->out->url = at;
			*out = dns;
		}
	} else if (k->means->network) {
		k->absent[REQ_DNS] = true;
	}
	return true;
}

/* ---- 7: what it says ---- */

static bool schema_judge(struct look *k, const struct json *root)
{
	struct schema_errors errors = { 0 };

	if (schema_check(csaf_schema(k->v21 ? SCHEMA_PROVIDER21 : SCHEMA_PROVIDER), k->c, root, &errors))
		return true;
	for (size_t i = 0; i < errors.n; i++)
		look_note(k, REQ_METADATA, PROVIDER_ERROR, N_("At {1} it is not as the schema wants it: {2} {3}"),
		          errors.v[i].pointer.n ? errors.v[i].pointer : S("/"), str_of(errors.v[i].keyword), errors.v[i].arg[0]);
	return true;
}

/* Is the address without a version a copy of the one with its version?  meets CSAF-2.1 7.4.2 */
static bool is_copy(struct look *k, str canonical)
{
	str    file = S("provider-metadata.json"), url = k->out->url;
	size_t n    = str_ends(url, file) ? url.n - file.n : 0;

	return n && str_ends(url, str_of(well_known)) &&
	       str_eq(canonical, STR_CAT(k->c->arena, str_slice(url, 0, n), k->v21 ? S("v2.1/") : S("v2.0/"), file));
}

static void metadata_judge(struct look *k, const struct json *root)
{
	str     canonical = json_get_str(root, S("canonical_url")), until = json_get_str(root, S("maintained_until"));
	str     from      = json_get_str(root, S("maintained_from"));
	time_us updated, begin, end;

	if (canonical.n && !str_eq(canonical, k->out->url) && !is_copy(k, canonical))
		NOTE2(k, REQ_METADATA, PROVIDER_WARNING, N_("canonical_url is {1}, but it was found at {2}."), canonical, k->out->url);
	if (time_parse(json_get_str(root, S("last_updated")), &updated) && updated > k->task->now + DAY)
		NOTE1(k, REQ_METADATA, PROVIDER_ERROR, N_("last_updated lies in the future: {1}."), json_get_str(root, S("last_updated")));
	if (time_parse(until, &end) && end < k->task->now + 90 * DAY)
		NOTE1(k, REQ_METADATA, PROVIDER_WARNING, end < k->task->now ? N_("It is maintained no more since {1} (maintained_until).")
		                                                            : N_("It is maintained only until {1} (maintained_until)."), until);
	if (time_parse(from, &begin) && begin > k->task->now)
		NOTE1(k, REQ_METADATA, PROVIDER_WARNING, N_("It is maintained only from {1} (maintained_from): what is there before may change."), from);
	if (!json_count(json_get(root, S("distributions"))))
		NOTE1(k, REQ_METADATA, PROVIDER_WARNING, N_("{1} names no distributions: nobody finds the documents."), k->out->url);
}

/* ---- distributions ---- */

static bool place_add(struct look *k, str url, str label, bool feed)
{
	struct place p = { .feed = feed };

	if (!url.n)
		return true;
	p.url   = feed || str_ends(url, S("/")) ? str_dup(k->c->arena, url) : STR_CAT(k->c->arena, url, S("/"));
	p.label = str_dup(k->c->arena, label);
	return list_push(k->c->arena, &k->places, p) || fault(k->c, E_LIMIT, NULL, NULL);
}

static bool rolie_take(struct look *k, const struct json *rolie)
{
	const struct json *feeds = json_get(rolie, S("feeds"));

	for (JSON_ITEMS(f, feeds))
		TRY(place_add(k, json_get_str(f, S("url")), json_get_str(f, S("tlp_label")), true));
	for (JSON_ITEMS(s, json_get(rolie, S("services"))))
		TRY(look_service(k, json_str(s)));
	for (JSON_ITEMS(g, json_get(rolie, S("categories"))))
		TRY(look_category(k, json_str(g)));
	return true;
}

static bool distributions_take(struct look *k, const struct json *root)
{
	for (JSON_ITEMS(d, json_get(root, S("distributions")))) {
		const struct json *folder = json_get(d, S("directory"));
		TRY(place_add(k, json_get_str(d, S("directory_url")), STR_NONE, false));
		TRY(place_add(k, json_get_str(folder, S("url")), json_get_str(folder, S("tlp_label")), false));
		TRY(rolie_take(k, json_get(d, S("rolie"))));
	}
	return true;
}

/* ---- 20: the keys ---- */

static bool holds_word(str list, str word)
{
	str one;

	while (str_cut(&list, ' ', &one))
		if (str_eq_nocase(one, word))
			return true;
	return false;
}

/* meets CSAF-2.0 7.1.20 */
static bool key_look(struct look *k, str url, str fingerprint)
{
	struct provider_reply r;
	str                   found;

	TRY(look_get(k, k->c, url, BYTES_SMALL, &r));
	look_tried(k, REQ_KEY);
	if (r.status != 200) {
		NOTE2(k, REQ_KEY, PROVIDER_ERROR, N_("The key {1} is not there: {2}."), url, look_status(k, &r));
		return true;
	}
	if (str_find(r.body, S("-----BEGIN PGP PUBLIC KEY BLOCK-----"), 0) == SIZE_MAX)
		NOTE1(k, REQ_KEY, k->v21 ? PROVIDER_ERROR : PROVIDER_WARNING, N_("The key {1} has no ASCII armour."), url);
	TRY(k->means->key(k->c, k->means->with, r.body, &found));
	if (!found.n)
		NOTE1(k, REQ_KEY, PROVIDER_ERROR, N_("What lies at {1} is no OpenPGP key."), url);
	else if (!fingerprint.n)
		NOTE1(k, REQ_KEY, PROVIDER_WARNING, N_("The metadata does not tell the fingerprint of the key {1}."), url);
	else if (!holds_word(found, fingerprint))
		look_note(k, REQ_KEY, PROVIDER_ERROR, N_("The key {1} has the fingerprint {2}, not {3}."), url, found, fingerprint);
	k->keys |= found.n > 0;
	return true;
}

static bool keys_look(struct look *k, const struct json *root)
{
	const struct json *keys = json_get(root, S("public_openpgp_keys"));

	k->absent[REQ_KEY] = !json_count(keys);
	if (!k->means->key) {
		if (json_count(keys))
			look_note(k, REQ_KEY, PROVIDER_INFO, N_("The program gpg is missing, which checks keys and signatures."), STR_NONE, STR_NONE, STR_NONE);
		return true;
	}
	for (JSON_ITEMS(key, keys))
		TRY(key_look(k, json_get_str(key, S("url")), json_get_str(key, S("fingerprint"))));
	return true;
}

/* ---- all of it ---- */

static bool is_domain(str url, str host)
{
	return url.n <= host.n + 1;
}

static bool found_look(struct look *k, str *bytes)
{
	struct provider_reply r = { 0 };
	str                   url = k->task->url;
	str                   at  = STR_CAT(k->c->arena, k->host, str_of(well_known));

	if (!url.n) {
		NOTE1(k, REQ_METADATA, PROVIDER_ERROR, N_("There is no {1}."), S("provider-metadata.json"));
		look_tried(k, REQ_METADATA);
		return true;
	}
	if (is_domain(url, k->host) || str_eq(url, at)) {
		TRY(domain_look(k, &r));
	} else {
		static const int domain[] = { REQ_SECURITYTXT, REQ_WELLKNOWN, REQ_DNS };
		for (size_t i = 0; i < sizeof(domain) / sizeof(domain[0]); i++)
			look_note(k, domain[i], PROVIDER_INFO, N_("Give the domain to have this tested."), STR_NONE, STR_NONE, STR_NONE);
		k->out->url = url;
		TRY(look_get(k, k->c, url, BYTES_SMALL, &r));
	}
	look_tried(k, REQ_METADATA);
	if (r.status != 200)
		NOTE2(k, REQ_METADATA, PROVIDER_ERROR, N_("There is no metadata at {1}: {2}."), k->out->url, look_status(k, &r));
	else
		*bytes = r.body;
	return true;
}

/* meets CSAF-2.0 7.1.7, CSAF-2.1 7.1.7 */
bool look_metadata(struct look *k)
{
	const struct json *root;
	str                bytes = STR_NONE;

	TRY(found_look(k, &bytes));
	if (!bytes.p)
		return true;
	if (!json_parse(k->c, bytes, NULL, &root)) {
		str place   = str_fmt(k->c->arena, "%ld:%ld", k->c->fault.line, k->c->fault.column);
		k->c->fault = (struct fault){ 0 };
		NOTE2(k, REQ_METADATA, PROVIDER_ERROR, N_("{1} is no JSON (at {2})."), k->out->url, place);
		return true;
	}
	k->out->version = str_dup(k->c->arena, json_get_str(root, S("metadata_version")));
	k->out->role    = str_dup(k->c->arena, json_get_str(root, S("role")));
	k->v21          = str_eq(k->out->version, S("2.1"));
	TRY(schema_judge(k, root));
	metadata_judge(k, root);
	TRY(keys_look(k, root));
	return distributions_take(k, root);
}
