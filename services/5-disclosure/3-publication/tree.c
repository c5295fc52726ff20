#include "services/5-disclosure/3-publication/designation.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/signature.h"
#include "services/5-disclosure/3-publication/transition.h"

#include <string.h>

#include "base/buf.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "standards/csaf/provider.h"
#include "standards/rolie/rolie.h"

/*
 * The trees of a CSAF provider (section 7), written from the published rows
 * whenever they are asked for: they cannot differ from the documents.  There
 * are three (CSAF 2.1, 7.4.2): v2.0 and v2.1 in parallel, and without a
 * version that of 2.0, with the metadata of v2.0, until 2.1 takes over (transition.h).
 */

enum { TREE_MAX = 64 << 20 };

static const struct tree trees[] = {
	{ "", "white", "WHITE", "", " PSIRT: CSAF (TLP:WHITE)", "csaf-feed-tlp-white", false },
	{ "v2.0", "white", "WHITE", "", " PSIRT: CSAF 2.0 (TLP:WHITE)", "csaf-20-feed-tlp-white", false },
	{ "v2.1", "clear", "CLEAR", PATH_21, " PSIRT: CSAF 2.1 (TLP:CLEAR)", "csaf-21-feed-tlp-clear", true },
};

/* meets CSAF-2.1 7.4.2: from the roll-over on 2.1 is what is without a version; after the end 2.0 is not there */
static bool tree_now(struct ctx *c, bool folder, const struct tree **t)
{
	struct transition when;

	TRY(transition_load(c, &when));
	if (*t == trees && !folder && transition_leads(c, &when))
		*t = &trees[2];
	return (*t)->v21 || !transition_over(c, &when) || fault(c, E_NOTFOUND, NULL, NULL);
}

bool tree_of(struct ctx *c, const struct args *a, bool folder, const struct tree **out)
{
	for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++)
		if (str_eq(arg_str(a, "tree"), str_of(trees[i].path)) &&
		    (!folder || !i || str_eq(arg_str(a, "folder"), str_of(trees[i].folder)))) {
			*out = &trees[i];
			return tree_now(c, folder, out);
		}
	return fault(c, E_NOTFOUND, NULL, NULL);
}

bool tree_rows(struct ctx *c, const struct tree *t, struct public_tree_rows *rows)
{
	return sql_public_tree(c, document_kind(TEXT_EN, t->v21), document_kind(TEXT_JA, t->v21), rows);
}

static str top(struct ctx *c, const struct tree *t, str path)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/"), str_of(t->path), *t->path ? S("/") : S(""), path);
}

static str below(struct ctx *c, const struct tree *t, str path)
{
	return top(c, t, STR_CAT(c->arena, str_of(t->folder), S("/"), path));
}

str tree_folder(struct ctx *c, const struct tree *t)
{
	return STR_CAT(c->arena, S("/.well-known/csaf/"), str_of(t->path), *t->path ? S("/") : S(""), str_of(t->folder), S("/"));
}

str tree_path(const struct tree *t, str kept)
{
	return str_slice(kept, strlen(t->prefix), kept.n);
}

str tree_public(struct ctx *c, bool v21, str kept)
{
	const struct tree *t = v21 ? &trees[2] : &trees[1];

	return STR_CAT(c->arena, tree_folder(c, t), tree_path(t, kept));
}

static bool answer(struct ctx *c, struct buf *b, str type, struct sheet *out)
{
	out->raw      = buf_str(b);
	out->raw_type = type;
	return !b->full || fault(c, E_LIMIT, NULL, NULL);
}

/*
 * The newest change of a tree: also that a former advisory was taken away, or came into that of 2.1 with its old dates.
 * While there is nothing in 2.1 its metadata stays as that of 2.0 was last; the beginning of the day when nothing has
 * been published.
 */
static bool tree_time(struct ctx *c, const struct tree *t, const struct public_tree_rows *rows, time_us *out)
{
	struct public_tree_rows old;

	*out = rows->n ? rows->v[0].changed_at : c->now - c->now % DAY;
	if (t->v21 && !rows->n) {
		TRY(tree_rows(c, &trees[1], &old));
		if (old.n)
			*out = old.v[0].changed_at;
	}
	return past_newest(c, t->v21, *out, out);
}

static bool keys_fill(struct ctx *c, struct provider_key **v, size_t *n)
{
	struct openpgp_keys_rows keys;

	TRY(sql_openpgp_keys(c, &keys));
	*n = keys.n;
	*v = NEWS(c->arena, struct provider_key, keys.n + 1);
	for (size_t i = 0; i < keys.n; i++)
		(*v)[i] = (struct provider_key){ keys.v[i].fingerprint, signing_key_url(c, keys.v[i].fingerprint) };
	return true;
}

