#ifndef DOORS_SAY_H
#define DOORS_SAY_H

/* The program's voice on a terminal: standard output and standard error. */

#include "base/ctx.h"

void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void say_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* False: it cannot be written; say_end tells. */
bool say_bytes(str s);
/* The exit status when what was said could not be written: EX_IOERR of sysexits.h, which nothing else uses. */
enum { SAY_LOST = 74 };
/* At the end: the status, or SAY_LOST after saying on standard error why. */
int  say_end(struct ctx *c, int status);
/* The language of the terminal: LC_ALL, LC_MESSAGES, LANG. */
enum lang say_lang(void);
/* One sentence in the reader's language, {1}… filled in; with a line end. */
void say_words(struct ctx *c, bool error, const char *english, const str *args, size_t n);
#define SAY(c, ...)       SAY_(c, false, __VA_ARGS__, STR_NONE)
#define SAY_ERROR(c, ...) SAY_(c, true, __VA_ARGS__, STR_NONE)   /* begins with "psirt: " */
#define SAY_(c, error, english, ...) \
	say_words((c), (error), (english), (const str[]){ __VA_ARGS__ }, sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
/* "psirt: …" with the fault's sentence; returns its exit status. */
int  say_fault(struct ctx *c);

#endif
