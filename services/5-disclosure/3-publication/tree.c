#include "services/5-disclosure/3-publication/publication.h"

#include "base/buf.h"
#include "platform/json/json_out.h"

/*
 * The tree of a CSAF provider (CSAF 2.0 section 7), written from the published
 * rows whenever it is asked for: it cannot differ from the documents.
 */

enum { TREE_MAX = 64 << 20 };

static str white(struct ctx *c, str path)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/white/"), path);
}

static bool answer(struct ctx *c, struct buf *b, str type, struct sheet *out)
{
	out->raw      = buf_str(b);
	out->raw_type = type;
	return !b->full || fault(c, E_LIMIT, NULL, NULL);
}

/* The newest change; a whole day when nothing has been published. */
static time_us tree_time(const struct ctx *c, const struct public_tree_rows *rows)
{
	return rows->n ? rows->v[0].changed_at : c->now - c->now % DAY;
}

/* meets CSAF-2.0 7.1.7, 7.1.9 */
bool tree_provider(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct json_out        *o = NEW(c->arena, struct json_out);
	struct public_tree_rows rows;
	str                     base = front_of(c)->base_url;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	json_out_init(o, &b, JSON_PRETTY);
	json_open_object(o);
	json_put_str(o, "canonical_url", STR_CAT(c->arena, base, S("/.well-known/csaf/provider-metadata.json")));
	json_open(o, "distributions", '[');
	json_open(o, NULL, '{');
	json_open(o, "rolie", '{');
	json_open(o, "feeds", '[');
	json_open(o, NULL, '{');
	json_put_str(o, "summary", S("All public advisories (TLP:WHITE, now TLP:CLEAR)"));
	json_put_str(o, "tlp_label", S("WHITE"));
	json_put_str(o, "url", white(c, S("feed.json")));
	json_close(o);
	json_close(o);
	json_close(o);
	json_close(o);
	json_open(o, NULL, '{');
	json_put_str(o, "directory_url", white(c, S("")));
	json_close(o);
	json_close(o);
	json_put_time(o, c->arena, "last_updated", tree_time(c, &rows));
	json_put_bool(o, "list_on_CSAF_aggregators", true);
	json_put_str(o, "metadata_version", S("2.0"));
	json_put_bool(o, "mirror_on_CSAF_aggregators", true);
	json_open(o, "publisher", '{');
	json_put_str(o, "category", S("vendor"));
	json_put_str(o, "contact_details", STR_CAT(c->arena, base, S("/report")));
	json_put_str(o, "name", front_of(c)->organisation);
	json_put_str(o, "namespace", base);
	json_close(o);
	json_put_str(o, "role", S("csaf_provider"));
	json_close(o);
	return answer(c, &b, S("application/json"), out);
}

/* meets CSAF-2.0 7.1.12 */
bool tree_index(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	for (size_t i = 0; i < rows.n; i++) {
		buf_add(&b, rows.v[i].path);
		buf_char(&b, '\n');
	}
	return answer(c, &b, S("text/plain; charset=utf-8"), out);
}

/* meets CSAF-2.0 7.1.13: newest first */
bool tree_changes(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	for (size_t i = 0; i < rows.n; i++)
		buf_fmt(&b, "\"%.*s\",\"%.*s\"\n", STR_ARG(rows.v[i].path), STR_ARG(time_print(c->arena, rows.v[i].changed_at)));
	return answer(c, &b, S("text/csv; charset=utf-8"), out);
}

static void rolie_link(struct ctx *c, struct json_out *o, const char *rel, str path, str suffix)
{
	json_open(o, NULL, '{');
	json_put_str(o, "rel", str_of(rel));
	json_put_str(o, "href", white(c, STR_CAT(c->arena, path, suffix)));
	json_close(o);
}

static void rolie_entry(struct ctx *c, struct json_out *o, const struct public_tree_row *r)
{
	json_open(o, NULL, '{');
	json_put_str(o, "id", r->number);
	json_put_str(o, "title", r->title);
	json_open(o, "link", '[');
	rolie_link(c, o, "self", r->path, S(""));
	rolie_link(c, o, "hash", r->path, S(".sha256"));
	rolie_link(c, o, "hash", r->path, S(".sha512"));
	json_close(o);
	json_put_time(o, c->arena, "published", r->first_at);
	json_put_time(o, c->arena, "updated", r->changed_at);
	json_open(o, "summary", '{');
	json_put_str(o, "content", r->summary);
	json_close(o);
	json_open(o, "content", '{');
	json_put_str(o, "type", S("application/json"));
	json_put_str(o, "src", white(c, r->path));
	json_close(o);
	json_open(o, "format", '{');
	json_put_str(o, "schema", S("https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"));
	json_put_str(o, "version", S("2.0"));
	json_close(o);
	json_close(o);
}

/* meets CSAF-2.0 7.1.15, RFC 8322 */
bool tree_rolie(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct json_out        *o = NEW(c->arena, struct json_out);
	struct public_tree_rows rows;
	struct buf              b;

	(void)a;
	TRY(sql_public_tree(c, &rows));
	buf_init(&b, c->arena, TREE_MAX);
	json_out_init(o, &b, JSON_PRETTY);
	json_open_object(o);
	json_open(o, "feed", '{');
	json_put_str(o, "id", S("csaf-feed-tlp-white"));
	json_put_str(o, "title", STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT: CSAF feed (TLP:WHITE)")));
	json_open(o, "link", '[');
	rolie_link(c, o, "self", S("feed.json"), S(""));
	json_close(o);
	json_open(o, "category", '[');
	json_open(o, NULL, '{');
	json_put_str(o, "scheme", S("urn:ietf:params:rolie:category:information-type"));
	json_put_str(o, "term", S("csaf"));
	json_close(o);
	json_close(o);
	json_put_time(o, c->arena, "updated", tree_time(c, &rows));
	json_open(o, "entry", '[');
	for (size_t i = 0; i < rows.n; i++)
		rolie_entry(c, o, &rows.v[i]);
	json_close(o);
	json_close(o);
	json_close(o);
	return answer(c, &b, S("application/json"), out);
}

const struct arg tree_file_args[] = {
	{ .name = "year", .kind = ARG_LINE, .max = 4, .must = true, .hidden = true, .label = N_("Year") },
	{ .name = "file", .kind = ARG_LINE, .max = 200, .must = true, .hidden = true, .label = N_("File") },
	{ 0 },
};

/* A document, or ".sha256" and ".sha512" of it. meets CSAF-2.0 7.1.2, 7.1.11, 7.1.18 */
bool tree_file(struct ctx *c, const struct args *a, struct sheet *out)
{
	str  file = arg_str(a, "file"), name = file;
	bool h256 = str_ends(file, S(".json.sha256")), h512 = str_ends(file, S(".json.sha512"));
	struct public_file_row d;

	if (h256 || h512)
		name = str_slice(file, 0, file.n - 7);
	TRY(sql_public_file(c, STR_CAT(c->arena, arg_str(a, "year"), S("/"), name), &d));
	out->raw      = h256 || h512 ? STR_CAT(c->arena, h256 ? d.sha256 : d.sha512, S("  "), name, S("\n")) : d.bytes;
	out->raw_type = h256 || h512 ? S("text/plain; charset=utf-8") : S("application/json");
	return true;
}
