#include "services/5-disclosure/3-publication/author/inspection.h"

#include <string.h>

#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/vex/vex.h"
#include "standards/vex/vex_cve.h"

static void losses_say(struct ctx *c, const struct vex *v, struct buf *err)
{
	for (size_t i = 0; i < v->losses.n; i++) {
		buf_add(err, v->losses.v[i].pointer);
		buf_add(err, v->losses.v[i].pointer.n ? S(": ") : S(""));
		buf_add(err, word_fill(c, v->losses.v[i].text, v->losses.v[i].arg, 2));
		buf_char(err, '\n');
	}
	if (v->lost > v->losses.n)
		buf_fmt(err, "… +%zu\n", v->lost - v->losses.n);
}

static int failed(struct ctx *c, const char *path, struct buf *err)
{
	buf_fmt(err, "%s: ", path);
	if (c->fault.line)
		buf_fmt(err, "%ld:%ld: ", c->fault.line, c->fault.column);
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return TOOL_INVALID;
}

int vex_convert_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const char *path = NULL, *author = NULL, *site = NULL;
	enum vex_format to = VEX_FORMATS;
	bool usage = false;
	struct vex v;
	str bytes;

	for (int i = 0; i < argc; i++) {
		if (!utf8_check(str_of(argv[i]), NULL))
			usage = true;
		else if (strncmp(argv[i], "--author=", 9) == 0)
			author = argv[i] + 9;
		else if (strncmp(argv[i], "--site=", 7) == 0)
			site = argv[i] + 7;
		else if (strncmp(argv[i], "--to=", 5) == 0)
			usage |= !vex_format_parse(str_of(argv[i] + 5), &to);
		else if (path || (argv[i][0] == '-' && argv[i][1]))
			usage = true;
		else
			path = argv[i];
	}
	if (usage || !path || to == VEX_FORMATS)
		return tool_usage(err, "vex convert", &vex_convert_manual);
	if (!tool_read(c, path, &bytes, err))
		return TOOL_UNREADABLE;
	if (!vex_read(c, bytes, &v))
		return failed(c, path, err);
	if (author)
		v.author = str_of(author);
	if (site)
		v.site = str_of(site);
	if (!vex_print(c, &v, to, out))
		return failed(c, path, err);
	losses_say(c, &v, err);
	return TOOL_VALID;
}

int cve_draft_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct vex v;
	str bytes;

	if (argc != 2 || !utf8_check(str_of(argv[0]), NULL) || !str_starts(str_of(argv[0]), S("CVE-")))
		return tool_usage(err, "cve draft", &cve_draft_manual);
	if (!tool_read(c, argv[1], &bytes, err))
		return TOOL_UNREADABLE;
	if (!vex_cve_print(c, bytes, str_of(argv[0]), &v, out))
		return failed(c, argv[1], err);
	losses_say(c, &v, err);
	return TOOL_VALID;
}
