#include "standards/csaf/csaf_read.h"

#include "standards/cvss/cvss.h"
#include "standards/cwe/cwe.h"

/*
 * Each reader takes a list of the document and returns an array of as many
 * structs, or fewer; the arena ends the work when it is full (ctx_net), so an
 * array that could not be had is empty.
 */

#define READ_LIST(c, source, type, list, read) do { \
	const struct json *all_ = (source); \
	type *items_ = json_count(all_) ? arena_alloc((c)->arena, json_count(all_) * sizeof(type)) : NULL; \
	size_t n_ = 0; \
	for (size_t i_ = 0; items_ && i_ < json_count(all_); i_++) { \
		items_[n_] = (type){ 0 }; \
		n_ += read((c), json_at(all_, i_), &items_[n_]); \
	} \
	(list)->v = items_; \
	(list)->n = n_; \
} while (0)

static str text(const struct json *v, const char *key)
{
	return json_get_str(v, str_of(key));
}

static const char *word(struct ctx *c, const struct json *v, const char *key)
{
	str s = text(v, key);

	return str_is_none(s) ? NULL : cstr(c->arena, s);
}

static time_us instant(const struct json *v, const char *key)
{
	time_us t;

	return time_parse(text(v, key), &t) ? t : 0;
}

static struct csaf_strs strs(struct ctx *c, const struct json *v, const char *key)
{
	const struct json *list = json_get(v, str_of(key));
	size_t             n = 0;
	str               *out = json_count(list) ? arena_alloc(c->arena, json_count(list) * sizeof(str)) : NULL;

	for (size_t i = 0; out && i < json_count(list); i++)
		if (json_is(json_at(list, i), JSON_STRING))
			out[n++] = json_str(json_at(list, i));
	return (struct csaf_strs){ out, n };
}

/* ---- parts that occur in several places ---- */

static bool read_note(struct ctx *c, const struct json *v, struct csaf_note *out)
{
	*out = (struct csaf_note){ .lang = STR_NONE, .category = word(c, v, "category"), .title = text(v, "title"),
	                           .text = text(v, "text"), .audience = text(v, "audience") };
	return json_is(v, JSON_OBJECT);
}

static bool read_link(UNUSED struct ctx *c, const struct json *v, struct csaf_link *out)
{
	str category = text(v, "category");

	*out = (struct csaf_link){ .self = str_eq(category, S("self")), .summary = text(v, "summary"),
	                           .url = text(v, "url"), .unsaid = str_is_none(category) };
	return json_is(v, JSON_OBJECT);
}

static bool read_thanks(struct ctx *c, const struct json *v, struct csaf_thanks *out)
{
	*out = (struct csaf_thanks){ .names = strs(c, v, "names"), .urls = strs(c, v, "urls"),
	                             .organization = text(v, "organization"), .summary = text(v, "summary") };
	return json_is(v, JSON_OBJECT);
}

/* ---- document ---- */

static bool read_revision(UNUSED struct ctx *c, const struct json *v, struct csaf_revision *out)
{
	*out = (struct csaf_revision){ .date = instant(v, "date"), .number = text(v, "number"),
	                               .summary = text(v, "summary"), .legacy = text(v, "legacy_version") };
	return json_is(v, JSON_OBJECT);
}

static void read_tracking(struct ctx *c, const struct json *t, struct csaf_doc *d)
{
	const struct json *generator = json_get(t, S("generator")), *engine = json_get(generator, S("engine"));

	d->id              = text(t, "id");
	d->status          = word(c, t, "status");
	d->version         = text(t, "version");
	d->initial_release = instant(t, "initial_release_date");
	d->current_release = instant(t, "current_release_date");
	d->engine          = text(engine, "name");
	d->engine_version  = text(engine, "version");
	d->generated       = instant(generator, "date");
	d->aliases         = strs(c, t, "aliases");
	READ_LIST(c, json_get(t, S("revision_history")), struct csaf_revision, &d->revisions, read_revision);
}

