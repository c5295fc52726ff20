#include "doors/cli/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "platform/text/word.h"

void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	fflush(stdout);   /* a log must show the demo's logins while it runs */
}

void say_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
}

void say_bytes(str s)
{
	fwrite(s.p ? s.p : "", 1, s.n, stdout);
}

int say_fault(struct ctx *c)
{
	str text = word_fault(c, &c->fault);

	say_error("psirt: %.*s\n", STR_ARG(text));
	if (c->fault.code >= E_DISK)
		say_error("psirt: (%s at %s:%d)\n", fault_name(c->fault.code), c->fault.file, c->fault.at);
	return fault_exit(c->fault.code);
}
