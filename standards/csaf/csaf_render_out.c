/* The page and the terminal: what a heading, a table and a line of text are in each. */
#include "standards/csaf/csaf_render_part.h"

#include <string.h>

#include "platform/text/word.h"
#include "standards/csaf/csaf_plain.h"

enum { CELL_BYTES = 32 << 20 };

/* ---- characters ---- */

static void entity_add(struct buf *b, str s)
{
	switch (s.p[0]) {
	case '&': buf_add(b, S("&amp;")); break;
	case '<': buf_add(b, S("&lt;")); break;
	case '>': buf_add(b, S("&gt;")); break;
	case '"': buf_add(b, S("&quot;")); break;
	case '\'': buf_add(b, S("&#39;")); break;
	default:  buf_add(b, s); break;
	}
}

/* Text for HTML: escaped, without control characters; line feeds stay. */
static void escape(struct buf *b, str s)
{
	str line;

	while (str_cut(&s, '\n', &line)) {
		struct buf clean;

		buf_init(&clean, b->arena, line.n + 8);
		plain_line(&clean, line, line.n + 1);
		for (size_t at = 0; at < clean.n;) {
			size_t from = at;

			(void)utf8_next(buf_str(&clean), &at);
			entity_add(b, str_slice(buf_str(&clean), from, at));
		}
		if (s.n)
			buf_char(b, '\n');
	}
}

static void escape_line(struct buf *b, str s)
{
	struct buf clean;

	buf_init(&clean, b->arena, 4 * LINE_SHOWN);
	plain_line(&clean, utf8_cut(s, LINE_SHOWN + 8), LINE_SHOWN);
	for (size_t at = 0; at < clean.n;) {
		size_t from = at;

		(void)utf8_next(buf_str(&clean), &at);
		entity_add(b, str_slice(buf_str(&clean), from, at));
	}
}

static void lang_open(struct folio *w, const char *element)
{
	buf_fmt(w->to, "<%s", element);
	if (w->foreign)
		buf_fmt(w->to, " lang=\"%.*s\"", STR_ARG(w->lang));
	buf_char(w->to, '>');
}

/* ---- inline ---- */

/* A break stands between two things only. */
static void break_add(struct folio *w)
{
	if (w->broken && w->to->n > w->cell_from)
		buf_add(w->to, w->html ? S("<br>") : S("\n"));
	w->broken = false;
}

void folio_plain(struct folio *w, str s)
{
	if (s.n)
		break_add(w);
	if (w->html)
		escape_line(w->to, s);
	else
		plain_line(w->to, s, LINE_SHOWN);
}

void folio_word(struct folio *w, const char *text)
{
	folio_plain(w, word_tr(w->c->lang, text));
}

void folio_words(struct folio *w, const char *text, str one)
{
	folio_plain(w, word_fill(w->c, text, &one, 1));
}

void folio_own(struct folio *w, str s)
{
	if (!w->html || !w->foreign || !s.n) {
		folio_plain(w, s);
		return;
	}
	break_add(w);
	lang_open(w, "span");
	escape_line(w->to, s);
	buf_add(w->to, S("</span>"));
}

static void cut_add(struct buf *b, str s)
{
	if (s.n > TEXT_SHOWN)
		buf_add(b, S(" […]"));
}

void folio_long(struct folio *w, str s)
{
	str cut = utf8_cut(s, TEXT_SHOWN);

	if (!s.n)
		return;
	break_add(w);
	if (w->html) {
		buf_add(w->to, S("<span class=\"pre\""));
		if (w->foreign)
			buf_fmt(w->to, " lang=\"%.*s\"", STR_ARG(w->lang));
		buf_char(w->to, '>');
		escape(w->to, cut);
		cut_add(w->to, s);
		buf_add(w->to, S("</span>"));
	} else {
		buf_add(w->to, cut);    /* made plain when it is wrapped */
		cut_add(w->to, s);
	}
}

/* Only addresses of the web become links, and only whole ones. */
static bool is_web(str url)
{
	if (!str_starts(url, S("https://")) && !str_starts(url, S("http://")))
		return false;
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= 0x20 || url.p[i] == 0x7f || url.p[i] == '"' || url.p[i] == '<' || url.p[i] == '>')
			return false;
	return url.n <= LINE_SHOWN;
}

void folio_link(struct folio *w, str url, str text)
{
	if (!w->html || !is_web(url)) {
		if (text.n)
			folio_own(w, text);
		if (text.n && url.n)
			folio_plain(w, S(": "));
		buf_add(w->to, text.n && url.n ? S(" ") : S(""));
		folio_plain(w, url);
		return;
	}
	break_add(w);
	buf_add(w->to, S("<a rel=\"noopener noreferrer nofollow\" href=\""));
	escape_line(w->to, url);
	buf_add(w->to, S("\">"));
	folio_own(w, text.n ? text : url);
	buf_add(w->to, S("</a>"));
}

