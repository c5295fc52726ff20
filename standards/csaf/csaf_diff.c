#include "standards/csaf/csaf_diff.h"

#include <stdlib.h>

#include "base/list.h"
#include "standards/csaf/csaf_diff_part.h"
#include "standards/csaf/edition.h"

enum { CHANGES_MAX = 10000, EXPAND_MAX = 10000000, LABEL_MAX = 200 };

/* ---- places and changes ---- */

static void place_print(struct buf *b, const struct place *at, int side)
{
	if (!at)
		return;
	place_print(b, at->up, side);
	if (!at->up)
		buf_add(b, at->key[side]);
	else if (at->key[side].p)
		json_pointer_key(b, at->key[side]);
	else
		json_pointer_index(b, at->at[side]);
}

str diff_pointer(struct diff *d, const struct place *at, int side)
{
	struct buf b;

	buf_init(&b, d->c->arena, 1 << 16);
	place_print(&b, at, side);
	return buf_str(&b);
}

/* The path from the part that is compared ("publisher.name"), without the numbers of lists. */
static void what_print(struct buf *b, const struct place *at)
{
	if (!at || !at->up)
		return;
	what_print(b, at->up);
	if (!at->key[NEW].p)
		return;
	if (b->n)
		buf_char(b, '.');
	buf_add(b, utf8_cut(at->key[NEW], LABEL_MAX));
}

static struct csaf_change *note(struct diff *d, const struct place *at, enum csaf_change_kind kind, enum csaf_bump bump)
{
	struct csaf_change x = { .kind = kind, .area = d->area, .bump = bump, .vulnerability = d->vulnerability,
	                         .label = STR_NONE, .words = { STR_NONE, STR_NONE }, .pointer = { STR_NONE, STR_NONE } };
	struct buf what;

	d->out->all++;
	if (bump > d->heaviest)
		d->heaviest = bump;
	if (d->full || d->out->changes.n == d->out->changes.max)
		return NULL;
	buf_init(&what, d->c->arena, 1 << 12);
	what_print(&what, at);
	x.what = buf_str(&what);
	if (kind != CHANGE_ADDED)
		x.pointer[OLD] = diff_pointer(d, at, OLD);
	if (kind != CHANGE_REMOVED)
		x.pointer[NEW] = diff_pointer(d, at, NEW);
	if (!list_push(d->c->arena, &d->out->changes, x)) {
		d->full = true;
		return NULL;
	}
	return &d->out->changes.v[d->out->changes.n - 1];
}

struct csaf_change *diff_note(struct diff *d, const struct place *at, struct pair v, enum csaf_bump bump)
{
	enum csaf_change_kind kind = !v.v[OLD] ? CHANGE_ADDED : !v.v[NEW] ? CHANGE_REMOVED : CHANGE_CHANGED;
	struct csaf_change *x = note(d, at, kind, bump);

	if (x)
		x->value[OLD] = v.v[OLD], x->value[NEW] = v.v[NEW];
	return x;
}

struct csaf_change *diff_note_words(struct diff *d, const struct place *at, enum csaf_change_kind kind,
                                    str was, str is, enum csaf_bump bump)
{
	struct csaf_change *x = note(d, at, kind, bump);

	if (x)
		x->words[OLD] = was, x->words[NEW] = is;
	return x;
}

/* ---- values ---- */

/* Texts for people; what differs in them may be spelling. */
static bool is_prose(str key)
{
	static const char *const keys[] = { "title", "text", "summary", "details", "issuing_authority", "contact_details", NULL };

	return one_of(key, keys);
}

enum csaf_bump diff_weight(const struct diff *d, str key, struct pair v, bool *spelling)
{
	*spelling = false;
	if (d->area == AREA_PRODUCT || d->area == AREA_GROUP)
		return BUMP_MAJOR;
	if (d->area == AREA_TRACKING)
		return BUMP_NONE;
	if (!is_prose(key) || !json_is(v.v[OLD], JSON_STRING) || !json_is(v.v[NEW], JSON_STRING))
		return BUMP_MINOR;
	*spelling = csaf_spelling_only(json_str(v.v[OLD]), json_str(v.v[NEW]));
	return *spelling ? BUMP_PATCH : BUMP_MINOR;
}

static bool same_text(str a, str b)
{
	time_us x, y;

	return str_eq(a, b) || (time_parse(a, &x) && time_parse(b, &y) && x == y);
}

static int by_value(const void *a, const void *b)
{
	return json_cmp(*(const struct json *const *)a, *(const struct json *const *)b);
}

