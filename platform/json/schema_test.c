#include "base/test.h"

#include "platform/json/schema.h"

static const struct schema *compiled(struct ctx *c, const char *text)
{
	const struct schema *s = NULL;
	str one = str_of(text);

	check_ok(c, schema_compile(c, &one, 1, &s));
	return s;
}

static bool valid(struct ctx *c, const struct schema *s, const char *text, struct schema_errors *e)
{
	const struct json *v = NULL;

	check_ok(c, json_parse(c, str_of(text), NULL, &v));
	return schema_check(s, c, v, e);
}

#define D4 "\"$schema\":\"http://json-schema.org/draft-04/schema#\","

/* meets JSON-Schema-2020-12 11 */
TEST(each_keyword_accepts_and_refuses)
{
	static const struct { const char *schema, *good, *bad; } cases[] = {
		{ "{\"type\":\"integer\"}", "1.0", "1.5" },
		{ "{\"type\":[\"string\",\"null\"]}", "null", "1" },
		{ "{\"type\":\"boolean\"}", "false", "0" },
		{ "{\"enum\":[1,\"a\",{\"x\":[1]}]}", "{\"x\":[1.0]}", "{\"x\":[2]}" },
		{ "{\"const\":null}", "null", "0" },
		{ "{\"multipleOf\":0.1}", "0.3", "0.35" },
		{ "{\"maximum\":3}", "3.0", "3.01" },
		{ "{\"exclusiveMaximum\":3}", "2.9", "3" },
		{ "{" D4 "\"maximum\":3,\"exclusiveMaximum\":true}", "2", "3" },
		{ "{\"minimum\":-1}", "-1", "-1.1" },
		{ "{\"exclusiveMinimum\":0}", "1", "0" },
		{ "{\"maxLength\":2}", "\"日本\"", "\"abc\"" },
		{ "{\"minLength\":2}", "\"日本\"", "\"日\"" },
		{ "{\"minLength\":1}", "\"a\"", "\"\"" },
		{ "{\"pattern\":\"^a+$\"}", "\"aa\"", "\"aa\\n\"" },
		{ "{\"format\":\"date-time\"}", "\"2026-11-24T10:00:00.123+09:00\"", "\"2026-11-24\"" },
		{ "{\"format\":\"date-time\"}", "\"2016-12-31T23:59:60Z\"", "\"2016-12-31T22:59:60Z\"" },
		{ "{\"format\":\"uri\"}", "\"https://a.example/b?c=%20#d\"", "\"/relative\"" },
		{ "{\"format\":\"uri\"}", "\"http://[::1]:80/\"", "\"http://a b/\"" },
		{ "{\"format\":\"iri-reference\"}", "\"日本/x\"", "\"a b\"" },
		{ "{\"format\":\"idn-email\"}", "\"日@例え.jp\"", "\"a@@b\"" },
		{ "{\"format\":\"uuid\"}", "\"2eb8aa08-aa98-11ea-b4aa-73b441d16380\"", "\"2eb8aa08\"" },
		{ "{\"format\":\"date\"}", "\"2024-02-29\"", "\"2023-02-29\"" },
		{ "{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"number\"}}", "[\"a\",1]", "[\"a\",\"b\"]" },
		{ "{" D4 "\"items\":[{}],\"additionalItems\":false}", "[1]", "[1,2]" },
		{ "{\"contains\":{\"const\":1}}", "[2,1]", "[2]" },
		{ "{\"contains\":{\"const\":1},\"maxContains\":1}", "[1]", "[1,1]" },
		{ "{\"contains\":{\"const\":1},\"minContains\":2}", "[1,1]", "[1]" },
		{ "{\"maxItems\":1}", "[1]", "[1,2]" },
		{ "{\"minItems\":1}", "[1]", "[]" },
		{ "{\"uniqueItems\":true}", "[1,\"1\",true,{\"a\":1},{\"a\":2}]", "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}]" },
		{ "{\"properties\":{\"a\":{\"type\":\"string\"}}}", "{\"a\":\"x\",\"b\":1}", "{\"a\":1}" },
		{ "{\"patternProperties\":{\"^x_\":{\"type\":\"string\"}}}", "{\"x_a\":\"\"}", "{\"x_a\":1}" },
		{ "{\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"a\":1}", "{\"b\":1}" },
		{ "{\"propertyNames\":{\"maxLength\":1}}", "{\"a\":1}", "{\"ab\":1}" },
		{ "{\"required\":[\"a\"]}", "{\"a\":1}", "{\"b\":1}" },
		{ "{\"minProperties\":1}", "{\"a\":1}", "{}" },
		{ "{\"maxProperties\":1}", "{\"a\":1}", "{\"a\":1,\"b\":1}" },
		{ "{\"dependentRequired\":{\"a\":[\"b\"]}}", "{\"a\":1,\"b\":1}", "{\"a\":1}" },
		{ "{\"dependentSchemas\":{\"a\":{\"maxProperties\":1}}}", "{\"a\":1}", "{\"a\":1,\"b\":1}" },
		{ "{" D4 "\"dependencies\":{\"a\":[\"b\"]}}", "{\"b\":1}", "{\"a\":1}" },
		{ "{\"allOf\":[{\"type\":\"number\"},{\"minimum\":2}]}", "2", "1" },
		{ "{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":2}]}", "\"a\"", "1" },
		{ "{\"oneOf\":[{\"minimum\":2},{\"maximum\":3}]}", "1", "2.5" },
		{ "{\"not\":{\"type\":\"string\"}}", "1", "\"a\"" },
		{ "{\"if\":{\"const\":1},\"then\":false,\"else\":{\"type\":\"number\"}}", "2", "1" },
		{ "{\"$defs\":{\"a\":{\"type\":\"string\"}},\"$ref\":\"#/$defs/a\",\"maxLength\":1}", "\"a\"", "\"ab\"" },
		{ "{\"$defs\":{\"a\":{\"$anchor\":\"z\",\"type\":\"string\"}},\"$ref\":\"#z\"}", "\"a\"", "1" },
		{ "{\"$id\":\"http://a.example/x/y\",\"$defs\":{\"a\":{\"$id\":\"z\",\"type\":\"string\"}},"
		  "\"$ref\":\"http://a.example/x/z\"}", "\"a\"", "1" },
		{ "{\"$defs\":{\"t\":{\"properties\":{\"c\":{\"$ref\":\"#/$defs/t\"}},\"additionalProperties\":false}},"
		  "\"$ref\":\"#/$defs/t\"}", "{\"c\":{\"c\":{}}}", "{\"c\":{\"c\":{\"d\":1}}}" },
		{ "{\"allOf\":[{\"properties\":{\"a\":{}}}],\"unevaluatedProperties\":false}", "{\"a\":1}", "{\"b\":1}" },
		{ "{\"anyOf\":[{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},true],"
		  "\"unevaluatedProperties\":false}", "{\"a\":1}", "{\"a\":2}" },
		{ "{\"prefixItems\":[true],\"unevaluatedItems\":false}", "[1]", "[1,2]" },
		{ "{\"$id\":\"http://a.example/strict\",\"$ref\":\"tree\",\"$dynamicAnchor\":\"node\","
		  "\"unevaluatedProperties\":false,\"$defs\":{\"t\":{\"$id\":\"tree\",\"$dynamicAnchor\":\"node\","
		  "\"properties\":{\"c\":{\"$dynamicRef\":\"#node\"}}}}}", "{\"c\":{\"c\":{}}}", "{\"c\":{\"d\":1}}" },
		{ "true", "1", NULL }, { "{\"unknown\":1}", "1", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct schema *s;

		if (cases[i].schema[0] != '{')
			continue;
		s = compiled(c, cases[i].schema);
		if (!valid(c, s, cases[i].good, NULL))
			check_str(str_of(cases[i].schema), S("accepts the good one"));
		if (cases[i].bad && valid(c, s, cases[i].bad, NULL))
			check_str(str_of(cases[i].schema), S("refuses the bad one"));
	}
}

