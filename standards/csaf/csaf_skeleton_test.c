#include "base/test.h"

#include <string.h>

#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_skeleton.h"

static str printed(struct ctx *c, struct csaf_skeleton s)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	s.now = c->now;
	if (!s.initial)
		s.initial = TIME_NONE;
	check_ok(c, csaf_skeleton_print(c, &s, &b));
	return buf_str(&b);
}

static struct csaf_findings checked(struct ctx *c, str document, enum csaf_preset preset)
{
	struct csaf_findings f = { 0 };

	check_ok(c, csaf_check(c, document, &(struct csaf_options){ .preset = preset, .cwe_release = STR_NONE, .now = c->now }, &f));
	return f;
}

/* Warnings that no skeleton can spare its author: scores, identifiers, addresses, license. */
static bool is_for_the_author(const char *test)
{
	static const char *const tests[] = { "6.2.3", "6.2.11", "6.2.16", "6.2.38", "6.2.39.2", "6.2.39.3", "6.2.39.4", "6.2.40", "6.2.43" };

	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		if (strcmp(test, tests[i]) == 0)
			return true;
	return false;
}

/* meets CSAF-2.0 4, CSAF-2.1 4 */
TEST(a_new_document_of_every_profile_and_version_is_valid)
{
	static const char *const langs[] = { "en", "ja", "de-AT", "fr" };
	int documents = 0;

	for (int p = 0; p < CSAF_PROFILES; p++)
		for (int v21 = 0; v21 < 2; v21++)
			for (size_t l = 0; l < sizeof(langs) / sizeof(*langs) && csaf_profile_in((enum csaf_profile)p, v21); l++) {
				struct csaf_skeleton s = { .profile = (enum csaf_profile)p, .v21 = v21, .lang = str_of(langs[l]) };
				str document = printed(c, s);
				struct csaf_findings f = checked(c, document, CSAF_EXTENDED);

				documents++;
				check_str(f.version, v21 ? S("2.1") : S("2.0"));
				check(f.valid);
				for (size_t i = 0; i < f.n; i++)
					if (!is_for_the_author(f.v[i].test))
						check_str(str_of(f.v[i].test), S(""));
				check(checked(c, document, CSAF_MANDATORY).valid);
			}
	check_int(documents, (5 + 8) * 4);
}

/* meets CSAF-2.0 4.5 */
TEST(a_vex_document_of_every_status_is_valid)
{
	static const char *const statuses[] = { "known_affected", "known_not_affected", "fixed", "under_investigation" };

	for (size_t i = 0; i < 4; i++)
		for (int k = 0; k < 4; k++) {
			struct csaf_skeleton s = { .profile = PROFILE_VEX, .v21 = k & 1, .status = str_of(statuses[i]), .cve = S("CVE-2026-10042"),
			                           .fixed = k & 2 ? S("1.2") : STR_NONE, .affected = S("1.1") };
			str document = printed(c, s);

			check(checked(c, document, CSAF_BASIC).valid);
			check(str_find(document, str_of(statuses[i]), 0) != SIZE_MAX);
		}
}

TEST(what_is_given_stands_in_the_document_as_it_is)
{
	static const char evil[] = "\"},{\\ <script> ']";
	struct csaf_skeleton s = { .profile = PROFILE_ADVISORY, .publisher = str_of(evil), .title = S("題名"), .product = str_of(evil),
		.namespace_uri = S("https://psirt.example.org/"), .id = S("X-1"), .tlp = S("amber+strict"), .affected = S("1"), .fixed = S("2") };
	str document = printed(c, s);
	const struct json *root;

	check_ok(c, json_parse(c, document, NULL, &root));
	check_str(json_str(json_point(root, S("/document/publisher/name"))), str_of(evil));
	check_str(json_str(json_point(root, S("/document/publisher/namespace"))), S("https://psirt.example.org"));
	check_str(json_str(json_point(root, S("/document/title"))), S("題名"));
	check_str(json_str(json_point(root, S("/document/tracking/id"))), S("X-1"));
	check_str(json_str(json_point(root, S("/document/distribution/tlp/label"))), S("AMBER"));
	check(str_find(json_str(json_point(root, S("/document/distribution/text"))), S("AMBER+STRICT"), 0) != SIZE_MAX);
	check(checked(c, document, CSAF_BASIC).valid);
	s.v21 = true;
	check_ok(c, json_parse(c, printed(c, s), NULL, &root));
	check_str(json_str(json_point(root, S("/document/distribution/tlp/label"))), S("AMBER+STRICT"));
}

