/* OpenVEX 0.2.0 (and 0.0.1, where names were plain texts). */
#include "standards/vex/vex_part.h"

#include "base/list.h"
#include "platform/json/schema.h"

static bool status_read(str word, enum vex_status *out)
{
	for (int i = VEX_NOT_AFFECTED; i <= VEX_UNDER_INVESTIGATION; i++)
		if (str_eq(word, str_of(vex_status_name((enum vex_status)i)))) {
			*out = (enum vex_status)i;
			return true;
		}
	return false;
}

static str component_purl(const struct json *v, str id)
{
	str purl = json_get_str(json_get(v, S("identifiers")), S("purl"));

	return purl.p ? purl : str_starts(id, S("pkg:")) ? id : STR_NONE;
}

static struct vex_product product_of(struct ctx *c, const struct json *v)
{
	const struct json *identifiers = json_get(v, S("identifiers"));
	str id = json_is(v, JSON_STRING) ? json_str(v) : json_get_str(v, S("@id"));
	struct vex_product p = { .ref = id };

	p.purl = component_purl(v, id);
	p.cpe  = json_get_str(identifiers, S("cpe23"));
	if (!p.cpe.p)
		p.cpe = json_get_str(identifiers, S("cpe22"));
	if (!p.ref.p)
		p.ref = p.purl.p ? p.purl : p.cpe;
	if (!p.purl.p)
		p.name = p.ref;
	vex_product_name(c, &p);
	return p;
}

/* One product, or as many as it has subcomponents. */
static bool product_add(struct ctx *c, struct vex *v, const struct json *x, struct vex_statement s, str at)
{
	const struct json *parts = json_get(x, S("subcomponents"));
	struct vex_product p = product_of(c, x);

	TRY(vex_members_lose(c, v, x, "@id identifiers subcomponents", at));
	for (size_t i = 0; i < json_count(parts) || i == 0; i++) {
		str id = json_get_str(json_at(parts, i), S("@id")), purl = component_purl(json_at(parts, i), id);

		p.part = json_count(parts) == 0 ? STR_NONE : purl.p ? purl : id;
		TRY(vex_product_add(c, v, p, &s.product));
		TRY(vex_statement_add(c, v, s));
	}
	return true;
}

static bool statement_read(struct ctx *c, struct vex *v, const struct json *x, size_t i)
{
	const struct json *name = json_get(x, S("vulnerability")), *products = json_get(x, S("products"));
	str at = str_fmt(c->arena, "/statements/%zu", i);
	struct vex_statement s = {
		.vulnerability = json_is(name, JSON_STRING) ? json_str(name) : json_get_str(name, S("name")),
		.description = json_get_str(name, S("description")), .justification = json_get_str(x, S("justification")),
		.impact = json_get_str(x, S("impact_statement")), .action = json_get_str(x, S("action_statement")),
		.stamp = json_get_str(x, S("timestamp")),
	};

	TRY(vex_members_lose(c, v, x, "vulnerability products status justification impact_statement action_statement timestamp", at));
	TRY(vex_members_lose(c, v, name, "name description", STR_CAT(c->arena, at, S("/vulnerability"))));
	if (!status_read(json_get_str(x, S("status")), &s.status))
		return vex_lose(c, v, at, N_("“{1}” is no status."), json_get_str(x, S("status")), STR_NONE);
	if (json_count(products) == 0)
		return vex_lose(c, v, at, N_("The statement names no product."), STR_NONE, STR_NONE);
	for (size_t k = 0; k < json_count(products); k++)
		TRY(product_add(c, v, json_at(products, k), s, str_fmt(c->arena, "%.*s/products/%zu", STR_ARG(at), k)));
	return true;
}

bool vex_openvex_read(struct ctx *c, const struct json *root, struct vex *v)
{
	const struct json *list = json_get(root, S("statements"));

	v->id     = json_get_str(root, S("@id"));
	v->author = json_get_str(root, S("author"));
	v->stamp  = json_get_str(root, S("timestamp"));
	TRY(vex_members_lose(c, v, root, "@context @id author timestamp version statements tooling", S("")));
	for (size_t i = 0; i < json_count(list); i++)
		TRY(statement_read(c, v, json_at(list, i), i));
	return true;
}

