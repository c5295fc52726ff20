#include "platform/html/qr.h"

#include <qrencode.h>

#include "platform/text/word.h"

enum { TEXT_MAX = 1000, QUIET = 4 };

static void number(struct page *w, const char *before, int n)
{
	html_raw(w, str_of(before));
	html_int(w, n);
}

/* One path; each run of dark squares in a row is a rectangle. */
static void squares(struct page *w, const QRcode *q)
{
	for (int y = 0; y < q->width; y++)
		for (int x = 0, n; x < q->width; x += n) {
			const unsigned char *at = q->data + y * q->width + x;
			for (n = 1; x + n < q->width && (at[n] & 1) == (at[0] & 1); n++)
				;
			if (!(at[0] & 1))
				continue;
			number(w, "M", x + QUIET);
			number(w, " ", y + QUIET);
			number(w, "h", n);
			number(w, "v1h-", n);
			html_raw(w, S("z"));
		}
}

void html_qr(struct page *w, str text, const char *label)
{
	QRcode *q = text.n && text.n <= TEXT_MAX
	                ? QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M)
	                : NULL;

	if (!q)
		return;
	number(w, "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" width=\"", (q->width + 2 * QUIET) * 4);
	number(w, "\" height=\"", (q->width + 2 * QUIET) * 4);
	number(w, "\" viewBox=\"0 0 ", q->width + 2 * QUIET);
	number(w, " ", q->width + 2 * QUIET);
	html_raw(w, S("\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\""));
	html_text(w, word_tr(w->c->lang, label));
	html_raw(w, S("\"><path fill=\"#fff\" d=\"M0 0h999v999H0z\"/><path fill=\"#000\" d=\""));
	squares(w, q);
	html_raw(w, S("\"/></svg>"));
	QRcode_free(q);
}
