/* Products: paired by id, path and name. */
#include "standards/csaf/csaf_diff_part.h"

#include "base/list.h"

enum { NAME_MAX_SHOWN = 200, PATH_MAX = 2000 };

/* What pairing needs, and later the question whether two paths are alike. */
struct pairing {
	uint32_t *to[2];            /* by index in review.products: index + 1 of the other one */
	uint64_t *hash[2];          /* by branch: of the path down to it */
	uint32_t *like;             /* by old branch: the new one last compared with, + 1 */
	bool     *alike;            /* and whether their paths are equal */
};

static const struct product *at(const struct diff *d, int side, size_t i)
{
	return &d->side[side].products.v[i];
}

static str name_of(const struct product *p)
{
	return json_get_str(p->name, S("name"));
}

static bool path_hashes(struct diff *d, int side, uint64_t **out)
{
	const struct review *r = &d->side[side];
	uint64_t *h = arena_alloc(d->c->arena, (r->branches.n + 1) * sizeof(*h));

	for (size_t i = 0; h && i < r->branches.n; i++) {
		const struct branch *b = r->branches.v[i];
		uint64_t up = b->up ? h[b->up->at] : 1;

		h[i] = (up ^ str_hash(json_get_str(b->node, S("category")))) * 0x9e3779b97f4a7c15u;
		h[i] = (h[i] ^ str_hash(json_get_str(b->node, S("name"))) ^ h[i] >> 31) * 0xc2b2ae3d27d4eb4fu;
	}
	*out = h;
	return h != NULL;
}

static bool branch_alike(const struct branch *a, const struct branch *b)
{
	return str_eq(json_get_str(a->node, S("category")), json_get_str(b->node, S("category"))) &&
	       str_eq(json_get_str(a->node, S("name")), json_get_str(b->node, S("name")));
}

/* Children of one branch share the answer for their parents. */
static bool path_alike(struct pairing *p, const struct branch *a, const struct branch *b)
{
	if (!a || !b)
		return !a && !b;
	if (p->like[a->at] != b->at + 1) {
		p->like[a->at]  = (uint32_t)b->at + 1;
		p->alike[a->at] = a->depth == b->depth && branch_alike(a, b) && path_alike(p, a->up, b->up);
	}
	return p->alike[a->at];
}

enum pass { BY_ALL, BY_PATH, BY_ID, BY_NAME, PASSES };

/* None: not in this pass. */
static str key_of(struct diff *d, const struct pairing *p, int side, size_t i, enum pass pass)
{
	const struct product *x = at(d, side, i);
	str name = name_of(x);

	if (pass == BY_ID)
		return x->id;
	if (!name.p || (pass == BY_ALL && !x->id.p))
		return STR_NONE;
	if (pass == BY_NAME)
		return name;
	return STR_CAT(d->c->arena, str_fmt(d->c->arena, "%d %016llx ", x->place == IN_BRANCH,
	               (unsigned long long)(x->branch ? p->hash[side][x->branch->at] : 0)),
	               pass == BY_ALL ? x->id : S(""), S("\n"), name);
}

/* The number of a key; where ids count, the second of the same key has one of its own, and so on. */
static uint32_t key_number(struct diff *d, struct id_map *keys, str key, enum pass pass, uint32_t *times)
{
	uint32_t n = id_add(d->c->arena, keys, key);

	if (n == UINT32_MAX || (pass != BY_ALL && pass != BY_ID) || !times[n]++)
		return n;
	return id_add(d->c->arena, keys, STR_CAT(d->c->arena, key, str_fmt(d->c->arena, "\n%u", times[n])));
}

