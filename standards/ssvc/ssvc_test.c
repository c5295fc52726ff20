#include "base/test.h"

#include "platform/json/json.h"
#include "standards/ssvc/ssvc.h"

static str official(struct ctx *c, const char *path)
{
	str root = test_vectors(c);

	return root.p ? test_file(c, STR_CAT(c->arena, root, S("/ssvc/"), str_of(path))) : STR_NONE;
}

/* One decision table file: every row gives its outcome, and there is no other row. */
static int table_file_check(struct ctx *c, const char *path)
{
	const struct json *file, *mapping;
	str bytes = official(c, path), outcome;
	const struct ssvc_table *t;
	int rows = 0;

	check_ok(c, json_parse(c, bytes, NULL, &file));
	t = ssvc_table_find(json_get_str(file, S("namespace")), json_get_str(file, S("key")), json_get_str(file, S("version")));
	check(t);
	if (!t)
		return 0;
	outcome = json_get_str(file, S("outcome"));
	check_str(ssvc_point_id(c->arena, t->outcome), outcome);
	mapping = json_get(file, S("mapping"));
	check_int(json_count(mapping), t->row_count);
	for (JSON_ITEMS(row, mapping)) {
		uint32_t possible[SSVC_OVER_MAX];
		int at = ssvc_value_find(t->outcome, json_get_str(row, outcome));

		for (size_t k = 0; k < t->n; k++)
			possible[k] = (uint32_t)1 << ssvc_value_find(t->over[k],
				json_get_str(row, ssvc_point_id(c->arena, t->over[k])));
		check(at >= 0);
		check_int(ssvc_outcomes(t, possible), (uint32_t)1 << at);
		rows++;
	}
	return rows;
}

TEST(every_row_of_every_official_decision_table_decides_as_written)
{
	static const char *const files[] = {
		"cisa/cisa_bod_26_04_1_0_0", "cisa/cisa_coordinator_2_0_3",
		"cvss/cvss_v4_0_qualitative_severity_ratings_4_0_0", "cvss/cvss_v4_equivalence_set_1_1_0_0",
		"cvss/cvss_v4_equivalence_set_2_1_0_0", "cvss/cvss_v4_equivalence_set_3_1_0_0",
		"cvss/cvss_v4_equivalence_set_4_1_0_0", "cvss/cvss_v4_equivalence_set_5_1_0_0",
		"cvss/cvss_v4_equivalence_set_6_1_0_0", "ssvc/coordinator_publish_decision_table_1_0_0",
		"ssvc/coordinator_triage_1_0_0", "ssvc/deployer_patch_application_priority_1_0_0",
		"ssvc/human_impact_1_0_0", "ssvc/public_safety_impact_1_0_0",
		"ssvc/supplier_patch_development_priority_1_0_0", "ssvc/utility_1_0_0",
	};
	int rows = 0;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		rows += table_file_check(c, cstr(c->arena, STR_CAT(c->arena, S("data/json/decision_tables/"),
		                                                    str_of(files[i]), S(".json"))));
	check_int(rows, 1574);
}

TEST(every_combination_of_values_of_every_table_has_one_outcome)
{
	for (size_t i = 0; i < ssvc_table_count; i++) {
		const struct ssvc_table *t = &ssvc_tables[i];
		uint32_t all[SSVC_OVER_MAX], some;
		size_t product = 1;

		check(t->n <= SSVC_OVER_MAX);
		for (size_t k = 0; k < t->n; k++) {
			all[k] = ssvc_any(t->over[k]);
			product *= t->over[k]->n;
		}
		check_int(t->row_count, product);
		some = ssvc_outcomes(t, all);
		check(some && !(some & ~ssvc_any(t->outcome)));
		check(ssvc_point_find(t->outcome->namespace, t->outcome->key, t->outcome->version) == t->outcome);
	}
	for (size_t i = 0; i < ssvc_point_count; i++)
		check(ssvc_points[i].n > 1 && ssvc_points[i].n < 32);
}

