#include "base/test.h"

#include <string.h>

#include "platform/json/json.h"
#include "platform/json/json_out.h"
#include "platform/json/json_pull.h"

static const struct json *parsed(struct ctx *c, str text)
{
	const struct json *v = NULL;

	check_ok(c, json_parse(c, text, NULL, &v));
	return v;
}

static str printed(struct ctx *c, const struct json *v, enum json_form form)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	json_print(&b, v, form);
	check(!b.full);
	return buf_str(&b);
}

/* The same verdict from json_parse, json_pull whole and json_pull byte by byte. */
struct source { str text; size_t at, step; };

static bool read_source(UNUSED struct ctx *c, void *from, char *p, size_t n, size_t *got)
{
	struct source *s = from;

	if (n > s->step)
		n = s->step;
	if (n > s->text.n - s->at)
		n = s->text.n - s->at;
	memcpy(p, s->text.p + s->at, n);
	s->at += n;
	*got = n;
	return true;
}

static bool pull_all(struct json_pull *p)
{
	struct json_event ev;

	do
		TRY(json_next(p, &ev));
	while (ev.kind != JSON_END);
	return true;
}

static bool accepts(struct ctx *c, str text)
{
	const struct json *v;
	struct source s = { text, 0, 1 };
	bool tree  = json_parse(c, text, NULL, &v);
	long line  = c->fault.line, column = c->fault.column;
	bool whole = pull_all(json_pull_text(c, NULL, text));
	bool bytes = pull_all(json_pull_open(c, NULL, read_source, &s));

	check_int(whole, tree);
	check_int(bytes, tree);
	if (!tree) {
		check_int(c->fault.line, line);
		check_int(c->fault.column, column);
	}
	return tree;
}

TEST(good_json_is_accepted)
{
	static const char *const good[] = {
		"0", "-0", "1.5e+3", "1E-2", "\"\"", "\"a\"", "true", "false", "null", " [ ] ", "{}",
		"[[[[]]]]", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "\"\\u00e9\\n\\\"\\\\\\/\"",
		"\"\\ud83d\\ude00\"", "\"日本語\"", "\t\r\n 1 \n", "{\"\":1}", "[1,\n2 ,3]",
		"\"\\u0000\"", "123456789012345678901234567890", "\"\xf4\x8f\xbf\xbf\"", "\"\x7f\"",
		"{\"a\" : 1 , \"b\":2}",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		if (!accepts(c, str_of(good[i])))
			check_str(str_of(good[i]), S("should be accepted"));
	}
}

TEST(bad_json_is_refused)
{
	static const char *const bad[] = {
		"", " ", "01", "-", "+1", ".5", "1.", "1e", "1e+", "tru", "nul", "True", "NaN", "Infinity",
		"'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"",
		"\"\\ud800\\u0041\"", "\"\x01\"", "\"a\nb\"", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]",
		"{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}",
		"{1:2}", "[1}", "{\"a\":1]", "1 2", "{} {}", "/*x*/1", "[1]//x", "\xef\xbb\xbf{}",
		"\"\x80\"", "\"\xc0\xaf\"", "\"\xc3\"", "\"\xed\xa0\x80\"", "\"\xf5\x80\x80\x80\"", "\xff",
		"\"\xe2\x82\"", "\"\xf0\x80\x80\x80\"", "{\"a\":1,\"b\":2,\"a\":3}", "\"\\", "0x10", "1_000",
		"[\"a\",\n\"b\",\n{\"c\":tru}]", "{\"\\u0061\":1,\"a\":2}",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (accepts(c, str_of(bad[i])))
			check_str(str_of(bad[i]), S("should be refused"));
	}
	check(!accepts(c, S("[1]\0")));
	check(!accepts(c, S("\"\0\"")));
}

TEST(a_fault_tells_line_column_and_pointer)
{
	const struct json *v;

	check(!json_parse(c, S("{\n  \"日本\": [1, 2,\n   {\"a/b\": x}]}"), NULL, &v));
	check_fault(c, E_SYNTAX, "/日本/2/a~1b");
	check_int(c->fault.line, 3);
	check_int(c->fault.column, 12);
	check(!json_parse(c, S("[{\"k\":1,\"x\":2,\n \"k\":3}]"), NULL, &v));
	check_fault(c, E_SYNTAX, "/0/k");
}

TEST(a_key_that_occurs_twice_among_many_is_found)
{
	struct buf b;
	const struct json *v;

	buf_init(&b, c->arena, 8 << 20);
	buf_char(&b, '{');
	for (int i = 0; i < 100000; i++)
		buf_fmt(&b, "\"key%d\":%d,", i, i);
	buf_add(&b, S("\"key4711\":0}"));
	check(!json_parse(c, buf_str(&b), NULL, &v));
	check_fault(c, E_SYNTAX, "/key4711");
	check(!pull_all(json_pull_text(c, NULL, buf_str(&b))));
	check_fault(c, E_SYNTAX, "/key4711");
	memcpy(b.p + b.n - 12, "\"kex", 4);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	check_ok(c, pull_all(json_pull_text(c, NULL, buf_str(&b))));
	check_str(json_number(json_get(v, S("key99999"))), S("99999"));
	check(json_get(v, S("key100000")) == NULL);
}

