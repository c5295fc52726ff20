/* The CSAF 2.0 VEX profile, writing: valid by the tests 6.1 of the standard when the model says enough. */
#include "standards/vex/vex_part.h"

#include "standards/cpe/cpe.h"
#include "standards/cve/cve.h"
#include "standards/purl/purl.h"

static str product_id(struct ctx *c, size_t i)
{
	return str_fmt(c->arena, "CSAFPID-%04zu", i + 1);
}

static void head_print(struct ctx *c, const struct vex *v, struct json_out *o)
{
	str date = vex_date(c, v), id = v->id.n ? v->id : S("vex-1");

	json_open(o, "document", '{');
	json_put_str(o, "category", S("csaf_vex"));
	json_put_str(o, "csaf_version", S("2.0"));
	json_open(o, "publisher", '{');
	json_put_str(o, "category", S("vendor"));
	json_put_str(o, "name", v->author);
	json_put_str(o, "namespace", v->site);
	json_close(o);
	json_put_str(o, "title", v->title.n ? v->title : STR_CAT(c->arena, S("VEX "), id));
	json_open(o, "tracking", '{');
	json_put_str(o, "current_release_date", date);
	json_put_str(o, "id", id);
	json_put_str(o, "initial_release_date", date);
	json_open(o, "revision_history", '[');
	json_open_object(o);
	json_put_str(o, "date", date);
	json_put_str(o, "number", S("1"));
	json_put_str(o, "summary", S("Converted."));
	json_close(o);
	json_close(o);
	json_put_str(o, "status", S("final"));
	json_put_str(o, "version", S("1"));
	json_close(o);
	json_close(o);
}

/* Only helpers that the schema accepts. */
static bool identification_print(struct ctx *c, struct vex *v, struct json_out *o, const struct vex_product *p)
{
	struct ctx quiet = *c;
	struct purl u;
	struct cpe n;
	bool purl = p->purl.p && purl_parse(&quiet, p->purl, &u), cpe = p->cpe.p && cpe_parse(&quiet, p->cpe, &n);

	if (p->purl.p && !purl)
		TRY(vex_lose(c, v, S(""), N_("{1} is no package URL."), p->purl, STR_NONE));
	if (!purl && !cpe)
		return true;
	json_open(o, "product_identification_helper", '{');
	if (cpe)
		json_put_str(o, "cpe", p->cpe);
	if (purl)
		json_put_str(o, "purl", p->purl);
	json_close(o);
	return true;
}

static bool product_print(struct ctx *c, struct vex *v, struct json_out *o, const struct vex_product *p, str id)
{
	json_put_str(o, "name", vex_product_title(c->arena, p));
	json_put_str(o, "product_id", id);
	return identification_print(c, v, o, p);
}

static bool has_branch(const struct vex_product *p)
{
	return p->vendor.n && p->name.n && (p->version.n || p->range.n);
}

static void branch_open(struct json_out *o, const char *category, str name)
{
	json_open_object(o);
	json_put_str(o, "category", str_of(category));
	json_put_str(o, "name", name);
}

/* vendor → product → version, each product of its own. */
static bool branches_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	bool some = false;

	for (size_t i = 0; i < v->products.n; i++) {
		const struct vex_product *p = &v->products.v[i];

		if (!has_branch(p))
			continue;
		if (!some)
			json_open(o, "branches", '[');
		some = true;
		branch_open(o, "vendor", p->vendor);
		json_open(o, "branches", '[');
		branch_open(o, "product_name", p->name);
		json_open(o, "branches", '[');
		branch_open(o, p->version.n ? "product_version" : "product_version_range", p->version.n ? p->version : p->range);
		json_open(o, "product", '{');
		TRY(product_print(c, v, o, p, product_id(c, i)));
		for (int k = 0; k < 6; k++)
			json_close(o);
	}
	if (some)
		json_close(o);
	return true;
}

