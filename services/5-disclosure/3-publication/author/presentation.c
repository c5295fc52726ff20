#include "services/5-disclosure/3-publication/author/authoring.h"

#include <string.h>

#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_render.h"

enum { WIDTH = 80, PAGE_MAX = 64 << 20 };

struct wish { enum csaf_form form; enum lang lang; int64_t width; const char *path; };

static bool wish_read(int argc, char **argv, struct wish *w)
{
	for (int i = 0; i < argc; i++) {
		str  word = str_of(argv[i]), lang = STR_NONE;
		bool apart = strcmp(argv[i], "--lang") == 0 && i + 1 < argc;

		if (apart)
			lang = str_of(argv[++i]);
		else if (str_starts(word, S("--lang=")))
			lang = str_slice(word, 7, word.n);
		if (lang.p) {
			if (!lang_parse(lang, &w->lang))
				return false;
		} else if (str_eq(word, S("--html")) || str_eq(word, S("--text"))) {
			w->form = str_eq(word, S("--html")) ? FORM_HTML : FORM_TEXT;
		} else if (str_starts(word, S("--width="))) {
			if (!str_to_int(str_slice(word, 8, word.n), &w->width) || w->width < 40 || w->width > 400)
				return false;
		} else if (w->path || (word.n > 1 && word.p[0] == '-')) {
			return false;
		} else {
			w->path = argv[i];
		}
	}
	return w->path != NULL;
}

static int refused(struct ctx *c, const char *path, struct buf *err, int status)
{
	buf_fmt(err, "%s: ", path);
	if (c->fault.line)
		buf_fmt(err, "%ld:%ld: ", c->fault.line, c->fault.column);
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return status;
}

int csaf_render_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct wish w = { FORM_TEXT, c->lang, WIDTH, NULL };
	const struct json *root;
	struct buf page;
	str bytes;

	if (!wish_read(argc, argv, &w))
		return tool_usage(err, "csaf render", &csaf_render_manual);
	if (!tool_read(c, w.path, &bytes, err))
		return TOOL_UNREADABLE;
	if (!json_parse(c, bytes, &csaf_limits, &root))
		return refused(c, w.path, err, TOOL_UNREADABLE);
	c->lang = w.lang;
	buf_init(&page, c->arena, PAGE_MAX);
	if (!csaf_render(c, root, w.form, (size_t)w.width, &page))
		return refused(c, w.path, err, TOOL_INVALID);
	buf_add(out, buf_str(&page));
	return TOOL_VALID;
}
