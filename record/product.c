#include "record/product.h"

#include "gen/product.sql.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/fold.h"
#include "record/change.h"
#include "record/role.h"
#include "record/search.h"
#include "standards/cpe/cpe.h"
#include "standards/purl/purl.h"

static str text(str s)
{
	return s.p ? s : S("");
}

SEARCH_NEXT(product, product_behind, id.v)

/* What a product is found by: its names, its code, its models, its family, its versions. */
static bool product_texts(struct ctx *c, str object, struct search_texts *out)
{
	product_id                id = { object };
	struct product_found_row  p;
	struct release_names_rows r;
	struct buf                b;
	bool                      found;

	TRY(sql_product_found(c, id, &p, &found));
	if (!found)
		return true;
	TRY(sql_release_names(c, id, &r));
	buf_init(&b, c->arena, SEARCH_BODY);
	search_line(&b, p.code);
	search_line(&b, p.name_ja);
	search_line(&b, p.models);
	search_line(&b, p.team);
	search_line(&b, p.family_name);
	search_line(&b, p.family_name_ja);
	for (size_t i = 0; i < r.n; i++)
		search_line(&b, r.v[i].name);
	return search_text(c, out, (struct search_text){ .title = p.name, .body = buf_str(&b), .at = c->now });
}

const struct search_source product_source = { "product", product_next, product_texts };

static bool product_index(struct ctx *c, product_id id)
{
	return search_put_all(c, &product_source, id.v);
}

/* Its products are found by its name. */
static bool family_index(struct ctx *c, family_id id)
{
	struct family_products_rows products;

	TRY(sql_family_products(c, id, &products));
	for (size_t i = 0; i < products.n; i++)
		TRY(product_index(c, products.v[i].id));
	return true;
}

bool family_add(struct ctx *c, str code, str name, str name_ja, family_id *id)
{
	struct family_by_code_row other;
	bool                      found = false;

	TRY(sql_family_by_code(c, code, &other, &found));
	if (found)
		return fault(c, E_EXISTS, "code", N_("Another family has the code {1}."), code);
	id->v = random_id(c);
	return sql_family_insert(c, *id, code, name, text(name_ja));
}

/* ---- what machines know a product by ---- */

enum { MODELS_MAX = 20 };

static bool cpe_plain(struct ctx *c, str *text)
{
	struct cpe n;

	if (!text->n)
		return true;
	TRY(cpe_parse(c, *text, &n));
	if (!str_eq(n.value[CPE_VERSION], S("*")) || !str_eq(n.value[CPE_UPDATE], S("*")))
		return fault(c, E_INVALID, "cpe", N_("Please leave version and update of the CPE name open (*): each version fills in its own."));
	*text = cpe_print(c->arena, &n);
	return true;
}

static bool purl_plain(struct ctx *c, str *text)
{
	struct purl p;

	if (!text->n)
		return true;
	TRY(purl_parse(c, *text, &p));
	if (p.version.n)
		return fault(c, E_INVALID, "purl", N_("Please leave the version of the purl out: each version fills in its own."));
	*text = purl_print(c->arena, &p);
	return true;
}

static bool models_plain(struct ctx *c, str *text)
{
	str    rest = *text, part, all = S("");
	size_t n = 0;

	if (!text->n)
		return true;
	while (str_cut(&rest, ',', &part)) {
		part = str_trim(part);
		if (!part.n || ++n > MODELS_MAX)
			return fault(c, E_INVALID, "models", N_("Please give up to 20 model numbers with commas between them."));
		all = n == 1 ? part : STR_CAT(c->arena, all, S(", "), part);
	}
	*text = all;
	return true;
}

/* A fault of the reader of a name stands at the field that it was typed into. */
static bool at_field(struct ctx *c, bool ok, const char *field)
{
	if (!ok)
		c->fault.where = str_of(field);
	return ok;
}

bool product_identity(struct ctx *c, str *cpe, str *purl, str *models)
{
	return at_field(c, cpe_plain(c, cpe), "cpe") && at_field(c, purl_plain(c, purl), "purl") && models_plain(c, models);
}