void folio_break(struct folio *w)
{
	w->broken = true;
}

void folio_code(struct folio *w, str s)
{
	break_add(w);
	buf_add(w->to, w->html ? S("<code>") : S(""));
	folio_plain(w, s);
	buf_add(w->to, w->html ? S("</code>") : S(""));
}

void folio_time(struct folio *w, str instant)
{
	time_us t;
	str     shown = instant;

	if (time_parse(instant, &t)) {
		shown = time_print(w->c->arena, t);
		shown = shown.n > 16 ? STR_CAT(w->c->arena, str_slice(shown, 0, 10), S(" "), str_slice(shown, 11, 16), S(" UTC")) : shown;
	}
	if (!w->html || shown.p == instant.p) {
		folio_plain(w, shown);
		return;
	}
	break_add(w);
	buf_add(w->to, S("<time datetime=\""));
	escape_line(w->to, time_print(w->c->arena, t));
	buf_add(w->to, S("\">"));
	escape_line(w->to, shown);
	buf_add(w->to, S("</time>"));
}

/* ---- blocks ---- */

static const char style[] =
	":root{color-scheme:light dark}"
	"body{font:1rem/1.6 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}"
	"h1,h2,h3,h4{line-height:1.3;margin:1.6em 0 .5em}"
	"table{border-collapse:collapse;width:100%;margin:.8em 0}"
	"caption{text-align:start;font-weight:600;padding:.3em 0}"
	"th,td{border:1px solid #767676;padding:.35em .6em;text-align:start;vertical-align:top}"
	"dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3em 1em;margin:.8em 0}"
	"dt{font-weight:600}dd{margin:0}ul{margin:0;padding-inline-start:1.2em}"
	".heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
	".pre{white-space:pre-line}code{font-family:ui-monospace,monospace}"
	"@media print{body{max-width:none}}";

