#include "base/test.h"

#include "standards/cwe/cwe.h"
#include "standards/cwe/cwe_span.h"
#include "standards/cwe/cwe_view.h"

TEST(a_weakness_is_found_in_the_latest_release)
{
	struct cwe w;

	check(cwe_find(STR_NONE, 79, &w));
	check_str(w.name, S("Improper Neutralization of Input During Web Page Generation "
	                    "('Cross-site Scripting')"));
	check_int(w.status, CWE_STABLE);
	check_int(w.mapping, CWE_ALLOWED);
	check(cwe_find(STR_NONE, 20, &w));
	check_int(w.mapping, CWE_DISCOURAGED);
	check(cwe_find(STR_NONE, 217, &w));
	check_int(w.status, CWE_DEPRECATED);
	check_int(w.mapping, CWE_PROHIBITED);
	check_str(cwe_latest(), S("4.20"));
	check_str(cwe_latest_date(), S("2026-04-30"));
}

TEST(a_weakness_is_what_it_was_in_an_older_release)
{
	struct cwe w;

	check(cwe_find(S("1.4"), 79, &w));
	check_str(w.name, S("Failure to Preserve Web Page Structure ('Cross-site Scripting')"));
	check_int(w.mapping, CWE_UNSTATED);
	check(!cwe_find(S("4.2"), 1428, &w));
	check(cwe_find(S("4.20"), 1428, &w));
	check(!cwe_find(S("4.20.0"), 79, &w));
	check(!cwe_find(S("\xff"), 79, &w));
	check(!cwe_find(S(""), 79, &w));
	check(!cwe_find(STR_NONE, 0, &w));
	check(!cwe_find(STR_NONE, -5, &w));
	check(!cwe_find(STR_NONE, 1 << 30, &w));
}

TEST(a_release_is_told_from_the_name_it_used)
{
	str name = S("Failure to Preserve Web Page Structure ('Cross-site Scripting')");

	check_str(cwe_release_with(79, name, STR_NONE), S("1.8.1"));
	check_str(cwe_release_with(79, name, S("2009-12-28")), S("1.7"));
	check(str_is_none(cwe_release_with(79, name, S("2008-12-31"))));
	check(str_is_none(cwe_release_with(79, S("XSS"), STR_NONE)));
	check_str(cwe_release_date(S("4.19.1")), S("2026-01-21"));
	check(str_is_none(cwe_release_date(S("9.9"))));
}

TEST(only_the_official_form_is_an_id)
{
	int id;

	check(cwe_id_parse(S("CWE-79"), &id) && id == 79);
	check(!cwe_id_parse(S("CWE-079"), &id));
	check(!cwe_id_parse(S("cwe-79"), &id));
	check(!cwe_id_parse(S("CWE-"), &id));
	check(!cwe_id_parse(S("CWE--7"), &id));
	check(!cwe_id_parse(S("CWE-79 "), &id));
	check(!cwe_id_parse(S("CWE-99999999999999999999"), &id));
	check(!cwe_id_parse(STR_NONE, &id));
}

TEST(a_picker_finds_by_number_and_by_word)
{
	struct cwe_list l;

	check_ok(c, cwe_search(c, S("cwe-79"), 10, &l));
	check(l.n >= 1 && l.v[0].id == 79);
	check_ok(c, cwe_search(c, S("cross-site scr"), 10, &l));
	check(l.n >= 1 && l.v[0].id == 79);
	check_ok(c, cwe_search(c, S("a"), 7, &l));
	check_int(l.n, 7);
	check_ok(c, cwe_search(c, S(" "), 10, &l));
	check_int(l.n, 0);
	check_ok(c, cwe_search(c, S("deprecated"), 10, &l));
	check_int(l.n, 0);
	check_ok(c, cwe_search(c, S("\xff\0"), 10, &l));
	check_int(l.n, 0);
}

TEST(the_table_is_sorted_and_counts_as_the_releases_do)
{
	size_t latest = 0, first = 0;

	check_int(cwe_release_count, 57);
	for (size_t i = 0; i < cwe_span_count; i++) {
		const struct cwe_span *s = &cwe_spans[i];

		check(s->first <= s->last && s->last < (int)cwe_release_count);
		check(i == 0 || s[-1].id < s->id || (s[-1].id == s->id && s[-1].last < s->first));
		latest += s->last == (int)cwe_release_count - 1;
		first  += s->first == 0;
	}
	check_int(latest, 969);
	check_int(first, 615);
}

static int members(const struct cwe_view *v)
{
	str rest = v->members;
	int n = 0, id;

	while (cwe_view_next(&rest, &id))
		n++;
	return n;
}

/* The numbers that cwe.mitre.org tells of the views of 4.15. */
TEST(a_view_holds_its_weaknesses_and_those_of_its_categories)
{
	struct cwe_view v;
	struct cwe w;
	size_t from = 0;
	int views = 0, last = 0, id;

	check_str(cwe_view_release(), S("4.15"));
	check(cwe_view_find(CWE_VIEW_MAPPING, &v));
	check_str(v.name, S("Weaknesses for Simplified Mapping of Published Vulnerabilities"));
	check_int(members(&v), 130);
	check(cwe_view_has(&v, 79) && !cwe_view_has(&v, 80) && !cwe_view_has(&v, 0));
	check(cwe_view_find(699, &v));
	check_int(members(&v), 399);
	check(cwe_view_find(1425, &v));
	check_int(members(&v), 25);
	check(!cwe_view_find(1424, &v) && !cwe_view_find(0, &v) && !cwe_view_find(-1, &v));
	while (cwe_view_each(&from, &v)) {
		str rest = v.members;

		views++;
		check(v.id > last);
		last = v.id;
		while (cwe_view_next(&rest, &id))
			if (!cwe_find(cwe_view_release(), id, &w))
				check_int(id, 0);
	}
	check_int(views, 24);
}

TEST(what_is_above_a_weakness_is_known_in_two_views)
{
	str rest = cwe_view_parents(CWE_VIEW_RESEARCH, 22);
	int id;

	check(cwe_view_next(&rest, &id) && id == 706);
	check(cwe_view_next(&rest, &id) && id == 668);
	check(!cwe_view_next(&rest, &id));
	rest = cwe_view_parents(CWE_VIEW_MAPPING, 22);
	check(cwe_view_next(&rest, &id) && id == 706 && !cwe_view_next(&rest, &id));
	check_int(cwe_view_parents(699, 22).n, 0);
	check_int(cwe_view_parents(CWE_VIEW_RESEARCH, 1).n, 0);
}
