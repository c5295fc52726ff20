#include "standards/vex/vex.h"

#include "base/list.h"
#include "standards/cyclonedx/cyclonedx_vex.h"
#include "standards/openvex/openvex.h"
#include "standards/purl/purl.h"
#include "standards/vex/vex_part.h"

static const struct json_limits limits = {
	.bytes = 160 << 20, .depth = 200, .members = 10000000, .string = 16 << 20,
};

const char *vex_status_name(enum vex_status s)
{
	static const char *const names[] = { "not_affected", "affected", "fixed", "under_investigation" };

	return names[s];
}

bool vex_format_parse(str word, enum vex_format *out)
{
	static const char *const words[] = { "openvex", "cyclonedx", "csaf" };

	for (int i = 0; i < VEX_FORMATS; i++)
		if (str_eq(word, str_of(words[i]))) {
			*out = (enum vex_format)i;
			return true;
		}
	return false;
}

bool vex_product_add(struct ctx *c, struct vex *v, struct vex_product p, size_t *at)
{
	*at = v->products.n;
	if (!list_push(c->arena, &v->products, p))
		return fault(c, E_LIMIT, NULL, N_("There are too many products."));
	return true;
}

bool vex_statement_add(struct ctx *c, struct vex *v, struct vex_statement s)
{
	str parts[] = { s.vulnerability, s.description, s.justification, s.impact, s.action, s.response, s.stamp };

	s.hash = (uint64_t)s.status;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		s.hash = s.hash * 1099511628211u + (parts[i].p ? str_hash(parts[i]) : 7);
	if (!list_push(c->arena, &v->statements, s))
		return fault(c, E_LIMIT, NULL, N_("There are too many statements."));
	return true;
}

bool vex_lose(struct ctx *c, struct vex *v, str pointer, const char *text, str one, str two)
{
	v->lost++;
	if (v->losses.n < v->losses.max && !list_push(c->arena, &v->losses, (struct vex_loss){ pointer, text, { one, two } }))
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	return true;
}

void vex_losses_keep(struct vex *v, str pointer)
{
	size_t n = 0;

	for (size_t i = 0; i < v->losses.n; i++)
		if (str_starts(v->losses.v[i].pointer, pointer))
			v->losses.v[n++] = v->losses.v[i];
	v->losses.n = v->lost = n;
}

static bool listed(str word, const char *words)
{
	str rest = str_of(words), one;

	while (str_cut(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

bool vex_members_lose(struct ctx *c, struct vex *v, const struct json *object, const char *kept, str pointer)
{
	for (JSON_MEMBERS(m, object)) {
		struct buf at;

		if (listed(json_key(m), kept))
			continue;
		buf_init(&at, c->arena, pointer.n + 2 * json_key(m).n + 2);
		buf_add(&at, pointer);
		json_pointer_key(&at, json_key(m));
		TRY(vex_lose(c, v, buf_str(&at), N_("{1} is not carried over."), json_key(m), STR_NONE));
	}
	return true;
}

void vex_product_name(struct ctx *c, struct vex_product *p)
{
	struct ctx quiet = *c;
	struct purl u;

	if (!p->purl.p || !purl_parse(&quiet, p->purl, &u))
		return;
	if (!p->name.p)
		p->name = u.namespace.n ? STR_CAT(c->arena, u.namespace, S("/"), u.name) : u.name;
	if (!p->version.p && !p->range.p && u.version.n)
		p->version = u.version;
}

str vex_product_title(struct arena *a, const struct vex_product *p)
{
	struct buf b;
	str parts[] = { p->vendor, p->name, p->version.p ? p->version : p->range };

	buf_init(&b, a, 65536);
	for (int i = 0; i < 3; i++) {
		if (parts[i].n == 0)
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_add(&b, parts[i]);
	}
	return b.n ? buf_str(&b) : p->ref.n ? p->ref : S("-");
}

str vex_product_purl(struct ctx *c, const struct vex_product *p, bool *made)
{
	struct purl u = { .type = S("generic") };

	*made = p->purl.n == 0;
	if (!*made)
		return p->purl;
	u.namespace = p->vendor.n ? p->vendor : STR_NONE;
	u.name      = p->name.n ? p->name : p->ref.n ? p->ref : S("-");
	u.version   = p->version.p ? p->version : p->range;
	return purl_build(c, &u) ? purl_print(c->arena, &u) : S("pkg:generic/-");
}

str vex_date(struct ctx *c, const struct vex *v)
{
	return v->stamp.n ? v->stamp : time_print(c->arena, c->now);
}

static bool same_text(str a, str b)
{
	return a.p ? str_eq(a, b) && b.p : !b.p;
}

bool vex_same(const struct vex_statement *a, const struct vex_statement *b)
{
	return a->hash == b->hash && a->status == b->status && same_text(a->vulnerability, b->vulnerability) &&
	       same_text(a->description, b->description) && same_text(a->justification, b->justification) &&
	       same_text(a->impact, b->impact) && same_text(a->action, b->action) && same_text(a->response, b->response) &&
	       same_text(a->stamp, b->stamp);
}

bool vex_first(const struct vex *v, size_t i, bool *seen)
{
	if (seen[i])
		return false;
	for (size_t k = i; k < v->statements.n; k++)
		seen[k] = seen[k] || vex_same(&v->statements.v[i], &v->statements.v[k]);
	return true;
}

bool vex_read(struct ctx *c, str bytes, struct vex *out)
{
	const struct json *root;

	*out = (struct vex){ .products.max = VEX_PRODUCTS_MAX, .statements.max = VEX_STATEMENTS_MAX, .losses.max = VEX_LOSSES_MAX };
	TRY(json_parse(c, bytes, &limits, &root));
	if (openvex_is(root)) {
		out->from = VEX_OPENVEX;
		return vex_openvex_read(c, root, out);
	}
	if (cyclonedx_is(root)) {
		out->from = VEX_CYCLONEDX;
		return vex_cyclonedx_read(c, root, out);
	}
	if (json_get_str(json_get(root, S("document")), S("csaf_version")).p) {
		out->from = VEX_CSAF;
		return vex_csaf_read(c, root, out);
	}
	return fault(c, E_INVALID, "document", N_("This is neither OpenVEX, CycloneDX nor CSAF."));
}

bool vex_print(struct ctx *c, struct vex *v, enum vex_format to, struct buf *b)
{
	struct json_out o;

	json_out_init(&o, b, JSON_PRETTY);
	switch (to) {
	case VEX_OPENVEX:
		TRY(vex_openvex_print(c, v, &o));
		break;
	case VEX_CYCLONEDX:
		TRY(vex_cyclonedx_print(c, v, &o));
		break;
	case VEX_CSAF:
		TRY(vex_csaf_print(c, v, &o));
		break;
	case VEX_FORMATS:
		return fault(c, E_INVALID, "to", NULL);
	}
	buf_char(b, '\n');
	if (b->full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	return true;
}