static const struct json **sorted(struct diff *d, const struct json *list)
{
	const struct json **v = arena_alloc(d->c->arena, (json_count(list) + 1) * sizeof(struct json *));
	size_t n = 0;

	if (!v) {
		d->full = true;
		return NULL;
	}
	for (JSON_ITEMS(x, list))
		v[n++] = x;
	if (n)
		qsort(v, n, sizeof(struct json *), by_value);
	return v;
}

bool diff_same(struct diff *d, struct pair v)
{
	const struct json **was, **is;
	bool same = true;

	if (!v.v[OLD] || !v.v[NEW])
		return v.v[OLD] == v.v[NEW];
	if (json_is(v.v[OLD], JSON_STRING) && json_is(v.v[NEW], JSON_STRING))
		return same_text(json_str(v.v[OLD]), json_str(v.v[NEW]));
	if (json_cmp(v.v[OLD], v.v[NEW]) == 0)
		return true;
	if (!json_is(v.v[OLD], JSON_ARRAY) || !json_is(v.v[NEW], JSON_ARRAY) || json_count(v.v[OLD]) != json_count(v.v[NEW]))
		return false;
	was = sorted(d, v.v[OLD]);
	is  = sorted(d, v.v[NEW]);
	for (size_t i = 0; was && is && same && i < json_count(v.v[OLD]); i++)
		same = json_cmp(was[i], is[i]) == 0;
	return was && is && same;
}

/* TLP labels of 2.0 and 2.1 that are the same. */
static bool same_label(const struct diff *d, str key, struct pair v)
{
	str was = json_str(v.v[OLD]), is = json_str(v.v[NEW]);

	return d->side[OLD].v21 != d->side[NEW].v21 && str_eq(key, S("label")) &&
	       ((str_eq(was, S("WHITE")) && str_eq(is, S("CLEAR"))) || (str_eq(was, S("CLEAR")) && str_eq(is, S("WHITE"))));
}

static void members(struct diff *d, const struct place *at, struct pair v)
{
	for (JSON_MEMBERS(m, v.v[OLD])) {
		struct place in = { at, { json_key(m), json_key(m) }, { 0, 0 } };

		diff_values(d, &in, (struct pair){ { &m->value, json_get(v.v[NEW], json_key(m)) } });
	}
	for (JSON_MEMBERS(m, v.v[NEW])) {
		struct place in = { at, { json_key(m), json_key(m) }, { 0, 0 } };

		if (!json_get(v.v[OLD], json_key(m)))
			diff_values(d, &in, (struct pair){ { NULL, &m->value } });
	}
}

static bool is_list(const struct json *v)
{
	return json_is(v, JSON_ARRAY);
}

/* A list that appears or goes is one of all its items. */
static bool both_lists(struct pair v)
{
	return (is_list(v.v[OLD]) || is_list(v.v[NEW])) && (!v.v[OLD] || is_list(v.v[OLD])) && (!v.v[NEW] || is_list(v.v[NEW]));
}

void diff_values(struct diff *d, const struct place *at, struct pair v)
{
	str  key = at->up ? at->key[NEW] : S("");
	bool spelling;
	struct csaf_change *x;
	enum csaf_bump weight;

	if (d->full || diff_same(d, v) || same_label(d, key, v))
		return;
	if (both_lists(v)) {
		diff_list(d, at, key, v);
		return;
	}
	if (json_is(v.v[OLD], JSON_OBJECT) && json_is(v.v[NEW], JSON_OBJECT)) {
		members(d, at, v);
		return;
	}
	weight = diff_weight(d, key, v, &spelling);
	x = diff_note(d, at, v, weight);
	if (x)
		x->spelling = spelling;
}

/* ---- the document ---- */

/* What every new version brings with it, and that draft became a release. */
static bool comes_along(const struct diff *d, str key)
{
	static const char *const keys[] = { "version", "current_release_date", "generator", "revision_history", NULL };

	return one_of(key, keys) ||
	       (str_eq(key, S("status")) && str_eq(d->out->side[OLD].edition.status, S("draft")));
}

static void tracking_member(struct diff *d, const struct place *at, str key)
{
	struct place in = { at, { key, key }, { 0, 0 } };
	struct pair v = { { json_get(d->side[OLD].tracking, key), json_get(d->side[NEW].tracking, key) } };

	d->area = comes_along(d, key) ? AREA_TRACKING : AREA_DOCUMENT;
	diff_values(d, &in, v);
	d->area = AREA_DOCUMENT;
}

