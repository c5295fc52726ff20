#ifndef BASE_POINT_H
#define BASE_POINT_H

/*
 * Named places where a test makes things fail: the n-th allocation, statement
 * or file call, or an end of the process at a crash point.
 *
 * The program as it ships defines no point_hit: the symbol is weak and hidden,
 * so the linker puts 0 there and nothing, neither the environment nor a
 * preloaded library, can turn a point on.  The unit program links
 * tests/fault/point_test.c, which does.  tests/fault/README.md lists them.
 */

#include <stdbool.h>

enum point { POINT_MEMORY, POINT_STATEMENT, POINT_FILE, POINT_CRASH };

bool point_hit(enum point what, const char *name) __attribute__((weak, visibility("hidden")));

/* Must this call fail? */
#define point_fails(what, name) (point_hit != 0 && point_hit((what), (name)))
/* The process may end here, as if the machine had stopped. */
#define crash_point(name) ((void)point_fails(POINT_CRASH, (name)))

#endif
