#include "standards/cvrf/cvrf.h"

#include <string.h>

#include "base/list.h"
#include "standards/cvrf/cvrf_part.h"

#define NS_XML "http://www.w3.org/XML/1998/namespace"
#define NS_XSI "http://www.w3.org/2001/XMLSchema-instance"

/* ---- what the parts share ---- */

void cvrf_say(struct cvrf *k, enum finding_class class, const char *part, const struct xml *at, const char *text, str one, str two)
{
	struct findings *f = &k->out->notes;

	/* The path costs a look at all siblings: not for what is not kept. */
	if (f->n == f->max)
		f->count[class]++;
	else if (!finding_add(k->c, f, (struct finding){ part, class, xml_path(k->a, at), text, { utf8_cut(one, 400), utf8_cut(two, 400) } }))
		k->full = true;
}

struct xml *cvrf_take(struct xml *x, const char *name)
{
	struct xml *child = xml_child(x, name);

	if (child)
		child->taken = true;
	return child;
}

struct xml *cvrf_again(struct xml *x)
{
	struct xml *next = xml_again(x);

	if (next)
		next->taken = true;
	return next;
}

str cvrf_text(struct xml *x)
{
	str s = x ? str_trim(x->text) : STR_NONE;

	return s.n ? s : STR_NONE;
}

str cvrf_child_text(struct xml *x, const char *name)
{
	return cvrf_text(cvrf_take(x, name));
}

str cvrf_attribute(struct xml *x, const char *name)
{
	struct xml_attribute *a = xml_attribute(x, name);

	if (!a)
		return STR_NONE;
	a->taken = true;
	return str_trim(a->value).n ? str_trim(a->value) : STR_NONE;
}

void cvrf_put(struct cvrf *k, struct node *up, const char *key, str text)
{
	if (text.p)
		node_add(k->a, up, key, node_string(k->a, text));
}

void cvrf_put_list(struct cvrf *k, struct node *up, const char *key, struct node *list)
{
	if (list && !node_is_empty(k->a, list))
		node_add(k->a, up, key, list);
}

void cvrf_put_date(struct cvrf *k, struct node *up, const char *key, struct xml *at, str text)
{
	time_us t;

	if (text.p && !time_parse(text, &t) && time_parse(STR_CAT(k->a, text, S("Z")), &t)) {
		cvrf_say(k, FINDING_WARNING, "date-time", at, N_("The date {1} tells no offset; it was taken for UTC."), text, STR_NONE);
		text = STR_CAT(k->a, text, S("Z"));
	}
	cvrf_put(k, up, key, text);
}

struct node *cvrf_put_texts(struct cvrf *k, struct node *up, const char *key, struct xml *x, const char *name)
{
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (x = cvrf_take(x, name); x; x = cvrf_again(x))
		if (cvrf_text(x).p)
			node_add(k->a, list, NULL, node_string(k->a, cvrf_text(x)));
	if (node_is_empty(k->a, list))
		return NULL;
	node_add(k->a, up, key, list);
	return list;
}

str cvrf_word(struct cvrf *k, const struct cvrf_word *words, struct xml *at, str text)
{
	for (; text.p && words->from; words++)
		if (str_eq_nocase(text, str_of(words->from)))
			return str_of(words->to);
	if (text.p)
		cvrf_say(k, FINDING_WARNING, "words", at, N_("CSAF has no word for {1}."), text, STR_NONE);
	return STR_NONE;
}

