#include "base/test.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"

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
