#ifndef TOOLS_FILE_H
#define TOOLS_FILE_H

/* file: what the generators need of the file system.  No limits but memory. */

#include <stdio.h>

#include "base/arena.h"

/* The whole file; none when it cannot be read. */
str  file_read(struct arena *a, const char *path);
bool file_write(const char *path, str s) MUST_CHECK;
/* "path:line: text" on standard error; returns 1, the exit status. */
int  file_wrong(struct arena *a, const char *path, long line, const char *text);

#endif