static void tracking(struct diff *d, const struct place *at)
{
	struct pair v = { { d->side[OLD].tracking, d->side[NEW].tracking } };
	struct place in = { at, { S("tracking"), S("tracking") }, { 0, 0 } };

	if (!json_is(v.v[OLD], JSON_OBJECT) || !json_is(v.v[NEW], JSON_OBJECT)) {
		diff_values(d, &in, v);
		return;
	}
	for (JSON_MEMBERS(m, v.v[OLD]))
		tracking_member(d, &in, json_key(m));
	for (JSON_MEMBERS(m, v.v[NEW]))
		if (!json_get(v.v[OLD], json_key(m)))
			tracking_member(d, &in, json_key(m));
}

/* The members of either, but for those that are compared in their own way. */
typedef void member_fn(struct diff *d, const struct place *at, str key, struct pair v);

static void each_member(struct diff *d, const struct place *at, struct pair of, member_fn *fn)
{
	for (JSON_MEMBERS(m, of.v[OLD]))
		fn(d, at, json_key(m), (struct pair){ { &m->value, json_get(of.v[NEW], json_key(m)) } });
	for (JSON_MEMBERS(m, of.v[NEW]))
		if (!json_get(of.v[OLD], json_key(m)))
			fn(d, at, json_key(m), (struct pair){ { NULL, &m->value } });
}

/* The same edition may be given in both versions of CSAF (2.1 section 7.4): that is no change of content. */
static void document_member(struct diff *d, const struct place *at, str key, struct pair v)
{
	struct place in = { at, { key, key }, { 0, 0 } };

	d->area = str_eq(key, S("csaf_version")) ? AREA_TRACKING : AREA_DOCUMENT;
	if (str_eq(key, S("tracking")))
		tracking(d, at);
	else
		diff_values(d, &in, v);
	d->area = AREA_DOCUMENT;
}

static void root_member(struct diff *d, const struct place *at, str key, struct pair v)
{
	struct place in = { at, { key, key }, { 0, 0 } };
	struct place document = { NULL, { S("/document"), S("/document") }, { 0, 0 } };

	if (str_eq(key, S("vulnerabilities")) || str_eq(key, S("product_tree")) || str_eq(key, S("$schema")))
		return;
	if (str_eq(key, S("document")))
		each_member(d, &document, v, document_member);
	else
		diff_values(d, &in, v);
}

/* ---- vulnerabilities ---- */

/* The weakness of 2.0 and the list of 2.1, compared by number. */
static void weaknesses(struct diff *d, const struct place *at, struct pair v)
{
	int  one = d->side[OLD].v21 ? NEW : OLD, many = 1 - one;
	str  keys[2] = { [OLD] = one == OLD ? S("cwe") : S("cwes"), [NEW] = one == NEW ? S("cwe") : S("cwes") };
	const struct json *single = json_get(v.v[one], S("cwe")), *list = json_get(v.v[many], S("cwes"));
	bool found = false;

	for (JSON_ITEMS(x, list)) {
		struct place in = { at, { keys[OLD], keys[NEW] }, { 0, 0 } };
		struct pair  p = { { NULL, NULL } };

		if (single && str_eq(json_get_str(x, S("id")), json_get_str(single, S("id")))) {
			found = true;
			continue;
		}
		p.v[many] = x;
		(void)diff_note(d, &in, p, BUMP_MINOR);
	}
	if (single && !found) {
		struct place in = { at, { keys[OLD], keys[NEW] }, { 0, 0 } };
		struct pair  p = { { NULL, NULL } };

		p.v[one] = single;
		(void)diff_note(d, &in, p, BUMP_MINOR);
	}
}

/* A member that has another name in the other version of CSAF, but the same meaning. */
static str name_in(const struct diff *d, int side, str key)
{
	bool v21 = d->side[side].v21;
	bool date = str_eq(key, S("release_date")) || str_eq(key, S("disclosure_date"));
	bool score = str_eq(key, S("scores")) || str_eq(key, S("metrics"));

	if (d->side[OLD].v21 == d->side[NEW].v21)
		return key;
	return date ? (v21 ? S("disclosure_date") : S("release_date")) : score ? (v21 ? S("metrics") : S("scores")) : key;
}

static void vulnerability_member(struct diff *d, const struct place *at, str key, struct pair v)
{
	struct place in = { at, { name_in(d, OLD, key), name_in(d, NEW, key) }, { 0, 0 } };

	if (str_eq(key, S("product_status"))) {
		diff_statuses(d, &in, v);
		return;
	}
	if (str_eq(key, S("scores")) || str_eq(key, S("metrics"))) {
		diff_scores(d, &in, v);
		return;
	}
	diff_values(d, &in, v);
}