static void head_add(struct folio *w, str title)
{
	buf_fmt(w->page, "<!DOCTYPE html>\n<html lang=\"%.*s\">\n<head>\n<meta charset=\"utf-8\">\n", STR_ARG(lang_code(w->c->lang)));
	buf_add(w->page, S("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
	                   "base-uri 'none'; form-action 'none'\">\n"
	                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	                   "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"));
	escape_line(w->page, title);
	buf_fmt(w->page, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
}

void folio_begin(struct folio *w, str title)
{
	if (!w->html) {
		plain_text(w->page, utf8_cut(title, LINE_SHOWN), 0, w->width);
		for (size_t i = 0, n = plain_width(utf8_cut(title, LINE_SHOWN)); i < n && i < w->width; i++)
			buf_char(w->page, '=');
		buf_char(w->page, '\n');
		return;
	}
	if (w->part)
		buf_add(w->page, S("<article>\n"));
	else
		head_add(w, title);
	lang_open(w, "h1");
	escape_line(w->page, title);
	buf_add(w->page, S("</h1>\n"));
}

void folio_end(struct folio *w)
{
	if (w->part)
		buf_add(w->page, S("</article>\n"));
	else if (w->html)
		buf_add(w->page, S("</main>\n</body>\n</html>\n"));
}

static void underlined(struct folio *w, int level, size_t from)
{
	size_t n = plain_width(str_slice(buf_str(w->page), from, w->page->n));

	buf_char(w->page, '\n');
	for (size_t i = 0; level == 2 && i < n && i < w->width; i++)
		buf_char(w->page, '-');
	if (level == 2)
		buf_char(w->page, '\n');
}

void folio_heading(struct folio *w, int level, const char *text)
{
	size_t from;

	w->headed = text;
	if (w->html) {
		buf_fmt(w->page, "<h%d>", level);
		folio_word(w, text);
		buf_fmt(w->page, "</h%d>\n", level);
		return;
	}
	buf_char(w->page, '\n');
	from = w->page->n;
	folio_word(w, text);
	underlined(w, level, from);
}

void folio_own_heading(struct folio *w, int level, str anchor, str text, str more)
{
	size_t from;

	if (w->html) {
		buf_fmt(w->page, "<h%d", level);
		if (anchor.n)
			buf_fmt(w->page, " id=\"%.*s\"", STR_ARG(anchor));
		buf_char(w->page, '>');
	} else {
		buf_char(w->page, '\n');
	}
	from = w->page->n;
	folio_own(w, text);
	if (text.n && more.n)
		buf_add(w->page, S(": "));
	folio_own(w, more);
	if (w->html)
		buf_fmt(w->page, "</h%d>\n", level);
	else
		underlined(w, level, from);
}

void folio_text(struct folio *w, str s)
{
	if (w->html) {
		buf_add(w->page, S("<p class=\"pre\""));
		if (w->foreign)
			buf_fmt(w->page, " lang=\"%.*s\"", STR_ARG(w->lang));
		buf_char(w->page, '>');
		escape(w->page, utf8_cut(s, TEXT_SHOWN));
		cut_add(w->page, s);
		buf_add(w->page, S("</p>\n"));
		return;
	}
	plain_text(w->page, utf8_cut(s, TEXT_SHOWN), 2, w->width - 2);
	if (s.n > TEXT_SHOWN)
		buf_add(w->page, S("  […]\n"));
}

void folio_said(struct folio *w, const char *text, str one)
{
	str said = word_fill(w->c, text, &one, 1);

	if (w->html) {
		buf_add(w->page, S("<p>"));
		escape_line(w->page, said);
		buf_add(w->page, S("</p>\n"));
	} else {
		plain_text(w->page, said, 2, w->width - 2);
	}
}

void folio_left(struct folio *w, size_t left)
{
	if (left)
		folio_said(w, N_("… and {1} more, which are not shown."), str_fmt(w->c->arena, "%zu", left));
}

/* ---- facts and tables ---- */

static void cell_open(struct folio *w)
{
	w->cell.n = 0;
	w->to = w->html ? w->page : &w->cell;
	w->cell_from = w->to->n;
	w->broken = false;
}

/* What was collected for the terminal: "Label: text", wrapped behind the indent. */
static void cell_wrap(struct folio *w, str label, size_t indent)
{
	struct buf line;

	if (w->cell.n == 0)
		return;
	buf_init(&line, w->c->arena, CELL_BYTES);
	if (label.n) {
		buf_add(&line, label);
		buf_add(&line, S(": "));
	}
	buf_add(&line, buf_str(&w->cell));
	plain_text(w->page, buf_str(&line), indent, w->width - indent);
	w->cell.n = 0;
}

void folio_facts(struct folio *w, bool begin)
{
	if (!begin && w->html && w->listed)
		buf_add(w->page, S("</dl>\n"));
	w->listed = false;
}

void folio_fact_begin(struct folio *w, const char *label)
{
	if (w->html) {
		buf_add(w->page, w->listed ? S("<dt>") : S("<dl>\n<dt>"));
		w->listed = true;
		folio_word(w, label);
		buf_add(w->page, S("</dt><dd>"));
	}
	w->column[0] = label;
	cell_open(w);
}

void folio_fact_end(struct folio *w)
{
	if (w->html)
		buf_add(w->page, S("</dd>\n"));
	else
		cell_wrap(w, word_tr(w->c->lang, w->column[0]), 2);
	w->to = w->page;
}

void folio_fact(struct folio *w, const char *label, str value)
{
	if (!value.n)
		return;
	folio_fact_begin(w, label);
	folio_own(w, value);
	folio_fact_end(w);
}

void folio_table(struct folio *w, const char *caption, const char *const *columns)
{
	bool said = w->headed && strcmp(w->headed, caption) == 0;

	w->headed = NULL;
	w->columns = 0;
	w->at = -1;
	for (; columns[w->columns]; w->columns++)
		w->column[w->columns] = columns[w->columns];
	if (!w->html) {
		if (said)
			return;
		buf_char(w->page, '\n');
		folio_word(w, caption);
		buf_char(w->page, '\n');
		return;
	}
	buf_add(w->page, said ? S("<table>\n<caption class=\"heard\">") : S("<table>\n<caption>"));
	folio_word(w, caption);
	buf_add(w->page, S("</caption>\n<thead><tr>"));
	for (int i = 0; i < w->columns; i++) {
		buf_add(w->page, S("<th scope=\"col\">"));
		folio_word(w, columns[i]);
		buf_add(w->page, S("</th>"));
	}
	buf_add(w->page, S("</tr></thead>\n<tbody>\n"));
}

static void cell_close(struct folio *w)
{
	if (w->at < 0)
		return;
	if (w->html)
		buf_add(w->page, w->at == 0 ? S("</th>") : S("</td>"));
	else
		cell_wrap(w, w->at == 0 ? S("") : word_tr(w->c->lang, w->column[w->at]), w->at == 0 ? 2 : 6);
	if (w->at == w->columns - 1 && w->html)
		buf_add(w->page, S("</tr>\n"));
}

void folio_cell(struct folio *w)
{
	cell_close(w);
	w->at = (w->at + 1) % w->columns;
	if (w->html)
		buf_add(w->page, w->at == 0 ? S("<tr><th scope=\"row\">") : S("<td>"));
	cell_open(w);
}

void folio_table_end(struct folio *w)
{
	cell_close(w);
	w->at = -1;
	w->to = w->page;
	if (w->html)
		buf_add(w->page, S("</tbody>\n</table>\n"));
}
