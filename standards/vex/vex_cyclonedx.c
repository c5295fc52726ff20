/* CycloneDX VEX: states, justifications and responses of 1.4 to 1.7. */
#include "standards/vex/vex_part.h"

#include "base/list.h"
#include "standards/csaf/csaf_range.h"

static const struct { const char *state; enum vex_status status; bool exact; } states[] = {
	{ "not_affected", VEX_NOT_AFFECTED, true }, { "exploitable", VEX_AFFECTED, true }, { "resolved", VEX_FIXED, true },
	{ "in_triage", VEX_UNDER_INVESTIGATION, true }, { "resolved_with_pedigree", VEX_FIXED, false },
	{ "false_positive", VEX_NOT_AFFECTED, false },
};

/* The nearest word of the others; the first of equals is taken on the way back. */
static const struct { const char *cyclonedx, *openvex; bool exact_in, exact_out; } reasons[] = {
	{ "code_not_present", "vulnerable_code_not_present", true, true },
	{ "code_not_present", "component_not_present", true, false },
	{ "code_not_reachable", "vulnerable_code_not_in_execute_path", true, true },
	{ "code_not_reachable", "vulnerable_code_cannot_be_controlled_by_adversary", true, false },
	{ "requires_configuration", "vulnerable_code_cannot_be_controlled_by_adversary", false, false },
	{ "requires_dependency", "component_not_present", false, false },
	{ "requires_environment", "vulnerable_code_cannot_be_controlled_by_adversary", false, false },
	{ "protected_by_mitigating_control", "inline_mitigations_already_exist", true, true },
	{ "protected_by_compiler", "inline_mitigations_already_exist", false, false },
	{ "protected_at_runtime", "inline_mitigations_already_exist", false, false },
	{ "protected_at_perimeter", "inline_mitigations_already_exist", false, false },
};

enum { REASONS = sizeof(reasons) / sizeof(*reasons), STATES = sizeof(states) / sizeof(*states) };

struct component { str ref; struct vex_product product; };
struct components { struct component *v; size_t n, cap, max; };

static bool component_add(struct ctx *c, struct components *all, const struct json *x, str vendor)
{
	str group = json_get_str(x, S("group")), supplier = json_get_str(json_get(x, S("supplier")), S("name"));
	struct component k = { .ref = json_get_str(x, S("bom-ref")) };

	k.product = (struct vex_product){ .ref = k.ref, .name = json_get_str(x, S("name")), .version = json_get_str(x, S("version")),
	                                  .purl = json_get_str(x, S("purl")), .cpe = json_get_str(x, S("cpe")) };
	k.product.vendor = supplier.n ? supplier : group.n ? group : vendor;
	if (k.ref.p && !list_push(c->arena, all, k))
		return fault(c, E_LIMIT, NULL, N_("There are too many products."));
	for (JSON_ITEMS(y, json_get(x, S("components"))))
		TRY(component_add(c, all, y, vendor));
	return true;
}

/* The component of a reference; a BOM-Link names one of another document. */
static struct vex_product product_of(const struct components *all, str ref)
{
	struct vex_product p = { .ref = ref };
	size_t mark = str_find(ref, S("#"), 0);

	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].ref, ref))
			return all->v[i].product;
	p.name = mark == SIZE_MAX ? ref : str_slice(ref, mark + 1, ref.n);
	if (str_starts(p.name, S("pkg:")))
		p.purl = p.name;
	return p;
}

static bool analysis_read(struct ctx *c, struct vex *v, const struct json *x, struct vex_statement *s, str at, bool *known)
{
	const struct json *analysis = json_get(x, S("analysis"));
	str state = json_get_str(analysis, S("state")), reason = json_get_str(analysis, S("justification"));
	str detail = json_get_str(analysis, S("detail"));
	struct buf words;

	*known = false;
	for (size_t i = 0; i < STATES; i++)
		if (str_eq(state, str_of(states[i].state))) {
			s->status = states[i].status;
			*known    = true;
			if (!states[i].exact)
				TRY(vex_lose(c, v, at, N_("“{1}” becomes “{2}”."), state, str_of(vex_status_name(s->status))));
		}
	for (size_t i = 0; i < REASONS && !s->justification.p; i++)
		if (str_eq(reason, str_of(reasons[i].cyclonedx))) {
			s->justification = str_of(reasons[i].openvex);
			if (!reasons[i].exact_in)
				TRY(vex_lose(c, v, at, N_("“{1}” becomes “{2}”."), reason, s->justification));
		}
	buf_init(&words, c->arena, 4096);
	for (JSON_ITEMS(r, json_get(analysis, S("response")))) {
		if (words.n)
			buf_char(&words, ' ');
		buf_add(&words, json_str(r));
	}
	s->response = words.n ? buf_str(&words) : STR_NONE;
	s->stamp    = json_get_str(analysis, S("lastUpdated"));
	if (!s->stamp.p)
		s->stamp = json_get_str(analysis, S("firstIssued"));
	if (s->status == VEX_NOT_AFFECTED)
		s->impact = detail;
	else
		s->action = detail.n ? detail : json_get_str(x, S("recommendation"));
	if (!s->action.p)
		s->action = json_get_str(x, S("workaround"));
	return vex_members_lose(c, v, analysis, "state justification response detail firstIssued lastUpdated",
	                        STR_CAT(c->arena, at, S("/analysis")));
}

