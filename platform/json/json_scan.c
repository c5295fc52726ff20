#include "platform/json/json_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

const struct json_limits json_default = {
	.bytes = 16 << 20, .depth = 200, .members = 1000000, .string = 4 << 20,
};

bool json_scan_init(struct json_scan *s, struct ctx *c, const struct json_limits *limits)
{
	*s = (struct json_scan){ .limits = limits ? limits : &json_default, .state = WANT_VALUE };
	s->frame = arena_alloc(c->arena, s->limits->depth * sizeof(*s->frame) + 1);
	if (!s->frame)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to read this text."));
	return true;
}

static enum json_scanned bad(struct json_scan *s, const char *at, const char *why)
{
	s->bad = at;
	s->why = why;
	return SCAN_BAD;
}

static enum json_scanned over(struct json_scan *s, const char *at, uint64_t most, const char *why)
{
	s->over = true;
	s->most = most;
	return bad(s, at, why);
}

/* The text ended inside a token. */
static enum json_scanned ended(struct json_scan *s)
{
	if (!s->final)
		return SCAN_MORE;
	return bad(s, s->end, N_("The text ends too early."));
}

static inline bool is_space(char ch)
{
	return ch == ' ' || ch == '\n' || ch == '\r' || ch == '\t';
}

static inline void skip_space(struct json_scan *s)
{
	const char *p = s->at, *end = s->end;

	for (; p < end && is_space(*p); p++) {
#ifdef __SSE2__
		while (end - p >= 17) {
			__m128i  x = _mm_loadu_si128((const void *)(p + 1));
			unsigned m = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(' ')));

			if (m != 0xffff) {
				p += __builtin_ctz(~m);
				break;
			}
			p += 16;
		}
#endif
	}
	s->at = p;
}

/* The first byte at or after p that is not plain printable ASCII of a string. */
static inline const char *plain_end(const char *p, const char *end)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		__m128i  x  = _mm_loadu_si128((const void *)p);
		__m128i  ok = _mm_cmpgt_epi8(x, _mm_set1_epi8(0x1f));
		__m128i  no = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('"')),
		                           _mm_cmpeq_epi8(x, _mm_set1_epi8('\\')));
		unsigned m  = (unsigned)_mm_movemask_epi8(_mm_andnot_si128(no, ok));

		if (m != 0xffff)
			return p + __builtin_ctz(~m);
	}
#endif
	while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 &&
	       *p != '"' && *p != '\\')
		p++;
	return p;
}

/* Length of the valid multi-byte character at p; 0 wrong, -1 cut by the end. */
static inline int wide_len(const char *at, const char *end)
{
	const unsigned char *p = (const unsigned char *)at;
	ptrdiff_t     n = end - at;
	unsigned char c = p[0];
	unsigned char low = 0x80, high = 0xbf;
	int           len = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

	if (len == 0)
		return 0;
	if (c == 0xe0)
		low = 0xa0;
	else if (c == 0xed)
		high = 0x9f;
	else if (c == 0xf0)
		low = 0x90;
	else if (c == 0xf4)
		high = 0x8f;
	if (n < 2)
		return -1;
	if (p[1] < low || p[1] > high)
		return 0;
	for (int i = 2; i < len; i++) {
		if (n <= i)
			return -1;
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return len;
}

static int hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		char ch = p[i];

		v <<= 4;
		if (ch >= '0' && ch <= '9')
			v |= ch - '0';
		else if ((ch | 32) >= 'a' && (ch | 32) <= 'f')
			v |= (ch | 32) - 'a' + 10;
		else
			return -1;
	}
	return v;
}

/* Step over the escape at *p. */
static enum json_scanned scan_escape(struct json_scan *s, const char **at)
{
	const char *p = *at;
	int         u;

	if (s->end - p < 2)
		return ended(s);
	if (p[1] != 'u') {
		if (!p[1] || !strchr("\"\\/bfnrt", p[1]))
			return bad(s, p, N_("This escape sequence is not known."));
		*at = p + 2;
		return SCAN_OK;
	}
	if (s->end - p < 6)
		return ended(s);
	u = hex4(p + 2);
	if (u < 0)
		return bad(s, p, N_("Four hexadecimal digits are expected after \\u."));
	*at = p + 6;
	if (u < 0xd800 || u > 0xdfff)
		return SCAN_OK;
	if (u >= 0xdc00)
		return bad(s, p, N_("Half of a surrogate pair stands alone."));
	if (s->end - p < 12) {
		if (!s->final)
			return SCAN_MORE;
		return bad(s, p, N_("Half of a surrogate pair stands alone."));
	}
	u = p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
	if (u < 0xdc00 || u > 0xdfff)
		return bad(s, p, N_("Half of a surrogate pair stands alone."));
	*at = p + 12;
	return SCAN_OK;
}

/* The string whose opening quote is at s->at; leaves *next after the closing one. */
static enum json_scanned scan_string(struct json_scan *s, struct json_token *t, const char **next)
{
	const char *begin = s->at + 1, *p = begin;

