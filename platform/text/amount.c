#include "platform/text/amount.h"

#include "base/buf.h"

str amount_int(struct ctx *c, int64_t v)
{
	char     out[32];
	size_t   at = sizeof(out), digits = 0;
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	if (v == INT_NONE)
		return S("");
	do {
		if (digits && digits % 3 == 0)
			out[--at] = ',';
		out[--at] = (char)('0' + u % 10);
		digits++;
	} while (u /= 10);
	if (v < 0)
		out[--at] = '-';
	return str_dup(c->arena, (str){ out + at, sizeof(out) - at });
}

str amount_bytes(struct ctx *c, int64_t bytes)
{
	static const char *const unit[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
	uint64_t tenths, left;
	size_t   i = 0;

	if (bytes < 0)
		return S("");
	if (bytes < 1000)
		return str_fmt(c->arena, "%lld B", (long long)bytes);
	left = (uint64_t)bytes;
	while (left >= 999950 && i < 5) {
		left /= 1000;
		i++;
	}
	tenths = (left + 50) / 100;
	if (tenths < 100)
		return str_fmt(c->arena, "%llu.%llu %s", (unsigned long long)(tenths / 10),
		               (unsigned long long)(tenths % 10), unit[i]);
	return str_fmt(c->arena, "%llu %s", (unsigned long long)((left + 500) / 1000), unit[i]);
}

str amount_share(struct ctx *c, int64_t part, int64_t whole)
{
	const char *gap = c->lang == LANG_JA ? "" : " ";
	int64_t     p;

	if (whole <= 0 || part < 0 || part > INT64_MAX / 400 || whole > INT64_MAX / 400)
		return S("–");
	p = (part * 200 + whole) / (whole * 2);
	if (p >= 100 && part < whole)
		p = 99;
	if (p == 0 && part > 0)
		return str_fmt(c->arena, "< 1%s%%", gap);
	return str_fmt(c->arena, "%lld%s%%", (long long)p, gap);
}
