#ifndef STANDARDS_AMONG_TEST_H
#define STANDARDS_AMONG_TEST_H

/* For the tests of formats: is this finding among them?  Tests only. */

#include "standards/finding/finding.h"

static inline bool finding_is(const struct findings *f, const char *test, const char *pointer)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_of(f->v[i].test), str_of(test)) && str_eq(f->v[i].pointer, str_of(pointer)))
			return true;
	return false;
}

#endif
