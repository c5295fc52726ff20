#include "standards/csaf/provider_part.h"

#include <string.h>

#include "platform/json/schema.h"
#include "standards/csaf/csaf_review.h"
#include "standards/csaf/provider_read.h"

/*
 * Requirements 21 to 23: what lists and mirrors issuing parties.  The mirrored
 * documents and the parties themselves are not looked into: those are judged one by one.
 */

enum { PARTIES_MAX = 10000, MIRRORS_LOOKED = 1000 };

struct party { str name; bool provider; };          /* by its namespace */
struct mirror { str url, folder, name; };

struct listing {
	struct look *k;
	str  folder;                                    /* of aggregator.json, ends in / */
	bool mirrors;                                   /* its category is aggregator */
	LIST(struct party)  parties;
	LIST(struct mirror) own;                        /* on its own host */
	size_t mirrored;                                /* parties that have one */
};

static str folder_of(str url)
{
	return str_slice(url, 0, provider_folder(url));
}

bool look_is_aggregator(str url)
{
	return str_ends(url, S("/aggregator.json"));
}

/* ---- 21: the file ---- */

static bool schema_look(struct look *k, const struct json *root)
{
	struct schema_errors errors = { 0 };

	if (!schema_check(csaf_schema(k->v21 ? SCHEMA_AGGREGATOR21 : SCHEMA_AGGREGATOR), k->c, root, &errors)) {
		NOTE2(k, REQ_PARTIES, PROVIDER_ERROR, N_("{1} is not as the schema wants it, at {2}."), k->out->url,
		      errors.n && errors.v[0].pointer.n ? errors.v[0].pointer : S("/"));
		k->c->fault = (struct fault){ 0 };
		return false;
	}
	return true;
}

/* meets CSAF-2.0 7.1.21: its own file, not beside that of a provider */
static bool place_look(struct listing *l, const struct json *root)
{
	struct look          *k    = l->k;
	str                   said = json_get_str(root, S("canonical_url"));
	str                   near = STR_CAT(k->c->arena, l->folder, S("provider-metadata.json"));
	struct provider_reply r;

	if (!str_eq(said, k->out->url))
		NOTE2(k, REQ_PARTIES, PROVIDER_WARNING, N_("The canonical_url is {1}, but this was found at {2}."), said, k->out->url);
	if (k->v21 && !str_ends(k->out->url, S("/.well-known/csaf-aggregator/aggregator.json")))
		NOTE1(k, REQ_PARTIES, PROVIDER_ERROR, N_("{1} is not at /.well-known/csaf-aggregator/aggregator.json."), k->out->url);
	TRY(look_get(k, k->c, near, BYTES_SMALL, &r));
	if (r.status == 200)
		NOTE1(k, REQ_PARTIES, PROVIDER_ERROR, N_("{1} lies beside it."), near);
	return true;
}

/* ---- 22: who is listed ---- */

static bool mirrors_take(struct listing *l, str name, const struct json *list)
{
	struct look *k   = l->k;
	bool         own = false;

	for (JSON_ITEMS(u, list)) {
		struct mirror m = { json_str(u), folder_of(json_str(u)), name };
		if (!str_starts(m.url, STR_CAT(k->c->arena, k->host, S("/"))))
			continue;
		own = true;
		if (!list_push(k->c->arena, &l->own, m))
			return fault(k->c, E_LIMIT, NULL, NULL);
	}
	l->mirrored += own;
	return true;
}

static bool parties_take(struct listing *l, const struct json *list, bool provider)
{
	struct ctx *c = l->k->c;

	for (JSON_ITEMS(x, list)) {
		str  name  = json_get_str(json_get(json_get(x, S("metadata")), S("publisher")), S("namespace"));
		bool known = false;
		while (str_ends(name, S("/")))
			name.n--;
		for (size_t i = 0; i < l->parties.n; i++)
			if (str_eq(l->parties.v[i].name, name)) {
				l->parties.v[i].provider |= provider;
				known = true;
			}
		if (!known && !list_push(c->arena, &l->parties, (struct party){ name, provider }))
			return fault(c, E_LIMIT, NULL, N_("There are more issuing parties than can be judged."));
		TRY(mirrors_take(l, name, json_get(x, S("mirrors"))));
	}
	return true;
}

/* meets CSAF-2.0 7.1.22: two providers, or a provider and a publisher, of different namespaces */
static void parties_judge(struct listing *l)
{
	struct look *k = l->k;
	bool         provider = false;

	look_tried(k, REQ_DISJOINT);
	for (size_t i = 0; i < l->parties.n; i++)
		provider |= l->parties.v[i].provider;
	if (l->parties.n < 2)
		NOTE1(k, REQ_DISJOINT, PROVIDER_ERROR, N_("{1} lists fewer than two issuing parties of different namespaces."), k->out->url);
	else if (!provider)
		NOTE1(k, REQ_DISJOINT, PROVIDER_ERROR, N_("{1} lists no provider."), k->out->url);
}

/* ---- 23: the mirrors ---- */

static bool has_feed(const struct json *root)
{
	for (JSON_ITEMS(d, json_get(root, S("distributions"))))
		if (json_count(json_get(json_get(d, S("rolie")), S("feeds"))) > 0)
			return true;
	return false;
}

