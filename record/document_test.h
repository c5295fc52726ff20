#ifndef RECORD_DOCUMENT_TEST_H
#define RECORD_DOCUMENT_TEST_H

/* Documents of a test, and a way to send them to an operation that takes files.  Tests only. */

#include "record/house_test.h"

#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>

enum { DOCUMENTS_MAX = 8 };

/* The text with each of the pairs (old, new … NULL) exchanged where it stands first. */
static inline str document_with(struct ctx *c, str s, va_list pairs)
{
	const char *old;

	while ((old = va_arg(pairs, const char *))) {
		size_t at = str_find(s, str_of(old), 0);
		check(at != SIZE_MAX);
		s = STR_CAT(c->arena, str_slice(s, 0, at), str_of(va_arg(pairs, const char *)), str_slice(s, at + str_of(old).n, s.n));
	}
	return s;
}

static inline struct file_part document_file(const char *name, str bytes)
{
	struct file_part f = { str_of(name), S("application/json"), memfd_create("document", MFD_CLOEXEC), (int64_t)bytes.n };

	check(bytes.n == 0 || write(f.fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	return f;
}

/*
 * At most DOCUMENTS_MAX, as `who`, in the argument "file"; names NULL: each is called `name`.
 * Allocates nothing outside the operation's net.
 */
static inline bool document_send(struct ctx *c, const struct actor *who, const char *op, const char *const *names, const char *name,
                                 const str *texts, size_t n, struct sheet *out)
{
	const struct op  *o = op_find(front_of(c), str_of(op));
	struct file_part  f[DOCUMENTS_MAX];
	struct args       a;
	bool              ok   = n <= DOCUMENTS_MAX;
	size_t            made = 0;

	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, o->args);
	for (size_t i = 0; ok && i < n; i++) {
		f[i] = document_file(names ? names[i] : name, texts[i]);
		made++;
		ok   = args_take_file(c, &a, S("file"), &f[i]);
	}
	ok = ok && op_call(c, o, &a, STR_NONE, out);
	for (size_t i = 0; i < made; i++)
		close(f[i].fd);
	return ok;
}

#endif
