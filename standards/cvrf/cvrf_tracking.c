/* /document/tracking: ids, revisions, versions. */
#include "standards/cvrf/cvrf_part.h"

#include <stdlib.h>

#include "base/list.h"
#include "standards/csaf/edition.h"

struct revision { str number; struct node *node; size_t place, rank; };
struct revisions { struct revision *v; size_t n, cap, max; };

/* meets CSAF-2.0 9.1.5: the id without line ends, and white space at its ends */
static str id_clean(struct cvrf *k, struct xml *id)
{
	struct buf b;

	if (!id)
		return STR_NONE;
	buf_init(&b, k->a, id->text.n + 1);
	for (size_t i = 0; i < id->text.n; i++)
		if (id->text.p[i] != '\n' && id->text.p[i] != '\r')
			buf_char(&b, id->text.p[i]);
	if (!str_eq(str_trim(buf_str(&b)), id->text))
		cvrf_say(k, FINDING_WARNING, "id", id, N_("The ID {1} had line ends or white space at its ends, which were removed."),
		         id->text, STR_NONE);
	return str_trim(buf_str(&b));
}

/* The next number of a dotted version; false when there is none left. */
static bool part_next(str *rest, int64_t *n)
{
	str part;

	if (!str_cut(rest, '.', &part))
		return false;
	if (!str_to_int(part, n))
		*n = 0;
	return true;
}

static int dotted_cmp(str a, str b)
{
	int64_t x, y;

	for (;;) {
		bool more = part_next(&a, &x), other = part_next(&b, &y);

		if (!more && !other)
			return 0;
		x = more ? x : 0;
		y = other ? y : 0;
		if (x != y)
			return x < y ? -1 : 1;
	}
}

static int by_number(const void *p, const void *q)
{
	const struct revision *a = *(struct revision *const *)p, *b = *(struct revision *const *)q;
	int r = dotted_cmp(a->number, b->number);

	return r ? r : a->place < b->place ? -1 : a->place > b->place;
}

static bool is_semantic(str s)
{
	struct edition e;

	return s.p && edition_parse(s, &e) && e.semantic;
}

/* meets CSAF-2.0 9.1.5: integers in place of versions that are not semantic */
static str versions_renumber(struct cvrf *k, struct revisions *all, struct xml *at, str version)
{
	struct revision **order = NEWS(k->a, struct revision *, all->n + 1);
	bool semantic = is_semantic(version);
	str now = STR_NONE;

	for (size_t i = 0; i < all->n; i++) {
		semantic &= is_semantic(all->v[i].number);
		order[i] = &all->v[i];
	}
	if (!semantic && all->n)
		qsort(order, all->n, sizeof(*order), by_number);
	for (size_t i = 0; i < all->n; i++) {
		struct revision *r = order[i];
		str number = semantic ? r->number : str_fmt(k->a, "%zu", i + 1);

		if (!semantic)
			node_put_text(k->a, r->node, "legacy_version", r->number);
		node_put_text(k->a, r->node, "number", number);
		if (str_eq(r->number, version))
			now = number;
	}
	if (semantic)
		return version;
	cvrf_say(k, FINDING_WARNING, "version", at, N_("The versions are not semantic; they became integers, and version {1} is {2}."),
	         version, now.p ? now : str_fmt(k->a, "%zu", all->n));
	if (!now.p)
		cvrf_say(k, FINDING_ERROR, "version", at, N_("No revision has the version {1} of the document."), version, STR_NONE);
	return now.p ? now : str_fmt(k->a, "%zu", all->n ? all->n : 1);
}

static struct node *history_convert(struct cvrf *k, struct xml *history, struct revisions *all)
{
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(history, "Revision"); x; x = cvrf_again(x)) {
		struct revision r = { .node = node_new(k->a, JSON_OBJECT), .place = all->n };
		str summary = cvrf_child_text(x, "Description");

		r.number = cvrf_child_text(x, "Number");
		r.number = r.number.p ? r.number : S("");
		cvrf_put_date(k, r.node, "date", x, cvrf_child_text(x, "Date"));
		if (!summary.p)
			cvrf_say(k, FINDING_WARNING, "version", x, N_("The revision {1} has no description; its number was taken for one."), r.number, STR_NONE);
		cvrf_put(k, r.node, "summary", summary.p ? summary : r.number);
		node_add(k->a, list, NULL, r.node);
		if (!list_push(k->a, all, r))
			k->full = true;
	}
	return list;
}

void cvrf_tracking(struct cvrf *k, struct node *document, struct xml *tracking)
{
	static const struct cvrf_word states[] = { { "Draft", "draft" }, { "Interim", "interim" }, { "Final", "final" }, { NULL, NULL } };
	struct xml  *id = cvrf_take(tracking, "Identification"), *generator = cvrf_take(tracking, "Generator"), *version = cvrf_take(tracking, "Version");
	struct xml  *status = cvrf_take(tracking, "Status"), *history = cvrf_take(tracking, "RevisionHistory");
	struct node *n = node_new(k->a, JSON_OBJECT), *made = node_new(k->a, JSON_OBJECT), *engine = node_new(k->a, JSON_OBJECT), *list;
	struct revisions all = { .max = 100000 };

	(void)cvrf_put_texts(k, n, "aliases", id, "Alias");
	cvrf_put_date(k, n, "current_release_date", tracking, cvrf_child_text(tracking, "CurrentReleaseDate"));
	cvrf_put_date(k, made, "date", generator, cvrf_child_text(generator, "Date"));
	cvrf_put(k, engine, "name", cvrf_child_text(generator, "Engine"));
	if (!node_is_empty(k->a, engine)) {
		node_add(k->a, made, "engine", engine);
		node_add(k->a, n, "generator", made);
	} else if (!node_is_empty(k->a, made)) {
		cvrf_say(k, FINDING_WARNING, "generator", generator, N_("The date of a generator without a name was not converted."), STR_NONE, STR_NONE);
	}
	cvrf_put(k, n, "id", id_clean(k, cvrf_take(id, "ID")));
	cvrf_put_date(k, n, "initial_release_date", tracking, cvrf_child_text(tracking, "InitialReleaseDate"));
	list = history_convert(k, history, &all);
	cvrf_put_list(k, n, "revision_history", list);
	cvrf_put(k, n, "status", cvrf_word(k, states, status, cvrf_text(status)));
	cvrf_put(k, n, "version", versions_renumber(k, &all, version ? version : tracking ? tracking : k->root, cvrf_text(version).p ? cvrf_text(version) : S("")));
	node_add(k->a, document, "tracking", n);
}