/* Pair those that are alone on both sides and have a key that nobody else has. */
static void pair_by(struct diff *d, struct pairing *p, enum pass pass)
{
	struct id_map keys = { 0 };
	size_t   all = d->side[OLD].products.n + d->side[NEW].products.n;
	uint32_t *one[2], *count[2], *times;

	for (int s = OLD; s <= NEW; s++) {
		one[s]   = arena_alloc(d->c->arena, (all + 1) * sizeof(uint32_t));
		count[s] = arena_alloc(d->c->arena, (all + 1) * sizeof(uint32_t));
		times    = arena_alloc(d->c->arena, (all + 1) * sizeof(uint32_t));
		if (!one[s] || !count[s] || !times) {
			d->full = true;
			return;
		}
		for (size_t i = 0; i < d->side[s].products.n; i++) {
			str      key = p->to[s][i] ? STR_NONE : key_of(d, p, s, i, pass);
			uint32_t n = key.p ? key_number(d, &keys, key, pass, times) : UINT32_MAX;

			if (n == UINT32_MAX)
				continue;
			one[s][n] = (uint32_t)i;
			count[s][n]++;
		}
	}
	for (size_t n = 0; n < keys.n; n++) {
		uint32_t a = one[OLD][n], b = one[NEW][n];

		if (count[OLD][n] != 1 || count[NEW][n] != 1 ||
		    (pass <= BY_PATH && !path_alike(p, at(d, OLD, a)->branch, at(d, NEW, b)->branch)))
			continue;
		p->to[OLD][a] = b + 1;
		p->to[NEW][b] = a + 1;
	}
}

/* Number of the partner in the new document, or NO_PRODUCT. */
static uint32_t partner_of(struct diff *d, const struct pairing *p, uint32_t number, str id)
{
	uint32_t product = d->side[OLD].product_of[number], other;

	if (product)
		return p->to[OLD][product - 1] ? at(d, NEW, p->to[OLD][product - 1] - 1)->number : NO_PRODUCT;
	other = id_find(&d->side[NEW].ids, id);
	return other != UINT32_MAX && !d->side[NEW].product_of[other] ? other : NO_PRODUCT;
}

static void number_side(struct diff *d, const struct pairing *p, int side)
{
	const struct review *r = &d->side[side];
	const struct id_entry *ids = r->ids.entry;

	for (uint32_t n = 0; n < r->ids.n; n++) {
		uint32_t partner = side == OLD ? partner_of(d, p, n, ids[n].id) : NO_PRODUCT, joint;

		if (partner == NO_PRODUCT)
			d->joints[d->joints_n].id = ids[n].id;
		joint = partner == NO_PRODUCT ? d->joints_n++ : d->joint_of[NEW][partner];
		d->joint_of[side][n] = joint;
		d->joints[joint].product[side] = r->product_of[n];
	}
	for (uint32_t n = 0; side == OLD && n < r->ids.n; n++) {
		uint32_t same = id_find(&d->side[NEW].ids, ids[n].id);

		d->renamed |= same != UINT32_MAX && d->joint_of[NEW][same] != d->joint_of[OLD][n];
	}
}

/* Each product gets a number that is that of its partner in the other document. */
static bool number_all(struct diff *d, const struct pairing *p)
{
	size_t most = d->side[OLD].ids.n + d->side[NEW].ids.n + 1;

	d->joints     = arena_alloc(d->c->arena, most * sizeof(*d->joints));
	d->bits[OLD]  = arena_alloc(d->c->arena, most * sizeof(uint32_t));
	d->bits[NEW]  = arena_alloc(d->c->arena, most * sizeof(uint32_t));
	d->touched    = arena_alloc(d->c->arena, most * sizeof(uint32_t));
	if (!d->joints || !d->bits[OLD] || !d->bits[NEW] || !d->touched)
		return false;
	for (int s = NEW; s >= OLD; s--) {
		d->joint_of[s] = arena_alloc(d->c->arena, (d->side[s].ids.n + 1) * sizeof(uint32_t));
		if (!d->joint_of[s])
			return false;
		number_side(d, p, s);
	}
	return true;
}

