#include "base/test.h"

#include "standards/cpe/cpe.h"

/* Lines of an official file that are read (or refused) as they should. */
static int lines_right(struct ctx *c, const char *name, bool good, int *all)
{
	str text = test_file(c, STR_CAT(c->arena, test_vectors(c), S("/csaf/csaf21/cpe/"), str_of(name), S("/cpe.txt"))), line;
	int right = 0;

	for (*all = 0; str_cut(&text, '\n', &line);) {
		struct cpe n;

		if (line.n == 0)
			continue;
		(*all)++;
		if (cpe_parse(c, line, &n) == good)
			right++;
		else
			check_str(line, good ? S("accepted") : S("refused"));
	}
	return right;
}

TEST(official_names_are_read_and_official_mistakes_refused)
{
	int all;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	check_int(lines_right(c, "valid", true, &all), 10);
	check_int(all, 10);
	check_int(lines_right(c, "invalid", false, &all), 9);
	check_int(all, 9);
}

static struct cpe name(struct ctx *c, const char *text)
{
	struct cpe n = { .uri = false };

	check_ok(c, cpe_parse(c, str_of(text), &n));
	return n;
}

TEST(both_forms_give_the_same_name)
{
	struct cpe a = name(c, "cpe:/o:redhat:rhel_aus:7.6::server"), b = name(c, "cpe:2.3:o:redhat:rhel_aus:7.6:*:server:*:*:*:*:*");

	check_int(cpe_compare(&a, &b), CPE_EQUAL);
	check_str(cpe_print(c->arena, &a), S("cpe:2.3:o:redhat:rhel_aus:7.6:*:server:*:*:*:*:*"));
	a = name(c, "cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~");
	check_str(cpe_print(c->arena, &a), S("cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*"));
	a = name(c, "cpe:/a:foo%5cbar:big%24money_2010:::~~special~ipod_touch~80gb~");
	check_str(a.value[CPE_VENDOR], S("foo\\\\bar"));
	check_str(a.value[CPE_TARGET_HW], S("80gb"));
	a = name(c, "cpe:2.3:a:v\\:p:1:*:*:*:*:*:*:*:*");
	check_str(a.value[CPE_VENDOR], S("v\\:p"));
}

TEST(hostile_names_are_refused_at_their_column)
{
	static const char *const bad[] = {
		"", "cpe", "cpe:2.3:", "cpe:2.3:a", "cpe:2.3:x:*:*:*:*:*:*:*:*:*:*", "cpe:2.3:a:*:*:*:*:*:*:*:*:*", "cpe:2.3:a::*:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:*:*:*:*:*:*:*:*:*:*:*", "cpe:2.3:a:v:p:1:*:*:english:*:*:*:*", "cpe:/a:foo%5cbar:big%24money_2010%07",
		"cpe:2.3:a:\xff:*:*:*:*:*:*:*:*:*", "cpe:/x", "cpe:/a:b:c:d:e:f:g:h", "cpe:/a:%zz", "cpe:/a:b c", "cpe:/a:::::~a~b",
		"cpe:2.3:a:v:p:1:*:*:*:*:*:*:\\", "cpe:/a:v:p:1:::english", "cpe:/a:v:p:%02%02x", "cpe:/a:v:p:%01%02", "cpe:/a:v:%2d",
	};
	char huge[CPE_BYTES_MAX + 2];
	struct cpe n;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (cpe_parse(c, str_of(bad[i]), &n))
			check_str(str_of(bad[i]), S("refused"));
	memset(huge, '?', sizeof(huge));
	memcpy(huge, "cpe:2.3:a:", 10);
	check(!cpe_parse(c, (str){ huge, sizeof(huge) }, &n));
	check_fault(c, E_LIMIT, "cpe");
	check(!cpe_parse(c, S("cpe:2.3:a:v!:p:*:*:*:*:*:*:*:*"), &n));
	check_int(c->fault.column, 11);
}

TEST(attributes_compare_as_table_6_2_says)
{
	static const struct { const char *source, *target; enum cpe_relation want; } rows[] = {
		{ "*", "*", CPE_EQUAL }, { "*", "-", CPE_SUPERSET }, { "*", "x", CPE_SUPERSET }, { "*", "x?", CPE_UNDEFINED },
		{ "-", "*", CPE_SUBSET }, { "-", "-", CPE_EQUAL }, { "-", "x", CPE_DISJOINT }, { "-", "x*", CPE_UNDEFINED },
		{ "x", "*", CPE_SUBSET }, { "x", "-", CPE_DISJOINT }, { "x", "x", CPE_EQUAL }, { "x", "y", CPE_DISJOINT },
		{ "x", "x*", CPE_UNDEFINED }, { "x*", "*", CPE_SUBSET }, { "x*", "-", CPE_DISJOINT }, { "x*", "xyz", CPE_SUPERSET },
		{ "x*", "yz", CPE_DISJOINT }, { "x?", "x*", CPE_UNDEFINED }, { "8.\\*", "8.\\*", CPE_EQUAL }, { "8.??", "8.1", CPE_SUPERSET },
		{ "8.??", "8.123", CPE_DISJOINT }, { "*a*", "banana", CPE_SUPERSET }, { "8.*", "8.\\*", CPE_SUPERSET },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_int(cpe_attribute_compare(str_of(rows[i].source), str_of(rows[i].target)), rows[i].want);
}

TEST(names_compare_by_all_attributes)
{
	struct cpe a = name(c, "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*"), b = name(c, "cpe:2.3:a:v:p:1.0:*:*:*:*:*:*:*");
	struct cpe d = name(c, "cpe:2.3:a:v:q:1.0:*:*:*:*:*:*:*"), e = name(c, "cpe:2.3:a:V:P:1.0:-:*:*:*:*:*:*");
	struct cpe f = name(c, "cpe:2.3:a:v:p:*:-:*:*:*:*:*:*");

	check_int(cpe_compare(&a, &b), CPE_SUPERSET);
	check_int(cpe_compare(&b, &a), CPE_SUBSET);
	check_int(cpe_compare(&a, &d), CPE_DISJOINT);
	check_int(cpe_compare(&b, &e), CPE_SUPERSET);
	check_int(cpe_compare(&b, &f), CPE_UNDEFINED);
	check_int(cpe_compare(&a, &a), CPE_EQUAL);
}

/* NIST IR 7695 5.3.2, 6.2.2: marks are quoted, blanks are underscores; a hyphen alone would say "no version". */
TEST(a_printed_version_takes_its_place_in_a_name)
{
	static const struct { const char *version, *want; } pairs[] = {
		{ "4.2.1", "4.2.1" }, { "V2.0 SP1", "v2.0_sp1" }, { "1.0+b7", "1.0\\+b7" }, { "a:b*", "a\\:b\\*" }, { "-", "*" },
		{ "", "*" }, { "第2版", "*" }, { "1\n2", "*" },
	};
	struct cpe open = name(c, "cpe:2.3:o:v:p_firmware:*:*:*:*:*:*:*:*"), back;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		str text = cpe_at(c->arena, &open, str_of(pairs[i].version));

		check_str(text, STR_CAT(c->arena, S("cpe:2.3:o:v:p_firmware:"), str_of(pairs[i].want), S(":*:*:*:*:*:*:*")));
		check_ok(c, cpe_parse(c, text, &back));
	}
	check_str(open.value[CPE_VERSION], S("*"));
}