static bool names_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	bool some = false;

	for (size_t i = 0; i < v->products.n; i++) {
		const struct vex_product *p = &v->products.v[i];
		struct vex_product part = { .ref = p->part, .name = p->part, .purl = str_starts(p->part, S("pkg:")) ? p->part : STR_NONE };

		if (has_branch(p) && !p->part.p)
			continue;
		if (!some)
			json_open(o, "full_product_names", '[');
		some = true;
		if (!has_branch(p)) {
			json_open_object(o);
			TRY(product_print(c, v, o, p, product_id(c, i)));
			json_close(o);
		}
		if (p->part.p) {
			json_open_object(o);
			TRY(product_print(c, v, o, &part, STR_CAT(c->arena, product_id(c, i), S("-part"))));
			json_close(o);
		}
	}
	if (some)
		json_close(o);
	return true;
}

static str stated_id(struct ctx *c, const struct vex *v, size_t i)
{
	return v->products.v[i].part.p ? STR_CAT(c->arena, product_id(c, i), S("-with-part")) : product_id(c, i);
}

static void relations_print(struct ctx *c, const struct vex *v, struct json_out *o)
{
	bool some = false;

	for (size_t i = 0; i < v->products.n; i++) {
		const struct vex_product *p = &v->products.v[i];

		if (!p->part.p)
			continue;
		if (!some)
			json_open(o, "relationships", '[');
		some = true;
		json_open_object(o);
		json_put_str(o, "category", S("default_component_of"));
		json_open(o, "full_product_name", '{');
		json_put_str(o, "name", STR_CAT(c->arena, p->part, S(" in "), vex_product_title(c->arena, p)));
		json_put_str(o, "product_id", stated_id(c, v, i));
		json_close(o);
		json_put_str(o, "product_reference", STR_CAT(c->arena, product_id(c, i), S("-part")));
		json_put_str(o, "relates_to_product_reference", product_id(c, i));
		json_close(o);
	}
	if (some)
		json_close(o);
}

static bool same_vulnerability(const struct vex_statement *a, const struct vex_statement *b)
{
	return str_eq(a->vulnerability, b->vulnerability) && str_eq(a->description, b->description);
}

static void one_id(struct ctx *c, const struct vex *v, struct json_out *o, size_t product)
{
	json_open(o, "product_ids", '[');
	json_out_str(o, stated_id(c, v, product));
	json_close(o);
}

static void statuses_print(struct ctx *c, const struct vex *v, struct json_out *o, size_t i)
{
	static const struct { enum vex_status status; const char *list; } lists[] = {
		{ VEX_FIXED, "fixed" }, { VEX_AFFECTED, "known_affected" }, { VEX_NOT_AFFECTED, "known_not_affected" },
		{ VEX_UNDER_INVESTIGATION, "under_investigation" },
	};

	json_open(o, "product_status", '{');
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		bool some = false;

		for (size_t n = i; n < v->statements.n; n++) {
			if (v->statements.v[n].status != lists[k].status || !same_vulnerability(&v->statements.v[i], &v->statements.v[n]))
				continue;
			if (!some)
				json_open(o, lists[k].list, '[');
			some = true;
			json_out_str(o, stated_id(c, v, v->statements.v[n].product));
		}
		if (some)
			json_close(o);
	}
	json_close(o);
}

static bool is_justification(str s)
{
	static const char *const words[] = { "component_not_present", "vulnerable_code_not_present",
		"vulnerable_code_not_in_execute_path", "vulnerable_code_cannot_be_controlled_by_adversary",
		"inline_mitigations_already_exist" };

	for (size_t i = 0; i < 5; i++)
		if (str_eq(s, str_of(words[i])))
			return true;
	return false;
}

static void flags_print(struct ctx *c, const struct vex *v, struct json_out *o, size_t i)
{
	bool some = false;

	for (size_t n = i; n < v->statements.n; n++) {
		const struct vex_statement *s = &v->statements.v[n];

		if (!same_vulnerability(&v->statements.v[i], s) || s->status != VEX_NOT_AFFECTED || !is_justification(s->justification))
			continue;
		if (!some)
			json_open(o, "flags", '[');
		some = true;
		json_open_object(o);
		json_put_str(o, "label", s->justification);
		one_id(c, v, o, s->product);
		json_close(o);
	}
	if (some)
		json_close(o);
}