static bool product_print(struct ctx *c, struct vex *v, struct json_out *o, const struct vex_product *p)
{
	bool made;
	str  purl = vex_product_purl(c, p, &made);

	if (made)
		TRY(vex_lose(c, v, S(""), N_("{1} has no package URL; {2} was made of its name."), vex_product_title(c->arena, p), purl));
	json_open_object(o);
	json_put_str(o, "@id", purl);
	if (p->cpe.p) {
		json_open(o, "identifiers", '{');
		json_put_str(o, str_starts(p->cpe, S("cpe:2.3")) ? "cpe23" : "cpe22", p->cpe);
		json_close(o);
	}
	if (p->part.p) {
		struct vex_product part = { .ref = p->part, .name = p->part, .purl = str_starts(p->part, S("pkg:")) ? p->part : STR_NONE };

		json_open(o, "subcomponents", '[');
		json_open_object(o);
		json_put_str(o, "@id", vex_product_purl(c, &part, &made));
		json_close(o);
		json_close(o);
	}
	json_close(o);
	return true;
}

static bool statement_print(struct ctx *c, struct vex *v, struct json_out *o, size_t i)
{
	const struct vex_statement s = v->statements.v[i];
	str impact = s.impact, action = s.action;

	if (s.status == VEX_NOT_AFFECTED && !s.justification.p && !impact.n) {
		impact = S("No reason is stated.");
		TRY(vex_lose(c, v, S(""), N_("{1}: no reason was stated; OpenVEX needs one."), s.vulnerability, STR_NONE));
	}
	if (s.status == VEX_AFFECTED && !action.n) {
		action = s.response.n ? s.response : S("No action is stated.");
		TRY(vex_lose(c, v, S(""), N_("{1}: no action was stated; OpenVEX needs one."), s.vulnerability, STR_NONE));
	}
	json_open_object(o);
	json_open(o, "vulnerability", '{');
	json_put_str(o, "name", s.vulnerability.p ? s.vulnerability : S("-"));
	json_put_str(o, "description", s.description);
	json_close(o);
	json_put_str(o, "timestamp", s.stamp);
	json_open(o, "products", '[');
	for (size_t k = i; k < v->statements.n; k++)
		if (vex_same(&s, &v->statements.v[k]))
			TRY(product_print(c, v, o, &v->products.v[v->statements.v[k].product]));
	json_close(o);
	json_put_str(o, "status", str_of(vex_status_name(s.status)));
	json_put_str(o, "justification", s.status == VEX_NOT_AFFECTED ? s.justification : STR_NONE);
	json_put_str(o, "impact_statement", s.status == VEX_NOT_AFFECTED && impact.n ? impact : STR_NONE);
	json_put_str(o, "action_statement", action.n ? action : STR_NONE);
	json_close(o);
	return true;
}

/* The id as it is when it is an IRI; else made one. */
static str iri(struct arena *a, str id)
{
	struct buf b;

	if (id.n && format_check(S("iri"), id))
		return id;
	buf_init(&b, a, 3 * id.n + 32);
	buf_add(&b, S("urn:vex:"));
	for (size_t i = 0; i < id.n; i++) {
		unsigned char ch = (unsigned char)id.p[i];

		if ((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '-' || ch == '.' || ch == '_')
			buf_char(&b, (char)ch);
		else
			buf_fmt(&b, "%%%02X", ch);
	}
	if (id.n == 0)
		buf_add(&b, S("document"));
	return buf_str(&b);
}

bool vex_openvex_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	bool *seen = arena_alloc(c->arena, v->statements.n + 1);

	if (!seen)
		return fault(c, E_LIMIT, NULL, N_("There are too many statements."));
	json_open_object(o);
	json_put_str(o, "@context", S("https://openvex.dev/ns/v0.2.0"));
	json_put_str(o, "@id", iri(c->arena, v->id));
	json_put_str(o, "author", v->author.n ? v->author : S("-"));
	json_put_str(o, "timestamp", vex_date(c, v));
	json_put_int(o, "version", 1);
	json_open(o, "statements", '[');
	for (size_t i = 0; i < v->statements.n; i++)
		if (vex_first(v, i, seen))
			TRY(statement_print(c, v, o, i));
	json_close(o);
	json_close(o);
	return true;
}
