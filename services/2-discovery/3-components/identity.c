#include "services/2-discovery/3-components/identity.h"

#include "base/buf.h"
#include "platform/text/fold.h"
#include "standards/vers/vers.h"

str identity_purl_key(struct ctx *c, const struct purl *p)
{
	struct purl bare = { .type = p->type, .namespace = p->namespace, .name = p->name };

	return purl_print(c->arena, &bare);
}

str identity_cpe_plain(struct ctx *c, str value)
{
	struct buf b;

	buf_init(&b, c->arena, value.n + 1);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '\\' && i + 1 < value.n)
			i++;
		buf_char(&b, value.p[i]);
	}
	return buf_str(&b);
}

static bool is_open(str value)
{
	return !value.n || str_eq(value, S("*")) || str_eq(value, S("-")) || str_find(value, S("?"), 0) != SIZE_MAX;
}

str identity_cpe_key(struct ctx *c, const struct cpe *n)
{
	if (is_open(n->value[CPE_VENDOR]) || is_open(n->value[CPE_PRODUCT]))
		return S("");
	return STR_CAT(c->arena, n->value[CPE_VENDOR], S(":"), n->value[CPE_PRODUCT]);
}

bool identity_name_key(struct ctx *c, str vendor, str product, str *out)
{
	str a, b;

	*out = S("");
	if (!str_trim(vendor).n || !str_trim(product).n)
		return true;
	TRY(fold_text(c, str_trim(vendor), &a));
	TRY(fold_text(c, str_trim(product), &b));
	*out = STR_CAT(c->arena, a, S("|"), b);
	return true;
}

/* ---- versions ---- */

/* The vers type of a purl: its own type where that has an order, else semantic versions. */
static str type_of(str purl_key)
{
	str rest = str_starts(purl_key, S("pkg:")) ? str_slice(purl_key, 4, purl_key.n) : STR_NONE, type;

	if (rest.n && str_cut(&rest, '/', &type) && vers_type_order(type))
		return type;
	return S("generic");
}

static enum span contained(struct ctx *c, str range, str ours)
{
	struct vers v;
	bool        in = false;

	if (vers_parse(c, range, &v) && vers_contains(c, &v, ours, &in))
		return in ? SPAN_IN : SPAN_OUT;
	c->fault = (struct fault){ 0 };
	return SPAN_UNSURE;
}

/* The same text, or the same version in the order of its type. */
static enum span same_version(str ours, str release, str purl_key)
{
	str                 type  = type_of(purl_key);
	const struct order *order = vers_type_order(type);
	int                 r     = 1;

	if (str_eq(ours, release))
		return SPAN_IN;
	if (order && (!order->valid || (order->valid(ours) && order->valid(release))))
		r = order->cmp(ours, release);
	return r == 0 ? SPAN_IN : SPAN_OUT;
}

enum span identity_span(struct ctx *c, str ours, str release, str range, str purl_key)
{
	if (!ours.n)
		return SPAN_UNSURE;
	if (str_starts(range, S("vers:")))
		return contained(c, range, ours);
	if (range.n)
		return SPAN_UNSURE;
	return release.n ? same_version(ours, release, purl_key) : SPAN_UNSURE;
}
