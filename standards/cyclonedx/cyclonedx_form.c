#include "standards/cyclonedx/cyclonedx_form.h"

#include <string.h>

#define SEVERITIES "critical high medium low info none unknown"

/* CycloneDX 1.4 to 1.7, bom.json, definitions/vulnerability and below. */
const struct member cyclonedx_members[] = {
	{ "vulnerability", "bom-ref", IS_TEXT, false, false, 4, NULL },
	{ "vulnerability", "id", IS_TEXT, false, false, 4, NULL },
	{ "vulnerability", "source", IS_OBJECT, false, false, 4, "source" },
	{ "vulnerability", "references", IS_OBJECT, true, false, 4, "reference" },
	{ "vulnerability", "ratings", IS_OBJECT, true, false, 4, "rating" },
	{ "vulnerability", "cwes", IS_CWE, true, false, 4, NULL },
	{ "vulnerability", "description", IS_TEXT, false, false, 4, NULL },
	{ "vulnerability", "detail", IS_TEXT, false, false, 4, NULL },
	{ "vulnerability", "recommendation", IS_TEXT, false, false, 4, NULL },
	{ "vulnerability", "workaround", IS_TEXT, false, false, 5, NULL },
	{ "vulnerability", "proofOfConcept", IS_FREE, false, false, 5, NULL },
	{ "vulnerability", "advisories", IS_OBJECT, true, false, 4, "advisory" },
	{ "vulnerability", "created", IS_DATE, false, false, 4, NULL },
	{ "vulnerability", "published", IS_DATE, false, false, 4, NULL },
	{ "vulnerability", "updated", IS_DATE, false, false, 4, NULL },
	{ "vulnerability", "rejected", IS_DATE, false, false, 5, NULL },
	{ "vulnerability", "credits", IS_FREE, false, false, 4, NULL },
	{ "vulnerability", "tools", IS_FREE, false, false, 4, NULL },
	{ "vulnerability", "analysis", IS_OBJECT, false, false, 4, "analysis" },
	{ "vulnerability", "affects", IS_OBJECT, true, false, 4, "affected" },
	{ "vulnerability", "properties", IS_FREE, false, false, 4, NULL },
	{ "source", "url", IS_TEXT, false, false, 4, NULL },
	{ "source", "name", IS_TEXT, false, false, 4, NULL },
	{ "reference", "id", IS_TEXT, false, true, 4, NULL },
	{ "reference", "source", IS_OBJECT, false, true, 4, "source" },
	{ "rating", "source", IS_OBJECT, false, false, 4, "source" },
	{ "rating", "score", IS_NUMBER, false, false, 4, NULL },
	{ "rating", "severity", IS_WORD, false, false, 4, SEVERITIES },
	{ "rating", "method", IS_WORD, false, false, 4, "CVSSv2 CVSSv3 CVSSv31 OWASP other CVSSv4 SSVC" },
	{ "rating", "vector", IS_TEXT, false, false, 4, NULL },
	{ "rating", "justification", IS_TEXT, false, false, 4, NULL },
	{ "advisory", "title", IS_TEXT, false, false, 4, NULL },
	{ "advisory", "url", IS_TEXT, false, true, 4, NULL },
	{ "analysis", "state", IS_WORD, false, false, 4,
	  "resolved resolved_with_pedigree exploitable in_triage false_positive not_affected" },
	{ "analysis", "justification", IS_WORD, false, false, 4,
	  "code_not_present code_not_reachable requires_configuration requires_dependency requires_environment "
	  "protected_by_compiler protected_at_runtime protected_at_perimeter protected_by_mitigating_control" },
	{ "analysis", "response", IS_WORD, true, false, 4, "can_not_fix will_not_fix update rollback workaround_available" },
	{ "analysis", "detail", IS_TEXT, false, false, 4, NULL },
	{ "analysis", "firstIssued", IS_DATE, false, false, 5, NULL },
	{ "analysis", "lastUpdated", IS_DATE, false, false, 5, NULL },
	{ "affected", "ref", IS_TEXT, false, true, 4, NULL },
	{ "affected", "versions", IS_OBJECT, true, false, 4, "version" },
	{ "version", "version", IS_TEXT, false, false, 4, NULL },
	{ "version", "range", IS_TEXT, false, false, 4, NULL },
	{ "version", "status", IS_WORD, false, false, 4, "affected unaffected unknown" },
};