/* The status of a version when no analysis says anything. */
static bool version_status(str word, enum vex_status *out)
{
	*out = str_eq(word, S("affected")) ? VEX_AFFECTED : str_eq(word, S("unaffected")) ? VEX_NOT_AFFECTED : VEX_UNDER_INVESTIGATION;
	return word.p;
}

static bool affected_read(struct ctx *c, struct vex *v, const struct components *all, const struct json *x,
                          struct vex_statement s, bool known, str at)
{
	const struct json *versions = json_get(x, S("versions"));
	struct vex_product whole = product_of(all, json_get_str(x, S("ref")));

	for (size_t i = 0; i < json_count(versions) || i == 0; i++) {
		const struct json *entry = json_at(versions, i);
		str word = json_get_str(entry, S("status"));
		struct vex_product p = whole;
		enum vex_status told = s.status;

		if (entry) {
			p.version = json_get_str(entry, S("version"));
			p.range   = json_get_str(entry, S("range"));
		}
		vex_product_name(c, &p);
		if (!known && !version_status(word, &told)) {
			TRY(vex_lose(c, v, at, N_("No state is given: this reports a vulnerability, it judges none."), STR_NONE, STR_NONE));
			continue;
		}
		if (known && ((told == VEX_AFFECTED && str_eq(word, S("unaffected"))) || (told == VEX_NOT_AFFECTED && str_eq(word, S("affected"))))) {
			TRY(vex_lose(c, v, at, N_("The version is “{1}” although the vulnerability is “{2}”; the version's word was taken."), word,
			             str_of(vex_status_name(told))));
			(void)version_status(word, &told);
		}
		TRY(vex_product_add(c, v, p, &s.product));
		struct vex_statement one = s;
		one.status = told;
		if (told != VEX_NOT_AFFECTED)
			one.justification = STR_NONE;
		TRY(vex_statement_add(c, v, one));
	}
	return true;
}

static bool vulnerability_read(struct ctx *c, struct vex *v, const struct components *all, const struct json *x, size_t i)
{
	str at = str_fmt(c->arena, "/vulnerabilities/%zu", i);
	struct vex_statement s = { .vulnerability = json_get_str(x, S("id")), .description = json_get_str(x, S("description")),
	                           .status = VEX_UNDER_INVESTIGATION };
	const struct json *affects = json_get(x, S("affects"));
	bool known;

	TRY(vex_members_lose(c, v, x, "bom-ref id description analysis affects recommendation workaround", at));
	TRY(analysis_read(c, v, x, &s, at, &known));
	if (json_count(affects) == 0)
		return vex_lose(c, v, at, N_("The statement names no product."), STR_NONE, STR_NONE);
	for (size_t k = 0; k < json_count(affects); k++)
		TRY(affected_read(c, v, all, json_at(affects, k), s, known, str_fmt(c->arena, "%.*s/affects/%zu", STR_ARG(at), k)));
	return true;
}

bool vex_cyclonedx_read(struct ctx *c, const struct json *root, struct vex *v)
{
	const struct json *meta = json_get(root, S("metadata")), *list = json_get(root, S("vulnerabilities"));
	struct components all = { .max = VEX_PRODUCTS_MAX };

	v->id     = json_get_str(root, S("serialNumber"));
	v->stamp  = json_get_str(meta, S("timestamp"));
	v->author = json_get_str(json_get(meta, S("supplier")), S("name"));
	if (!v->author.p)
		v->author = json_get_str(json_at(json_get(meta, S("authors")), 0), S("name"));
	if (json_get(meta, S("component")))
		TRY(component_add(c, &all, json_get(meta, S("component")), v->author));
	for (JSON_ITEMS(x, json_get(root, S("components"))))
		TRY(component_add(c, &all, x, STR_NONE));
	TRY(vex_members_lose(c, v, root, "$schema bomFormat specVersion serialNumber version metadata components vulnerabilities", S("")));
	for (size_t i = 0; i < json_count(list); i++)
		TRY(vulnerability_read(c, v, &all, json_at(list, i), i));
	return true;
}

static str ref_of(struct ctx *c, size_t i)
{
	return str_fmt(c->arena, "product-%zu", i + 1);
}

static bool components_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	json_open(o, "components", '[');
	for (size_t i = 0; i < v->products.n; i++) {
		const struct vex_product *p = &v->products.v[i];

		json_open_object(o);
		json_put_str(o, "type", S("application"));
		json_put_str(o, "bom-ref", ref_of(c, i));
		if (p->vendor.n) {
			json_open(o, "supplier", '{');
			json_put_str(o, "name", p->vendor);
			json_close(o);
		}
		json_put_str(o, "name", p->name.n ? p->name : p->ref.n ? p->ref : S("-"));
		json_put_str(o, "version", p->version);
		json_put_str(o, "cpe", p->cpe);
		json_put_str(o, "purl", p->purl);
		if (p->part.p) {
			json_open(o, "components", '[');
			json_open_object(o);
			json_put_str(o, "type", S("library"));
			json_put_str(o, "bom-ref", STR_CAT(c->arena, ref_of(c, i), S("/part")));
			json_put_str(o, "name", p->part);
			json_put_str(o, "purl", str_starts(p->part, S("pkg:")) ? p->part : STR_NONE);
			json_close(o);
			json_close(o);
		}
		json_close(o);
	}
	json_close(o);
	return true;
}