void cvrf_notes(struct cvrf *k, struct node *up, struct xml *notes)
{
	static const struct cvrf_word types[] = {
		{ "General", "general" }, { "Details", "details" }, { "Description", "description" }, { "Summary", "summary" },
		{ "FAQ", "faq" }, { "Legal Disclaimer", "legal_disclaimer" }, { "Other", "other" }, { NULL, NULL },
	};
	struct node *list = node_new(k->a, JSON_ARRAY);
	size_t place = 0;

	for (struct xml *x = cvrf_take(notes, "Note"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);
		str type = cvrf_word(k, types, x, cvrf_attribute(x, "Type")), ordinal = cvrf_attribute(x, "Ordinal");

		if (ordinal.p && !str_eq(ordinal, str_fmt(k->a, "%zu", ++place)))
			cvrf_say(k, FINDING_INFO, "notes", x, N_("The number {1} of the note is not kept; its place is."), ordinal, STR_NONE);
		if (!cvrf_text(x).p) {
			cvrf_say(k, FINDING_WARNING, "notes", x, N_("The note has no text and was not converted."), STR_NONE, STR_NONE);
			continue;
		}
		cvrf_put(k, n, "audience", cvrf_attribute(x, "Audience"));
		cvrf_put(k, n, "category", type.p ? type : S("other"));
		cvrf_put(k, n, "text", cvrf_text(x));
		cvrf_put(k, n, "title", cvrf_attribute(x, "Title"));
		node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "notes", list);
}

void cvrf_references(struct cvrf *k, struct node *up, struct xml *references)
{
	static const struct cvrf_word types[] = { { "External", "external" }, { "Self", "self" }, { NULL, NULL } };
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(references, "Reference"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);
		str url = cvrf_child_text(x, "URL"), summary = cvrf_child_text(x, "Description");

		if (!url.p) {
			cvrf_say(k, FINDING_WARNING, "references", x, N_("The reference has no address and was not converted."), STR_NONE, STR_NONE);
			continue;
		}
		if (!summary.p)
			cvrf_say(k, FINDING_WARNING, "references", x, N_("The reference {1} has no description; its address was taken for one."), url, STR_NONE);
		cvrf_put(k, n, "category", cvrf_word(k, types, x, cvrf_attribute(x, "Type")));
		cvrf_put(k, n, "summary", summary.p ? summary : url);
		cvrf_put(k, n, "url", url);
		node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "references", list);
}

/* meets CSAF-2.0 9.1.5: the first organization of an acknowledgment */
void cvrf_acknowledgments(struct cvrf *k, struct node *up, struct xml *acknowledgments)
{
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(acknowledgments, "Acknowledgment"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);
		struct xml  *organization;

		(void)cvrf_put_texts(k, n, "names", x, "Name");
		organization = cvrf_take(x, "Organization");
		cvrf_put(k, n, "organization", cvrf_text(organization));
		for (organization = organization ? cvrf_again(organization) : NULL; organization; organization = cvrf_again(organization))
			cvrf_say(k, FINDING_WARNING, "acknowledgments", organization,
			         N_("An acknowledgment has one organization in CSAF; {1} was not converted."), cvrf_text(organization), STR_NONE);
		cvrf_put(k, n, "summary", cvrf_child_text(x, "Description"));
		(void)cvrf_put_texts(k, n, "urls", x, "URL");
		if (!node_is_empty(k->a, n))
			node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "acknowledgments", list);
}

/* ---- the document ---- */

/* A type of CVRF that is the name of a profile gets the word of CSAF, which test 6.1.26 asks for. */
static str category_of(struct cvrf *k, struct xml *type, str text, bool plain)
{
	static const struct cvrf_word profiles[] = {
		{ "Security Advisory", "csaf_security_advisory" }, { "Informational Advisory", "csaf_informational_advisory" },
		{ "Security Incident Response", "csaf_security_incident_response" }, { "VEX", "csaf_vex" }, { NULL, NULL },
	};

	for (const struct cvrf_word *w = profiles; text.p && w->from; w++)
		if (str_eq_nocase(text, str_of(w->from))) {
			cvrf_say(k, FINDING_WARNING, "category", type, plain ?
			         N_("The document type {1} became the category {2}: as one of its profile the document would not be valid.") :
			         N_("The document type {1} became the category {2}."), text, plain ? S("csaf_base") : str_of(w->to));
			return plain ? S("csaf_base") : str_of(w->to);
		}
	while (text.n && strchr("-_. ", text.p[0]))
		text = str_slice(text, 1, text.n);
	while (text.n && strchr("-_. ", text.p[text.n - 1]))
		text = str_slice(text, 0, text.n - 1);
	if (text.n)
		return text;
	cvrf_say(k, FINDING_WARNING, "category", type ? type : k->root, N_("The document has no type; its category is {1}."), S("csaf_base"), STR_NONE);
	return S("csaf_base");
}

