#ifndef STANDARDS_CSAF_CSAF_PLAIN_H
#define STANDARDS_CSAF_CSAF_PLAIN_H

/*
 * Text of a document on its way to a terminal: control characters, which
 * could command it, and signs that turn the direction of writing or cannot be
 * seen become spaces.
 */

#include "base/buf.h"

/* On one line: runs of white space are one space; cut after max bytes with "…". */
void plain_line(struct buf *b, str s, size_t max);
/* Wrapped at `width` columns behind `indent` spaces; line ends of the text stay. */
void plain_text(struct buf *b, str s, size_t indent, size_t width);
/* Columns of a terminal: 2 for wide (East Asian) characters, 0 for combining ones. */
size_t plain_width(str s);

#endif
