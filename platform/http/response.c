#include "platform/http/http.h"

#include <microhttpd.h>

#include "base/list.h"

/* A copy in which nothing can end the header early. */
static str one_line(struct arena *a, str s)
{
	char *p = cstr(a, s.p ? s : S(""));

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)p[i] < ' ' || p[i] == 0x7F)
			p[i] = ' ';
	return (str){ p, s.n };
}

void response_header(struct response *out, str name, str value)
{
	struct field f = { .name = one_line(out->arena, name),
	                   .value = str_trim(one_line(out->arena, value)), .fd = -1 };

	if (!out->headers.max)
		out->headers.max = 256;
	if (!list_push(out->arena, &out->headers, f))
		abort();      /* more headers than any page has: a fault of the program */
}

void response_header_set(struct response *out, str name, str value)
{
	size_t n = 0;

	for (size_t i = 0; i < out->headers.n; i++)
		if (!str_eq_nocase(out->headers.v[i].name, name))
			out->headers.v[n++] = out->headers.v[i];
	out->headers.n = n;
	response_header(out, name, value);
}

/* cookie-octet of RFC 6265 4.1.1; a name may not hold "=" either. */
static void cookie_text(struct buf *b, str s, bool name)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool ok = ch > ' ' && ch < 0x7F && ch != '"' && ch != ',' && ch != ';' &&
		          ch != '\\' && !(name && ch == '=');
		buf_char(b, ok ? ch : '_');
	}
}

void response_cookie(struct response *out, const struct cookie *k)
{
	struct buf b;

	buf_init(&b, out->arena, 4096);
	cookie_text(&b, k->name, true);
	buf_char(&b, '=');
	if (k->max_age >= 0)
		cookie_text(&b, k->value, false);
	buf_add(&b, S("; Path="));
	cookie_text(&b, str_is_none(k->path) ? S("/") : k->path, false);
	if (k->max_age) {
		buf_add(&b, S("; Max-Age="));
		buf_int(&b, k->max_age < 0 ? 0 : k->max_age);
	}
	buf_add(&b, S("; HttpOnly"));
	if (k->secure)
		buf_add(&b, S("; Secure"));
	buf_add(&b, k->strict ? S("; SameSite=Strict") : S("; SameSite=Lax"));
	response_header(out, S("Set-Cookie"), buf_str(&b));
}

str http_date(struct arena *a, time_us t)
{
	static const char days[]   = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil      v        = time_civil(t);
	int               day      = civil_weekday(civil_days(v.year, v.month, v.day));

	return str_fmt(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * day, v.day,
	               months + 3 * (v.month - 1), v.year, v.hour, v.minute, v.second);
}