static bool reason_word(struct ctx *c, struct vex *v, str reason, str *out)
{
	*out = STR_NONE;
	for (size_t i = 0; i < REASONS && !out->p && reason.p; i++)
		if (str_eq(reason, str_of(reasons[i].openvex))) {
			*out = str_of(reasons[i].cyclonedx);
			if (!reasons[i].exact_out)
				return vex_lose(c, v, S(""), N_("“{1}” becomes “{2}”."), reason, *out);
		}
	return true;
}

static bool analysis_print(struct ctx *c, struct vex *v, struct json_out *o, const struct vex_statement *s)
{
	static const char *const words[] = { "not_affected", "exploitable", "resolved", "in_triage" };
	str reason, response = s->response, one, detail = s->status == VEX_NOT_AFFECTED && s->impact.n ? s->impact : s->action;

	TRY(reason_word(c, v, s->status == VEX_NOT_AFFECTED ? s->justification : STR_NONE, &reason));
	json_open(o, "analysis", '{');
	json_put_str(o, "state", str_of(words[s->status]));
	json_put_str(o, "justification", reason);
	if (response.n) {
		json_open(o, "response", '[');
		while (str_cut(&response, ' ', &one))
			json_out_str(o, one);
		json_close(o);
	}
	json_put_str(o, "detail", detail.n ? detail : STR_NONE);
	json_put_str(o, "lastUpdated", s->stamp);
	json_close(o);
	if (s->status == VEX_NOT_AFFECTED && s->impact.n && s->action.n)
		return vex_lose(c, v, S(""), N_("{1}: the action of a product that is not affected is not carried over."), s->vulnerability,
		                STR_NONE);
	return true;
}

/* CycloneDX wants a vers: the vers-like range of CSAF becomes one; what is neither is told, and stays as it is. */
static bool range_print(struct ctx *c, struct vex *v, struct json_out *o, str text)
{
	struct range range;

	range_read(c, text, &range);
	json_put_str(o, "range", range.kind == RANGE_VLS ? STR_CAT(c->arena, S("vers:generic/"), text) : text);
	return range.kind != RANGE_BAD || vex_lose(c, v, S(""), N_("{1} is no version range."), text, STR_NONE);
}

static bool vulnerability_print(struct ctx *c, struct vex *v, struct json_out *o, size_t i)
{
	static const char *const words[] = { "unaffected", "affected", "unaffected", "unknown" };
	const struct vex_statement s = v->statements.v[i];

	json_open_object(o);
	json_put_str(o, "id", s.vulnerability);
	json_put_str(o, "description", s.description);
	TRY(analysis_print(c, v, o, &s));
	json_open(o, "affects", '[');
	for (size_t k = i; k < v->statements.n; k++) {
		const struct vex_product *p = &v->products.v[v->statements.v[k].product];

		if (!vex_same(&s, &v->statements.v[k]))
			continue;
		json_open_object(o);
		json_put_str(o, "ref", p->part.p ? STR_CAT(c->arena, ref_of(c, v->statements.v[k].product), S("/part"))
		                                 : ref_of(c, v->statements.v[k].product));
		if (p->range.p) {
			json_open(o, "versions", '[');
			json_open_object(o);
			TRY(range_print(c, v, o, p->range));
			json_put_str(o, "status", str_of(words[s.status]));
			json_close(o);
			json_close(o);
		}
		json_close(o);
	}
	json_close(o);
	json_close(o);
	return true;
}

bool vex_cyclonedx_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	bool *seen = arena_alloc(c->arena, v->statements.n + 1);

	if (!seen)
		return fault(c, E_LIMIT, NULL, N_("There are too many statements."));
	json_open_object(o);
	json_put_str(o, "bomFormat", S("CycloneDX"));
	json_put_str(o, "specVersion", S("1.6"));
	if (str_starts(v->id, S("urn:uuid:")))
		json_put_str(o, "serialNumber", v->id);
	else if (v->id.n)
		TRY(vex_lose(c, v, S(""), N_("The document's id {1} is not carried over."), v->id, STR_NONE));
	json_put_int(o, "version", 1);
	json_open(o, "metadata", '{');
	json_put_str(o, "timestamp", vex_date(c, v));
	if (v->author.n) {
		json_open(o, "supplier", '{');
		json_put_str(o, "name", v->author);
		json_close(o);
	}
	json_close(o);
	TRY(components_print(c, v, o));
	json_open(o, "vulnerabilities", '[');
	for (size_t i = 0; i < v->statements.n; i++)
		if (vex_first(v, i, seen))
			TRY(vulnerability_print(c, v, o, i));
	json_close(o);
	json_close(o);
	return true;
}
