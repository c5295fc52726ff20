#include "platform/log.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "platform/clock.h"

static _Atomic int aim_least = LEVEL_INFO, aim_fd = STDERR_FILENO, aim_form = LOG_AUTO;

static const char *const levels[] = { "debug", "info", "warning", "error" };

/* The line being written; room for its end is kept free. */
struct line {
	size_t n;
	bool   full;             /* something did not fit */
	char   text[LOG_LINE];
};
enum { LINE_END = 8 };

static void add(struct line *l, str s)
{
	if (l->full || s.n > LOG_LINE - LINE_END - l->n) {
		l->full = true;
		return;
	}
	memcpy(l->text + l->n, s.p, s.n);
	l->n += s.n;
}

static void add_int(struct line *l, int64_t v, int width)
{
	char     d[24];
	size_t   i = sizeof(d);
	uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do {
		d[--i] = (char)('0' + u % 10);
		u /= 10;
		width--;
	} while (u || width > 0);
	if (v < 0)
		d[--i] = '-';
	add(l, (str){ d + i, sizeof(d) - i });
}

/* One character, so that neither JSON nor a terminal can be led astray. */
static void add_char(struct line *l, uint32_t ch)
{
	char   out[8];
	size_t n = 0;

	if (ch == '"' || ch == '\\') {
		out[n++] = '\\';
		out[n++] = (char)ch;
	} else if (ch < 0x20 || (ch >= 0x7F && ch < 0xA0) || (ch >= 0x200E && ch <= 0x200F) ||
	           (ch >= 0x2028 && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069)) {
		memcpy(out, "\\u", 2);
		for (int i = 0; i < 4; i++)
			out[2 + i] = "0123456789abcdef"[ch >> (12 - 4 * i) & 15];
		n = 6;
	} else {
		n = utf8_put(ch, out);
	}
	add(l, (str){ out, n });
}

static void add_text(struct line *l, str s)
{
	bool cut = s.n > LOG_VALUE;

	if (cut)
		s.n = LOG_VALUE;
	add(l, S("\""));
	for (size_t i = 0; i < s.n;) {
		size_t bad = 0;
		str    rest = str_slice(s, i, s.n);
		if (!utf8_check(str_slice(rest, 0, 4), &bad) && bad == 0) {
			if (!cut || s.n - i >= 4)
				add_char(l, 0xFFFD);
			i++;
		} else {
			add_char(l, utf8_next(s, &i));
		}
	}
	add(l, cut ? S("…\"") : S("\""));
}

static void add_time(struct line *l, time_us t)
{
	struct civil v = time_civil(t);

	add_int(l, v.year, 4);
	add(l, S("-"));
	add_int(l, v.month, 2);
	add(l, S("-"));
	add_int(l, v.day, 2);
	add(l, S("T"));
	add_int(l, v.hour, 2);
	add(l, S(":"));
	add_int(l, v.minute, 2);
	add(l, S(":"));
	add_int(l, v.second, 2);
	add(l, S("."));
	add_int(l, v.micro / 1000, 3);
	add(l, S("Z"));
}

static void add_value(struct line *l, const struct log_field *f)
{
	if (f->text.p)
		add_text(l, f->text);
	else
		add_int(l, f->number, 1);
}

static void write_json(struct line *l, enum log_level level, const char *event,
                       const struct log_field *f, size_t n)
{
	add(l, S("{\"time\":\""));
	add_time(l, clock_now());
	add(l, S("\",\"level\":\""));
	add(l, str_of(levels[level]));
	add(l, S("\",\"event\":\""));
	add(l, str_of(event));
	add(l, S("\""));
	for (size_t i = 0; i < n; i++) {
		struct line whole = { .n = l->n };      /* a field that does not fit is left out whole */
		size_t      name  = strlen(f[i].name);
		add(&whole, S(",\""));
		add(&whole, (str){ f[i].name, name });
		add(&whole, S("\":"));
		add_value(&whole, &f[i]);
		if (whole.full)
			continue;
		memcpy(l->text + l->n, whole.text + l->n, whole.n - l->n);
		l->n = whole.n;
	}
	l->text[l->n++] = '}';
}

static void write_human(struct line *l, enum log_level level, const char *event,
                        const struct log_field *f, size_t n)
{
	add_time(l, clock_now());
	add(l, S(" "));
	add(l, str_of(levels[level]));
	add(l, S(" "));
	add(l, str_of(event));
	for (size_t i = 0; i < n; i++) {
		add(l, S(" "));
		add(l, str_of(f[i].name));
		add(l, S("="));
		add_value(l, &f[i]);
	}
}

void log_write_(enum log_level level, const char *event, const struct log_field *f, size_t n)
{
	struct line l    = { 0 };
	int         fd   = aim_fd, form = aim_form, was = errno;

	if ((int)level < aim_least)
		return;
	/* f[0] is a filler that lets the list be empty. */
	if (form == LOG_HUMAN || (form == LOG_AUTO && isatty(fd)))
		write_human(&l, level, event, f + 1, n - 1);
	else
		write_json(&l, level, event, f + 1, n - 1);
	l.text[l.n++] = '\n';
	/* A diary that cannot be written has nobody to tell it to. */
	while (write(fd, l.text, l.n) < 0 && errno == EINTR)
		;
	errno = was;
}

void log_aim(enum log_level least, int fd, enum log_form form)
{
	aim_least = (int)least;
	aim_fd    = fd;
	aim_form  = (int)form;
}

bool log_level_parse(str s, enum log_level *out)
{
	for (int i = 0; i < 4; i++)
		if (str_eq(s, str_of(levels[i]))) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}