struct languages { struct cvrf *k; struct { str *v; size_t n, cap, max; } all; };

static void languages_find(struct languages *l, struct xml *x)
{
	for (; x; x = x->next) {
		for (size_t i = 0; i < x->attributes; i++) {
			struct xml_attribute *a = &x->attribute[i];
			bool known = false;

			if (!str_eq(a->ns, S(NS_XML)) || !str_eq(a->name, S("lang")))
				continue;
			a->taken = true;
			for (size_t j = 0; j < l->all.n; j++)
				known |= str_eq(l->all.v[j], a->value);
			if (!known && a->value.n && !list_push(l->k->a, &l->all, a->value))
				return;
		}
		languages_find(l, x->first);
	}
}

/* meets CSAF-2.0 9.1.5: the language when it is one */
static void language_convert(struct cvrf *k, struct node *document)
{
	struct languages l = { .k = k, .all.max = 20 };
	str all = STR_NONE;

	languages_find(&l, k->root);
	if (l.all.n == 1)
		cvrf_put(k, document, "lang", l.all.v[0]);
	for (size_t i = 0; i < l.all.n; i++)
		all = all.p ? STR_CAT(k->a, all, S(", "), l.all.v[i]) : l.all.v[i];
	if (l.all.n > 1)
		cvrf_say(k, FINDING_WARNING, "lang", k->root,
		         N_("The language could not be determined: the document may be in several ({1})."), all, STR_NONE);
}

static void publisher_convert(struct cvrf *k, struct node *document, struct xml *publisher)
{
	static const struct cvrf_word types[] = {
		{ "Vendor", "vendor" }, { "Discoverer", "discoverer" }, { "Coordinator", "coordinator" }, { "User", "user" },
		{ "Translator", "translator" }, { "Other", "other" }, { NULL, NULL },
	};
	struct node *n = node_new(k->a, JSON_OBJECT);
	str type = cvrf_word(k, types, publisher, cvrf_attribute(publisher, "Type")), id = cvrf_attribute(publisher, "VendorID");

	if (id.p)
		cvrf_say(k, FINDING_WARNING, "publisher", publisher, N_("CSAF has no place for the vendor ID {1}."), id, STR_NONE);
	cvrf_put(k, n, "category", type.p ? type : S("other"));
	cvrf_put(k, n, "contact_details", cvrf_child_text(publisher, "ContactDetails"));
	cvrf_put(k, n, "issuing_authority", cvrf_child_text(publisher, "IssuingAuthority"));
	cvrf_put(k, n, "name", k->how->author);
	cvrf_put(k, n, "namespace", k->how->site);
	node_add(k->a, document, "publisher", n);
}

static void severity_convert(struct cvrf *k, struct node *document)
{
	struct xml  *x = cvrf_take(k->root, "AggregateSeverity");
	struct node *n = node_new(k->a, JSON_OBJECT);

	cvrf_put(k, n, "namespace", cvrf_attribute(x, "Namespace"));
	cvrf_put(k, n, "text", cvrf_text(x));
	cvrf_put_list(k, document, "aggregate_severity", n);
}

static void document_convert(struct cvrf *k, struct node *document, bool plain)
{
	struct xml  *type = cvrf_take(k->root, "DocumentType");
	struct node *distribution = node_new(k->a, JSON_OBJECT);

	cvrf_acknowledgments(k, document, cvrf_take(k->root, "Acknowledgments"));
	severity_convert(k, document);
	cvrf_put(k, document, "category", category_of(k, type, cvrf_text(type), plain));
	cvrf_put(k, document, "csaf_version", S("2.0"));
	cvrf_put(k, distribution, "text", cvrf_child_text(k->root, "DocumentDistribution"));
	cvrf_put_list(k, document, "distribution", distribution);
	language_convert(k, document);
	cvrf_notes(k, document, cvrf_take(k->root, "DocumentNotes"));
	publisher_convert(k, document, cvrf_take(k->root, "DocumentPublisher"));
	cvrf_references(k, document, cvrf_take(k->root, "DocumentReferences"));
	cvrf_put(k, document, "title", cvrf_child_text(k->root, "DocumentTitle"));
	cvrf_tracking(k, document, cvrf_take(k->root, "DocumentTracking"));
}

