#include "services/5-disclosure/3-publication/author/authoring.h"

#include <string.h>

#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_diff.h"

enum { VERSION_WRONG = 4 };

static int refused(struct ctx *c, const char *path, struct buf *err)
{
	buf_fmt(err, "%s: ", path);
	if (c->fault.line)
		buf_fmt(err, "%ld:%ld: ", c->fault.line, c->fault.column);
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return TOOL_UNREADABLE;
}

/* Options and one or two names; false: not as the usage says. */
static bool arguments(int argc, char **argv, bool *json, const char *path[2], int *n)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			*json = true;
		else if (*n == 2 || (argv[i][0] == '-' && argv[i][1]))
			return false;
		else
			path[(*n)++] = argv[i];
	}
	return *n == 2 ? strcmp(path[0], "-") != 0 || strcmp(path[1], "-") != 0 : *n == 1 && strcmp(path[0], "-") == 0;
}

/* Both documents; the status of what went wrong, else TOOL_VALID. */
static int sides_read(struct ctx *c, const char *const path[2], int n, const struct json *side[2], struct buf *err)
{
	str bytes;

	for (int i = 0; i < n; i++) {
		if (!tool_read(c, path[i], &bytes, err))
			return TOOL_UNREADABLE;
		if (!json_parse(c, bytes, &csaf_limits, &side[i]))
			return refused(c, path[i], err);
	}
	if (n == 2)
		return TOOL_VALID;
	if (!json_is(side[0], JSON_ARRAY) || json_count(side[0]) != 2) {
		(void)fault(c, E_INVALID, NULL, N_("A JSON array of the old and the new document is needed."));
		return refused(c, path[0], err);
	}
	side[1] = json_at(side[0], 1);
	side[0] = json_at(side[0], 0);
	return TOOL_VALID;
}

int csaf_diff_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const struct json *side[2];
	const char *path[2] = { NULL, NULL };
	struct csaf_diff d;
	bool json = false;
	int  n = 0, status;

	if (!arguments(argc, argv, &json, path, &n))
		return tool_usage(err, "csaf diff", &csaf_diff_manual);
	status = sides_read(c, path, n, side, err);
	if (status != TOOL_VALID)
		return status;
	if (!csaf_diff(c, side[0], side[1], &d))
		return refused(c, n == 2 && str_eq(c->fault.where, S("new")) ? path[1] : path[0], err);
	if (json)
		csaf_diff_print(out, &d);
	else
		csaf_diff_tell(c, out, &d);
	if (d.all == 0)
		return TOOL_VALID;
	return csaf_verdict_bad(d.version.verdict) ? VERSION_WRONG : TOOL_INVALID;
}
