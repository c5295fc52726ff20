#ifndef DOORS_SAY_H
#define DOORS_SAY_H

/* The program's voice on a terminal: standard output and standard error. */

#include "base/ctx.h"

void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void say_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void say_bytes(str s);
/* "psirt: …" with the fault's sentence; returns its exit status. */
int  say_fault(struct ctx *c);

#endif
