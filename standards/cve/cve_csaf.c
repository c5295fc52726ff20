#include "standards/cve/cve_csaf.h"

#include <string.h>

#include "standards/bcp47/language.h"
#include "standards/cve/cve_csaf_part.h"
#include "standards/cvss/cvss.h"
#include "standards/cwe/cwe.h"

void cve_tell(struct cve_turn *k, enum finding_class class, const char *part, str pointer, const char *text, str one, str two)
{
	if (!finding_add(k->c, &k->out->notes, (struct finding){ part, class, pointer, text, { utf8_cut(one, 400), utf8_cut(two, 400) } }))
		k->full = true;
}

/* Is the key one of the words? */
static bool is_kept(const char *kept, str key)
{
	str rest = str_of(kept), word;

	while (str_cut(&rest, ' ', &word))
		if (str_eq(word, key))
			return true;
	return false;
}

void cve_members_tell(struct cve_turn *k, const char *part, const struct json *object, const char *kept, str pointer)
{
	for (JSON_MEMBERS(m, object)) {
		struct buf b;

		if (is_kept(kept, json_key(m)))
			continue;
		buf_init(&b, k->a, pointer.n + 2 * json_key(m).n + 8);
		buf_add(&b, pointer);
		json_pointer_key(&b, json_key(m));
		cve_tell(k, FINDING_WARNING, part, buf_str(&b), N_("{1} is not carried over."), json_key(m), STR_NONE);
	}
}

static str below(struct cve_turn *k, const char *list, size_t i)
{
	return STR_CAT(k->a, k->record.cna_at, str_fmt(k->a, "/%s/%zu", list, i));
}

/* ---- texts ---- */

/* The text of an item in the document's language; none when it is in another, which is told. */
static str text_of(struct cve_turn *k, const char *list, const struct json *x, size_t i)
{
	str lang = json_get_str(x, S("lang")), text = json_get_str(x, S("value"));

	if (!text.n || !lang.p || str_eq_nocase(language_primary(lang), language_primary(k->lang))) {
		cve_members_tell(k, list, x, "lang value type user time", below(k, list, i));
		return text.n ? text : STR_NONE;
	}
	cve_tell(k, FINDING_WARNING, list, below(k, list, i), N_("The text in the language {1} is not carried over; the document is in {2}."), lang, k->lang);
	return STR_NONE;
}

struct notes { struct csaf_note *v; size_t n, cap, max; };

static void note_add(struct cve_turn *k, struct notes *out, const char *category, const char *title, str text)
{
	struct csaf_note n = { .lang = STR_NONE, .category = category, .title = str_of(title), .text = text, .audience = STR_NONE };

	if (!list_push(k->a, out, n))
		k->full = true;
}

/* The items of a list, one a line. */
static str lines_of(struct cve_turn *k, const char *list)
{
	const struct json *items = json_get(k->record.cna, str_of(list));
	struct buf b;

	buf_init(&b, k->a, 1 << 20);
	for (size_t i = 0; i < json_count(items); i++) {
		str text = text_of(k, list, json_at(items, i), i), time = json_get_str(json_at(items, i), S("time"));

		if (text.p)
			buf_fmt(&b, "%s%.*s%s", b.n ? "\n" : "", STR_ARG(time), time.p ? ": " : "");
		buf_add(&b, text);
	}
	return b.n ? buf_str(&b) : STR_NONE;
}

static void notes_read(struct cve_turn *k, struct notes *out)
{
	const struct json *list = json_get(k->record.cna, S("descriptions"));
	str lines;

	out->max = 1000;
	for (size_t i = 0; i < json_count(list); i++) {
		str text = text_of(k, "descriptions", json_at(list, i), i);

		if (text.p)
			note_add(k, out, "description", "CVE Description", text);
	}
	lines = lines_of(k, "configurations");
	if (lines.p)
		note_add(k, out, "description", "Preconditions", lines);
	lines = lines_of(k, "timeline");
	if (lines.p)
		note_add(k, out, "details", "Timeline", lines);
}

/* ---- lists of the vulnerability ---- */

struct remedies { struct csaf_remedy *v; size_t n, cap, max; };