TEST(limits_of_bytes_depth_members_and_strings_hold)
{
	static const struct json_limits small = { .bytes = 64, .depth = 3, .members = 3, .string = 8 };
	const struct json *v;
	char deep[20001];

	check_ok(c, json_parse(c, S("[[[1,2,3]]]"), &small, &v));
	check(!json_parse(c, S("[[[[1]]]]"), &small, &v));
	check_fault(c, E_LIMIT, "/0/0/0");
	check(!json_parse(c, S("[1,2,3,4]"), &small, &v));
	check_fault(c, E_LIMIT, NULL);
	check(!json_parse(c, S("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}"), &small, &v));
	check_fault(c, E_LIMIT, NULL);
	check(!json_parse(c, S("\"123456789\""), &small, &v));
	check_fault(c, E_LIMIT, NULL);
	check(!json_parse(c, S("123456789"), &small, &v));
	check_fault(c, E_LIMIT, NULL);
	check(!json_parse(c, S("\"                                                              \""),
	                  &small, &v));
	check_fault(c, E_LIMIT, NULL);
	memset(deep, '[', 10000);
	memset(deep + 10000, ']', 10000);
	check(!json_parse(c, (str){ deep, 20000 }, NULL, &v));
	check_fault(c, E_LIMIT, NULL);
	check(!pull_all(json_pull_text(c, NULL, (str){ deep, 20000 })));
	check_fault(c, E_LIMIT, NULL);
}

TEST(a_string_of_100_megabytes_is_refused)
{
	size_t n = 100 << 20;
	char  *p = NEWS(c->arena, char, n);
	struct json_limits wide = json_default;
	struct source s;
	const struct json *v;

	memset(p, 'a', n);
	p[0] = p[n - 1] = '"';
	check(!json_parse(c, (str){ p, n }, NULL, &v));
	check_fault(c, E_LIMIT, NULL);
	wide.bytes = n;
	check(!json_parse(c, (str){ p, n }, &wide, &v));
	check_fault(c, E_LIMIT, NULL);
	s = (struct source){ { p, n }, 0, 65536 };
	check(!pull_all(json_pull_open(c, &wide, read_source, &s)));
	check_fault(c, E_LIMIT, NULL);
	check(s.at < 20 << 20);
}

TEST(an_arena_that_is_too_small_is_a_limit_not_an_end)
{
	struct arena tiny;
	struct ctx   d;
	struct buf   b;
	const struct json *v;

	buf_init(&b, c->arena, 1 << 20);
	buf_char(&b, '[');
	for (int i = 0; i < 50000; i++)
		buf_add(&b, S("1,"));
	buf_add(&b, S("1]"));
	arena_init(&tiny, 300000);
	ctx_init(&d, &tiny);
	check(!json_parse(&d, buf_str(&b), NULL, &v));
	check_fault(&d, E_LIMIT, NULL);
	arena_done(&tiny);
}

TEST(places_are_found_by_key_index_and_pointer)
{
	const struct json *v = parsed(c, S("{\"a\":[10,{\"x/y\":{\"m~n\":true}}],\"\":\"e\"}"));
	bool yes = false;

	check_str(json_number(json_at(json_get(v, S("a")), 0)), S("10"));
	check(json_bool(json_point(v, S("/a/1/x~1y/m~0n")), &yes) && yes);
	check(json_point(v, S("")) == v);
	check_str(json_str(json_point(v, S("/"))), S("e"));
	check(!json_point(v, S("/a/2")));
	check(!json_point(v, S("/a/01")));
	check(!json_point(v, S("a")));
	check(!json_get(NULL, S("a")) && !json_at(NULL, 0));
	check(str_is_none(json_get_str(v, S("a"))));
}

TEST(a_pointer_leads_to_line_and_column)
{
	str  text = S("{\n \"a\": [1,\n   {\"b\": \"x\"}]\n}");
	long line, column;

	check_ok(c, json_locate(c, text, S("/a/1/b"), &line, &column));
	check_int(line, 3);
	check_int(column, 10);
	check_ok(c, json_locate(c, text, S("/a"), &line, &column));
	check_int(line, 2);
	check(!json_locate(c, text, S("/z"), &line, &column));
	check_fault(c, E_NOTFOUND, NULL);
}

