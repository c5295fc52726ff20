#include "standards/kev/kev.h"

#include <stdlib.h>

#include "standards/finding/embed.h"

EMBED(kev_schema_text, "standards/kev/data/schema.json");

static struct schema_source source = { .text = { EMBEDDED(kev_schema_text) } };

static const struct json_limits limits = {
	.bytes = 64 << 20, .depth = 20, .members = 200000, .string = 1 << 20,
};

static int by_cve(const void *a, const void *b)
{
	return str_cmp(((const struct kev_entry *)a)->cve, ((const struct kev_entry *)b)->cve);
}

static struct kev_entry entry_of(const struct json *x)
{
	str ransomware = json_get_str(x, S("knownRansomwareCampaignUse"));

	return (struct kev_entry){
		.cve = json_get_str(x, S("cveID")), .vendor = json_get_str(x, S("vendorProject")),
		.product = json_get_str(x, S("product")), .name = json_get_str(x, S("vulnerabilityName")),
		.description = json_get_str(x, S("shortDescription")), .action = json_get_str(x, S("requiredAction")),
		.notes = json_get_str(x, S("notes")), .added = json_get_str(x, S("dateAdded")),
		.due = json_get_str(x, S("dueDate")), .cwes = json_get(x, S("cwes")),
		.ransomware = str_eq(ransomware, S("Known")) ? KEV_KNOWN :
		              str_eq(ransomware, S("Unknown")) ? KEV_UNKNOWN : KEV_UNSTATED,
	};
}

static bool entries_read(struct ctx *c, const struct json *list, struct findings *f, struct kev *out)
{
	out->v = arena_alloc(c->arena, (json_count(list) + 1) * sizeof(*out->v));
	if (!out->v)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	for (JSON_ITEMS(x, list))
		out->v[out->n++] = entry_of(x);
	qsort(out->v, out->n, sizeof(*out->v), by_cve);
	for (size_t i = 1; i < out->n; i++)
		if (str_eq(out->v[i].cve, out->v[i - 1].cve))
			TRY(finding_add(c, f, (struct finding){ "kev.unique", FINDING_ERROR, S("/vulnerabilities"),
			                N_("{1} stands twice."), { out->v[i].cve, STR_NONE } }));
	return true;
}

bool kev_read(struct ctx *c, str bytes, struct findings *f, struct kev *out)
{
	const struct json *v;
	int64_t count;

	*out = (struct kev){ .version = STR_NONE, .released = TIME_NONE };
	findings_init(f);
	TRY(findings_read(c, f, bytes, &limits, &v));
	if (!v)
		return true;
	out->version = f->version = json_get_str(v, S("catalogVersion"));
	TRY(findings_schema(c, f, schema_shared(&source), v, S("")));
	if (!f->valid)
		return true;
	if (!time_parse(json_get_str(v, S("dateReleased")), &out->released))
		TRY(finding_add(c, f, (struct finding){ "kev.released", FINDING_ERROR, S("/dateReleased"),
		                N_("The date of the catalogue cannot be read."), { STR_NONE, STR_NONE } }));
	if (!json_int(json_get(v, S("count")), &count) || count != (int64_t)json_count(json_get(v, S("vulnerabilities"))))
		TRY(finding_add(c, f, (struct finding){ "kev.count", FINDING_ERROR, S("/count"),
		                N_("The count is not the number of entries; the catalogue may have been cut."),
		                { STR_NONE, STR_NONE } }));
	return entries_read(c, json_get(v, S("vulnerabilities")), f, out);
}

const struct kev_entry *kev_find(const struct kev *k, str cve)
{
	struct kev_entry key = { .cve = cve };

	return k->n ? bsearch(&key, k->v, k->n, sizeof(*k->v), by_cve) : NULL;
}
