#include "standards/csaf/csaf_write.h"

#include <stdlib.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_part.h"

/* Keys stand in the order of their bytes everywhere: test 6.2.13. */

static void put_strs(struct json_out *o, const char *key, struct csaf_strs s)
{
	if (s.n == 0)
		return;
	json_open(o, key, '[');
	for (size_t i = 0; i < s.n; i++)
		json_out_str(o, s.v[i]);
	json_close(o);
}

void part_strs(struct json_out *o, const char *key, struct csaf_strs s)
{
	put_strs(o, key, s);
}

void part_word(struct json_out *o, const char *key, const char *word)
{
	if (word)
		json_put_str(o, key, str_of(word));
}

bool part_speaks(const struct csaf_doc *d, str lang)
{
	return !lang.n || !d->lang.n || str_eq_nocase(lang, d->lang);
}

void part_thanked(struct json_out *o, struct csaf_thanked t)
{
	if (t.n == 0)
		return;
	json_open(o, "acknowledgments", '[');
	for (size_t i = 0; i < t.n; i++) {
		json_open_object(o);
		put_strs(o, "names", t.v[i].names);
		json_put_str(o, "organization", t.v[i].organization);
		json_put_str(o, "summary", t.v[i].summary);
		put_strs(o, "urls", t.v[i].urls);
		json_close(o);
	}
	json_close(o);
}

void part_note(struct json_out *o, const struct csaf_note *n)
{
	json_open_object(o);
	json_put_str(o, "audience", n->audience);
	part_word(o, "category", n->category);
	json_put_str(o, "text", n->text);
	json_put_str(o, "title", n->title);
	json_close(o);
}

size_t part_note_count(const struct csaf_doc *d, struct csaf_notes n)
{
	size_t count = 0;

	for (size_t i = 0; i < n.n; i++)
		count += part_speaks(d, n.v[i].lang);
	return count;
}

static void put_notes(struct json_out *o, const struct csaf_doc *d)
{
	if (part_note_count(d, d->notes) == 0)
		return;
	json_open(o, "notes", '[');
	for (size_t i = 0; i < d->notes.n; i++)
		if (part_speaks(d, d->notes.v[i].lang))
			part_note(o, &d->notes.v[i]);
	json_close(o);
}

static void put_link(struct json_out *o, const struct csaf_link *l)
{
	json_open_object(o);
	if (!l->unsaid)
		json_put_str(o, "category", l->self ? S("self") : S("external"));
	json_put_str(o, "summary", l->summary);
	json_put_str(o, "url", l->url);
	json_close(o);
}

void part_links(struct json_out *o, struct csaf_links l)
{
	if (l.n == 0)
		return;
	json_open(o, "references", '[');
	for (size_t i = 0; i < l.n; i++)
		put_link(o, &l.v[i]);
	json_close(o);
}

static void put_references(struct json_out *o, struct arena *a, const struct csaf_doc *d)
{
	if (!d->base_url.n) {
		part_links(o, d->links);
		return;
	}
	json_open(o, "references", '[');
	put_link(o, &(struct csaf_link){ .self = true, .summary = S("Canonical URL"),
		.url = STR_CAT(a, d->base_url, str_ends(d->base_url, S("/")) ? S("") : S("/"), csaf_path(a, d)) });
	for (size_t i = 0; i < d->links.n; i++)
		put_link(o, &d->links.v[i]);
	json_close(o);
}

static void put_distribution(struct json_out *o, const struct csaf_doc *d)
{
	if (!d->tlp && !d->distribution.n)
		return;
	json_open(o, "distribution", '{');
	json_put_str(o, "text", d->distribution);
	if (d->tlp) {
		json_open(o, "tlp", '{');
		part_word(o, "label", d->tlp);
		json_put_str(o, "url", d->tlp_url);
		json_close(o);
	}
	json_close(o);
}