static void read_document(struct ctx *c, const struct json *v, struct csaf_doc *d)
{
	const struct json *distribution = json_get(v, S("distribution")), *tlp = json_get(distribution, S("tlp"));
	const struct json *p = json_get(v, S("publisher"));

	d->category     = word(c, v, "category");
	d->title        = text(v, "title");
	d->lang         = text(v, "lang");
	d->source_lang  = text(v, "source_lang");
	d->tlp          = word(c, tlp, "label");
	d->tlp_url      = text(tlp, "url");
	d->distribution = text(distribution, "text");
	d->severity     = text(json_get(v, S("aggregate_severity")), "text");
	d->publisher    = (struct csaf_publisher){ .category = word(c, p, "category"), .name = text(p, "name"),
		.namespace_uri = text(p, "namespace"), .contact = text(p, "contact_details"),
		.authority = text(p, "issuing_authority") };
	read_tracking(c, json_get(v, S("tracking")), d);
	READ_LIST(c, json_get(v, S("notes")), struct csaf_note, &d->notes, read_note);
	READ_LIST(c, json_get(v, S("references")), struct csaf_link, &d->links, read_link);
	READ_LIST(c, json_get(v, S("acknowledgments")), struct csaf_thanks, &d->thanked, read_thanks);
}

/* ---- product tree ---- */

static bool read_product(struct ctx *c, const struct json *v, struct csaf_product *out)
{
	const struct json *h = json_get(v, S("product_identification_helper"));

	*out = (struct csaf_product){ .name = text(v, "name"), .id = text(v, "product_id"), .cpe = text(h, "cpe"),
		.purl = text(h, "purl"), .models = strs(c, h, "model_numbers"), .sboms = strs(c, h, "sbom_urls"),
		.serials = strs(c, h, "serial_numbers"), .skus = strs(c, h, "skus") };
	return json_is(v, JSON_OBJECT);
}

/* As deep as the JSON text, which has a limit. */
static bool read_branch(struct ctx *c, const struct json *v, struct csaf_branch *out)
{
	struct { const struct csaf_branch *v; size_t n; } below;
	const struct json *p = json_get(v, S("product"));
	struct csaf_product *product = p ? arena_alloc(c->arena, sizeof(*product)) : NULL;

	READ_LIST(c, json_get(v, S("branches")), struct csaf_branch, &below, read_branch);
	*out = (struct csaf_branch){ .category = word(c, v, "category"), .name = text(v, "name"),
	                             .child = below.v, .children = below.n };
	if (product && read_product(c, p, product))
		out->product = product;
	return json_is(v, JSON_OBJECT);
}

static bool read_relation(struct ctx *c, const struct json *v, struct csaf_relation *out)
{
	*out = (struct csaf_relation){ .category = word(c, v, "category"), .reference = text(v, "product_reference"),
	                               .relates = text(v, "relates_to_product_reference") };
	return read_product(c, json_get(v, S("full_product_name")), &out->product);
}

static bool read_group(struct ctx *c, const struct json *v, struct csaf_group *out)
{
	*out = (struct csaf_group){ .id = text(v, "group_id"), .summary = text(v, "summary"),
	                            .products = strs(c, v, "product_ids") };
	return json_is(v, JSON_OBJECT);
}

static void read_tree(struct ctx *c, const struct json *v, struct csaf_doc *d)
{
	READ_LIST(c, json_get(v, S("branches")), struct csaf_branch, &d->branches, read_branch);
	READ_LIST(c, json_get(v, S("full_product_names")), struct csaf_product, &d->loose, read_product);
	READ_LIST(c, json_get(v, S("relationships")), struct csaf_relation, &d->relations, read_relation);
	READ_LIST(c, json_get(v, S("product_groups")), struct csaf_group, &d->groups, read_group);
}

/* ---- vulnerabilities ---- */

static bool read_id(UNUSED struct ctx *c, const struct json *v, struct csaf_id *out)
{
	*out = (struct csaf_id){ text(v, "system_name"), text(v, "text") };
	return json_is(v, JSON_OBJECT);
}

static bool read_flag(struct ctx *c, const struct json *v, struct csaf_flag *out)
{
	*out = (struct csaf_flag){ .label = word(c, v, "label"), .date = instant(v, "date"),
	                           .products = strs(c, v, "product_ids"), .groups = strs(c, v, "group_ids") };
	return json_is(v, JSON_OBJECT);
}

