#include "base/test.h"
#include "platform/http/target.h"

static bool parse(struct ctx *c, const char *target, str *path, str *query)
{
	return target_parse(c, str_of(target), S("here"), path, query);
}

TEST(a_target_is_split_and_decoded_once)
{
	str path, query;

	check_ok(c, parse(c, "/cases/%E8%84%86?a=%2525&b", &path, &query));
	check_str(path, S("/cases/脆"));
	check_str(query, S("a=%2525&b"));
	check_ok(c, parse(c, "/a%2520b/", &path, &query));
	check_str(path, S("/a%20b/"));
	check(str_is_none(query));
	check_ok(c, parse(c, "/?", &path, &query));
	check_str(path, S("/"));
	check(!str_is_none(query) && query.n == 0);
	check_ok(c, parse(c, "HTTPS://HERE/x", &path, &query));
	check_str(path, S("/x"));
}

TEST(doubtful_targets_are_refused)
{
	static const char *const wrong[] = {
		"", "*", "a", "here:80", "http://there/x", "http://here", "http:///x", "//a",
		"/a//b", "/..", "/a/.", "/%2e%2E/a", "/%2f", "/%5C", "/\\", "/%00", "/%0a", "/%7f",
		"/%", "/%1", "/%G0", "/%C0%AF", "/%ED%A0%80", "/a b", "/a#b", "/\x80", "/?\x01",
	};
	str path, query;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		check(!parse(c, wrong[i], &path, &query));
		check_fault(c, E_USAGE, "target");
	}
}

TEST(a_form_keeps_the_order_of_repeated_names)
{
	struct fields f = { .max = 4 };
	const struct field *a;

	check_ok(c, urlencoded_parse(c, S("a=1&b=x+y%2B&&a=2&c"), &f));
	check_int(f.n, 4);
	a = field_find(&f, S("a"));
	check_str(a->value, S("1"));
	a = field_next(&f, S("a"), a);
	check_str(a->value, S("2"));
	check(field_next(&f, S("a"), a) == NULL);
	check_str(field_value(&f, S("b")), S("x y+"));
	check_str(field_value(&f, S("c")), S(""));
	check(str_is_none(field_value(&f, S("d"))));
}

TEST(wrong_or_long_forms_are_refused)
{
	struct fields f = { .max = 2 };

	check(!urlencoded_parse(c, S("a=%zz"), &f));
	check_fault(c, E_USAGE, "form");
	check(!urlencoded_parse(c, S("a=%00"), &f));
	check(!urlencoded_parse(c, S("a=\xFF"), &f));
	check(!urlencoded_parse(c, S("%=1"), &f));
	f.n = 0;
	check(!urlencoded_parse(c, S("a&b&c"), &f));
	check_fault(c, E_LIMIT, "form");
}

TEST(percent_encoding_is_undone_by_decoding)
{
	struct fields f = { .max = 2 };
	str odd = S("a/b?&=+% 脆\x7F");

	check_ok(c, urlencoded_parse(c, STR_CAT(c->arena, S("x="), percent_encode(c->arena, odd)),
	                             &f));
	check_str(f.v[0].value, odd);
}
