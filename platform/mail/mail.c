#include "platform/mail/mail.h"

#include <sodium.h>
#include <string.h>

enum {
	LINE_BYTES  = 998,   /* RFC 5322 2.1.1 */
	WORD_ROOM = 42,    /* bytes in an encoded word: 56 of base64, 75 in all with its marks (RFC 2047 2) */
	ROW       = 57,    /* bytes in a row of 76 of base64 */
};

/* What may stand in a header as it is: an address, or a part of one. */
static bool is_atom(str s, bool address)
{
	size_t at = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("<>()[],;:\\\"", s.p[i]))
			return false;
		at += s.p[i] == '@';
	}
	return s.n > 0 && s.n <= MAIL_ADDRESS_MAX && at == address && s.p[0] != '@' && s.p[s.n - 1] != '@';
}

static bool is_plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

static void base64_add(struct buf *b, str bytes)
{
	char text[2 * ROW];

	sodium_bin2base64(text, sizeof(text), (const unsigned char *)bytes.p, bytes.n, sodium_base64_VARIANT_ORIGINAL);
	buf_add(b, str_of(text));
}

/* Encoded words, one a line: no character is cut in two. */
static void words_add(struct buf *b, str s)
{
	for (bool first = true; s.n; first = false) {
		str some = utf8_cut(s, WORD_ROOM);

		buf_add(b, first ? S("=?UTF-8?B?") : S("\r\n =?UTF-8?B?"));
		base64_add(b, some);
		buf_add(b, S("?="));
		s = str_slice(s, some.n, s.n);
	}
}

/* As a quoted string where it is short ASCII, else as encoded words. */
static void name_add(struct buf *b, str name)
{
	if (!is_plain(name) || name.n > WORD_ROOM || str_find(name, S("\""), 0) != SIZE_MAX || str_find(name, S("\\"), 0) != SIZE_MAX) {
		words_add(b, name);
		return;
	}
	buf_char(b, '"');
	buf_add(b, name);
	buf_char(b, '"');
}

static void subject_add(struct buf *b, str subject)
{
	buf_add(b, S("Subject: "));
	if (is_plain(subject) && subject.n <= 66 && !str_starts(subject, S("=?")))
		buf_add(b, subject);
	else
		words_add(b, subject);
	buf_add(b, S("\r\n"));
}

static void date_add(struct buf *b, time_us t)
{
	static const char *const days[]   = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil             d        = time_civil(t);

	buf_fmt(b, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[civil_weekday(civil_days(d.year, d.month, d.day))], d.day,
	        months[d.month - 1], d.year, d.hour, d.minute, d.second);
}

/* The body with CR LF at each line, and whether it can go as it is. */
static str lines_of(struct ctx *c, str body, bool *plain)
{
	struct buf b;
	str        line;

	*plain = true;
	if (body.n && body.p[body.n - 1] == '\n')
		body = str_slice(body, 0, body.n - 1);
	buf_init(&b, c->arena, 4 * body.n + 16);
	while (str_cut(&body, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line = str_slice(line, 0, line.n - 1);
		*plain = *plain && is_plain(line) && line.n <= LINE_BYTES;
		buf_add(&b, line);
		buf_add(&b, S("\r\n"));
	}
	return buf_str(&b);
}

bool mail_print(struct ctx *c, const struct mail *m, struct buf *out)
{
	bool plain;
	str  body = lines_of(c, m->body, &plain);

	if (!is_atom(m->to, true))
		return fault(c, E_INVALID, "to", N_("{1} is not an address that mail can be sent to."), m->to);
	if (!is_atom(m->from, true))
		return fault(c, E_INVALID, "from", N_("{1} is not an address that mail can be sent from."), m->from);
	if (!is_atom(m->host, false) || !is_atom(m->id, false) || !is_atom(m->lang, false))
		return fault(c, E_INVALID, "id", N_("{1} cannot be a part of the name of a message."), m->id);
	buf_add(out, S("From: "));
	if (m->from_name.n) {
		name_add(out, m->from_name);
		buf_add(out, S("\r\n "));
	}
	buf_fmt(out, "<%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(m->from), STR_ARG(m->to));
	subject_add(out, m->subject);
	date_add(out, m->made);
	buf_fmt(out, "Message-ID: <%.*s@%.*s>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Language: %.*s\r\n"
	        "Content-Transfer-Encoding: %s\r\nAuto-Submitted: auto-generated\r\n\r\n", STR_ARG(m->id), STR_ARG(m->host), STR_ARG(m->lang),
	        plain ? "7bit" : "base64");
	if (plain)
		buf_add(out, body);
	for (size_t i = 0; !plain && i < body.n; i += ROW) {
		base64_add(out, str_slice(body, i, i + ROW < body.n ? i + ROW : body.n));
		buf_add(out, S("\r\n"));
	}
	return !out->full || fault(c, E_LIMIT, NULL, N_("The message is too long."));
}