static bool read_remedy(struct ctx *c, const struct json *v, struct csaf_remedy *out)
{
	*out = (struct csaf_remedy){ .lang = STR_NONE, .category = word(c, v, "category"), .details = text(v, "details"),
		.url = text(v, "url"), .date = instant(v, "date"), .products = strs(c, v, "product_ids"),
		.groups = strs(c, v, "group_ids"), .restart = word(c, json_get(v, S("restart_required")), "category") };
	return json_is(v, JSON_OBJECT);
}

static bool read_threat(struct ctx *c, const struct json *v, struct csaf_threat *out)
{
	*out = (struct csaf_threat){ .lang = STR_NONE, .category = word(c, v, "category"), .details = text(v, "details"),
		.date = instant(v, "date"), .products = strs(c, v, "product_ids"), .groups = strs(c, v, "group_ids") };
	return json_is(v, JSON_OBJECT);
}

/* A vector that cannot be read is left out: no score follows from it. */
static bool read_vector(struct ctx *c, const struct json *v, struct csaf_vector *out)
{
	const struct json *v3 = json_get(v, S("cvss_v3")), *score = v3 ? v3 : json_get(v, S("cvss_v2"));
	struct cvss        known;

	*out = (struct csaf_vector){ text(score, "vectorString"), strs(c, v, "products"),
	                             !json_get(score, S("temporalScore")), !json_get(score, S("environmentalScore")) };
	if (cvss_parse(c, out->vector, &known))
		return known.version != CVSS_40;
	c->fault = (struct fault){ 0 };
	return false;
}

static void read_weakness(const struct json *v, struct csaf_vulnerability *out)
{
	str     id = text(v, "id");
	int64_t number;

	if (!str_starts(id, S("CWE-")) || !str_to_int(str_slice(id, 4, id.n), &number) || number < 1 || number > 99999)
		return;
	out->cwe      = (int)number;
	out->cwe_name = text(v, "name");
	if (!out->cwe_name.n)
		out->cwe = 0;
}

static bool read_vulnerability(struct ctx *c, const struct json *v, struct csaf_vulnerability *out)
{
	static const char *const keys[CSAF_STATUSES] = {
		"first_affected", "first_fixed", "fixed", "known_affected", "known_not_affected",
		"last_affected", "recommended", "under_investigation",
	};

	*out = (struct csaf_vulnerability){ .title = text(v, "title"), .cve = text(v, "cve"),
		.discovered = instant(v, "discovery_date"), .released = instant(v, "release_date") };
	read_weakness(json_get(v, S("cwe")), out);
	for (int i = 0; i < CSAF_STATUSES; i++)
		out->status[i] = strs(c, json_get(v, S("product_status")), keys[i]);
	READ_LIST(c, json_get(v, S("ids")), struct csaf_id, &out->ids, read_id);
	READ_LIST(c, json_get(v, S("scores")), struct csaf_vector, &out->vectors, read_vector);
	READ_LIST(c, json_get(v, S("remediations")), struct csaf_remedy, &out->remedies, read_remedy);
	READ_LIST(c, json_get(v, S("flags")), struct csaf_flag, &out->flags, read_flag);
	READ_LIST(c, json_get(v, S("threats")), struct csaf_threat, &out->threats, read_threat);
	READ_LIST(c, json_get(v, S("notes")), struct csaf_note, &out->notes, read_note);
	READ_LIST(c, json_get(v, S("references")), struct csaf_link, &out->links, read_link);
	READ_LIST(c, json_get(v, S("acknowledgments")), struct csaf_thanks, &out->thanked, read_thanks);
	return json_is(v, JSON_OBJECT);
}

bool csaf_read(struct ctx *c, const struct json *root, struct csaf_doc *out)
{
	*out = (struct csaf_doc){ .base_url = STR_NONE };
	read_document(c, json_get(root, S("document")), out);
	read_tree(c, json_get(root, S("product_tree")), out);
	READ_LIST(c, json_get(root, S("vulnerabilities")), struct csaf_vulnerability, &out->vulnerabilities, read_vulnerability);
	return ctx_whole(c);
}
