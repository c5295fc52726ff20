#include "doors/cli/table.h"

#include "platform/json/json_out.h"

enum { CELL_MAX = 48, COLUMNS = 12 };

static bool is_wide(uint32_t x)
{
	return (x >= 0x1100 && x <= 0x115F) || (x >= 0x2E80 && x <= 0xA4CF) || (x >= 0xAC00 && x <= 0xD7A3) ||
	       (x >= 0xF900 && x <= 0xFAFF) || (x >= 0xFE30 && x <= 0xFE6F) || (x >= 0xFF00 && x <= 0xFF60) ||
	       (x >= 0xFFE0 && x <= 0xFFE6) || (x >= 0x20000 && x <= 0x3FFFD);
}

size_t table_width(str s)
{
	size_t w = 0;

	for (size_t i = 0; i < s.n;)
		w += is_wide(utf8_next(s, &i)) ? 2 : 1;
	return w;
}

/* One value on one line; control characters (terminal escapes) become "·". */
static str cell(struct ctx *c, const struct json *v)
{
	struct buf b;
	bool       truth;
	str        s = json_str(v);

	if (json_bool(v, &truth))
		return truth ? S("yes") : S("no");
	if (json_is(v, JSON_NUMBER))
		return json_number(v);
	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 0; i < s.n;) {
		size_t   from = i;
		uint32_t x    = utf8_next(s, &i);
		if (x < 0x20 || x == 0x7F || (x >= 0x80 && x <= 0x9F))
			buf_add(&b, x == '\n' || x == '\t' ? S(" ") : S("·"));
		else
			buf_add(&b, str_slice(s, from, i));
	}
	return buf_str(&b);
}

static str clip(struct ctx *c, str s)
{
	size_t i = 0, w = 0;

	if (table_width(s) <= CELL_MAX)
		return s;
	while (i < s.n && w < CELL_MAX - 2)
		w += is_wide(utf8_next(s, &i)) ? 2 : 1;
	return STR_CAT(c->arena, str_slice(s, 0, i), S("…"));
}

static void pad(struct buf *b, str s, size_t width)
{
	buf_add(b, s);
	for (size_t w = table_width(s); w < width; w++)
		buf_char(b, ' ');
}

/* An instant to the minute, the rest as it is. */
static str shown(struct ctx *c, const struct json *v)
{
	str     s = cell(c, v);
	time_us t;

	if (s.n < 20 || s.p[4] != '-' || s.p[s.n - 1] != 'Z' || !time_parse(s, &t))
		return s;
	return STR_CAT(c->arena, str_slice(s, 0, 10), S(" "), str_slice(s, 11, 16), S("Z"));
}

struct column { str key; size_t width; };

/* The columns in which some row has something, and how wide they are. */
static size_t columns_find(struct ctx *c, const struct json *list, struct column out[COLUMNS])
{
	size_t n = 0;

	for (JSON_MEMBERS(m, json_at(list, 0))) {
		size_t most = 0;
		if (n == COLUMNS)
			break;
		for (JSON_ITEMS(row, list)) {
			size_t w = table_width(clip(c, shown(c, json_get(row, json_key(m)))));
			most = w > most ? w : most;
		}
		if (most)
			out[n++] = (struct column){ json_key(m), most > json_key(m).n ? most : json_key(m).n };
	}
	return n;
}

static void print_cell(struct buf *b, str s, const struct column *k, bool last)
{
	if (last)
		buf_add(b, s);
	else
		pad(b, s, k->width + 2);
}

static void print_list(struct ctx *c, struct buf *b, const struct json *list)
{
	struct column k[COLUMNS];
	size_t        n = columns_find(c, list, k);

	for (size_t i = 0; i < n; i++)
		print_cell(b, k[i].key, &k[i], i + 1 == n);
	buf_char(b, '\n');
	for (JSON_ITEMS(row, list)) {
		for (size_t i = 0; i < n; i++)
			print_cell(b, clip(c, shown(c, json_get(row, k[i].key))), &k[i], i + 1 == n);
		buf_char(b, '\n');
	}
}

static void print_row(struct ctx *c, struct buf *b, const struct json *row)
{
	size_t width = 0;

	for (JSON_MEMBERS(m, row))
		if (json_key(m).n > width)
			width = json_key(m).n;
	for (JSON_MEMBERS(m, row)) {
		if (json_is(&m->value, JSON_OBJECT) || json_is(&m->value, JSON_ARRAY) || json_is(&m->value, JSON_NULL))
			continue;
		pad(b, json_key(m), width + 2);
		buf_add(b, shown(c, &m->value));
		buf_char(b, '\n');
	}
	for (JSON_MEMBERS(m, row)) {
		if (json_count(&m->value) == 0)
			continue;
		buf_char(b, '\n');
		buf_add(b, json_key(m));
		buf_char(b, '\n');
		if (json_is(&m->value, JSON_ARRAY))
			print_list(c, b, &m->value);
		else
			print_row(c, b, &m->value);
	}
}

bool table_print(struct ctx *c, struct buf *b, str text)
{
	const struct json *doc;

	TRY(json_parse(c, text, NULL, &doc));
	print_row(c, b, doc);
	return true;
}