TEST(a_decision_with_unknown_values_names_what_is_still_possible)
{
	const struct ssvc_table *t = ssvc_table_of_role(S("supplier"));
	uint32_t possible[SSVC_OVER_MAX];

	check_str(t->key, S("DT_SP"));
	for (size_t k = 0; k < t->n; k++)
		possible[k] = ssvc_any(t->over[k]);
	check_int(ssvc_outcomes(t, possible), 0xf);
	possible[0] = 1 << 2;   /* active */
	check_int(ssvc_outcomes(t, possible) & 1, 0);   /* no longer Defer */
	check(!ssvc_table_of_role(S("nobody")) && !ssvc_table_of_role(S("")));
	check(ssvc_table_named(S("cisa:DT_CO")) == ssvc_table_of_role(S("cisa")));
	check(!ssvc_table_named(S("cisa")) && !ssvc_table_named(S("")) && !ssvc_table_named(S("cisa:DT_CO:9.9.9")));
	check_str(ssvc_point_find(S("ssvc"), S("E"), STR_NONE)->version, S("1.1.0"));
	check_str(ssvc_point_find(S("ssvc"), S("MI"), STR_NONE)->version, S("2.0.0"));
	check(ssvc_namespace_known(S("ssvc/de-DE")) && !ssvc_namespace_known(S("ssvcx")) && !ssvc_namespace_known(S("")));
}

TEST(vectors_are_read_and_printed_without_loss)
{
	static const char *const good[] = {
		"SSVCv2/E:A/A:N/T:T/P:M/B:A/M:M/D:A/2021-09-29T15:29:44Z/",
		"SSVCv2/E:A/A:Y/T:P/P:M/B:I/M:H/D:C/2025-01-01T00:00:00/",
		"SSVCv2/Ps:Nm/T:T/U:E/1605040000/",
		"SSVCv2/E:A/U:S/T:T/P:S/2026-04-08/",
		"SSVCv2/E:N/",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct ssvc_vector v;

		check_ok(c, ssvc_vector_parse(c, str_of(good[i]), &v));
		check_str(ssvc_vector_print(c->arena, &v), str_of(good[i]));
		check((v.at == TIME_NONE) == (i == 4));
	}
}

TEST(broken_vectors_are_refused_at_their_column)
{
	static const struct { const char *text; size_t n; int column; } bad[] = {
		{ "", 0, 1 }, { "SSVCv1/E:A/", 11, 1 }, { "SSVCv2", 6, 7 }, { "SSVCv2/", 7, 8 }, { "SSVCv2/E/", 9, 8 },
		{ "SSVCv2/E:/", 10, 8 }, { "SSVCv2/:A/", 10, 8 }, { "SSVCv2/E:A//A:N/", 16, 12 },
		{ "SSVCv2/E:A/E:N/", 15, 12 }, { "SSVCv2/E:A/1605040000/A:N/", 26, 23 }, { "SSVCv2/E:\xff/", 11, 8 },
		{ "SSVCv2/E:A\0/", 12, 8 }, { "SSVCv2/E:A:B/", 13, 8 }, { "SSVCv2/E:A/2026-13-40/", 22, 12 },
	};
	char long_one[SSVC_VECTOR_MAX + 2];
	struct ssvc_vector v;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!ssvc_vector_parse(c, (str){ bad[i].text, bad[i].n }, &v));
		check_fault(c, E_SYNTAX, "vector");
		check_int(c->fault.column, bad[i].column);
	}
	memset(long_one, 'A', sizeof(long_one));
	check(!ssvc_vector_parse(c, (str){ long_one, sizeof(long_one) }, &v));
}

TEST(a_vector_of_the_cisa_calculator_gives_its_decision_and_no_other)
{
	const struct ssvc_table *t = ssvc_table_of_role(S("cisa"));
	uint32_t possible[SSVC_OVER_MAX];
	struct ssvc_vector v;

	check_ok(c, ssvc_vector_parse(c, S("SSVCv2/E:A/A:N/T:T/P:M/B:A/M:M/D:A/2021-09-29T15:29:44Z/"), &v));
	check_ok(c, ssvc_vector_read(c, &v, t, possible));
	check_int(ssvc_outcomes(t, possible), 1 << 2);
	check_str(ssvc_vector_of(c->arena, t, possible, v.at), S("SSVCv2/E:A/A:N/TI:T/MWI:M/2021-09-29T15:29:44Z/"));
	check_ok(c, ssvc_vector_parse(c, S("SSVCv2/E:A/A:N/TI:T/MWI:M/CISA:AT/"), &v));
	check_ok(c, ssvc_vector_read(c, &v, t, possible));
	check_int(ssvc_outcomes(t, possible), 1 << 2);
	check_ok(c, ssvc_vector_parse(c, S("SSVCv2/E:N/A:N/T:P/M:L/D:C/"), &v));
	check(!ssvc_vector_read(c, &v, t, possible));
	check_fault(c, E_INVALID, "vector");
	check_ok(c, ssvc_vector_parse(c, S("SSVCv2/E:Z/"), &v));
	check(!ssvc_vector_read(c, &v, t, possible));
}

