#include "tests/fuzz/fuzz.h"

#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_plain.h"
#include "standards/csaf/csaf_render.h"
#include "standards/csaf/csaf_skeleton.h"

enum { WIDTH = 60, NESTED = 32 };

static void plain_hold(str s)
{
	HOLDS(utf8_check(s, NULL));
	for (size_t i = 0; i < s.n; i++)
		HOLDS((unsigned char)s.p[i] >= 0x20 || s.p[i] == '\n');
}

static bool is_word(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
}

/* The name of the element whose sign "<" or "</" ends at `at`. */
static str element_at(str page, size_t at)
{
	size_t end = at;

	while (end < page.n && is_word(page.p[end]))
		end++;
	return str_slice(page, at, end);
}

/* Nothing but our elements, and they close in order. */
static void page_hold(str page)
{
	static const char ours[] = " html head title style body main h1 h2 h3 dl dt dd p span a time table caption thead tbody tr th td ul li code ";
	char room[16] = " ";
	str  open[NESTED], name;
	size_t depth = 0;

	for (size_t at = 0; (at = str_find(page, S("<"), at)) != SIZE_MAX; at++) {
		bool closes = at + 1 < page.n && page.p[at + 1] == '/';
		size_t n = 1;

		name = element_at(page, at + 1 + closes);
		if (str_starts(str_slice(page, at, page.n), S("<!DOCTYPE html>")) || str_eq(name, S("meta")) || str_eq(name, S("br")))
			continue;
		HOLDS(name.n > 0 && name.n < 14);
		for (size_t i = 0; i < name.n; i++)
			room[n++] = name.p[i];
		room[n++] = ' ';
		HOLDS(str_find(str_of(ours), ((str){ room, n }), 0) != SIZE_MAX);
		if (closes) {
			HOLDS(depth > 0 && str_eq(open[depth - 1], name));
			depth--;
		} else {
			HOLDS(depth < NESTED);
			open[depth++] = name;
		}
	}
	HOLDS(depth == 0);
}

/* A page is ours alone; a text keeps to its columns as far as a word fits, and commands nothing. */
static void run_render(struct ctx *c, str bytes)
{
	const struct json *root;
	struct buf b;
	str text, line;

	if (!json_parse(c, bytes, &csaf_limits, &root))
		return;
	buf_init(&b, c->arena, 16 << 20);
	if (csaf_render(c, root, FORM_HTML, WIDTH, &b)) {
		plain_hold(buf_str(&b));
		page_hold(buf_str(&b));
	}
	b.n = 0;
	if (!csaf_render(c, root, FORM_TEXT, WIDTH, &b))
		return;
	plain_hold(buf_str(&b));
	for (text = buf_str(&b); str_cut(&text, '\n', &line);)
		HOLDS(line.n == 0 || line.p[line.n - 1] != ' ');
}

/* Lines: profile, version, then the arguments in the order of the struct; what is made is valid. */
static void run_skeleton(struct ctx *c, str bytes)
{
	struct csaf_skeleton s = { .now = c->now, .initial = TIME_NONE };
	str *into[] = { &s.lang, &s.publisher, &s.category, &s.namespace_uri, &s.id, &s.title, &s.tlp, &s.cve, &s.product,
	                &s.affected, &s.fixed, &s.status };
	str profile, version, line;
	struct csaf_findings f;
	struct buf b;

	if (!str_cut(&bytes, '\n', &profile) || !str_cut(&bytes, '\n', &version) || !csaf_profile_parse(profile, &s.profile))
		return;
	s.v21 = str_eq(version, S("2.1"));
	for (size_t i = 0; i < sizeof(into) / sizeof(*into) && str_cut(&bytes, '\n', &line); i++)
		*into[i] = line.n ? line : STR_NONE;
	buf_init(&b, c->arena, 1 << 20);
	if (!csaf_skeleton_print(c, &s, &b))
		return;
	HOLDS(csaf_check(c, buf_str(&b), &(struct csaf_options){ .preset = CSAF_BASIC, .cwe_release = STR_NONE }, &f));
	HOLDS(f.valid);
}

static const struct fuzz_target targets[] = {
	{ .name = "render", .run = run_render, .json = true, .more = "csaf20 csaf21" },
	{ .name = "skeleton", .run = run_skeleton, .max = 2048 },
};

const struct fuzz_table fuzz_author = { targets, sizeof(targets) / sizeof(*targets) };