static void remedies_read(struct cve_turn *k, struct remedies *out, const char *list, const char *category)
{
	const struct json *items = json_get(k->record.cna, str_of(list));
	struct csaf_strs affected = { k->of[KNOWN_AFFECTED].v, k->of[KNOWN_AFFECTED].n };

	out->max = 1000;
	for (size_t i = 0; i < json_count(items); i++) {
		str text = text_of(k, list, json_at(items, i), i);

		if (!text.p)
			continue;
		if (!affected.n)
			cve_tell(k, FINDING_WARNING, list, below(k, list, i), N_("No product is affected, so {1} is not carried over."), text, STR_NONE);
		else if (!list_push(k->a, out, (struct csaf_remedy){ .lang = STR_NONE, .category = category, .details = text, .url = STR_NONE,
		                                                     .products = affected }))
			k->full = true;
		else
			cve_tell(k, FINDING_INFO, list, below(k, list, i), N_("The text became a remediation of the category {1} for all affected products."),
			         str_of(category), STR_NONE);
	}
}

struct threats { struct csaf_threat *v; size_t n, cap, max; };

static void threat_add(struct cve_turn *k, struct threats *out, const char *category, str text)
{
	struct csaf_threat t = { .lang = STR_NONE, .category = category, .details = text };

	if (text.p && !list_push(k->a, out, t))
		k->full = true;
}

static void threats_read(struct cve_turn *k, struct threats *out)
{
	const struct json *exploits = json_get(k->record.cna, S("exploits")), *impacts = json_get(k->record.cna, S("impacts"));

	out->max = 1000;
	for (size_t i = 0; i < json_count(exploits); i++)
		threat_add(k, out, "exploit_status", text_of(k, "exploits", json_at(exploits, i), i));
	for (size_t i = 0; i < json_count(impacts); i++) {
		cve_members_tell(k, "impacts", json_at(impacts, i), "descriptions", below(k, "impacts", i));
		threat_add(k, out, "impact", json_get_str(json_at(json_get(json_at(impacts, i), S("descriptions")), 0), S("value")));
	}
}

struct vectors { struct csaf_vector *v; size_t n, cap, max; };

/* The vector of a metric; *version CVSS_VERSIONS when there is none that can be read. */
static str vector_of(struct cve_turn *k, const struct json *metric, enum cvss_version *version)
{
	static const char *const keys[] = { "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0" };
	struct ctx quiet = *k->c;
	struct cvss v;

	*version = CVSS_VERSIONS;
	for (int i = 0; i < 4; i++) {
		str vector = json_get_str(json_get(metric, str_of(keys[i])), S("vectorString"));

		if (!vector.p || !cvss_parse(&quiet, vector, &v))
			continue;
		*version = v.version;
		return vector;
	}
	return STR_NONE;
}

static void metrics_read(struct cve_turn *k, struct vectors *out)
{
	const struct json *list = json_get(k->record.cna, S("metrics"));
	struct csaf_strs affected = { k->of[KNOWN_AFFECTED].v, k->of[KNOWN_AFFECTED].n };
	unsigned have = 0;

	out->max = 8;
	for (size_t i = 0; i < json_count(list); i++) {
		enum cvss_version version;
		str vector = vector_of(k, json_at(list, i), &version), at = below(k, "metrics", i);
		/* one of CVSS 3, whichever it is */
		unsigned bit = version == CVSS_31 ? 1u << CVSS_30 : 1u << version;

		if (!vector.p)
			cve_tell(k, FINDING_WARNING, "metrics", at, N_("The metric is no CVSS vector that can be read, and is not carried over."), STR_NONE, STR_NONE);
		else if (!affected.n || (have & bit))
			cve_tell(k, FINDING_WARNING, "metrics", at, have & bit ? N_("{1} is a second vector for the same products, and is not carried over.") :
			         N_("No product is affected, so {1} is not carried over."), vector, STR_NONE);
		else if (!list_push(k->a, out, (struct csaf_vector){ vector, affected, false, false }))
			k->full = true;
		if (vector.p)
			have |= bit;
	}
}