static struct findings checked(struct ctx *c, str text)
{
	struct findings f;

	check_ok(c, ssvc_check(c, text, &f));
	return f;
}

#define LIST_OF(selection) \
	S("{\"timestamp\":\"2026-01-01T00:00:00Z\",\"schemaVersion\":\"2.0.0\",\"selections\":[" selection "]}")

TEST(selection_lists_are_checked_against_schema_and_registry)
{
	struct findings f = checked(c, official(c, "data/schema_examples/CVE-1900-1234-Decision_Point_Value_Selection-2-0-0.json"));

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	check(f.valid && f.n == 0);
	check_str(f.version, S("2.0.0"));
	check(!checked(c, official(c, "data/schema_examples/CVE-1900-1234-Decision_Point_Value_Selection.json")).valid);
}

TEST(a_selection_that_the_registry_does_not_know_is_found)
{
	struct findings f = checked(c, LIST_OF("{\"namespace\":\"ssvc\",\"key\":\"MI\",\"version\":\"2.0.0\",\"values\":[{\"key\":\"MF\"},{\"key\":\"D\"}]}"));

	check(!f.valid);
	check_str(str_of(f.v[0].test), S("ssvc.order"));
	check_str(f.v[0].pointer, S("/selections/0/values/1/key"));
	f = checked(c, LIST_OF("{\"namespace\":\"ssvc\",\"key\":\"MI\",\"version\":\"9.0.0\",\"values\":[{\"key\":\"D\"}]}"));
	check_str(str_of(f.v[0].test), S("ssvc.point"));
	f = checked(c, LIST_OF("{\"namespace\":\"ssvc\",\"key\":\"E\",\"version\":\"1.0.0\",\"values\":[{\"key\":\"Z\"}]}"));
	check_str(str_of(f.v[0].test), S("ssvc.newest"));
	check_str(str_of(f.v[1].test), S("ssvc.value"));
	f = checked(c, LIST_OF("{\"namespace\":\"other\",\"key\":\"E\",\"version\":\"1.0.0\",\"values\":[{\"key\":\"Z\"}]}"));
	check(f.valid && f.count[FINDING_WARNING] == 1);
	f = checked(c, LIST_OF("{\"namespace\":\"x_example.test#test\",\"key\":\"E\",\"version\":\"1.0.0\",\"values\":[{\"key\":\"Z\"}]}"));
	check(f.valid && f.n == 0);
	f = checked(c, LIST_OF(""));
	check(!f.valid);
	f = checked(c, S("{\"timestamp\":1,\"timestamp\":2}"));
	check(!f.valid && f.line == 1);
}

TEST(the_older_form_in_cve_records_is_read_in_any_case_of_letters)
{
	const struct ssvc_table *t = ssvc_table_of_role(S("cisa"));
	uint32_t possible[SSVC_OVER_MAX];
	const struct json *v;

	check_ok(c, json_parse(c, S("{\"options\":[{\"Exploitation\":\"PoC\"},{\"Automatable\":\"no\"},{\"Technical Impact\":\"Total\"},{\"X\":1}]}"), NULL, &v));
	check(ssvc_options_read(v, t, possible));
	check_int(possible[0], 1 << 1);
	check_int(possible[1], 1 << 0);
	check_int(possible[2], 1 << 1);
	check_int(possible[3], 7);
	check_ok(c, json_parse(c, S("{\"options\":{}}"), NULL, &v));
	check(!ssvc_options_read(v, t, possible));
	check(!ssvc_options_read(NULL, t, possible));
}