TEST(numbers_keep_their_writing_and_their_value)
{
	const struct json *v = parsed(c, S("[9223372036854775807,-9223372036854775808,"
		"9223372036854775808,1.0,1e2,1.5,-0,0.1e1,1e400,100000000000000000000000e-23]"));
	int64_t i;
	double  d;

	check(json_int(json_at(v, 0), &i) && i == INT64_MAX);
	check(json_int(json_at(v, 1), &i) && i == INT64_MIN);
	check(!json_int(json_at(v, 2), &i));
	check(json_int(json_at(v, 3), &i) && i == 1);
	check(json_int(json_at(v, 4), &i) && i == 100);
	check(!json_int(json_at(v, 5), &i));
	check(json_int(json_at(v, 6), &i) && i == 0);
	check(json_int(json_at(v, 7), &i) && i == 1);
	check(!json_double(json_at(v, 8), &d));
	check(json_int(json_at(v, 9), &i) && i == 1);
	check(json_double(json_at(v, 5), &d) && d > 1.49 && d < 1.51);
	check_int(json_number_cmp(S("1.0"), S("1")), 0);
	check_int(json_number_cmp(S("-0.0"), S("0e9")), 0);
	check(json_number_cmp(S("0.1"), S("0.10000000000000000000000000000001")) < 0);
	check(json_number_cmp(S("-2"), S("-10")) > 0);
	check(json_number_cmp(S("1e999999999999999999999"), S("9")) > 0);
	check(json_number_cmp(S("12"), S("123")) < 0);
	check(json_number_cmp(S("0"), S("-1")) > 0);
}

TEST(values_are_equal_whatever_the_order_of_members)
{
	const struct json *a = parsed(c, S("{\"a\":1,\"b\":[1.0,{}]}"));
	const struct json *b = parsed(c, S("{\"b\":[1,{}],\"a\":1e0}"));
	const struct json *d = parsed(c, S("{\"b\":[1,{}],\"a\":2}"));

	check_int(json_cmp(a, b), 0);
	check(json_hash(a) == json_hash(b));
	check(json_cmp(a, d) != 0);
	check(json_cmp(a, d) == -json_cmp(d, a));
}

TEST(printing_keeps_order_and_numbers)
{
	str text = S("{\"z\":1.50,\"a\":[1e2,-0,[],{}],\"s\":\"q\\\"\\\\\\u0001\\n日\"}");
	const struct json *v = parsed(c, text);

	check_str(printed(c, v, JSON_COMPACT), text);
	check_str(printed(c, v, JSON_CANONICAL),
	          S("{\"a\":[1e2,-0,[],{}],\"s\":\"q\\\"\\\\\\u0001\\n日\",\"z\":1.50}"));
	check_str(printed(c, parsed(c, S("{\"a\":[1,{}],\"b\":{}}")), JSON_PRETTY),
	          S("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {}\n}\n"));
}

TEST(the_writer_sets_commas_and_leaves_out_none)
{
	struct buf b;
	struct json_out o;

	buf_init(&b, c->arena, 4096);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "a", S("x"));
	json_put_str(&o, "none", STR_NONE);
	json_open(&o, "list", '[');
	json_out_int(&o, 1);
	json_out_str(&o, STR_NONE);
	json_out_bool(&o, true);
	json_close(&o);
	json_put_time(&o, c->arena, "at", c->now);
	json_put_number(&o, "score", S("9.80"));
	json_close(&o);
	check_str(buf_str(&b), S("{\"a\":\"x\",\"list\":[1,null,true],"
	                         "\"at\":\"2026-11-24T00:00:00Z\",\"score\":9.80}"));
}

TEST(the_pull_reader_skips_and_takes_trees)
{
	struct source s = { S("{\"skip\":{\"a\":[1,2,{\"b\":3}]},\"items\":[{\"n\":1},{\"n\":\"\\u0032\"}],"
	                      "\"end\":\"\\n\"}"), 0, 3 };
	struct json_pull  *p = json_pull_open(c, NULL, read_source, &s);
	struct json_event  ev;
	const struct json *v;
	long line, column;

	check_ok(c, json_next(p, &ev) && ev.kind == JSON_OBJECT);
	check_ok(c, json_next(p, &ev));
	check_str(ev.text, S("skip"));
	check_ok(c, json_skip(p));
	check_ok(c, json_next(p, &ev));
	check_str(ev.text, S("items"));
	check_ok(c, json_next(p, &ev) && ev.kind == JSON_ARRAY);
	check_ok(c, json_pull_tree(p, &v) == true);
	check_int(json_count(v), 2);
	check_str(json_get_str(json_at(v, 1), S("n")), S("2"));
	check_ok(c, json_next(p, &ev));
	check_str(ev.text, S("end"));
	check_ok(c, json_next(p, &ev));
	check_str(ev.text, S("\n"));
	check_str(json_pull_where(p, &line, &column), S("/end"));
	check_int(line, 1);
	check_ok(c, json_next(p, &ev) && ev.kind == JSON_OBJECT_END);
	check_ok(c, json_next(p, &ev) && ev.kind == JSON_END);
	check_ok(c, json_next(p, &ev) && ev.kind == JSON_END);
}
