#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/signature.h"

#include "base/buf.h"
#include "services/5-disclosure/3-publication/history.h"
#include "standards/csaf/provider.h"
#include "standards/rolie/rolie.h"

/*
 * The tree of a CSAF provider (CSAF 2.0 section 7), written from the published
 * rows whenever it is asked for: it cannot differ from the documents.
 */

enum { TREE_MAX = 64 << 20 };

static str white(struct ctx *c, str path)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/white/"), path);
}

static str service(struct ctx *c)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/service.json"));
}

static bool answer(struct ctx *c, struct buf *b, str type, struct sheet *out)
{
	out->raw      = buf_str(b);
	out->raw_type = type;
	return !b->full || fault(c, E_LIMIT, NULL, NULL);
}

/* The newest change; the beginning of the day when nothing has been published. */
static time_us tree_time(const struct ctx *c, const struct public_tree_rows *rows)
{
	return rows->n ? rows->v[0].changed_at : c->now - c->now % DAY;
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

/* meets CSAF-2.0 7.1.9; with a key and every document signed a trusted provider, 7.1.18 to 7.1.20 */
bool tree_provider(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct signing_open_row open;
	struct provider_key    *keys;
	size_t                  keys_n;
	str                     base = front_of(c)->base_url;
	const struct provider_feed feed = {
		S("All public advisories (TLP:WHITE; TLP:CLEAR of TLP 2.0)"), white(c, S("feed.json")), "WHITE" };
	struct buf b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	TRY(sql_signing_open(c, &open));
	TRY(keys_fill(c, &keys, &keys_n));
	buf_init(&b, c->arena, TREE_MAX);
	provider_metadata_print(c, &(struct provider){
		.canonical_url = STR_CAT(c->arena, base, S("/.well-known/csaf/provider-metadata.json")),
		.last_updated = tree_time(c, &rows), .list = true, .mirror = true,
		.role = keys_n && open.n == 0 ? "csaf_trusted_provider" : "csaf_provider", .keys = { keys, keys_n },
		.publisher = { .category = "vendor", .name = front_of(c)->organisation, .namespace_uri = base,
		               .contact = STR_CAT(c->arena, base, S("/report")) },
		.directory_url = white(c, S("")), .feeds = { &feed, 1 }, .service_url = service(c) }, &b);
	return answer(c, &b, S("application/json"), out);
}

static struct provider_file *files_of(struct ctx *c, const struct public_tree_rows *rows)
{
	struct provider_file *v = NEWS(c->arena, struct provider_file, rows->n + 1);

	for (size_t i = 0; i < rows->n; i++)
		v[i] = (struct provider_file){ rows->v[i].path, rows->v[i].changed_at };
	return v;
}

/* meets CSAF-2.0 7.1.12 */
bool tree_index(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	TRY(provider_index_print(c, files_of(c, &rows), rows.n, &b));
	return answer(c, &b, S("text/plain; charset=utf-8"), out);
}

/* meets CSAF-2.0 7.1.13 */
bool tree_changes(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	TRY(provider_changes_print(c, files_of(c, &rows), rows.n, &b));
	return answer(c, &b, S("text/csv; charset=utf-8"), out);
}

/* meets CSAF-2.0 7.1.15 */
bool tree_rolie(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct rolie_entry     *v;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	v = NEWS(c->arena, struct rolie_entry, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = (struct rolie_entry){ .id = rows.v[i].number, .title = rows.v[i].title, .summary = rows.v[i].summary,
			.url = white(c, rows.v[i].path), .sha256 = true, .sha512 = true,
			.signature = rows.v[i].fingerprint.n > 0,
			.published = rows.v[i].first_at, .updated = rows.v[i].changed_at };
	buf_init(&b, c->arena, TREE_MAX);
	TRY(rolie_feed_print(c, &(struct rolie_feed){ .id = S("csaf-feed-tlp-white"),
		.title = STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT: CSAF (TLP:WHITE)")),
		.url = white(c, S("feed.json")), .service_url = service(c), .entries = v, .n = rows.n, .updated = tree_time(c, &rows) }, &b));
	return answer(c, &b, S("application/json"), out);
}

/* meets CSAF-2.0 7.1.16 */
bool tree_service(struct ctx *c, const struct args *a, struct sheet *out)
{
	str               name = STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT: CSAF (TLP:WHITE)"));
	struct rolie_feed feed = { .title = name, .url = white(c, S("feed.json")) };
	struct buf        b;

	(void)a;
	buf_init(&b, c->arena, TREE_MAX);
	rolie_service_print(&b, name, &feed, 1);
	return answer(c, &b, S("application/json"), out);
}

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

/* A document, or ".sha256", ".sha512" and ".asc" of it. meets CSAF-2.0 7.1.2, 7.1.11, 7.1.18 */
bool tree_file(struct ctx *c, const struct args *a, struct sheet *out)
{
	str  file = arg_str(a, "file"), name = file;
	bool h256 = str_ends(file, S(".json.sha256")), h512 = str_ends(file, S(".json.sha512"));
	bool asc = str_ends(file, S(".json.asc")), past;
	struct public_file_row d;
	str  path;

	if (h256 || h512 || asc)
		name = str_slice(file, 0, file.n - (asc ? 4 : 7));
	path = STR_CAT(c->arena, arg_str(a, "year"), S("/"), name);
	TRY(past_file_fill(c, path, name, asc ? S("asc") : h256 ? S("sha256") : h512 ? S("sha512") : S(""), out, &past));
	if (past)
		return true;
	if (asc)
		return tree_signature(c, path, out);
	TRY(sql_public_file(c, path, &d));
	out->raw      = h256 || h512 ? provider_hash_line(c->arena, h256 ? d.sha256 : d.sha512, name) : d.bytes;
	out->raw_type = h256 || h512 ? S("text/plain; charset=utf-8") : S("application/json");
	return true;
}