static void vulnerability(struct diff *d, const struct place *at, struct pair v)
{
	bool across = d->side[OLD].v21 != d->side[NEW].v21;

	if (!across && !d->renamed && json_cmp(v.v[OLD], v.v[NEW]) == 0)
		return;
	for (JSON_MEMBERS(m, v.v[OLD])) {
		str key = json_key(m), other = name_in(d, NEW, key);

		if (!across || (!str_eq(key, S("cwe")) && !str_eq(key, S("cwes"))))
			vulnerability_member(d, at, key, (struct pair){ { &m->value, json_get(v.v[NEW], other) } });
	}
	for (JSON_MEMBERS(m, v.v[NEW])) {
		str key = json_key(m), other = name_in(d, OLD, key);

		if (!json_get(v.v[OLD], other) && (!across || (!str_eq(key, S("cwe")) && !str_eq(key, S("cwes")))))
			vulnerability_member(d, at, key, (struct pair){ { NULL, &m->value } });
	}
	if (across)
		weaknesses(d, at, v);
}

/* What names it: CVE, its first other id, its title; k picks; none: it has none. */
static str name_of(struct diff *d, const struct json *v, int k)
{
	const struct json *id = json_at(json_get(v, S("ids")), 0);

	if (k == 0)
		return json_get_str(v, S("cve"));
	if (k == 1)
		return json_get_str(id, S("text")).p
			? STR_CAT(d->c->arena, json_get_str(id, S("system_name")), S("\n"), json_get_str(id, S("text"))) : STR_NONE;
	return json_get_str(v, S("title"));
}

static str shown_name(struct diff *d, const struct json *v, size_t at)
{
	str cve = json_get_str(v, S("cve")), id = json_get_str(json_at(json_get(v, S("ids")), 0), S("text"));
	str title = json_get_str(v, S("title"));

	return cve.p ? cve : id.p ? utf8_cut(id, LABEL_MAX) : title.p ? utf8_cut(title, LABEL_MAX)
	     : str_fmt(d->c->arena, "#%zu", at + 1);
}

struct partners { size_t *to[2]; const struct json *list[2]; };   /* index + 1 of the other one, 0: alone */

/* Pair what has the same name of kind k and is still alone; of several the first with the first. */
static void pair_by(struct diff *d, struct partners *p, int k)
{
	struct id_map names = { 0 };
	size_t n = json_count(p->list[NEW]);
	size_t *first = arena_alloc(d->c->arena, (n + 1) * sizeof(*first)), *next = arena_alloc(d->c->arena, (n + 1) * sizeof(*next));

	if (!first || !next) {
		d->full = true;
		return;
	}
	for (size_t i = n; i-- > 0;) {
		str      name = p->to[NEW][i] ? STR_NONE : name_of(d, json_at(p->list[NEW], i), k);
		uint32_t at = name.p ? id_add(d->c->arena, &names, name) : UINT32_MAX;

		if (at == UINT32_MAX)
			continue;
		next[i]   = first[at];
		first[at] = i + 1;
	}
	for (size_t i = 0; i < json_count(p->list[OLD]); i++) {
		uint32_t at = p->to[OLD][i] ? UINT32_MAX : id_find(&names, name_of(d, json_at(p->list[OLD], i), k));

		if (at == UINT32_MAX || !first[at])
			continue;
		p->to[OLD][i]             = first[at];
		p->to[NEW][first[at] - 1] = i + 1;
		first[at] = next[first[at] - 1];
	}
}

static bool nameless(struct diff *d, const struct json *v)
{
	return !name_of(d, v, 0).p && !name_of(d, v, 1).p && !name_of(d, v, 2).p;
}

static void vulnerability_at(struct diff *d, size_t old, size_t new, struct pair v)
{
	struct place at = { NULL, { str_fmt(d->c->arena, "/vulnerabilities/%zu", old),
	                            str_fmt(d->c->arena, "/vulnerabilities/%zu", new) }, { 0, 0 } };
	int side = v.v[NEW] ? NEW : OLD;
	struct csaf_change *x;

	d->vulnerability = shown_name(d, v.v[side], side == NEW ? new : old);
	d->area = AREA_VULNERABILITY;
	if (v.v[OLD] && v.v[NEW]) {
		vulnerability(d, &at, v);
	} else {
		x = diff_note_words(d, &at, v.v[NEW] ? CHANGE_ADDED : CHANGE_REMOVED, STR_NONE, STR_NONE, BUMP_MAJOR);
		if (x)
			x->words[side] = utf8_cut(json_get_str(v.v[side], S("title")), LABEL_MAX);
	}
	d->vulnerability = STR_NONE;
}

