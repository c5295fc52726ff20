#include "services/5-disclosure/3-publication/author/checking.h"

#include "platform/json/json_out.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_read.h"

/*
 * psirt csaf reprint: a document as we would print it, and what that loses.
 * Exit: 0 nothing differs, 1 something does or it is no CSAF 2.0, 2 usage, 3
 * a file cannot be read.
 */

enum { PRINTED_MAX = 64 << 20 };

static void losses_print(struct json_out *o, const struct csaf_losses *l)
{
	json_open(o, "differences", '[');
	for (size_t i = 0; i < l->n; i++) {
		json_open_object(o);
		json_put_str(o, "what", str_of(csaf_loss_name(l->v[i].kind)));
		json_put_str(o, "pointer", l->v[i].pointer);
		json_put_str(o, "was", l->v[i].was);
		json_put_str(o, "is", l->v[i].is);
		json_close(o);
	}
	json_close(o);
	json_put_int(o, "differ", (int64_t)l->all);
}

static void losses_say(struct ctx *c, struct buf *out, const char *path, const struct csaf_losses *l)
{
	if (l->all == 0) {
		buf_fmt(out, "%s: %s\n", path, cstr(c->arena, word_tr(c->lang, N_("no difference"))));
		return;
	}
	buf_fmt(out, "%s: ", path);
	buf_add(out, word_fill(c, N_("differences: {1}"), (str[]){ str_fmt(c->arena, "%zu", l->all) }, 1));
	buf_char(out, '\n');
	for (size_t i = 0; i < l->n; i++) {
		const struct csaf_loss *x = &l->v[i];
		buf_fmt(out, "  %s %.*s: %.*s%s%.*s\n", csaf_loss_name(x->kind), STR_ARG(x->pointer), STR_ARG(x->was),
		        x->was.n && x->is.n ? " → " : "", STR_ARG(x->is));
	}
}

static bool one_document(struct visit *v, struct ctx *c, const char *path, str bytes, bool print)
{
	const struct json *root;
	struct csaf_losses l;
	struct json_out    o;
	struct buf         again;

	TRY(json_parse(c, bytes, &csaf_limits, &root));
	if (!str_eq(json_get_str(json_get(root, S("document")), S("csaf_version")), S("2.0")))
		return fault(c, E_INVALID, NULL, N_("This is no CSAF 2.0 document."));
	buf_init(&again, c->arena, PRINTED_MAX);
	TRY(csaf_reprint(c, root, &again, &l));
	if (l.all)
		v->status = v->status > TOOL_INVALID ? v->status : TOOL_INVALID;
	if (print) {
		buf_add(v->out, buf_str(&again));
	} else if (v->json) {
		json_out_init(&o, v->out, JSON_COMPACT);
		json_open_object(&o);
		json_put_str(&o, "file", str_of(path));
		losses_print(&o, &l);
		json_close(&o);
		buf_char(v->out, '\n');
	} else {
		losses_say(c, v->out, path, &l);
	}
	return true;
}

static int document(struct visit *v, struct ctx *c, const char *path, str bytes, bool print)
{
	if (one_document(v, c, path, bytes, print))
		return TOOL_VALID;
	buf_fmt(v->err, "%s: ", path);
	if (c->fault.line)
		buf_fmt(v->err, "%ld:%ld: ", c->fault.line, c->fault.column);
	buf_add(v->err, word_fault(c, &c->fault));
	buf_char(v->err, '\n');
	return TOOL_INVALID;
}

static int list_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	return document(v, c, path, bytes, false);
}

static int print_file(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	return document(v, c, path, bytes, true);
}

int csaf_reprint_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct visit v = { .c = c, .out = out, .err = err, .file = list_file };

	if (argc == 2 && strcmp(argv[0], "--document") == 0) {
		v.file = print_file;
		argc--;
		argv++;
	}
	return paths_visit(&v, argc, argv, "csaf reprint", &csaf_reprint_manual);
}