static bool mirror_look(struct listing *l, const struct mirror *m)
{
	struct look          *k = l->k;
	struct schema_errors  errors = { 0 };
	struct provider_reply r;
	const struct json    *root;
	bool                  v21;

	look_tried(k, REQ_MIRROR);
	if (!str_ends(m->folder, S("/")) || !str_starts(m->folder, l->folder) || m->folder.n == l->folder.n ||
	    str_find(str_slice(m->folder, l->folder.n, m->folder.n - 1), S("/"), 0) != SIZE_MAX)
		NOTE2(k, REQ_MIRROR, PROVIDER_ERROR, N_("The mirror {1} is not in a folder beside {2}."), m->url, k->out->url);
	TRY(look_get(k, k->c, m->url, BYTES_SMALL, &r));
	if (r.status != 200) {
		NOTE2(k, REQ_MIRROR, PROVIDER_ERROR, N_("The mirror {1} is not there: {2}."), m->url, look_status(k, &r));
		return true;
	}
	if (!json_parse(k->c, r.body, NULL, &root)) {
		k->c->fault = (struct fault){ 0 };
		NOTE1(k, REQ_MIRROR, PROVIDER_ERROR, N_("The mirror {1} is no JSON."), m->url);
		return true;
	}
	v21 = str_eq(json_get_str(root, S("metadata_version")), S("2.1"));
	if (!schema_check(csaf_schema(v21 ? SCHEMA_PROVIDER21 : SCHEMA_PROVIDER), k->c, root, &errors)) {
		NOTE2(k, REQ_MIRROR, PROVIDER_ERROR, N_("{1} is not as the schema wants it, at {2}."), m->url,
		      errors.n && errors.v[0].pointer.n ? errors.v[0].pointer : S("/"));
		k->c->fault = (struct fault){ 0 };
	} else if (!has_feed(root)) {
		NOTE1(k, REQ_MIRROR, PROVIDER_ERROR, N_("The mirror {1} has no ROLIE feed."), m->url);
	}
	return true;
}

/* Two parties in one folder. */
static void folders_judge(struct listing *l)
{
	for (size_t i = 0; i < l->own.n && i < MIRRORS_LOOKED; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq(l->own.v[i].folder, l->own.v[j].folder) && !str_eq(l->own.v[i].name, l->own.v[j].name)) {
				NOTE2(l->k, REQ_MIRROR, PROVIDER_ERROR, N_("Two issuing parties are mirrored in {1}: {2}."), l->own.v[i].folder,
				      STR_CAT(l->k->c->arena, l->own.v[j].name, S(", "), l->own.v[i].name));
				break;
			}
}

/* meets CSAF-2.0 7.1.23, 7.2.4, 7.2.5 */
static bool mirrors_judge(struct listing *l)
{
	struct look *k = l->k;

	k->absent[REQ_MIRROR] = !l->mirrors;
	if (!l->mirrors) {
		if (l->own.n)
			NOTE1(k, REQ_PARTIES, PROVIDER_ERROR, N_("It calls itself a lister, but has the mirror {1} on its own host."), l->own.v[0].url);
		return true;
	}
	for (size_t i = 0; i < l->own.n && i < MIRRORS_LOOKED; i++)
		TRY(mirror_look(l, &l->own.v[i]));
	folders_judge(l);
	if (!l->own.n)
		look_tried(k, REQ_MIRROR);
	if (l->mirrored < 2)
		NOTE1(k, REQ_MIRROR, PROVIDER_ERROR, N_("{1} mirrors fewer than two issuing parties on its own host."), k->out->url);
	return true;
}

bool look_aggregator(struct look *k)
{
	struct listing        l = { .k = k, .parties.max = PARTIES_MAX, .own.max = PARTIES_MAX };
	struct provider_reply r;
	const struct json    *root;

	k->out->aggregator = true;
	k->out->url        = k->task->url;
	l.folder           = folder_of(k->out->url);
	TRY(look_get(k, k->c, k->out->url, BYTES_LIST, &r));
	look_tried(k, REQ_PARTIES);
	if (r.status != 200) {
		NOTE2(k, REQ_PARTIES, PROVIDER_ERROR, N_("{1} is not there: {2}."), k->out->url, look_status(k, &r));
		k->out->url = STR_NONE;
		return true;
	}
	if (!json_parse(k->c, r.body, NULL, &root)) {
		k->c->fault = (struct fault){ 0 };
		NOTE1(k, REQ_PARTIES, PROVIDER_ERROR, N_("{1} is no JSON."), k->out->url);
		return true;
	}
	k->out->version = json_get_str(root, S("aggregator_version"));
	k->v21          = str_eq(k->out->version, S("2.1"));
	k->out->role    = json_get_str(json_get(root, S("aggregator")), S("category"));
	l.mirrors       = str_eq(k->out->role, S("aggregator"));
	if (!schema_look(k, root))
		return true;
	TRY(place_look(&l, root));
	TRY(parties_take(&l, json_get(root, S("csaf_providers")), true));
	TRY(parties_take(&l, json_get(root, S("csaf_publishers")), false));
	parties_judge(&l);
	return mirrors_judge(&l);
}
