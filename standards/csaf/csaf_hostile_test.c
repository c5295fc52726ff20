#include "base/test.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_stub.h"

/* n flags and n remediations, all for one group of n products. */
static str amplified(struct ctx *c, int n)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"csaf_vex\"},\"product_tree\":{"
	              "\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("]}]},\"vulnerabilities\":[{\"flags\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"label\":\"component_not_present\",\"group_ids\":[\"G\"],\"date\":\"%d\"}", i ? "," : "", i);
	buf_add(&b, S("],\"remediations\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"category\":\"vendor_fix\",\"group_ids\":[\"G\"],\"details\":\"%d\"}", i ? "," : "", i);
	buf_add(&b, S("],\"product_status\":{\"known_affected\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("]}}]}"));
	return buf_str(&b);
}

TEST(many_references_to_a_large_group_stay_cheap)
{
	struct csaf_findings f;

	/* 10^10 steps if each reference walked the group. */
	check_ok(c, csaf_check(c, amplified(c, 100000), NULL, &f));
	check(!f.valid && f.count[CSAF_ERROR] > 100000);
	check_int(f.n, 1000);
}

TEST(products_scored_many_times_by_nothing_fit_their_marks)
{
	struct csaf_findings f;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.1\"},\"product_tree\":{\"full_product_names\":[{\"product_id\":\"P\",\"name\":\"p\"}]},"
	              "\"vulnerabilities\":[{\"metrics\":[{\"content\":{},\"products\":[\"P\""));
	for (int i = 0; i < 10000; i++)
		buf_add(&b, S(",\"P\""));
	buf_add(&b, S("]}]}]}"));
	check_ok(c, csaf_check(c, buf_str(&b), NULL, &f));
	check(!f.valid);
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static str mutated(struct ctx *c, str text, uint64_t *state)
{
	static const char signs[] = "{}[]\",:0\\-n.e/*";
	char *p = cstr(c->arena, text);

	for (uint64_t k = next_random(state) % 4 + 1; k; k--) {
		size_t   at   = next_random(state) % text.n;
		uint64_t kind = next_random(state) % 3;

		if (kind == 0)
			p[at] = signs[next_random(state) % (sizeof(signs) - 1)];
		else if (kind == 1)
			p[at] = (char)next_random(state);
		else if (at + 40 < text.n)
			memmove(p + at, p + at + next_random(state) % 20, 20);
	}
	return (str){ p, text.n };
}

TEST(mutated_documents_are_judged_and_printed_without_loss)
{
	str dir = test_vectors(c), text;
	uint64_t state = 20261124;

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	text = test_file(c, STR_CAT(c->arena, dir, S("/csaf/csaf20/examples/csaf/bsi-2022-0001.json")));
	check(!str_is_none(text));
	for (int i = 0; i < 400; i++) {
		struct arena a;
		struct ctx   d;
		struct csaf_findings f;
		const struct json *v, *w;
		struct buf b, again;

		arena_init(&a, 64 << 20);
		ctx_init(&d, &a);
		check_ok(&d, csaf_check(&d, mutated(&d, text, &state), NULL, &f));
		if (json_parse(&d, mutated(&d, text, &state), NULL, &v)) {
			buf_init(&b, &a, 1 << 20);
			json_print(&b, v, JSON_COMPACT);
			check_ok(&d, json_parse(&d, buf_str(&b), NULL, &w));
			buf_init(&again, &a, 1 << 20);
			json_print(&again, w, JSON_COMPACT);
			check(str_eq(buf_str(&b), buf_str(&again)) && json_cmp(v, w) == 0);
		}
		arena_done(&a);
	}
}