void part_publisher(struct json_out *o, const struct csaf_publisher *p)
{
	json_open(o, "publisher", '{');
	part_word(o, "category", p->category);
	json_put_str(o, "contact_details", p->contact);
	json_put_str(o, "issuing_authority", p->authority);
	json_put_str(o, "name", p->name);
	json_put_str(o, "namespace", p->namespace_uri);
	json_close(o);
}

static void put_generator(struct json_out *o, struct arena *a, const struct csaf_doc *d)
{
	if (!d->engine.n)
		return;
	json_open(o, "generator", '{');
	if (d->generated)
		json_put_time(o, a, "date", d->generated);
	json_open(o, "engine", '{');
	json_put_str(o, "name", d->engine);
	json_put_str(o, "version", d->engine_version);
	json_close(o);
	json_close(o);
}

static void put_tracking(struct json_out *o, struct arena *a, const struct csaf_doc *d)
{
	json_open(o, "tracking", '{');
	put_strs(o, "aliases", d->aliases);
	json_put_time(o, a, "current_release_date", d->current_release);
	put_generator(o, a, d);
	json_put_str(o, "id", d->id);
	json_put_time(o, a, "initial_release_date", d->initial_release);
	json_open(o, "revision_history", '[');
	for (size_t i = 0; i < d->revisions.n; i++) {
		const struct csaf_revision *r = &d->revisions.v[i];

		json_open_object(o);
		json_put_time(o, a, "date", r->date);
		json_put_str(o, "legacy_version", r->legacy);
		json_put_str(o, "number", r->number);
		json_put_str(o, "summary", r->summary);
		json_close(o);
	}
	json_close(o);
	part_word(o, "status", d->status);
	json_put_str(o, "version", d->version);
	json_close(o);
}

static void put_document(struct json_out *o, struct arena *a, const struct csaf_doc *d)
{
	json_open(o, "document", '{');
	part_thanked(o, d->thanked);
	if (d->severity.n) {
		json_open(o, "aggregate_severity", '{');
		json_put_str(o, "text", d->severity);
		json_close(o);
	}
	part_word(o, "category", d->category);
	json_put_str(o, "csaf_version", S("2.0"));
	put_distribution(o, d);
	json_put_str(o, "lang", d->lang);
	put_notes(o, d);
	part_publisher(o, &d->publisher);
	put_references(o, a, d);
	json_put_str(o, "source_lang", d->source_lang);
	json_put_str(o, "title", d->title);
	put_tracking(o, a, d);
	json_close(o);
}

/* Same vendor, family and product lie together; the given order decides within. */
static int by_branch(const void *a, const void *b)
{
	const struct csaf_release *const *x = a, *const *y = b;
	int r = str_cmp((*x)->vendor, (*y)->vendor);

	if (!r)
		r = str_cmp((*x)->family, (*y)->family);
	if (!r)
		r = str_cmp((*x)->product, (*y)->product);
	return r ? r : (*x < *y ? -1 : *x > *y);
}

static void put_release(struct json_out *o, struct arena *a, const struct csaf_release *r)
{
	json_open_object(o);
	json_put_str(o, "category", r->range ? S("product_version_range") : S("product_version"));
	json_put_str(o, "name", r->version);
	json_open(o, "product", '{');
	json_put_str(o, "name", r->name.n ? r->name
	             : STR_CAT(a, r->vendor, S(" "), r->product, S(" "), r->version));
	json_put_str(o, "product_id", r->id);
	if (r->cpe.n || r->purl.n || r->models.n) {
		json_open(o, "product_identification_helper", '{');
		if (r->cpe.n)
			json_put_str(o, "cpe", r->cpe);
		if (r->models.n) {
			json_open(o, "model_numbers", '[');
			for (size_t i = 0; i < r->models.n; i++)
				json_out_str(o, r->models.v[i]);
			json_close(o);
		}
		if (r->purl.n)
			json_put_str(o, "purl", r->purl);
		json_close(o);
	}
	json_close(o);
	json_close(o);
}