	t->escaped = false;
	for (;;) {
		enum json_scanned r;
		int               len;

		p = plain_end(p, s->end);
		if ((size_t)(p - begin) > s->limits->string)
			return over(s, s->at, s->limits->string, N_("A string is longer than {1} bytes."));
		if (p == s->end)
			return ended(s);
		if (*p == '"')
			break;
		if (*p == '\\') {
			t->escaped = true;
			r = scan_escape(s, &p);
			if (r != SCAN_OK)
				return r;
		} else if ((unsigned char)*p < 0x20) {
			return bad(s, p, N_("A control character must be written as an escape sequence."));
		} else {
			len = wide_len(p, s->end);
			if (len < 0)
				return ended(s);
			if (len == 0)
				return bad(s, p, N_("This is not valid UTF-8."));
			p += len;
		}
	}
	t->p  = begin;
	t->n  = (size_t)(p - begin);
	*next = p + 1;
	return SCAN_OK;
}

static inline const char *digits_end(const char *p, const char *end)
{
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

/* Where the number at p ends; NULL when it has no valid form (or is cut). */
static const char *number_end(const char *p, const char *end)
{
	const char *q;

	if (p < end && *p == '-')
		p++;
	q = digits_end(p, end);
	if (q == p || (*p == '0' && q - p > 1))
		return NULL;
	p = q;
	if (p < end && *p == '.') {
		q = digits_end(p + 1, end);
		if (q == p + 1)
			return NULL;
		p = q;
	}
	if (p < end && (*p | 32) == 'e') {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		q = digits_end(p, end);
		if (q == p)
			return NULL;
		p = q;
	}
	return p;
}

static enum json_scanned scan_number(struct json_scan *s, struct json_token *t)
{
	const char *p = s->at;

	if (!s->final) {
		while (p < s->end && *p && strchr("+-.eE0123456789", *p))
			p++;
		if ((size_t)(p - s->at) > s->limits->string)
			return over(s, s->at, s->limits->string, N_("A number is longer than {1} bytes."));
		if (p == s->end)
			return SCAN_MORE;
	}
	p = number_end(s->at, s->end);
	if (!p)
		return bad(s, s->at, N_("This number is not written as JSON wants it."));
	if ((size_t)(p - s->at) > s->limits->string)
		return over(s, s->at, s->limits->string, N_("A number is longer than {1} bytes."));
	t->kind = JSON_NUMBER;
	t->p    = s->at;
	t->n    = (size_t)(p - s->at);
	s->at   = p;
	return SCAN_OK;
}

static enum json_scanned scan_word(struct json_scan *s, struct json_token *t, const char *word,
                                   size_t n, enum json_kind kind)
{
	size_t left = (size_t)(s->end - s->at);

	if (memcmp(s->at, word, left < n ? left : n) != 0)
		return bad(s, s->at, N_("A value is expected here."));
	if (left < n)
		return ended(s);
	s->at += n;
	t->kind = kind;
	return SCAN_OK;
}

static enum json_scanned open_frame(struct json_scan *s, struct json_token *t, bool object)
{
	if (s->depth >= s->limits->depth)
		return over(s, s->at, s->limits->depth, N_("Values are nested deeper than {1} levels."));
	s->frame[s->depth++] = (struct json_frame){ .object = object };
	s->state = object ? WANT_FIRST_KEY : WANT_FIRST_ITEM;
	t->kind  = object ? JSON_OBJECT : JSON_ARRAY;
	s->at++;
	return SCAN_OK;
}

static enum json_scanned close_frame(struct json_scan *s, struct json_token *t, char ch)
{
	bool object = s->frame[s->depth - 1].object;

	if (ch != (object ? '}' : ']'))
		return bad(s, s->at, object ? N_("A comma or } is expected here.")
		                            : N_("A comma or ] is expected here."));
	s->depth--;
	s->state = s->depth ? WANT_NEXT : WANT_END;
	t->kind  = object ? JSON_OBJECT_END : JSON_ARRAY_END;
	s->at++;
	return SCAN_OK;
}

static enum json_scanned no_value(struct json_scan *s)
{
	if (s->end - s->at >= 3 && memcmp(s->at, "\xef\xbb\xbf", 3) == 0)
		return bad(s, s->at, N_("A byte order mark stands here; JSON has none: save the file as UTF-8 without it."));
	return bad(s, s->at, N_("A value is expected here."));
}

static enum json_scanned scan_value(struct json_scan *s, struct json_token *t)
{
	enum json_scanned r;
	const char       *next;

	if (s->depth && !s->frame[s->depth - 1].object &&
	    s->frame[s->depth - 1].n++ >= s->limits->members)
		return over(s, s->at, s->limits->members, N_("An array has more than {1} items."));
	switch (*s->at) {
	case '"':
		r = scan_string(s, t, &next);
		if (r == SCAN_OK) {
			t->kind = JSON_STRING;
			s->at   = next;
		}
		break;
	case '{':
		return open_frame(s, t, true);
	case '[':
		return open_frame(s, t, false);
	case 't':
		r = scan_word(s, t, "true", 4, JSON_TRUE);
		break;
	case 'f':
		r = scan_word(s, t, "false", 5, JSON_FALSE);
		break;
	case 'n':
		r = scan_word(s, t, "null", 4, JSON_NULL);
		break;
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		r = scan_number(s, t);
		break;
	default:
		return no_value(s);
	}
	if (r == SCAN_OK)
		s->state = s->depth ? WANT_NEXT : WANT_END;
	else if (r == SCAN_MORE && s->depth && !s->frame[s->depth - 1].object)
		s->frame[s->depth - 1].n--;
	return r;
}

/* A key, its colon and nothing of the value. */
static enum json_scanned scan_key(struct json_scan *s, struct json_token *t)
{
	const char *start = s->at, *next;
	enum json_scanned r;

	if (*s->at != '"')
		return bad(s, s->at, N_("A key in quotation marks is expected here."));
	r = scan_string(s, t, &next);
	if (r != SCAN_OK)
		return r;
	s->at = next;
	if (s->at < s->end && *s->at != ':')
		skip_space(s);
	if (s->at == s->end) {
		r = ended(s);
		if (r == SCAN_MORE)
			s->at = start;
		return r;
	}
	if (*s->at != ':')
		return bad(s, s->at, N_("A colon is expected here."));
	s->at++;
	if (s->frame[s->depth - 1].n++ >= s->limits->members)
		return over(s, start, s->limits->members, N_("An object has more than {1} members."));
	t->kind  = JSON_KEY;
	s->state = WANT_VALUE;
	return SCAN_OK;
}

/* What follows a value inside a container: a comma and the next key or item, or the end. */
static enum json_scanned scan_next(struct json_scan *s, struct json_token *t)
{
	bool object = s->frame[s->depth - 1].object;

	if (*s->at != ',')
		return close_frame(s, t, *s->at);
	s->at++;
	s->state = object ? WANT_KEY : WANT_VALUE;
	skip_space(s);
	if (s->at == s->end)
		return ended(s);
	return object ? scan_key(s, t) : scan_value(s, t);
}

enum json_scanned json_step(struct json_scan *s, struct json_token *t)
{
	skip_space(s);
	if (s->state == WANT_END) {
		if (s->at < s->end)
			return bad(s, s->at, N_("There is text after the end of the value."));
		if (!s->final)
			return SCAN_MORE;
		t->kind = JSON_END;
		return SCAN_OK;
	}
	if (s->at == s->end)
		return ended(s);
	switch (s->state) {
	case WANT_FIRST_KEY:
		return *s->at == '}' ? close_frame(s, t, '}') : scan_key(s, t);
	case WANT_FIRST_ITEM:
		return *s->at == ']' ? close_frame(s, t, ']') : scan_value(s, t);
	case WANT_KEY:
		return scan_key(s, t);
	case WANT_NEXT:
		return scan_next(s, t);
	case WANT_VALUE:
	case WANT_END:
		break;
	}
	return scan_value(s, t);
}

static char letter(char ch)
{
	switch (ch) {
	case 'b': return '\b';
	case 'f': return '\f';
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	default:  return ch;
	}
}

size_t json_unescape(const struct json_token *t, char *out)
{
	const char *p = t->p, *end = p + t->n;
	size_t      n = 0;

	while (p < end) {
		const char *q = memchr(p, '\\', (size_t)(end - p));
		size_t      run = (size_t)((q ? q : end) - p);
		uint32_t    u;

		memmove(out + n, p, run);
		n += run;
		if (!q)
			break;
		if (q[1] != 'u') {
			out[n++] = letter(q[1]);
			p = q + 2;
			continue;
		}
		u = (uint32_t)hex4(q + 2);
		p = q + 6;
		if (u >= 0xd800 && u <= 0xdbff) {
			u = 0x10000 + ((u - 0xd800) << 10) + ((uint32_t)hex4(q + 8) - 0xdc00);
			p = q + 12;
		}
		n += utf8_put(u, out + n);
	}
	return n;
}

void json_count_lines(str s, long *lines, long *columns)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			++*lines;
			*columns = 0;
		} else if (((unsigned char)s.p[i] & 0xc0) != 0x80) {
			++*columns;
		}
	}
}

bool json_scan_fault(struct ctx *c, const struct json_scan *s, str pointer,
                     const char *from, long lines, long columns)
{
	str most = str_fmt(c->arena, "%llu", (unsigned long long)s->most);

	json_count_lines((str){ from, (size_t)(s->bad - from) }, &lines, &columns);
	fault_set_(c, s->over ? E_LIMIT : E_SYNTAX, pointer, __FILE__, __LINE__, s->why,
	           (const str[]){ STR_NONE, most }, s->over ? 2 : 1);
	return fault_at(c, s->over ? E_LIMIT : E_SYNTAX, lines + 1, columns + 1);
}
