#include "services/5-disclosure/3-publication/checking.h"

#include "base/buf.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "standards/csaf/csaf.h"
#include "standards/cvss/cvss_report.h"

enum { VALID = 0, INVALID = 1, USAGE = 2, UNREADABLE = 3 };

static bool preset_read(const char *word, enum csaf_preset *out)
{
	static const char *const words[] = { "full", "extended", "basic", "schema" };

	for (size_t i = 0; i < 4; i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum csaf_preset)i;
			return true;
		}
	return false;
}

static void findings_write(struct ctx *c, struct buf *out, const char *path, const struct csaf_findings *f)
{
	buf_fmt(out, "%s: %s\n", path, cstr(c->arena, word_tr(c->lang, f->valid ? N_("valid") : N_("not valid"))));
	for (size_t i = 0; i < f->n; i++) {
		str text = word_fill(c, f->v[i].text, f->v[i].arg, 2);
		buf_fmt(out, "  %s %s %.*s: %.*s\n", csaf_class_name(f->v[i].class), f->v[i].test, STR_ARG(f->v[i].pointer),
		        STR_ARG(text));
	}
}

int csaf_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct csaf_options how  = { .preset = CSAF_FULL };
	bool                json = false;
	int                 status = VALID, files = 0;

	for (int i = 0; i < argc; i++) {
		struct csaf_findings found = { 0 };
		str                  bytes;
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
			continue;
		}
		if (strncmp(argv[i], "--preset=", 9) == 0 && preset_read(argv[i] + 9, &how.preset))
			continue;
		if (argv[i][0] == '-' && argv[i][1])
			break;
		files++;
		if (!tool_read(c, argv[i], &bytes, err)) {
			status = UNREADABLE;
			continue;
		}
		if (!csaf_check(c, bytes, &how, &found)) {
			buf_fmt(err, "%s: %s\n", argv[i], cstr(c->arena, word_fault(c, &c->fault)));
			return fault_exit(c->fault.code);
		}
		if (json)
			csaf_findings_print(out, str_of(argv[i]), &found);
		else
			findings_write(c, out, argv[i], &found);
		if (!found.valid && status == VALID)
			status = INVALID;
	}
	if (files > 0)
		return status;
	buf_add(err, S("psirt csaf check [--json] [--preset=full|extended|basic|schema] FILE…|-\n"));
	return USAGE;
}

int cvss_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	bool json = false, good = true;
	int  vectors = 0;
	str  lines;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
			continue;
		}
		vectors++;
		if (strcmp(argv[i], "-") != 0)
			good &= cvss_report(c, str_of(argv[i]), json, out);
		else if (tool_read(c, "-", &lines, err))
			good &= cvss_report_lines(c, lines, json, out);
		else
			return UNREADABLE;
	}
	if (vectors > 0)
		return good ? VALID : INVALID;
	buf_add(err, S("psirt cvss [--json] VECTOR…|-\n"));
	return USAGE;
}