/* The first weakness that CWE knows. */
static int weakness_read(struct cve_turn *k)
{
	const struct json *list = json_get(k->record.cna, S("problemTypes"));
	int found = 0;

	for (size_t i = 0; i < json_count(list); i++)
		for (JSON_ITEMS(x, json_get(json_at(list, i), S("descriptions")))) {
			str id = json_get_str(x, S("cweId"));
			struct cwe w;
			int number;

			if (!found && id.p && cwe_id_parse(id, &number) && cwe_find(STR_NONE, number, &w) && w.status != CWE_DEPRECATED)
				found = number;
			else
				cve_tell(k, FINDING_WARNING, "problemTypes", below(k, "problemTypes", i), id.p ?
				         N_("The weakness {1} is not carried over: CSAF 2.0 has one, of a known number.") :
				         N_("The problem type {1} has no number of CWE, and is not carried over."),
				         id.p ? id : json_get_str(x, S("description")), STR_NONE);
		}
	return found;
}

struct links { struct csaf_link *v; size_t n, cap, max; };

static void references_read(struct cve_turn *k, struct links *out)
{
	const struct json *list = json_get(k->record.cna, S("references"));

	out->max = 10000;
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *x = json_at(list, i);
		str url = json_get_str(x, S("url")), name = json_get_str(x, S("name"));

		cve_members_tell(k, "references", x, "url name", below(k, "references", i));
		if (url.n && !list_push(k->a, out, (struct csaf_link){ false, name.n ? name : url, url }))
			k->full = true;
	}
}

struct thanks { struct csaf_thanks *v; size_t n, cap, max; };

static void credits_read(struct cve_turn *k, struct thanks *out)
{
	const struct json *list = json_get(k->record.cna, S("credits"));

	out->max = 1000;
	for (size_t i = 0; i < json_count(list); i++) {
		str *name = NEW(k->a, str), type = json_get_str(json_at(list, i), S("type"));

		*name = text_of(k, "credits", json_at(list, i), i);
		if (name->p && !list_push(k->a, out, (struct csaf_thanks){ .names = { name, 1 }, .summary = type, .organization = STR_NONE }))
			k->full = true;
	}
}

/* ---- the document ---- */

static time_us date_of(struct cve_turn *k, const struct json *object, const char *key)
{
	str text = json_get_str(object, str_of(key));
	time_us t;

	/* dates of CVE may tell no offset: then they are UTC by its definition */
	if (text.p && (time_parse(text, &t) || time_parse(STR_CAT(k->a, text, S("Z")), &t)))
		return t;
	return 0;
}

static void tracking_fill(struct cve_turn *k, struct csaf_doc *d)
{
	const struct json *meta = json_get(k->record.root, S("cveMetadata"));
	struct csaf_revision *r = NEWS(k->a, struct csaf_revision, 2);

	d->id     = k->record.id;
	d->status = "final";
	d->initial_release = date_of(k, meta, "datePublished");
	d->current_release = date_of(k, meta, "dateUpdated");
	if (!d->initial_release) {
		cve_tell(k, FINDING_WARNING, "cveMetadata", S("/cveMetadata"), N_("The record has no date of publication; that of the conversion was taken."), STR_NONE, STR_NONE);
		d->initial_release = d->current_release ? d->current_release : k->c->now;
	}
	if (d->current_release < d->initial_release)
		d->current_release = d->initial_release;
	r[0] = (struct csaf_revision){ d->initial_release, S("1"), S("The CVE record was published."), STR_NONE };
	r[1] = (struct csaf_revision){ d->current_release, S("2"), S("The CVE record was updated."), STR_NONE };
	d->revisions.v = r;
	d->revisions.n = d->current_release > d->initial_release ? 2 : 1;
	d->version = d->revisions.n == 2 ? S("2") : S("1");
}

static str language_of(const struct json *cna)
{
	str first = json_get_str(json_at(json_get(cna, S("descriptions")), 0), S("lang"));

	for (JSON_ITEMS(x, json_get(cna, S("descriptions")))) {
		str lang = json_get_str(x, S("lang"));

		if (lang.p && str_eq_nocase(language_primary(lang), S("en")))
			return lang;
	}
	return first.p ? first : S("en");
}

