#include "doors/fetch/outside.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct range { const char *base; int bits; };

/* Not reachable from anywhere, or not for us: RFC 6890, 8190 and what was registered since. */
static const struct range special4[] = {
	{ "0.0.0.0", 8 }, { "10.0.0.0", 8 }, { "100.64.0.0", 10 }, { "127.0.0.0", 8 }, { "169.254.0.0", 16 },
	{ "172.16.0.0", 12 }, { "192.0.0.0", 24 }, { "192.0.2.0", 24 }, { "192.31.196.0", 24 }, { "192.52.193.0", 24 },
	{ "192.88.99.0", 24 }, { "192.168.0.0", 16 }, { "192.175.48.0", 24 }, { "198.18.0.0", 15 }, { "198.51.100.0", 24 },
	{ "203.0.113.0", 24 }, { "224.0.0.0", 4 }, { "240.0.0.0", 4 },
};
/* Of 2000::/3, which alone is public. */
static const struct range special6[] = {
	{ "2001::", 23 }, { "2001:db8::", 32 }, { "2002::", 16 }, { "2620:4f:8000::", 48 }, { "3fff::", 20 },
};

static bool holds(const unsigned char *base, const unsigned char *at, int bits)
{
	for (; bits > 0; bits -= 8, base++, at++) {
		int mask = bits >= 8 ? 0xFF : 0xFF << (8 - bits) & 0xFF;
		if ((*base ^ *at) & mask)
			return false;
	}
	return true;
}

static bool in_ranges(int family, const struct range *r, size_t n, const unsigned char *at)
{
	unsigned char base[16];

	for (size_t i = 0; i < n; i++)
		if (inet_pton(family, r[i].base, base) == 1 && holds(base, at, r[i].bits))
			return true;
	return false;
}
#define IN(family, ranges, at) in_ranges((family), (ranges), sizeof(ranges) / sizeof((ranges)[0]), (at))

/* The bytes of an address; an IPv4 address inside an IPv6 one as what it is. */
static int bytes_of(const struct sockaddr *a, unsigned char out[16])
{
	static const struct range nat64[] = { { "64:ff9b::", 96 } };
	const struct in6_addr    *v6;

	if (a->sa_family == AF_INET) {
		memcpy(out, &((const struct sockaddr_in *)(const void *)a)->sin_addr, 4);
		return 4;
	}
	if (a->sa_family != AF_INET6)
		return 0;
	v6 = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;
	memcpy(out, v6, 16);
	if (IN6_IS_ADDR_V4MAPPED(v6) || IN(AF_INET6, nat64, out)) {
		memmove(out, out + 12, 4);
		return 4;
	}
	return 16;
}

bool outside_address(const struct sockaddr *a)
{
	static const struct range global[] = { { "2000::", 3 } };
	unsigned char             at[16];

	switch (bytes_of(a, at)) {
	case 4: return !IN(AF_INET, special4, at);
	case 16: return IN(AF_INET6, global, at) && !IN(AF_INET6, special6, at);
	default: return false;
	}
}

bool outside_listed(const struct sockaddr *a, str list)
{
	unsigned char at[16], base[16];
	int           n = bytes_of(a, at);
	str           one, address;

	while (str_cut(&list, ' ', &one)) {
		char    text[64] = { 0 };
		int64_t bits     = n * 8;
		if (!str_cut(&one, '/', &address) || address.n == 0 || address.n >= sizeof(text))
			continue;
		if (!str_is_none(one) && (!str_to_int(one, &bits) || bits < 0 || bits > n * 8))
			continue;
		memcpy(text, address.p, address.n);
		if (inet_pton(n == 4 ? AF_INET : AF_INET6, text, base) == 1 && holds(base, at, (int)bits))
			return true;
	}
	return false;
}

/* ---- URLs ---- */

static bool refused(struct ctx *c, const char *text)
{
	return fault(c, E_INVALID, "url", text);
}

static bool is_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static bool is_name_byte(char x)
{
	return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' || x == '.';
}

/* A last label that is a number makes an address of it, for some. */
static bool is_numeric(str host)
{
	size_t dot = host.n;
	str    last;

	while (dot > 0 && host.p[dot - 1] != '.')
		dot--;
	last = str_slice(host, dot, host.n);
	return is_digits(last) || str_eq_nocase(str_slice(last, 0, 2), S("0x"));
}

/* Names, and addresses in their one usual form: no "127.1", "0x7f.1", "2130706433". */
static bool host_check(str host)
{
	unsigned char room[16];
	char          text[256] = { 0 };

	if (host.n == 0 || host.n > 253)
		return false;
	memcpy(text, host.p, host.n);
	if (host.p[0] == '[') {
		text[host.n - 1] = '\0';
		return host.p[host.n - 1] == ']' && inet_pton(AF_INET6, text + 1, room) == 1;
	}
	for (size_t i = 0; i < host.n; i++)
		if (!is_name_byte(host.p[i]))
			return false;
	if (is_numeric(host))
		return inet_pton(AF_INET, text, room) == 1;
	return host.p[host.n - 1] != '.' && host.p[0] != '.';
}

static bool port_listed(int port, str ports)
{
	int64_t n;
	str     one;

	while (str_cut(&ports, ' ', &one))
		if (str_to_int(one, &n) && n == port)
			return true;
	return false;
}

static bool bytes_check(str url)
{
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7F || url.p[i] == '\\')
			return false;
	return true;
}

/* "host:port", "[v6]:port", or without a port. */
static bool authority_cut(struct ctx *c, str authority, struct outside_url *out)
{
	size_t  colon = authority.n;
	int64_t n;
	str     port;

	if (str_find(authority, S("@"), 0) != SIZE_MAX)
		return refused(c, N_("An address holds no name and no password."));
	while (colon > 0 && authority.p[colon - 1] != ':' && authority.p[colon - 1] != ']')
		colon--;
	out->host = authority;
	if (colon == 0 || authority.p[colon - 1] != ':')
		return true;
	out->host = str_slice(authority, 0, colon - 1);
	port      = str_slice(authority, colon, authority.n);
	if (!is_digits(port) || !str_to_int(port, &n) || n < 1 || n > 65535)
		return refused(c, N_("The port of the address is not one."));
	out->port = (int)n;
	return true;
}

bool outside_url(struct ctx *c, str url, bool plain, str ports, struct outside_url *out)
{
	size_t at = str_find(url, S("://"), 0), end = 0;
	bool   https;
	str    rest;

	if (!bytes_check(url))
		return refused(c, N_("An address holds no blanks and only ASCII."));
	*out  = (struct outside_url){ .scheme = str_slice(url, 0, at == SIZE_MAX ? 0 : at) };
	https = str_eq_nocase(out->scheme, S("https"));
	if (url.n > 2048 || (!https && !(plain && str_eq_nocase(out->scheme, S("http")))))
		return refused(c, N_("An address begins with https://."));
	rest = str_slice(url, at + 3, url.n);
	while (end < rest.n && !strchr("/?#", rest.p[end]))
		end++;
	out->port = https ? 443 : 80;
	TRY(authority_cut(c, str_slice(rest, 0, end), out));
	if (!host_check(out->host))
		return refused(c, N_("The host of the address is not one."));
	if (out->port != 443 && out->port != 80 && !port_listed(out->port, ports))
		return refused(c, N_("Only the ports 443 and 80 are asked."));
	return true;
}