static const char *category_of(str response)
{
	static const char *const pairs[][2] = {
		{ "update", "vendor_fix" }, { "workaround_available", "workaround" }, { "rollback", "mitigation" },
		{ "will_not_fix", "no_fix_planned" }, { "can_not_fix", "none_available" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (str_find(response.p ? response : S(""), str_of(pairs[i][0]), 0) != SIZE_MAX)
			return pairs[i][1];
	return "mitigation";
}

/* meets CSAF-2.0 6.1.27.10: every affected product has an action. */
static bool remediations_print(struct ctx *c, struct vex *v, struct json_out *o, size_t i)
{
	bool some = false;

	for (size_t n = i; n < v->statements.n; n++) {
		const struct vex_statement s = v->statements.v[n];

		if (!same_vulnerability(&v->statements.v[i], &s) || (s.status != VEX_AFFECTED && !s.action.n))
			continue;
		if (!s.action.n)
			TRY(vex_lose(c, v, S(""), N_("{1}: no action was stated; CSAF needs one."), s.vulnerability, STR_NONE));
		if (!some)
			json_open(o, "remediations", '[');
		some = true;
		json_open_object(o);
		json_put_str(o, "category", str_of(s.action.n || s.response.n ? category_of(s.response) : "none_available"));
		json_put_str(o, "details", s.action.n ? s.action : s.response.n ? s.response : S("No action is stated."));
		one_id(c, v, o, s.product);
		json_close(o);
	}
	if (some)
		json_close(o);
	return true;
}

/* meets CSAF-2.0 6.1.27.9: every product that is not affected has a flag or an impact statement. */
static bool threats_print(struct ctx *c, struct vex *v, struct json_out *o, size_t i)
{
	bool some = false;

	for (size_t n = i; n < v->statements.n; n++) {
		const struct vex_statement s = v->statements.v[n];
		bool needed = s.status == VEX_NOT_AFFECTED && !is_justification(s.justification);

		if (!same_vulnerability(&v->statements.v[i], &s) || (!needed && !s.impact.n))
			continue;
		if (!s.impact.n)
			TRY(vex_lose(c, v, S(""), N_("{1}: no reason was stated; CSAF needs one."), s.vulnerability, STR_NONE));
		if (!some)
			json_open(o, "threats", '[');
		some = true;
		json_open_object(o);
		json_put_str(o, "category", S("impact"));
		json_put_str(o, "details", s.impact.n ? s.impact : S("No reason is stated."));
		one_id(c, v, o, s.product);
		json_close(o);
	}
	if (some)
		json_close(o);
	return true;
}

static bool vulnerability_print(struct ctx *c, struct vex *v, struct json_out *o, size_t i)
{
	const struct vex_statement s = v->statements.v[i];

	json_open_object(o);
	if (cve_id_check(s.vulnerability)) {
		json_put_str(o, "cve", s.vulnerability);
	} else {
		json_open(o, "ids", '[');
		json_open_object(o);
		json_put_str(o, "system_name", S("ID"));
		json_put_str(o, "text", s.vulnerability.n ? s.vulnerability : S("-"));
		json_close(o);
		json_close(o);
	}
	flags_print(c, v, o, i);
	json_open(o, "notes", '[');
	json_open_object(o);
	json_put_str(o, "category", S("description"));
	json_put_str(o, "text", s.description.n ? s.description : s.vulnerability.n ? s.vulnerability : S("-"));
	json_close(o);
	json_close(o);
	statuses_print(c, v, o, i);
	TRY(remediations_print(c, v, o, i));
	TRY(threats_print(c, v, o, i));
	json_close(o);
	return true;
}

static bool said_before(const struct vex *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_vulnerability(&v->statements.v[k], &v->statements.v[i]))
			return true;
	return false;
}

bool vex_csaf_print(struct ctx *c, struct vex *v, struct json_out *o)
{
	if (!v->author.n)
		return fault(c, E_INVALID, "author", N_("CSAF needs the name of the publisher."));
	if (!v->site.n)
		return fault(c, E_INVALID, "site", N_("CSAF needs a URL of the publisher."));
	json_open_object(o);
	head_print(c, v, o);
	json_open(o, "product_tree", '{');
	TRY(branches_print(c, v, o));
	TRY(names_print(c, v, o));
	relations_print(c, v, o);
	json_close(o);
	json_open(o, "vulnerabilities", '[');
	for (size_t i = 0; i < v->statements.n; i++)
		if (!said_before(v, i))
			TRY(vulnerability_print(c, v, o, i));
	json_close(o);
	json_close(o);
	return true;
}