enum { LEVELS = 3 };

static str level_name(const struct csaf_release *r, int level)
{
	return level == 0 ? r->vendor : level == 1 ? r->family : r->product;
}

/* The releases from..to share the names of all levels above this one. */
static void put_level(struct json_out *o, struct arena *a, const struct csaf_release **r, size_t n,
                      int level)
{
	static const char *const categories[LEVELS] = { "vendor", "product_family", "product_name" };

	json_open(o, "branches", '[');
	for (size_t from = 0, to; from < n; from = to) {
		int next = level + 1;

		if (level == LEVELS) {
			put_release(o, a, r[from]);
			to = from + 1;
			continue;
		}
		for (to = from + 1; to < n && str_eq(level_name(r[to], level), level_name(r[from], level)); to++)
			continue;
		json_open_object(o);
		/* Without a family its level is passed over: the products stand in its place. */
		if (level == 1 && !level_name(r[from], 1).n) {
			for (to = from + 1; to < n && !r[to]->family.n && str_eq(r[to]->product, r[from]->product); to++)
				continue;
			next = level + 2;
		}
		put_level(o, a, r + from, to - from, next);
		part_word(o, "category", categories[next - 1]);
		json_put_str(o, "name", level_name(r[from], next - 1));
		json_close(o);
	}
	json_close(o);
}

static bool put_releases(struct json_out *o, struct ctx *c, const struct csaf_doc *d)
{
	const struct csaf_release **r = arena_alloc(c->arena, d->releases.n * sizeof(*r));

	if (!r)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to write the document."));
	for (size_t i = 0; i < d->releases.n; i++)
		r[i] = &d->releases.v[i];
	qsort(r, d->releases.n, sizeof(*r), by_branch);
	put_level(o, c->arena, r, d->releases.n, 0);
	return true;
}

static void put_groups(struct json_out *o, const struct csaf_doc *d)
{
	if (d->groups.n == 0)
		return;
	json_open(o, "product_groups", '[');
	for (size_t i = 0; i < d->groups.n; i++) {
		json_open_object(o);
		json_put_str(o, "group_id", d->groups.v[i].id);
		put_strs(o, "product_ids", d->groups.v[i].products);
		json_put_str(o, "summary", d->groups.v[i].summary);
		json_close(o);
	}
	json_close(o);
}

static bool put_tree(struct json_out *o, struct ctx *c, const struct csaf_doc *d)
{
	if (d->releases.n + d->branches.n + d->loose.n + d->relations.n + d->groups.n == 0)
		return true;
	json_open(o, "product_tree", '{');
	if (d->branches.n)
		part_branches(o, d->branches.v, d->branches.n);
	else if (d->releases.n)
		TRY(put_releases(o, c, d));
	part_loose(o, d);
	put_groups(o, d);
	part_relations(o, d);
	json_close(o);
	return true;
}

bool csaf_write(struct ctx *c, const struct csaf_doc *d, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, JSON_PRETTY);
	json_open_object(&o);
	put_document(&o, c->arena, d);
	TRY(put_tree(&o, c, d));
	if (d->vulnerabilities.n) {
		json_open(&o, "vulnerabilities", '[');
		for (size_t i = 0; i < d->vulnerabilities.n; i++)
			TRY(part_vulnerability(&o, c, d, &d->vulnerabilities.v[i]));
		json_close(&o);
	}
	json_close(&o);
	if (out->full)
		return fault(c, E_LIMIT, NULL, N_("The document is larger than the limit."));
	return true;
}

/* meets CSAF-2.0 7.1.11: folders by the year of the initial release */
str csaf_path(struct arena *a, const struct csaf_doc *d)
{
	struct civil when = time_civil(d->initial_release);

	return STR_CAT(a, str_fmt(a, "%04d/", when.year), csaf_filename(a, d->id));
}
