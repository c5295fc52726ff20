#include "standards/vex/vex_source.h"

#include "base/buf.h"
#include "standards/vex/vex_part.h"

static const struct json_limits limits = { .bytes = 160 << 20, .depth = 200, .members = 10000000, .string = 16 << 20 };

bool vex_source_open(struct ctx *c, str bytes, struct vex_source *out)
{
	const struct json *root;

	*out = (struct vex_source){ 0 };
	TRY(vex_read(c, bytes, &out->v));
	if (out->v.from != VEX_CSAF)
		return fault(c, E_INVALID, "document", N_("This is no CSAF document."));
	TRY(json_parse(c, bytes, &limits, &root));
	out->document = json_get(root, S("document"));
	out->list     = json_get(root, S("vulnerabilities"));
	out->n        = json_count(out->list);
	vex_losses_keep(&out->v, S("/product_tree"));
	return true;
}

bool vex_source_find(struct ctx *c, const struct vex_source *s, str cve, size_t *at)
{
	if (!cve.p && s->n != 1)
		return fault(c, E_INVALID, "cve", N_("The document has {1} vulnerabilities; tell which one by its CVE number."),
		             str_fmt(c->arena, "%zu", s->n));
	for (*at = 0; *at < s->n; ++*at)
		if (!cve.p || str_eq(json_get_str(json_at(s->list, *at), S("cve")), cve))
			return true;
	return fault(c, E_NOTFOUND, "cve", N_("The document says nothing about {1}."), cve);
}

str vex_source_name(const struct vex_source *s, size_t i)
{
	const struct json *v = json_at(s->list, i);
	str                name = json_get_str(v, S("cve"));

	return name.p ? name : json_get_str(json_at(json_get(v, S("ids")), 0), S("text"));
}

void vex_source_statements(struct vex_source *s, size_t i, size_t *first, size_t *last)
{
	str    name = vex_source_name(s, i);
	size_t n    = s->v.statements.n;

	/* They stand together, in the order of the vulnerabilities: mostly where the last one's ended. */
	*first = s->at;
	if (s->at >= n || !str_eq(s->v.statements.v[s->at].vulnerability, name))
		for (*first = 0; *first < n && !str_eq(s->v.statements.v[*first].vulnerability, name); ++*first)
			;
	for (*last = *first; *last < n && str_eq(s->v.statements.v[*last].vulnerability, name); ++*last)
		;
	if (*last > *first)
		s->at = *last;
}

bool vex_source_begin(struct ctx *c, struct vex_source *s, const char *kept, struct vex *out)
{
	*out = s->v;
	out->losses.cap = out->losses.n;   /* the next one moves them into the memory of c */
	if (s->told)
		out->losses.n = out->losses.cap = out->lost = 0;
	else
		TRY(vex_members_lose(c, out, s->document, kept, S("/document")));
	s->told = true;
	return true;
}
