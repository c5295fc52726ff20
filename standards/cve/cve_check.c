#include "standards/cve/cve_look.h"

#include "standards/bcp47/language.h"

void look_find(struct look *l, const char *test, enum finding_class class, const char *text, str one, str two, str below)
{
	struct finding f = { test, class, STR_CAT(l->c->arena, l->v->cna_at, below), text, { one, two } };

	if (!finding_add(l->c, l->f, f))
		l->full = true;
}

static char small(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
}

/* "en", "en-GB", "EN_us": what CVE Services takes for English. */
static bool english(str lang)
{
	return lang.n >= 2 && small(lang.p[0]) == 'e' && small(lang.p[1]) == 'n' &&
	       (lang.n == 2 || lang.p[2] == '-' || lang.p[2] == '_');
}

/* One text a kind of English: CVE Services refuses a second one with the same tag. */
static void languages_check(struct look *l, const char *member)
{
	const struct json *list = json_get(l->v->cna, str_of(member));

	for (size_t i = 0; i < json_count(list); i++) {
		str lang = json_get_str(json_at(list, i), S("lang"));

		if (lang.p && !language_check(lang))
			LOOK(l, "cve.language", FINDING_WARNING, N_("The language tag {1} is not registered."), lang, STR_NONE,
			     "/%s/%zu/lang", member, i);
		for (size_t k = 0; english(lang) && k < i; k++)
			if (str_eq_nocase(lang, json_get_str(json_at(list, k), S("lang")))) {
				LOOK(l, "cve.service", FINDING_ERROR, N_("There is a text in {1} already."), lang, STR_NONE,
				     "/%s/%zu/lang", member, i);
				break;
			}
	}
}

bool look_date(struct look *l, str text, time_us *out)
{
	return time_parse(text, out) || time_parse(STR_CAT(l->c->arena, text, S("Z")), out);
}

static void public_check(struct look *l)
{
	str date = json_get_str(l->v->cna, S("datePublic"));
	time_us at;

	if (date.p && l->c->now > 0 && look_date(l, date, &at) && at > l->c->now)
		LOOK(l, "cve.service", FINDING_ERROR, N_("The date {1} lies in the future."), date, STR_NONE, "/datePublic");
}

static bool state_check(struct look *l)
{
	str state = json_get_str(json_get(l->v->root, S("cveMetadata")), S("state"));
	struct finding f = { "schema", FINDING_ERROR, S("/cveMetadata/state"),
		N_("The state is PUBLISHED or REJECTED; an id that is only reserved has no record."), { STR_NONE, STR_NONE } };

	if (l->v->form != CVE_RECORD || str_eq(state, S("PUBLISHED")) || str_eq(state, S("REJECTED")))
		return true;
	return finding_add(l->c, l->f, f);
}

/* The schema; what CVE Services adds itself may be missing from the body of a request. */
static bool schema_run(struct look *l)
{
	const struct json *v = l->v->form == CVE_RECORD ? l->v->root : l->v->cna;
	const struct schema *s = cve_schema(l->v);
	str base = l->v->form == CVE_RECORD ? S("") : l->v->cna_at;
	struct schema_errors *e;

	if (schema_check(s, l->c, v, NULL))
		return true;
	e = arena_alloc(l->c->arena, sizeof(*e));
	if (!e)
		return fault(l->c, E_LIMIT, NULL, N_("There is not enough memory to check this document."));
	(void)schema_check(s, l->c, v, e);
	for (size_t i = 0; i < e->n; i++) {
		if (l->v->body && e->v[i].pointer.n == 0 && str_eq(str_of(e->v[i].keyword), S("required")) &&
		    str_eq(e->v[i].arg[0], S("providerMetadata")))
			continue;
		TRY(finding_add(l->c, l->f, (struct finding){ "schema", FINDING_ERROR,
		                STR_CAT(l->c->arena, base, e->v[i].pointer), e->v[i].text,
		                { e->v[i].arg[0], e->v[i].arg[1] } }));
	}
	return true;
}

bool cve_check(struct ctx *c, str bytes, struct findings *f)
{
	const struct json *root;
	struct cve v;
	struct look l = { .c = c, .v = &v, .f = f };

	findings_init(f);
	TRY(findings_read(c, f, bytes, &cve_limits, &root));
	if (!root)
		return true;
	cve_read(root, &v);
	f->version = v.version;
	if (v.form == CVE_NONE)
		return finding_add(c, f, (struct finding){ "schema", FINDING_ERROR, S(""),
		                   N_("This is neither a CVE record nor a container of one."), { STR_NONE, STR_NONE } });
	TRY(state_check(&l));
	if (f->valid)
		TRY(schema_run(&l));
	if (v.form != CVE_ADP) {
		languages_check(&l, v.rejected ? "rejectedReasons" : "descriptions");
		public_check(&l);
	}
	if (f->valid && v.form != CVE_ADP) {
		look_rules(&l);
		look_content(&l);
	}
	return l.full ? fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document.")) : true;
}