TEST(errors_have_pointer_keyword_and_arguments)
{
	const struct schema *s = compiled(c,
		"{\"properties\":{\"a/b\":{\"items\":{\"type\":\"string\",\"maxLength\":1}}},\"required\":[\"z\"]}");
	struct schema_errors e;

	check(!valid(c, s, "{\"a/b\":[\"x\",\"xy\",3]}", &e));
	check_int(e.n, 3);
	check_str(e.v[0].pointer, S(""));
	check_str(str_of(e.v[0].keyword), S("required"));
	check_str(e.v[0].arg[0], S("z"));
	check_str(e.v[1].pointer, S("/a~1b/1"));
	check_str(e.v[2].pointer, S("/a~1b/2"));
}

TEST(what_is_allowed_is_told_when_it_is_little)
{
	const struct schema *s = compiled(c, "{\"properties\":{\"a\":{\"enum\":[\"x\",2]},"
		"\"b\":{\"enum\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}}}");
	struct schema_errors e;

	check(!valid(c, s, "{\"a\":\"y\",\"b\":0}", &e));
	check_int(e.n, 2);
	check_str(e.v[0].arg[0], S("y"));
	check_str(e.v[0].arg[1], S("x, 2"));
	check_str(e.v[1].arg[0], S("0"));
	check(str_is_none(e.v[1].arg[1]));
}