static void vulnerabilities(struct diff *d)
{
	struct partners p = { .list = { d->side[OLD].vulnerabilities, d->side[NEW].vulnerabilities } };
	size_t i = 0;

	for (int s = OLD; s <= NEW; s++)
		p.to[s] = arena_alloc(d->c->arena, (json_count(p.list[s]) + 1) * sizeof(size_t));
	if (!p.to[OLD] || !p.to[NEW]) {
		d->full = true;
		return;
	}
	for (int k = 0; k < 3 && !d->full; k++)
		pair_by(d, &p, k);
	for (JSON_ITEMS(v, p.list[OLD])) {
		const struct json *same = json_at(p.list[NEW], i);

		if (!p.to[OLD][i] && same && !p.to[NEW][i] && nameless(d, v) && nameless(d, same))
			p.to[OLD][i] = p.to[NEW][i] = i + 1;
		vulnerability_at(d, i, p.to[OLD][i] - 1, (struct pair){ { v, p.to[OLD][i] ? json_at(p.list[NEW], p.to[OLD][i] - 1) : NULL } });
		i++;
	}
	i = 0;
	for (JSON_ITEMS(v, p.list[NEW])) {
		if (!p.to[NEW][i])
			vulnerability_at(d, i, i, (struct pair){ { NULL, v } });
		i++;
	}
}

/* ---- all ---- */

/* The greatest version of the history that is below the document's own. */
static str released_before(const struct json *tracking, str version)
{
	struct edition own, e, best;
	str found = STR_NONE;

	if (!version.p || !edition_parse(version, &own))
		return STR_NONE;
	for (JSON_ITEMS(x, json_get(tracking, S("revision_history")))) {
		str number = json_get_str(x, S("number"));

		if (!number.p || !edition_parse(number, &e) || e.semantic != own.semantic || e.pre.p || edition_is_zero(&e) ||
		    edition_cmp(&e, &own, false) >= 0 || (found.p && edition_cmp(&e, &best, false) <= 0))
			continue;
		found = number;
		best  = e;
	}
	return found;
}

static bool side_open(struct diff *d, int side, const struct json *root, struct csaf_findings *found)
{
	static const struct csaf_options plain = { .cwe_release = STR_NONE };
	struct review *r = &d->side[side];
	struct csaf_side *s = &d->out->side[side];

	*found = (struct csaf_findings){ .version = STR_NONE };
	*r = (struct review){ .c = d->c, .options = &plain, .out = found, .root = root };
	review_open(r);
	if (!json_is(r->document, JSON_OBJECT) || !r->out->version.p)
		return fault(d->c, E_INVALID, side == OLD ? "old" : "new", N_("This is no CSAF document: /document/csaf_version is missing."));
	review_index(r);
	*s = (struct csaf_side){ .csaf_version = r->out->version, .id = json_get_str(r->tracking, S("id")),
	                         .title = json_get_str(r->document, S("title")) };
	s->edition.version  = json_get_str(r->tracking, S("version"));
	s->edition.status   = json_get_str(r->tracking, S("status"));
	s->edition.released = released_before(r->tracking, s->edition.version);
	return !r->full || fault(d->c, E_LIMIT, NULL, N_("There is not enough memory to compare these documents."));
}

static void judge(struct diff *d)
{
	struct csaf_diff *out = d->out;

	csaf_bump_judge(d->c->arena, &out->side[OLD].edition, &out->side[NEW].edition, d->heaviest, &out->version);
	if (out->side[OLD].id.p && out->side[NEW].id.p && !str_eq(out->side[OLD].id, out->side[NEW].id)) {
		out->version.verdict  = BUMP_OTHER_DOCUMENT;
		out->version.expected = STR_NONE;
	}
}

/* meets CSAF-2.1 9.1.12 */
bool csaf_diff(struct ctx *c, const struct json *was, const struct json *is, struct csaf_diff *out)
{
	struct diff d = { .c = c, .out = out, .vulnerability = STR_NONE, .budget = EXPAND_MAX };
	struct csaf_findings found[2];
	struct place root = { NULL, { S(""), S("") }, { 0, 0 } };

	*out = (struct csaf_diff){ .changes = { .max = CHANGES_MAX } };
	TRY(side_open(&d, OLD, was, &found[OLD]));
	TRY(side_open(&d, NEW, is, &found[NEW]));
	if (diff_pair_products(&d)) {
		each_member(&d, &root, (struct pair){ { was, is } }, root_member);
		diff_products(&d);
		vulnerabilities(&d);
	}
	if (d.full || d.side[OLD].full || d.side[NEW].full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to compare these documents."));
	judge(&d);
	return true;
}
