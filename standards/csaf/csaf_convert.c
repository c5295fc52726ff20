#include "standards/csaf/csaf_convert.h"

#include <string.h>

#include "base/list.h"
#include "standards/csaf/csaf_convert_part.h"

void convert_say(struct convert *k, enum finding_class class, const char *part, struct node *at,
                 const char *text, str one, str two)
{
	if (!finding_add(k->c, &k->out->notes, (struct finding){ part, class, node_pointer(k->a, at), text, { one, two } }))
		k->full = true;
}

void convert_warn(struct convert *k, const char *part, struct node *at, const char *text, str two)
{
	convert_say(k, FINDING_WARNING, part, at, text, node_brief(k->a, at), two);
}

/* What csaf_convert works with. */
struct job {
	str bytes;
	const struct csaf_convert_options *how;
	struct csaf_converted *out;
	struct buf *b;
};

/* One conversion in one way of trying; the result is judged. */
static bool attempt(struct ctx *c, struct job *job, const struct json *root, bool whole, bool old_profile)
{
	static const struct csaf_options basic = { .preset = CSAF_BASIC, .cwe_release = STR_NONE, .findings_max = 100000 };
	struct convert k = { .c = c, .a = c->arena, .how = job->how, .out = job->out, .whole = whole, .old_profile = old_profile };
	struct json_out o;

	findings_init(&job->out->notes);
	job->out->notes.max = CSAF_CONVERT_NOTES_MAX;
	job->b->n   = 0;
	job->b->full = false;
	k.root = node_root(k.a, root);
	convert_clean(&k, k.root);
	k.document = node_get(k.a, k.root, "document");
	k.tracking = node_get(k.a, k.document, "tracking");
	k.tree     = node_get(k.a, k.root, "product_tree");
	k.vulnerabilities = node_get(k.a, k.root, "vulnerabilities");
	convert_branches(&k);
	index_products(&k);
	if (whole)
		convert_fixed(&k);
	convert_products(&k);
	convert_vulnerabilities(&k);
	convert_document(&k);
	if (k.full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to convert this document, or its product groups are too large."));
	json_out_init(&o, job->b, JSON_PRETTY);
	node_print(k.a, &o, k.root);
	if (job->b->full)
		return fault(c, E_LIMIT, NULL, N_("The converted document is too long."));
	return csaf_check(c, buf_str(job->b), &basic, &job->out->judged);
}

/* Does the result break what the profile of security advisories newly asks for? */
static bool breaks_profile(const struct csaf_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].test, "6.1.27.12") == 0 || strcmp(f->v[i].test, "6.1.27.13") == 0)
			return true;
	return false;
}

static bool convert_run(struct ctx *c, void *arg)
{
	struct job *job = arg;
	const struct json *root;
	struct csaf_findings schema;
	struct csaf_options  how = { .preset = CSAF_SCHEMA, .cwe_release = STR_NONE };
	bool advisory;

	TRY(json_parse(c, job->bytes, &csaf_limits, &root));
	if (!str_eq(json_get_str(json_get(root, S("document")), S("csaf_version")), S("2.0")))
		return fault(c, E_INVALID, "/document/csaf_version", N_("The file is no document of CSAF 2.0."));
	TRY(csaf_check(c, job->bytes, &how, &schema));
	if (!schema.valid)
		return fault(c, E_INVALID, cstr(c->arena, schema.v[0].pointer), N_("The document breaks the schema of CSAF 2.0: {1}"),
		             csaf_sentence(c->arena, &schema.v[0]));
	advisory = str_eq(json_get_str(json_get(root, S("document")), S("category")), S("csaf_security_advisory"));
	TRY(attempt(c, job, root, advisory, false));
	return !advisory || !breaks_profile(&job->out->judged) || attempt(c, job, root, false, true);
}

bool csaf_convert(struct ctx *c, str bytes, const struct csaf_convert_options *how,
                  struct csaf_converted *out, struct buf *b)
{
	static const struct csaf_convert_options plain = { 0 };
	struct job job = { bytes, how ? how : &plain, out, b };

	*out = (struct csaf_converted){ 0 };
	findings_init(&out->notes);
	return ctx_net(c, convert_run, &job);
}