/*
 * meets CSAF-2.0 7.1.9, CSAF-2.1 7.4.2: what is without a version says what v2.0 says; with a key and every document
 * signed a trusted provider, 7.1.18 to 7.1.20
 */
bool tree_provider(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree      *t;
	struct public_tree_rows rows;
	struct signing_open_row open;
	struct provider_key    *keys;
	size_t                  keys_n;
	str                     base = front_of(c)->base_url;
	struct transition       when;
	struct provider_feed    feed = { .summary = S("All public advisories (TLP:CLEAR)") };
	struct buf b;

	TRY(tree_of(c, a, false, &t));
	if (t == trees)
		t = &trees[1];
	TRY(tree_rows(c, t, &rows));
	TRY(sql_signing_open(c, document_kind(TEXT_EN, t->v21), document_kind(TEXT_JA, t->v21), &open));
	TRY(keys_fill(c, &keys, &keys_n));
	if (!t->v21)
		feed.summary = S("All public advisories (TLP:WHITE; TLP:CLEAR of TLP 2.0)");
	feed.url     = below(c, t, S("feed.json"));
	feed.tlp     = t->tlp;
	TRY(tree_time(c, t, &rows, &feed.updated));
	TRY(transition_load(c, &when));
	buf_init(&b, c->arena, TREE_MAX);
	provider_metadata_print(c, &(struct provider){
		.v21 = t->v21, .canonical_url = top(c, t, S("provider-metadata.json")),
		.last_updated = t->v21 && when.changed > feed.updated ? when.changed : feed.updated,
		.maintained_from = when.begin != TIME_NONE ? when.begin : 0, .list = true, .mirror = true,
		.role = keys_n && open.n == 0 ? "csaf_trusted_provider" : "csaf_provider", .keys = { keys, keys_n },
		.publisher = { .category = "vendor", .name = front_of(c)->organisation, .namespace_uri = base,
		               .contact = STR_CAT(c->arena, base, S("/report")) },
		.directory_url = below(c, t, S("")), .directory_tlp = t->tlp, .feeds = { &feed, 1 },
		.service_url = top(c, t, S("service.json")) }, &b);
	return answer(c, &b, S("application/json"), out);
}

static struct provider_file *files_of(struct ctx *c, const struct tree *t, const struct public_tree_rows *rows)
{
	struct provider_file *v = NEWS(c->arena, struct provider_file, rows->n + 1);

	for (size_t i = 0; i < rows->n; i++)
		v[i] = (struct provider_file){ tree_path(t, rows->v[i].path), rows->v[i].changed_at };
	return v;
}

