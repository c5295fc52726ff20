#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/*
 * Put by the compiler before every file of ours (-include): a call of one of
 * these is a build error.  The longer list (malloc outside the arena, printf
 * outside buf, clocks and chance outside platform/clock, BEGIN outside the dispatcher)
 * has homes and is watched by tools/check-banned.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With clang the C library makes macros of these two. */
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atoll atof gets
#pragma GCC poison gmtime localtime asctime ctime popen tmpnam mktemp

#endif