bool product_add(struct ctx *c, const struct product_draft *d, product_id *id)
{
	struct family_known_row    family;
	struct product_by_code_row other;
	bool                       found = false;

	TRY(sql_family_known(c, d->family, &family));
	TRY(sql_product_by_code(c, d->code, &other, &found));
	if (found)
		return fault(c, E_EXISTS, "code", N_("Another product has the code {1}."), d->code);
	id->v = random_id(c);
	TRY(sql_product_insert(c, *id, d->family, d->code, d->name, text(d->name_ja), text(d->team), d->support_ends,
	                       text(d->cpe), text(d->purl), text(d->models)));
	return product_index(c, *id);
}

bool family_change(struct ctx *c, family_id id, int64_t version, str name, str name_ja, str *note)
{
	struct family_known_row f;
	struct buf              b;
	int64_t                 n;

	TRY(sql_family_known(c, id, &f));
	TRY(sql_family_edit(c, id, version, name, text(name_ja), &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this family since you opened it. What you typed is kept below; nothing was saved."));
	change_init(c, &b);
	change_value(&b, "name", f.name, name);
	change_value(&b, "name_ja", f.name_ja, name_ja);
	*note = buf_str(&b);
	return family_index(c, id);
}

bool product_change(struct ctx *c, product_id id, int64_t version, const struct product_draft *d, str *note)
{
	struct product_words_row p;
	str                      cpe, purl, models;
	struct buf               b;
	int64_t                  n;

	TRY(sql_product_words(c, id, &p));
	cpe    = d->cpe.p ? d->cpe : p.cpe;
	purl   = d->purl.p ? d->purl : p.purl;
	models = d->models.p ? d->models : p.models;
	TRY(sql_product_set(c, id, version, d->name, text(d->name_ja), text(d->team), d->support_ends, cpe, purl, models, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this product since you opened it. What you typed is kept below; nothing was saved."));
	change_init(c, &b);
	change_value(&b, "name", p.name, d->name);
	change_value(&b, "name_ja", p.name_ja, d->name_ja);
	change_value(&b, "team", p.team, d->team);
	change_value(&b, "support_ends", p.support_ends, d->support_ends);
	change_value(&b, "cpe", p.cpe, cpe);
	change_value(&b, "purl", p.purl, purl);
	change_value(&b, "models", p.models, models);
	*note = buf_str(&b);
	return product_index(c, id);
}

bool release_add(struct ctx *c, product_id product, str name, str released_on, str support_ends, release_id *id)
{
	struct product_words_row   p;
	struct release_by_name_row other;
	struct release_next_row    next;
	bool                       found = false;

	TRY(sql_product_words(c, product, &p));
	TRY(sql_release_by_name(c, product, name, &other, &found));
	if (found)
		return fault(c, E_EXISTS, "name", N_("This product has a version {1} already."), name);
	TRY(sql_release_next(c, product, &next));
	id->v = random_id(c);
	TRY(sql_release_insert(c, *id, product, name, next.ordinal, released_on, support_ends));
	return product_index(c, product);
}

bool release_change(struct ctx *c, release_id id, int64_t version, str name, str released_on, str support_ends,
                    product_id *product, str *note)
{
	struct release_known_row   r;
	struct release_by_name_row other;
	struct buf                 b;
	bool                       found = false;
	int64_t                    n;

	TRY(sql_release_known(c, id, &r));
	TRY(sql_release_by_name(c, r.product, name, &other, &found));
	if (found && !str_eq(other.id.v, id.v))
		return fault(c, E_EXISTS, "name", N_("This product has a version {1} already."), name);
	TRY(sql_release_edit(c, id, version, name, released_on, support_ends, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, N_("Somebody else changed this version since you opened it. What you typed is kept below; nothing was saved."));
	change_init(c, &b);
	change_value(&b, "name", r.name, name);
	change_value(&b, "released_on", r.released_on, released_on);
	change_value(&b, "support_ends", r.support_ends, support_ends);
	*product = r.product;
	*note    = buf_str(&b);
	return product_index(c, r.product);
}

bool product_admit(struct ctx *c, product_id product, user_id account)
{
	struct product_words_row p;
	struct engineer_get_row  a;
	bool                     found = false;

	TRY(sql_product_words(c, product, &p));
	TRY(sql_engineer_get(c, account, &a, &found));
	if (!found || str_eq(a.state, S("disabled")) || !(a.roles & ROLE_ENGINEER))
		return fault(c, E_INVALID, "account", N_("Only somebody with the role engineer can be in a product's team."));
	return sql_product_member_insert(c, product, account);
}

bool product_dismiss(struct ctx *c, product_id product, user_id account)
{
	int64_t n;

	TRY(sql_product_member_delete(c, product, account, &n));
	return n ? true : fault(c, E_NOTFOUND, NULL, NULL);
}

/* ---- the catalogue as a table ---- */

/* None and empty are the same here. */
static bool same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || str_eq(a, b));
}

static bool family_put(struct ctx *c, const struct catalogue_line *l, family_id *id, bool *changed)
{
	struct family_by_code_row f;
	bool                      found = false;

	TRY(sql_family_by_code(c, l->family_code, &f, &found));
	if (!found) {
		*changed = true;
		return family_add(c, l->family_code, l->family, l->family_ja, id);
	}
	*id = f.id;
	if (same(f.name, l->family) && same(f.name_ja, l->family_ja))
		return true;
	*changed = true;
	TRY(sql_family_set(c, f.id, l->family, text(l->family_ja)));
	return family_index(c, f.id);
}

static bool product_put(struct ctx *c, const struct catalogue_line *l, family_id family, product_id *id, bool *changed)
{
	struct product_draft       d = { family, l->product_code, l->product, l->product_ja, l->team, STR_NONE, l->cpe, l->purl, l->models };
	struct product_by_code_row p;
	bool                       found = false;
	str                        note;

	if (!l->version.n)
		d.support_ends = l->support_ends;
	else
		d.cpe = d.purl = d.models = STR_NONE;
	TRY(sql_product_by_code(c, l->product_code, &p, &found));
	if (!found) {
		*changed = true;
		return product_add(c, &d, id);
	}
	*id = p.id;
	if (!str_eq(p.family.v, family.v))
		return fault(c, E_INVALID, "product_code", N_("The product {1} belongs to another family."), l->product_code);
	if (l->version.n)
		d.support_ends = p.support_ends;
	if ((!d.cpe.p || same(p.cpe, d.cpe)) && (!d.purl.p || same(p.purl, d.purl)) && (!d.models.p || same(p.models, d.models)) &&
	    same(p.name, d.name) && same(p.name_ja, d.name_ja) && same(p.team, d.team) && same(p.support_ends, d.support_ends))
		return true;
	*changed = true;
	return product_change(c, p.id, p.version, &d, &note);
}

bool catalogue_put(struct ctx *c, const struct catalogue_line *l, bool *changed)
{
	struct release_by_name_row r;
	family_id                  family;
	product_id                 product;
	release_id                 made;
	bool                       found = false;

	*changed = false;
	TRY(family_put(c, l, &family, changed));
	TRY(product_put(c, l, family, &product, changed));
	if (!l->version.n)
		return true;
	TRY(sql_release_by_name(c, product, l->version, &r, &found));
	if (!found) {
		*changed = true;
		return release_add(c, product, l->version, l->released_on, l->support_ends, &made);
	}
	if (same(r.released_on, l->released_on) && same(r.support_ends, l->support_ends))
		return true;
	*changed = true;
	return sql_release_set(c, r.id, l->released_on, l->support_ends);
}

enum { NAME_LEAST = 3 };

static bool is_letter(str s, size_t at)
{
	return at < s.n && ((s.p[at] >= 'a' && s.p[at] <= 'z') || (s.p[at] >= '0' && s.p[at] <= '9'));
}

/* "kestrel 30" is not in "kestrel 300", nor "es-g" in "kes-g". */
static struct spot spot_of(str text, str name)
{
	size_t at = name.n < NAME_LEAST ? SIZE_MAX : str_find(text, name, 0);

	while (at != SIZE_MAX) {
		bool before = at > 0 && is_letter(text, at - 1) && is_letter(name, 0);
		bool after  = is_letter(text, at + name.n) && is_letter(name, name.n - 1);

		if (!before && !after)
			return (struct spot){ at, name.n };
		at = str_find(text, name, at + 1);
	}
	return (struct spot){ 0 };
}

bool product_spot(struct ctx *c, str folded, str code, str name, str name_ja, struct spot *out)
{
	const str names[] = { code, name, name_ja };
	str       s;

	*out = (struct spot){ 0 };
	for (size_t i = 0; i < 3; i++) {
		struct spot x;

		TRY(fold_text(c, names[i], &s));
		x = spot_of(folded, s);
		if (x.n > out->n)
			*out = x;
	}
	return true;
}

bool spot_within(struct spot a, struct spot b)
{
	return a.n < b.n && a.at >= b.at && a.at + a.n <= b.at + b.n;
}
