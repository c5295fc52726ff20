#include "doors/cli/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/text/word.h"

static int lost;   /* errno of the first write that failed */

static bool said(bool good)
{
	if (!good && !lost)
		lost = errno ? errno : EIO;
	return good;
}

void say(const char *fmt, ...)
{
	va_list ap;
	int     n;

	va_start(ap, fmt);
	n = vprintf(fmt, ap);
	va_end(ap);
	(void)said(fflush(stdout) == 0 && n >= 0);   /* a log must show the demo's logins while it runs */
}

void say_error(const char *fmt, ...)
{
	va_list ap;

	(void)said(fflush(stdout) == 0);   /* what was said before comes before */
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
}

bool say_bytes(str s)
{
	return said(fwrite(s.p ? s.p : "", 1, s.n, stdout) == s.n);
}

int say_end(struct ctx *c, int status)
{
	if (said(fflush(stdout) == 0) && !lost)
		return status;
	SAY_ERROR(c, N_("Standard output cannot be written: {1}. What was said is not complete."), str_of(strerror(lost)));
	return SAY_LOST;
}

enum lang say_lang(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	enum lang                lang    = LANG_EN;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *v = getenv(names[i]);
		if (!v || !*v)
			continue;
		if (!lang_parse(str_slice(str_of(v), 0, 2), &lang))
			lang = LANG_EN;
		break;
	}
	return lang;
}

void say_words(struct ctx *c, bool error, const char *english, const str *args, size_t n)
{
	str text = word_fill(c, english, args, n);

	if (error)
		say_error("psirt: %.*s\n", STR_ARG(text));
	else
		say("%.*s\n", STR_ARG(text));
}

int say_fault(struct ctx *c)
{
	str text = word_fault(c, &c->fault);

	say_error("psirt: %.*s\n", STR_ARG(text));
	if (c->fault.code >= E_DISK)
		say_error("psirt: (%s at %s:%d)\n", fault_name(c->fault.code), c->fault.file, c->fault.at);
	return fault_exit(c->fault.code);
}