TEST(the_places_to_fill_in_are_told)
{
	struct csaf_skeleton s = { .profile = PROFILE_BASE, .publisher = S("Example Company"), .title = S("T"), .namespace_uri = S("https://example.org") };
	const struct json *root;
	struct buf b;

	buf_init(&b, c->arena, 1 << 16);
	check_ok(c, json_parse(c, printed(c, s), NULL, &root));
	check_int(csaf_skeleton_gaps(root, &b), 1);
	check_str(buf_str(&b), S("/document/notes/0/text\n"));
	check_str(json_str(json_point(root, S("/document/tracking/id"))), S("EXAMPLE-COMPANY-SA-2026-0001"));
}

TEST(options_that_are_not_right_are_refused_by_name)
{
	static const struct { struct csaf_skeleton s; const char *where; } rows[] = {
		{ { .profile = PROFILE_WITHDRAWN }, "profile" },
		{ { .lang = S_INIT("xx-nowhere-zz") }, "lang" },
		{ { .lang = S_INIT("") }, "lang" },
		{ { .publisher = S_INIT("") }, "publisher" },
		{ { .publisher = S_INIT(" x") }, "publisher" },
		{ { .title = S_INIT("a\nb") }, "title" },
		{ { .title = S_INIT("\xff") }, "title" },
		{ { .namespace_uri = S_INIT("example.com") }, "namespace" },
		{ { .namespace_uri = S_INIT("javascript:alert(1)") }, "namespace" },
		{ { .category = S_INIT("translator") }, "category" },
		{ { .category = S_INIT("multiplier") }, "category" },
		{ { .cve = S_INIT("CVE-1") }, "cve" },
		{ { .tlp = S_INIT("PURPLE") }, "tlp" },
		{ { .status = S_INIT("recommended") }, "status" },
		{ { .affected = S_INIT("1"), .fixed = S_INIT("1") }, "fixed" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf b;

		buf_init(&b, c->arena, 1 << 16);
		check(!csaf_skeleton_print(c, &rows[i].s, &b));
		check_fault(c, E_INVALID, rows[i].where);
		check_int(b.n, 0);
	}
}

TEST(versions_may_be_ranges_in_the_form_of_the_standard)
{
	struct csaf_skeleton s = { .profile = PROFILE_ADVISORY, .affected = S("vers:generic/<1.2"), .fixed = S("1.2"), .now = c->now };
	struct buf b;

	check(str_find(printed(c, s), S("\"product_version_range\""), 0) != SIZE_MAX);
	buf_init(&b, c->arena, 1 << 20);
	s.affected = S("<1.2");
	check(!csaf_skeleton_print(c, &s, &b));
	check_fault(c, E_INVALID, "");
	check_str(c->fault.arg[0], S("6.1.31"));
	check_int(b.n, 0);
}

TEST(a_profile_is_read_with_and_without_csaf)
{
	enum csaf_profile p;

	check(csaf_profile_parse(S("vex"), &p) && p == PROFILE_VEX);
	check(csaf_profile_parse(S("csaf_withdrawn"), &p) && p == PROFILE_WITHDRAWN);
	check(!csaf_profile_parse(S(""), &p));
	check(!csaf_profile_parse(S("CSAF_VEX"), &p));
}