/* meets CSAF-2.0 9.1.5: what is no part of CVRF is told */
static void left_tell(struct cvrf *k, struct xml *x)
{
	for (; x; x = x->next) {
		if (!x->taken) {
			cvrf_say(k, FINDING_WARNING, "additional", x, N_("The element {1} was not converted; its text was {2}."), x->name,
			         str_trim(x->text));
			continue;
		}
		for (size_t i = 0; i < x->attributes; i++)
			if (!x->attribute[i].taken && !str_eq(x->attribute[i].ns, S(NS_XSI)))
				cvrf_say(k, FINDING_WARNING, "additional", x, N_("The attribute {1} was not converted; its value was {2}."),
				         x->attribute[i].name, x->attribute[i].value);
		left_tell(k, x->first);
	}
}

static void all_forget(struct xml *x)
{
	for (; x; x = x->next) {
		x->taken = false;
		for (size_t i = 0; i < x->attributes; i++)
			x->attribute[i].taken = false;
		all_forget(x->first);
	}
}

struct job { str bytes; const struct cvrf_options *how; struct cvrf_converted *out; struct buf *b; };

static bool attempt(struct ctx *c, struct job *job, struct xml *x, bool plain)
{
	static const struct csaf_options basic = { .preset = CSAF_BASIC, .cwe_release = STR_NONE };
	struct cvrf k = { .c = c, .a = c->arena, .how = job->how, .out = job->out, .root = x };
	struct node *root = node_new(k.a, JSON_OBJECT), *document = node_new(k.a, JSON_OBJECT);
	struct json_out o;

	findings_init(&job->out->notes);
	job->b->n = 0;
	all_forget(x);
	x->taken = true;
	node_add(k.a, root, "document", document);
	document_convert(&k, document, plain);
	cvrf_products(&k, root, cvrf_take(x, "ProductTree"));
	cvrf_vulnerabilities(&k, root);
	left_tell(&k, x);
	json_out_init(&o, job->b, JSON_PRETTY);
	node_print(k.a, &o, root);
	if (k.full || job->b->full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to convert this document."));
	return csaf_check(c, buf_str(job->b), &basic, &job->out->judged);
}

static bool breaks_profile(const struct csaf_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (strncmp(f->v[i].test, "6.1.27.", 7) == 0)
			return true;
	return false;
}

static bool convert_run(struct ctx *c, void *arg)
{
	struct job *job = arg;
	struct xml *x;

	TRY(xml_parse(c, job->bytes, NULL, &x));
	if (!str_eq(x->name, S("cvrfdoc")) ||
	    (!str_eq(x->ns, S("http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf")) &&
	     !str_eq(x->ns, S("http://www.icasi.org/CVRF/schema/cvrf/1.1"))))
		return fault(c, E_INVALID, NULL, N_("The file is no document of CVRF 1.2; its element is {1}."), utf8_cut(x->name, 100));
	TRY(attempt(c, job, x, false));
	return !breaks_profile(&job->out->judged) || attempt(c, job, x, true);
}

bool cvrf_sniff(str bytes)
{
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		bytes = str_slice(bytes, 3, bytes.n);
	bytes = str_trim(str_slice(bytes, 0, 4096));
	return bytes.n && bytes.p[0] == '<';
}

bool cvrf_convert(struct ctx *c, str bytes, const struct cvrf_options *how, struct cvrf_converted *out, struct buf *b)
{
	struct job job = { bytes, how, out, b };

	*out = (struct cvrf_converted){ 0 };
	findings_init(&out->notes);
	if (!how || !how->author.n)
		return fault(c, E_INVALID, "author", N_("Tell the name of the publisher; CVRF has none."));
	if (!how->site.n)
		return fault(c, E_INVALID, "site", N_("Tell the address that is the publisher's namespace; CVRF has none."));
	return ctx_net(c, convert_run, &job);
}
