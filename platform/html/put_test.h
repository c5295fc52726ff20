#ifndef PLATFORM_PUT_TEST_H
#define PLATFORM_PUT_TEST_H

/* The structs of put_test.html. */

#include "platform/html/html.h"

struct place {
	str         text, title, url, part, base;
	const char *cls;
	html        mark;
	int64_t     n;
	bool        on;
};

struct place_list {
	struct { const struct place *v; size_t n; } rows;
};

#endif