/* One official document, changed a few hundred times. */
static void mutate_file(struct ctx *c, str file, uint64_t *state)
{
	str text = test_file(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf21/testset/"), file));

	check(!str_is_none(text));
	for (int i = 0; i < 60; i++) {
		struct arena a;
		struct ctx   d;
		struct csaf_findings f;
		struct buf   b;

		arena_init(&a, 64 << 20);
		ctx_init(&d, &a);
		check_ok(&d, csaf_check(&d, mutated(&d, text, state), &stub_options, &f));
		buf_init(&b, &a, 8 << 20);
		csaf_findings_print(&b, file, &f);
		check(!b.full);
		arena_done(&a);
	}
}

TEST(mutated_documents_of_2_1_are_judged)
{
	static const char *const files[] = {
		"mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-27-13-14.json", "mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-48-08.json",
		"mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-21-05.json", "mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-37-04.json",
		"mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-54-12.json", "mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-60-03-02.json",
		"mandatory/oasis_csaf_tc-csaf_2_1-2024-6-1-36-04.json", "recommended/oasis_csaf_tc-csaf_2_1-2024-6-2-50-03-12.json",
		"recommended/oasis_csaf_tc-csaf_2_1-2024-6-2-42-02.json", "recommended/oasis_csaf_tc-csaf_2_1-2024-6-2-32-03.json",
		"informative/oasis_csaf_tc-csaf_2_1-2024-6-3-19-05-02.json", "informative/oasis_csaf_tc-csaf_2_1-2024-6-3-12-04.json",
	};
	uint64_t state = 20261125;

	if (str_is_none(test_vectors(c)))
		skip_test("official vectors are not here");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		mutate_file(c, str_of(files[i]), &state);
}

/* n remediations of one group, n versions beside n ranges: quadratic if compared with each other. */
static str amplified_21(struct ctx *c, int n)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.1\",\"category\":\"csaf_security_advisory\"},\"product_tree\":{\"branches\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"category\":\"product_version%s\",\"name\":\"%s%d\",\"product\":{\"product_id\":\"P%d\",\"name\":\"p\"}}",
		        i ? "," : "", i % 2 ? "" : "_range", i % 2 ? "" : "vers:intdot/>=", i, i);
	buf_add(&b, S("],\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("]}]},\"vulnerabilities\":[{\"remediations\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"category\":\"%s\",\"group_ids\":[\"G\"],\"details\":\"%d\"}", i ? "," : "", i % 2 ? "mitigation" : "workaround", i);
	buf_add(&b, S("],\"product_status\":{\"known_affected\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i % n ? "," : "", i);
	buf_add(&b, S("]}}]}"));
	return buf_str(&b);
}

TEST(many_ranges_and_remediations_of_2_1_stay_cheap)
{
	struct csaf_findings f;

	check_ok(c, csaf_check(c, amplified_21(c, 30000), &stub_options, &f));
	check(!f.valid && f.count[CSAF_INFO] > 20000);
}

/* n ranges side by side, each with a status in each of three vulnerabilities. */
static str ranged_21(struct ctx *c, int n)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.1\",\"category\":\"csaf_vex\"},\"product_tree\":{\"branches\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"category\":\"product_version_range\",\"name\":\"vers:intdot/>=%d.0|<%d.5\",\"product\":{\"product_id\":\"P%d\","
		        "\"name\":\"Example Company Product with a name that is long as they are %d\"}}", i ? "," : "", i, i, i, i);
	buf_add(&b, S("]},\"vulnerabilities\":["));
	for (int v = 0; v < 3; v++) {
		buf_add(&b, v ? S(",{\"product_status\":{\"known_affected\":[") : S("{\"product_status\":{\"known_affected\":["));
		for (int i = 0; i < n; i++)
			buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
		buf_add(&b, S("]}}"));
	}
	buf_add(&b, S("]}"));
	return buf_str(&b);
}

TEST(the_intervals_of_many_ranges_are_kept_once)
{
	struct csaf_findings f;
	str                  text = ranged_21(c, 20000);
	size_t               used = c->arena->used;

	check_ok(c, csaf_check(c, text, &stub_options, &f));
	used = c->arena->used - used;
	check(used <= 13 * text.n);   /* 12.3; the text has little else than what is kept of it */
}
