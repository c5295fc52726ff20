#include "base/test.h"

#include "platform/json/json.h"
#include "standards/rolie/rolie.h"

/* meets CSAF-2.0 7.1.15 */
TEST(a_feed_lists_the_newest_first)
{
	struct rolie_entry entries[] = {
		{ .id = S("A"), .title = S("a"), .url = S("https://example.com/2026/a.json"), .sha512 = true,
		  .signature = true, .published = c->now, .updated = c->now },
		{ .id = S("B"), .title = S("b"), .url = S("https://example.com/2026/b.json"), .sha256 = true,
		  .published = c->now, .updated = c->now + DAY },
	};
	struct rolie_feed f = { S("feed"), S("Feed"), S("https://example.com/feed.json"), STR_NONE,
	                        entries, 2, TIME_NONE, false };
	const struct json *v;
	struct buf b;

	buf_init(&b, c->arena, 65536);
	check_ok(c, rolie_feed_print(c, &f, &b));
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	check_str(json_str(json_point(v, S("/feed/entry/0/id"))), S("B"));
	check_str(json_str(json_point(v, S("/feed/updated"))), S("2026-11-25T00:00:00Z"));
	check_str(json_str(json_point(v, S("/feed/entry/1/link/2/href"))),
	          S("https://example.com/2026/a.json.asc"));
	f.v21 = true;
	buf_init(&b, c->arena, 65536);
	check_ok(c, rolie_feed_print(c, &f, &b));
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	check_str(json_str(json_point(v, S("/feed/entry/0/format/version"))), S("2.1"));
	buf_init(&b, c->arena, 65536);
	rolie_service_print(&b, S("Advisories"), &f, 1);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	check_str(json_str(json_point(v, S("/service/workspace/0/collection/0/href"))), f.url);
	buf_init(&b, c->arena, 65536);
	rolie_category_print(&b, (const str[]){ S("Gate"), S("Lamp") }, 2);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	check_str(json_str(json_point(v, S("/categories/category/1/term"))), S("Lamp"));
}
