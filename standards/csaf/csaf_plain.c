#include "standards/csaf/csaf_plain.h"

struct span { uint32_t from, to; };

/* Commands of a terminal, directions of writing, signs that cannot be seen. */
static const struct span controls[] = {
	{ 0, 0x1f }, { 0x7f, 0x9f }, { 0x061c, 0x061c }, { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
	{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f }, { 0, 0 },
};
static const struct span combining[] = { { 0x300, 0x36f }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f }, { 0, 0 } };
static const struct span wide[] = {
	{ 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },
	{ 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd }, { 0, 0 },
};

static bool within(const struct span *v, uint32_t ch)
{
	for (; v->to; v++)
		if (ch >= v->from && ch <= v->to)
			return true;
	return false;
}

static bool is_control(uint32_t ch)
{
	return within(controls, ch);
}

static size_t width_of(uint32_t ch)
{
	return ch < 0x300 ? 1 : within(combining, ch) ? 0 : within(wide, ch) ? 2 : 1;
}

size_t plain_width(str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t ch = utf8_next(s, &at);

		n += is_control(ch) ? 1 : width_of(ch);
	}
	return n;
}

void plain_line(struct buf *b, str s, size_t max)
{
	size_t begin = b->n;
	bool   gap = false;

	for (size_t at = 0; at < s.n;) {
		size_t   from = at;
		uint32_t ch = utf8_next(s, &at);

		if (is_control(ch) || ch == ' ') {
			gap = b->n > begin;
			continue;
		}
		if (b->n - begin + (at - from) + gap > max) {
			buf_add(b, S("…"));
			return;
		}
		if (gap)
			buf_char(b, ' ');
		gap = false;
		buf_add(b, str_slice(s, from, at));
	}
}

static void spaces(struct buf *b, size_t n)
{
	while (n--)
		buf_char(b, ' ');
}

/* What has no width, or closes a sentence or quotation, stays with the wide sign before it. */
static bool stays(uint32_t ch)
{
	return ch == 0x3001 || ch == 0x3002 || ch == 0xff0c || ch == 0xff0e || ch == 0x300d || ch == 0xff09 || width_of(ch) == 0;
}

/* The word that begins at `from`: up to a space, or one wide character. */
static size_t word_end(str s, size_t from, size_t *width)
{
	size_t at = from;
	bool   sign = false;

	*width = 0;
	while (at < s.n) {
		size_t   here = at;
		uint32_t ch = utf8_next(s, &at);
		size_t   w = width_of(ch);

		if (ch == ' ' || is_control(ch) || (here > from && (sign ? !stays(ch) : w == 2)))
			return here;
		sign |= w == 2;
		*width += w;
	}
	return at;
}

static void wrapped_line(struct buf *b, str line, size_t indent, size_t width)
{
	size_t column = 0, at = 0;
	bool   gap = false;

	while (at < line.n) {
		size_t w, to = word_end(line, at, &w);

		if (to == at) {
			(void)utf8_next(line, &at);
			gap = column > 0;
			continue;
		}
		if (column && column + gap + w > width) {
			buf_char(b, '\n');
			column = 0;
			gap = false;
		}
		if (!column)
			spaces(b, indent);
		if (gap)
			buf_char(b, ' ');
		buf_add(b, str_slice(line, at, to));
		column += gap + w;
		gap = false;
		at = to;
	}
	buf_char(b, '\n');
}

void plain_text(struct buf *b, str s, size_t indent, size_t width)
{
	str line;

	while (str_cut(&s, '\n', &line))
		wrapped_line(b, line, indent, width);
}
