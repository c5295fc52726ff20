#include "standards/csaf/provider.h"

#include <stdlib.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf_part.h"

static void put_feed(struct json_out *o, struct arena *a, const struct provider *p, const struct provider_feed *f)
{
	json_open_object(o);
	if (p->v21)
		json_put_time(o, a, "last_updated", f->updated);
	json_put_str(o, "summary", f->summary);
	part_word(o, "tlp_label", f->tlp);
	json_put_str(o, "url", f->url);
	json_close(o);
}

static void put_distributions(struct json_out *o, struct arena *a, const struct provider *p)
{
	if (!p->directory_url.n && p->feeds.n == 0)
		return;
	json_open(o, "distributions", '[');
	if (p->directory_url.n) {
		json_open_object(o);
		if (p->v21) {
			json_open(o, "directory", '{');
			part_word(o, "tlp_label", p->directory_tlp);
			json_put_str(o, "url", p->directory_url);
			json_close(o);
		} else {
			json_put_str(o, "directory_url", p->directory_url);
		}
		json_close(o);
	}
	if (p->feeds.n) {
		json_open_object(o);
		json_open(o, "rolie", '{');
		json_open(o, "feeds", '[');
		for (size_t i = 0; i < p->feeds.n; i++)
			put_feed(o, a, p, &p->feeds.v[i]);
		json_close(o);
		if (p->service_url.n) {
			json_open(o, "services", '[');
			json_out_str(o, p->service_url);
			json_close(o);
		}
		json_close(o);
		json_close(o);
	}
	json_close(o);
}

void provider_metadata_print(struct ctx *c, const struct provider *p, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, JSON_PRETTY);
	json_open_object(&o);
	if (p->v21)
		json_put_str(&o, "$schema", S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/provider.json"));
	json_put_str(&o, "canonical_url", p->canonical_url);
	put_distributions(&o, c->arena, p);
	json_put_time(&o, c->arena, "last_updated", p->last_updated);
	json_put_bool(&o, "list_on_CSAF_aggregators", p->list);
	if (p->v21 && p->maintained_from)
		json_put_time(&o, c->arena, "maintained_from", p->maintained_from);
	json_put_str(&o, "metadata_version", p->v21 ? S("2.1") : S("2.0"));
	json_put_bool(&o, "mirror_on_CSAF_aggregators", p->mirror);
	if (p->keys.n) {
		json_open(&o, "public_openpgp_keys", '[');
		for (size_t i = 0; i < p->keys.n; i++) {
			json_open_object(&o);
			json_put_str(&o, "fingerprint", p->keys.v[i].fingerprint);
			json_put_str(&o, "url", p->keys.v[i].url);
			json_close(&o);
		}
		json_close(&o);
	}
	part_publisher(&o, &p->publisher);
	part_word(&o, "role", p->role);
	json_close(&o);
}

static int by_path(const void *a, const void *b)
{
	const struct provider_file *const *x = a, *const *y = b;

	return str_cmp((*x)->path, (*y)->path);
}

static int by_change(const void *a, const void *b)
{
	const struct provider_file *const *x = a, *const *y = b;

	if ((*x)->changed != (*y)->changed)
		return (*x)->changed > (*y)->changed ? -1 : 1;
	return by_path(a, b);
}

static bool sorted(struct ctx *c, const struct provider_file *files, size_t n,
                   int (*order)(const void *, const void *), const struct provider_file ***out)
{
	*out = arena_alloc(c->arena, (n + 1) * sizeof(**out));
	if (!*out)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to write the document."));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = &files[i];
	qsort(*out, n, sizeof(**out), order);
	return true;
}

static bool complete(struct ctx *c, const struct buf *out)
{
	return !out->full || fault(c, E_LIMIT, NULL, N_("The document is larger than the limit."));
}

bool provider_index_print(struct ctx *c, const struct provider_file *files, size_t n, struct buf *out)
{
	const struct provider_file **f;

	TRY(sorted(c, files, n, by_path, &f));
	for (size_t i = 0; i < n; i++) {
		buf_add(out, f[i]->path);
		buf_char(out, '\n');
	}
	return complete(c, out);
}

/* RFC 4180: quotes doubled. plain: quoted only where it must be. */
static void put_field(struct buf *out, str s, bool plain)
{
	if (plain && str_find(s, S("\""), 0) == SIZE_MAX && str_find(s, S(","), 0) == SIZE_MAX) {
		buf_add(out, s);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(out, '"');
		buf_char(out, s.p[i]);
	}
	buf_char(out, '"');
}

bool provider_changes_print(struct ctx *c, const struct provider_file *files, size_t n, bool v21, struct buf *out)
{
	const struct provider_file **f;

	TRY(sorted(c, files, n, by_change, &f));
	for (size_t i = 0; i < n; i++) {
		put_field(out, f[i]->path, v21);
		buf_char(out, ',');
		put_field(out, time_print(c->arena, f[i]->changed), v21);
		buf_char(out, '\n');
	}
	return complete(c, out);
}

str provider_hash_line(struct arena *a, str hex, str file)
{
	return STR_CAT(a, hex, S("  "), file, S("\n"));
}
