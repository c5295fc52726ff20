#include "standards/rolie/rolie.h"

#include <stdlib.h>

#include "platform/json/json_out.h"

static void put_link(struct json_out *o, const char *rel, str href)
{
	json_open_object(o);
	json_put_str(o, "rel", str_of(rel));
	json_put_str(o, "href", href);
	json_close(o);
}

static void put_category(struct json_out *o)
{
	json_open(o, "category", '[');
	json_open_object(o);
	json_put_str(o, "scheme", S("urn:ietf:params:rolie:category:information-type"));
	json_put_str(o, "term", S("csaf"));
	json_close(o);
	json_close(o);
}

static void put_entry(struct json_out *o, struct arena *a, const struct rolie_entry *e, bool v21)
{
	json_open_object(o);
	json_put_str(o, "id", e->id);
	json_put_str(o, "title", e->title);
	json_open(o, "link", '[');
	put_link(o, "self", e->url);
	if (e->sha256)
		put_link(o, "hash", STR_CAT(a, e->url, S(".sha256")));
	if (e->sha512)
		put_link(o, "hash", STR_CAT(a, e->url, S(".sha512")));
	if (e->signature)
		put_link(o, "signature", STR_CAT(a, e->url, S(".asc")));
	json_close(o);
	json_put_time(o, a, "published", e->published);
	json_put_time(o, a, "updated", e->updated);
	if (e->summary.n) {
		json_open(o, "summary", '{');
		json_put_str(o, "content", e->summary);
		json_close(o);
	}
	json_open(o, "content", '{');
	json_put_str(o, "type", S("application/json"));
	json_put_str(o, "src", e->url);
	json_close(o);
	json_open(o, "format", '{');
	json_put_str(o, "schema", v21 ? S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json")
	                              : S("https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"));
	json_put_str(o, "version", v21 ? S("2.1") : S("2.0"));
	json_close(o);
	json_close(o);
}

/* Newest first; same instant: by id. */
static int by_date(const void *a, const void *b)
{
	const struct rolie_entry *const *x = a, *const *y = b;

	if ((*x)->updated != (*y)->updated)
		return (*x)->updated > (*y)->updated ? -1 : 1;
	return str_cmp((*x)->id, (*y)->id);
}

bool rolie_feed_print(struct ctx *c, const struct rolie_feed *f, struct buf *out)
{
	const struct rolie_entry **sorted = arena_alloc(c->arena, (f->n + 1) * sizeof(*sorted));
	struct json_out o;
	time_us updated = f->updated;

	if (!sorted)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to write the document."));
	for (size_t i = 0; i < f->n; i++)
		sorted[i] = &f->entries[i];
	qsort(sorted, f->n, sizeof(*sorted), by_date);
	if (updated == TIME_NONE && f->n)
		updated = sorted[0]->updated;
	json_out_init(&o, out, JSON_PRETTY);
	json_open_object(&o);
	json_open(&o, "feed", '{');
	json_put_str(&o, "id", f->id);
	json_put_str(&o, "title", f->title);
	json_open(&o, "link", '[');
	put_link(&o, "self", f->url);
	if (f->service_url.n)
		put_link(&o, "service", f->service_url);
	json_close(&o);
	put_category(&o);
	json_put_time(&o, c->arena, "updated", updated);
	json_open(&o, "entry", '[');
	for (size_t i = 0; i < f->n; i++)
		put_entry(&o, c->arena, sorted[i], f->v21);
	json_close(&o);
	json_close(&o);
	json_close(&o);
	if (out->full)
		return fault(c, E_LIMIT, NULL, N_("The document is larger than the limit."));
	return true;
}

void rolie_service_print(struct buf *out, str title, const struct rolie_feed *feeds, size_t n)
{
	struct json_out o;

	json_out_init(&o, out, JSON_PRETTY);
	json_open_object(&o);
	json_open(&o, "service", '{');
	json_open(&o, "workspace", '[');
	json_open_object(&o);
	json_put_str(&o, "title", title);
	json_open(&o, "collection", '[');
	for (size_t i = 0; i < n; i++) {
		json_open_object(&o);
		json_put_str(&o, "title", feeds[i].title);
		json_put_str(&o, "href", feeds[i].url);
		json_open(&o, "categories", '{');
		put_category(&o);
		json_close(&o);
		json_close(&o);
	}
	for (int i = 0; i < 5; i++)
		json_close(&o);
}

void rolie_category_print(struct buf *out, const str *terms, size_t n)
{
	struct json_out o;

	json_out_init(&o, out, JSON_PRETTY);
	json_open_object(&o);
	json_open(&o, "categories", '{');
	json_open(&o, "category", '[');
	for (size_t i = 0; i < n; i++) {
		json_open_object(&o);
		json_put_str(&o, "term", terms[i]);
		json_close(&o);
	}
	for (int i = 0; i < 3; i++)
		json_close(&o);
}