static bool paired(struct diff *d, struct pairing *p)
{
	for (int s = OLD; s <= NEW; s++) {
		p->to[s] = arena_alloc(d->c->arena, (d->side[s].products.n + 1) * sizeof(uint32_t));
		if (!p->to[s] || !path_hashes(d, s, &p->hash[s]))
			return false;
	}
	p->like  = arena_alloc(d->c->arena, (d->side[OLD].branches.n + 1) * sizeof(uint32_t));
	p->alike = arena_alloc(d->c->arena, d->side[OLD].branches.n + 1);
	if (!p->like || !p->alike)
		return false;
	for (int pass = BY_ALL; pass < PASSES && !d->full; pass++)
		pair_by(d, p, (enum pass)pass);
	return !d->full;
}

bool diff_pair_products(struct diff *d)
{
	d->pairing = arena_alloc(d->c->arena, sizeof(*d->pairing));
	d->full = d->full || !d->pairing || !paired(d, d->pairing) || !number_all(d, d->pairing);
	return !d->full;
}

uint32_t diff_joint(const struct diff *d, int side, str id)
{
	uint32_t n = id_find(&d->side[side].ids, id);

	return n == UINT32_MAX ? NO_PRODUCT : d->joint_of[side][n];
}

/* The product of a number, the new document's first; NULL: nobody defines it. */
static const struct product *product_of(const struct diff *d, uint32_t joint, int side)
{
	uint32_t i = d->joints[joint].product[side];

	return i ? at(d, side, i - 1) : NULL;
}

static struct csaf_diff_product shown(const struct diff *d, uint32_t joint)
{
	const struct product *p = product_of(d, joint, NEW);

	if (!p)
		p = product_of(d, joint, OLD);
	return (struct csaf_diff_product){ p ? p->id : d->joints[joint].id,
	                                   p ? utf8_cut(name_of(p), NAME_MAX_SHOWN) : STR_NONE };
}