TEST(of_several_forms_the_one_that_was_meant_is_explained)
{
	const struct schema *s = compiled(c, "{\"oneOf\":[{\"properties\":{\"id\":{\"enum\":[\"MIT\"]}},\"required\":[\"id\"]},"
		"{\"required\":[\"name\"]},{\"type\":\"array\"}]}");
	struct schema_errors e;

	check(!valid(c, s, "{\"id\":\"MITT\"}", &e));
	check_int(e.n, 1);
	check_str(e.v[0].pointer, S("/id"));
	check(!valid(c, s, "{\"x\":1}", &e));
	check_int(e.n, 1);
	check_str(e.v[0].pointer, S(""));
	check_str(str_of(e.v[0].keyword), S("oneOf"));
}

TEST(one_schema_refers_to_another_by_id)
{
	str texts[2] = {
		S("{\"$id\":\"https://a.example/main.json\",\"properties\":{\"x\":{\"$ref\":\"https://b.example/part.json\"}}}"),
		S("{" D4 "\"id\":\"https://b.example/part.json?2017\",\"type\":\"string\"}"),
	};
	const struct schema *s = NULL;

	check_ok(c, schema_compile(c, texts, 2, &s));
	check(valid(c, s, "{\"x\":\"a\"}", NULL));
	check(!valid(c, s, "{\"x\":1}", NULL));
	check(!schema_compile(c, texts, 1, &s));
	check_fault(c, E_INVALID, NULL);
}

TEST(a_costly_pattern_and_a_circle_end)
{
	const struct schema *s = compiled(c, "{\"pattern\":\"^(a+)+$\"}");

	check(!valid(c, s, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"", NULL));
	s = compiled(c, "{\"$ref\":\"#\"}");
	check(!valid(c, s, "1", NULL));
}

TEST(many_unique_items_are_compared_quickly)
{
	const struct schema *s = compiled(c, "{\"uniqueItems\":true}");
	struct schema_errors e;
	struct buf b;

	buf_init(&b, c->arena, 8 << 20);
	buf_char(&b, '[');
	for (int i = 0; i < 100000; i++)
		buf_fmt(&b, "{\"k\":%d,\"v\":\"same\"},", i);
	buf_add(&b, S("{\"v\":\"same\",\"k\":77}]"));
	check(!valid(c, s, cstr(c->arena, buf_str(&b)), &e));
	check_str(e.v[0].arg[0], S("77"));
	check_str(e.v[0].arg[1], S("100000"));
}