/* The vulnerability; lists live in the arena. */
static void vulnerability_fill(struct cve_turn *k, struct csaf_vulnerability *v)
{
	struct notes    notes = { 0 };
	struct links    links = { 0 };
	struct vectors  vectors = { 0 };
	struct remedies remedies = { 0 };
	struct threats  threats = { 0 };
	struct thanks   thanks = { 0 };

	cve_products(k);
	notes_read(k, &notes);
	references_read(k, &links);
	metrics_read(k, &vectors);
	remedies_read(k, &remedies, "solutions", "vendor_fix");
	remedies_read(k, &remedies, "workarounds", "workaround");
	threats_read(k, &threats);
	credits_read(k, &thanks);
	v->title    = json_get_str(k->record.cna, S("title"));
	v->cve      = k->record.id;
	v->cwe      = weakness_read(k);
	v->cwe_name = STR_NONE;
	v->released = date_of(k, k->record.cna, "datePublic");
	for (int i = 0; i < CSAF_STATUSES; i++)
		v->status[i] = (struct csaf_strs){ k->of[i].v, k->of[i].n };
	v->notes    = (struct csaf_notes){ notes.v, notes.n };
	v->links    = (struct csaf_links){ links.v, links.n };
	v->thanked  = (struct csaf_thanked){ thanks.v, thanks.n };
	v->vectors.v  = vectors.v, v->vectors.n = vectors.n;
	v->remedies.v = remedies.v, v->remedies.n = remedies.n;
	v->threats.v  = threats.v, v->threats.n = threats.n;
}

static void rest_tell(struct cve_turn *k)
{
	cve_members_tell(k, "containers", k->record.cna, "affected configurations credits datePublic descriptions exploits impacts metrics "
	                 "problemTypes providerMetadata references solutions timeline title workarounds", k->record.cna_at);
	for (size_t i = 0; i < json_count(k->record.adp); i++)
		cve_tell(k, FINDING_WARNING, "containers", str_fmt(k->a, "/containers/adp/%zu", i),
		         N_("The container {1} of somebody else is not carried over."), json_get_str(json_at(k->record.adp, i), S("title")), STR_NONE);
}

struct job { str bytes, author, site; struct cve_csaf *out; struct buf *b; };

static bool convert_run(struct ctx *c, void *arg)
{
	static const struct csaf_options basic = { .preset = CSAF_BASIC, .cwe_release = STR_NONE };
	struct job *job = arg;
	struct cve_turn k = { .c = c, .a = c->arena, .out = job->out };
	struct csaf_vulnerability v = { 0 };
	struct csaf_doc d = { 0 };
	const struct json *root;
	str title;

	TRY(json_parse(c, job->bytes, &cve_limits, &root));
	cve_read(root, &k.record);
	if (k.record.form != CVE_RECORD || !k.record.cna || !cve_id_check(k.record.id))
		return fault(c, E_INVALID, NULL, N_("The file is no published CVE record."));
	if (k.record.rejected)
		return fault(c, E_INVALID, "/cveMetadata/state", N_("The record {1} is rejected; there is nothing to say in CSAF."), k.record.id);
	k.lang = language_of(k.record.cna);
	vulnerability_fill(&k, &v);
	rest_tell(&k);
	title = json_get_str(k.record.cna, S("title"));
	d.category  = k.releases.n && v.notes.n ? "csaf_security_advisory" : "csaf_base";
	d.title     = title.n ? title : k.record.id;
	d.lang      = k.lang;
	d.publisher = (struct csaf_publisher){ "vendor", job->author, job->site, STR_NONE, STR_NONE };
	d.base_url  = d.source_lang = d.tlp_url = d.distribution = d.severity = d.engine = d.engine_version = STR_NONE;
	tracking_fill(&k, &d);
	cve_tell(&k, FINDING_INFO, "publisher", S("/cveMetadata"), N_("The publisher's category is {1}."), S("vendor"), STR_NONE);
	d.releases.v = k.releases.v, d.releases.n = k.releases.n;
	d.vulnerabilities.v = &v, d.vulnerabilities.n = 1;
	if (k.full)
		return fault(c, E_LIMIT, NULL, N_("The record names too many products, or there is not enough memory."));
	TRY(csaf_write(c, &d, job->b));
	return csaf_check(c, buf_str(job->b), &basic, &job->out->judged);
}

bool cve_csaf_convert(struct ctx *c, str bytes, str author, str site, struct cve_csaf *out, struct buf *b)
{
	struct job job = { bytes, author, site, out, b };

	*out = (struct cve_csaf){ 0 };
	findings_init(&out->notes);
	if (!author.n)
		return fault(c, E_INVALID, "author", N_("Tell the name of the publisher."));
	if (!site.n)
		return fault(c, E_INVALID, "site", N_("Tell the address that is the publisher's namespace."));
	return ctx_net(c, convert_run, &job);
}