void diff_name_products(struct diff *d, struct csaf_change *x, const uint32_t *joint, size_t n)
{
	x->products = arena_alloc(d->c->arena, n * sizeof(*x->products));
	if (!x->products) {
		d->full = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		x->products[i] = shown(d, joint[i]);
	x->products_n = n;
}

/* ---- what changed of products ---- */

static void path_print(struct buf *b, const struct branch *x)
{
	if (!x || b->n > PATH_MAX)
		return;
	path_print(b, x->up);
	if (b->n)
		buf_add(b, S(" / "));
	buf_add(b, utf8_cut(json_get_str(x->node, S("name")), NAME_MAX_SHOWN));
}

/* The k-th step of a relationship (2.0) or product path (2.1); false past the last. */
static bool step_at(const struct review *r, const struct product *p, size_t k, str *category, str *id)
{
	const struct json *x = json_at(json_get(r->tree, r->v21 ? S("product_paths") : S("relationships")), p->index);
	const struct json *sub = json_at(json_get(x, S("subpaths")), k - 1);

	*category = STR_NONE;
	if (k == 0)
		*id = json_get_str(x, r->v21 ? S("beginning_product_reference") : S("product_reference"));
	else if (r->v21)
		*category = json_get_str(sub, S("category")), *id = json_get_str(sub, S("next_product_reference"));
	else
		*category = json_get_str(x, S("category")), *id = json_get_str(x, S("relates_to_product_reference"));
	return k == 0 || (r->v21 ? sub != NULL : k == 1);
}

static bool is_relation(const struct product *p)
{
	return p->place == IN_RELATION || p->place == IN_PATH;
}

static void steps_print(const struct diff *d, struct buf *b, int side, const struct product *p)
{
	str category, id;

	for (size_t k = 0; step_at(&d->side[side], p, k, &category, &id) && b->n < PATH_MAX; k++) {
		uint32_t joint = diff_joint(d, side, id);
		struct csaf_diff_product x = { id, STR_NONE };

		if (joint != NO_PRODUCT)
			x = shown(d, joint);
		if (k)
			buf_fmt(b, " %.*s ", STR_ARG(utf8_cut(category, 40)));
		buf_add(b, utf8_cut(x.name.p ? x.name : x.id, NAME_MAX_SHOWN));
	}
}

static str path_words(struct diff *d, int side, const struct product *p)
{
	struct buf b;

	buf_init(&b, d->c->arena, 2 * PATH_MAX);
	if (is_relation(p))
		steps_print(d, &b, side, p);
	else
		path_print(&b, p->branch);
	return buf_str(&b);
}

static bool steps_alike(const struct diff *d, const struct product *a, const struct product *b)
{
	for (size_t k = 0;; k++) {
		str  category[2], id[2];
		bool more_a = step_at(&d->side[OLD], a, k, &category[OLD], &id[OLD]);
		bool more_b = step_at(&d->side[NEW], b, k, &category[NEW], &id[NEW]);

		if (!more_a || !more_b)
			return more_a == more_b;
		if (!str_eq(category[OLD], category[NEW]) || diff_joint(d, OLD, id[OLD]) != diff_joint(d, NEW, id[NEW]))
			return false;
	}
}

static void product_changed(struct diff *d, const struct place *p, uint32_t joint, const char *what,
                            enum csaf_change_kind kind, str was, str is)
{
	struct csaf_change *x = diff_note_words(d, p, kind, was, is, BUMP_MAJOR);

	if (!x)
		return;
	x->what = str_of(what);
	diff_name_products(d, x, &joint, 1);
}

/* purl of 2.0 and purls of 2.1 tell the same. */
static void purls(struct diff *d, const struct place *p, struct pair helper)
{
	for (int s = OLD; s <= NEW; s++) {
		int other = 1 - s;

		if (d->side[s].v21)
			continue;
		for (JSON_ITEMS(x, json_get(helper.v[other], S("purls")))) {
			struct pair v = { { NULL, NULL } };
			struct place in = { p, { S("purl"), S("purl") }, { 0, 0 } };

			in.key[other] = S("purls");
			v.v[other] = x;
			if (!str_eq(json_str(x), json_get_str(helper.v[s], S("purl"))))
				(void)diff_note(d, &in, v, BUMP_MAJOR);
		}
		if (json_get(helper.v[s], S("purl")) && !json_get(helper.v[other], S("purls"))) {
			struct pair v = { { NULL, NULL } };
			struct place in = { p, { S("purl"), S("purl") }, { 0, 0 } };

			v.v[s] = json_get(helper.v[s], S("purl"));
			(void)diff_note(d, &in, v, BUMP_MAJOR);
		}
	}
}

static bool is_purl(const struct diff *d, str key)
{
	return d->side[OLD].v21 != d->side[NEW].v21 && (str_eq(key, S("purl")) || str_eq(key, S("purls")));
}

static void identifications(struct diff *d, const struct place *p, struct pair names)
{
	struct place in = { p, { S("product_identification_helper"), S("product_identification_helper") }, { 0, 0 } };
	struct pair  v = { { json_get(names.v[OLD], in.key[OLD]), json_get(names.v[NEW], in.key[NEW]) } };

	if (!json_is(v.v[OLD], JSON_OBJECT) || !json_is(v.v[NEW], JSON_OBJECT)) {
		diff_values(d, &in, v);
		return;
	}
	for (JSON_MEMBERS(m, v.v[OLD])) {
		struct place below = { &in, { json_key(m), json_key(m) }, { 0, 0 } };

		if (!is_purl(d, json_key(m)))
			diff_values(d, &below, (struct pair){ { &m->value, json_get(v.v[NEW], json_key(m)) } });
	}
	for (JSON_MEMBERS(m, v.v[NEW])) {
		struct place below = { &in, { json_key(m), json_key(m) }, { 0, 0 } };

		if (!is_purl(d, json_key(m)) && !json_get(v.v[OLD], json_key(m)))
			diff_values(d, &below, (struct pair){ { NULL, &m->value } });
	}
	if (d->side[OLD].v21 != d->side[NEW].v21)
		purls(d, &in, v);
}

static bool same_place(const struct diff *d, const struct product *a, const struct product *b)
{
	if (is_relation(a) || is_relation(b))
		return is_relation(a) && is_relation(b) && steps_alike(d, a, b);
	return path_alike(d->pairing, a->branch, b->branch);
}

static bool same_product(struct diff *d, const struct product *a, const struct product *b)
{
	return d->side[OLD].v21 == d->side[NEW].v21 && json_cmp(a->name, b->name) == 0 && same_place(d, a, b);
}

static void both(struct diff *d, uint32_t joint, const struct product *a, const struct product *b)
{
	struct place p = { NULL, { STR_NONE, STR_NONE }, { 0, 0 } };
	size_t from = d->out->changes.n;
	struct pair extensions = { { json_get(a->name, S("x_extensions")), json_get(b->name, S("x_extensions")) } };
	struct place in = { &p, { S("x_extensions"), S("x_extensions") }, { 0, 0 } };

	if (same_product(d, a, b))
		return;
	p.key[OLD] = product_pointer(d->c->arena, a);
	p.key[NEW] = product_pointer(d->c->arena, b);
	if (!str_eq(a->id, b->id))
		product_changed(d, &p, joint, "product_id", CHANGE_CHANGED, a->id, b->id);
	if (!str_eq(name_of(a), name_of(b)))
		product_changed(d, &p, joint, "name", CHANGE_CHANGED, name_of(a), name_of(b));
	if (!same_place(d, a, b))
		product_changed(d, &p, joint, "path", CHANGE_CHANGED, path_words(d, OLD, a), path_words(d, NEW, b));
	identifications(d, &p, (struct pair){ { a->name, b->name } });
	diff_values(d, &in, extensions);
	for (size_t i = from; i < d->out->changes.n; i++)
		if (!d->out->changes.v[i].products_n)
			diff_name_products(d, &d->out->changes.v[i], &joint, 1);
}

static void product(struct diff *d, uint32_t joint)
{
	const struct product *a = product_of(d, joint, OLD), *b = product_of(d, joint, NEW), *x = b ? b : a;
	struct place p;
	int  side = b ? NEW : OLD;

	if (a && b) {
		both(d, joint, a, b);
	} else if (x) {
		str path = path_words(d, side, x), pointer = product_pointer(d->c->arena, x);

		p = (struct place){ NULL, { pointer, pointer }, { 0, 0 } };
		product_changed(d, &p, joint, "product", b ? CHANGE_ADDED : CHANGE_REMOVED, b ? STR_NONE : path, b ? path : STR_NONE);
	}
}

void diff_products(struct diff *d)
{
	struct place tree = { NULL, { S("/product_tree"), S("/product_tree") }, { 0, 0 } };
	struct place groups = { &tree, { S("product_groups"), S("product_groups") }, { 0, 0 } };
	struct pair  v = { { json_get(d->side[OLD].tree, groups.key[OLD]), json_get(d->side[NEW].tree, groups.key[NEW]) } };

	d->area = AREA_PRODUCT;
	/* In the order of the new document, then what is gone in that of the old one. */
	for (size_t i = 0; i < d->side[NEW].products.n && !d->full; i++) {
		const struct product *p = at(d, NEW, i);

		if (p->number != UINT32_MAX && d->side[NEW].product_of[p->number] == i + 1)
			product(d, d->joint_of[NEW][p->number]);
	}
	for (size_t i = 0; i < d->side[OLD].products.n && !d->full; i++) {
		const struct product *p = at(d, OLD, i);

		if (p->number != UINT32_MAX && d->side[OLD].product_of[p->number] == i + 1 &&
		    !product_of(d, d->joint_of[OLD][p->number], NEW))
			product(d, d->joint_of[OLD][p->number]);
	}
	d->area = AREA_GROUP;
	diff_values(d, &groups, v);
	d->area = AREA_DOCUMENT;
}