const size_t cyclonedx_member_count = sizeof(cyclonedx_members) / sizeof(*cyclonedx_members);

void form_find(struct form *l, const char *test, enum finding_class class, const char *text, str one, str two,
               str pointer)
{
	if (!finding_add(l->c, l->f, (struct finding){ test, class, pointer, text, { one, two } }))
		l->full = true;
}

static const struct member *member_of(const char *object, str name)
{
	for (size_t i = 0; i < cyclonedx_member_count; i++)
		if (strcmp(cyclonedx_members[i].object, object) == 0 && str_eq(name, str_of(cyclonedx_members[i].name)))
			return &cyclonedx_members[i];
	return NULL;
}

static bool listed(str word, const char *words)
{
	str rest = str_of(words), one;

	while (str_cut(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

static void one_check(struct form *l, const struct json *v, const struct member *m, str pointer)
{
	int64_t number;
	bool good = true;

	switch (m->kind) {
	case IS_TEXT:
		good = json_is(v, JSON_STRING);
		break;
	case IS_DATE:
		good = json_is(v, JSON_STRING) && format_check(S("date-time"), json_str(v));
		break;
	case IS_NUMBER:
		good = json_is(v, JSON_NUMBER);
		break;
	case IS_CWE:
		good = json_int(v, &number) && number >= 1;
		break;
	case IS_WORD:
		good = json_is(v, JSON_STRING);
		if (good && !listed(json_str(v), m->of))
			form_find(l, "cyclonedx.form", FINDING_ERROR, N_("“{1}” is not one of: {2}."), json_str(v), str_of(m->of), pointer);
		break;
	case IS_OBJECT:
		form_check(l, v, m->of, pointer);
		break;
	case IS_FREE:
		break;
	}
	if (!good)
		form_find(l, "cyclonedx.form", FINDING_ERROR, N_("The value of {1} is not of the kind that is required."),
		          str_of(m->name), STR_NONE, pointer);
}

static void value_check(struct form *l, const struct json *v, const struct member *m, str pointer)
{
	if (m->since > l->minor)
		form_find(l, "cyclonedx.form", FINDING_ERROR, N_("{1} came with version 1.{2}."), str_of(m->name),
		          str_fmt(l->c->arena, "%d", m->since), pointer);
	if (!m->list) {
		one_check(l, v, m, pointer);
		return;
	}
	if (!json_is(v, JSON_ARRAY))
		form_find(l, "cyclonedx.form", FINDING_ERROR, N_("The value of {1} is not of the kind that is required."),
		          str_of(m->name), STR_NONE, pointer);
	for (size_t i = 0; json_is(v, JSON_ARRAY) && i < json_count(v); i++)
		one_check(l, json_at(v, i), m, str_fmt(l->c->arena, "%.*s/%zu", STR_ARG(pointer), i));
}

/* The depth is that of the table: no object holds itself. */
void form_check(struct form *l, const struct json *v, const char *object, str pointer)
{
	if (!json_is(v, JSON_OBJECT)) {
		form_find(l, "cyclonedx.form", FINDING_ERROR, N_("An object was expected."), STR_NONE, STR_NONE, pointer);
		return;
	}
	for (JSON_MEMBERS(x, v)) {
		const struct member *m = member_of(object, json_key(x));
		struct buf at;

		buf_init(&at, l->c->arena, pointer.n + 2 * json_key(x).n + 2);
		buf_add(&at, pointer);
		json_pointer_key(&at, json_key(x));
		if (m)
			value_check(l, &x->value, m, buf_str(&at));
		else
			form_find(l, "cyclonedx.form", FINDING_ERROR, N_("There is no member {1} here."), json_key(x), STR_NONE, buf_str(&at));
	}
	for (size_t i = 0; i < cyclonedx_member_count; i++)
		if (cyclonedx_members[i].required && strcmp(cyclonedx_members[i].object, object) == 0 &&
		    !json_get(v, str_of(cyclonedx_members[i].name)))
			form_find(l, "cyclonedx.form", FINDING_ERROR, N_("{1} is missing."), str_of(cyclonedx_members[i].name), STR_NONE, pointer);
}