/* meets CSAF-2.0 7.1.12; CSAF-2.1 7.1.12 */
bool tree_index(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree      *t;
	struct public_tree_rows rows;
	struct buf              b;

	TRY(tree_of(c, a, true, &t));
	TRY(tree_rows(c, t, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	TRY(provider_index_print(c, files_of(c, t, &rows), rows.n, &b));
	return answer(c, &b, S("text/plain; charset=utf-8"), out);
}

/* meets CSAF-2.0 7.1.13; CSAF-2.1 7.1.13 */
bool tree_changes(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree      *t;
	struct public_tree_rows rows;
	struct buf              b;

	TRY(tree_of(c, a, true, &t));
	TRY(tree_rows(c, t, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	TRY(provider_changes_print(c, files_of(c, t, &rows), rows.n, t->v21, &b));
	return answer(c, &b, S("text/csv; charset=utf-8"), out);
}

static str tree_id(const struct ctx *c, const struct public_tree_row *r)
{
	return r->translates ? designation_in(c, r->number, r->lang) : r->number;
}

/* meets CSAF-2.0 7.1.15; CSAF-2.1 7.1.15 */
bool tree_rolie(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree      *t;
	struct public_tree_rows rows;
	struct rolie_entry     *v;
	struct buf              b;
	time_us                 newest;

	TRY(tree_of(c, a, true, &t));
	TRY(tree_rows(c, t, &rows));
	TRY(tree_time(c, t, &rows, &newest));
	v = NEWS(c->arena, struct rolie_entry, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct rolie_entry){ .id = tree_id(c, &rows.v[i]), .title = rows.v[i].title, .summary = rows.v[i].summary,
			.url = below(c, t, tree_path(t, rows.v[i].path)), .sha256 = true, .sha512 = true,
			.signature = rows.v[i].fingerprint.n > 0,
			.published = rows.v[i].first_at, .updated = rows.v[i].changed_at };
	buf_init(&b, c->arena, TREE_MAX);
	TRY(rolie_feed_print(c, &(struct rolie_feed){ .v21 = t->v21, .id = str_of(t->id),
		.title = STR_CAT(c->arena, front_of(c)->organisation, str_of(t->title)),
		.url = below(c, t, S("feed.json")), .service_url = top(c, t, S("service.json")), .entries = v, .n = rows.n,
		.updated = newest }, &b));
	return answer(c, &b, S("application/json"), out);
}

/* meets CSAF-2.0 7.1.16; CSAF-2.1 7.1.16 */
bool tree_service(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree *t;
	struct rolie_feed  feed = { 0 };
	struct buf         b;

	TRY(tree_of(c, a, false, &t));
	feed.title = STR_CAT(c->arena, front_of(c)->organisation, str_of(t->title));
	feed.url   = below(c, t, S("feed.json"));
	buf_init(&b, c->arena, TREE_MAX);
	rolie_service_print(&b, feed.title, &feed, 1);
	return answer(c, &b, S("application/json"), out);
}

const struct arg tree_show_args[] = {
	{ .name = "tree", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Tree: v2.0 or v2.1") },
	{ 0 },
};

const struct arg tree_folder_args[] = {
	{ .name = "tree", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Tree: v2.0 or v2.1") },
	{ .name = "folder", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Folder: white in v2.0, clear in v2.1") },
	{ 0 },
};

const struct arg tree_year_args[] = {
	{ .name = "tree", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Tree: v2.0 or v2.1") },
	{ .name = "folder", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Folder: white in v2.0, clear in v2.1") },
	{ .name = "year", .kind = ARG_LINE, .max = 4, .must = true, .hidden = true, .label = N_("Year") },
	{ 0 },
};

const struct arg tree_branch_args[] = {
	{ .name = "tree", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Tree: v2.0 or v2.1") },
	{ .name = "folder", .kind = ARG_LINE, .max = 10, .must = true, .hidden = true, .label = N_("Folder: white in v2.0, clear in v2.1") },
	{ .name = "year", .kind = ARG_LINE, .max = 4, .must = true, .hidden = true, .label = N_("Year") },
	{ .name = "file", .kind = ARG_LINE, .max = 200, .must = true, .hidden = true, .label = N_("File") },
	{ 0 },
};

const struct arg tree_file_args[] = {
	{ .name = "year", .kind = ARG_LINE, .max = 4, .must = true, .hidden = true, .label = N_("Year") },
	{ .name = "file", .kind = ARG_LINE, .max = 200, .must = true, .hidden = true, .label = N_("File") },
	{ 0 },
};

static bool tree_signature(struct ctx *c, str path, struct sheet *out)
{
	struct public_signature_row s;

	TRY(sql_public_signature(c, path, &s));
	out->raw      = s.bytes;
	out->raw_type = S("application/pgp-signature");
	return true;
}

/* meets CSAF-2.0 7.1.2, 7.1.11, 7.1.18 */
bool tree_bytes(struct ctx *c, bool v21, str year, str file, struct sheet *out)
{
	str  name = file;
	bool h256 = str_ends(file, S(".json.sha256")), h512 = str_ends(file, S(".json.sha512"));
	bool asc = str_ends(file, S(".json.asc")), past = false;
	struct public_file_row d;
	str  path;

	if (h256 || h512 || asc)
		name = str_slice(file, 0, file.n - (asc ? 4 : 7));
	path = STR_CAT(c->arena, year, S("/"), name);
	TRY(past_file_fill(c, v21, path, name, asc ? S("asc") : h256 ? S("sha256") : h512 ? S("sha512") : S(""), out, &past));
	if (past)
		return true;
	path = v21 ? STR_CAT(c->arena, S(PATH_21), path) : path;
	if (asc)
		return tree_signature(c, path, out);
	TRY(sql_public_file(c, path, &d));
	out->raw_at   = d.made_at;
	out->raw      = h256 || h512 ? provider_hash_line(c->arena, h256 ? d.sha256 : d.sha512, name) : d.bytes;
	out->raw_type = h256 || h512 ? S("text/plain; charset=utf-8") : S("application/json");
	return true;
}

bool tree_file(struct ctx *c, const struct args *a, struct sheet *out)
{
	const struct tree *t;

	TRY(tree_of(c, a, true, &t));
	return tree_bytes(c, t->v21, arg_str(a, "year"), arg_str(a, "file"), out);
}
