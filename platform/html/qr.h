#ifndef PLATFORM_QR_H
#define PLATFORM_QR_H

/* A QR code (ISO/IEC 18004, level M) as an SVG picture, dark on white in every theme. */

#include "platform/html/html.h"

/*
 * Write the picture of a text of at most 1,000 bytes; label says what it is for those who
 * do not see it.  A longer text writes nothing: the text itself must stand beside.
 */
void html_qr(struct page *w, str text, const char *label);

#endif
