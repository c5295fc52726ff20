#include "services/5-disclosure/3-publication/author/inspection.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/cwe/cwe.h"
#include "standards/cwe/cwe_view.h"

enum { FOUND_MAX = 200 };

struct search {
	struct ctx *c;
	struct buf *out, *err;
	bool json, within, good;      /* within: in view alone */
	struct cwe_view view;
};

static void line_add(struct search *s, int id, str name)
{
	buf_fmt(s->out, "CWE-%d  ", id);
	buf_add(s->out, name);
	buf_char(s->out, '\n');
}

static str parents_of(int id)
{
	return cwe_view_parents(CWE_VIEW_RESEARCH, id);
}

static void weakness_print(struct search *s, const struct cwe *w)
{
	struct cwe_view view;
	struct json_out o;
	str rest = parents_of(w->id);
	size_t from = 0;
	int id;

	json_out_init(&o, s->out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "cwe", cwe_id_print(s->c->arena, w->id));
	json_put_str(&o, "name", w->name);
	json_put_str(&o, "release", cwe_latest());
	json_put_str(&o, "status", str_of(cwe_status_name(w->status)));
	json_put_str(&o, "mapping", str_of(cwe_mapping_name(w->mapping)));
	json_open(&o, "parents", '[');
	while (cwe_view_next(&rest, &id))
		json_out_str(&o, cwe_id_print(s->c->arena, id));
	json_close(&o);
	json_put_str(&o, "views_release", cwe_view_release());
	json_open(&o, "views", '[');
	while (cwe_view_each(&from, &view))
		if (cwe_view_has(&view, w->id))
			json_out_int(&o, view.id);
	json_close(&o);
	json_close(&o);
	buf_char(s->out, '\n');
}

static void weakness_tell(struct search *s, const struct cwe *w)
{
	struct ctx *c = s->c;
	struct cwe_view view;
	struct cwe above;
	str rest = parents_of(w->id);
	size_t from = 0;
	int id;

	line_add(s, w->id, w->name);
	buf_add(s->out, S("    "));
	buf_add(s->out, word_fill(c, N_("Status in CWE {1}: {2}. Mapping of vulnerabilities: {3}."),
	        (str[]){ cwe_latest(), word_tr(c->lang, cwe_status_name(w->status)), word_tr(c->lang, cwe_mapping_name(w->mapping)) }, 3));
	buf_char(s->out, '\n');
	while (cwe_view_next(&rest, &id)) {
		buf_add(s->out, S("    "));
		buf_add(s->out, word_fill(c, N_("More general: {1} {2}"), (str[]){ cwe_id_print(c->arena, id),
		        cwe_find(STR_NONE, id, &above) ? above.name : S("") }, 2));
		buf_char(s->out, '\n');
	}
	while (cwe_view_each(&from, &view))
		if (cwe_view_has(&view, w->id)) {
			buf_add(s->out, S("    "));
			buf_add(s->out, word_fill(c, N_("In view {1} of CWE {2}"), (str[]){ str_fmt(c->arena, "%d %.*s", view.id, STR_ARG(view.name)), cwe_view_release() }, 2));
			buf_char(s->out, '\n');
		}
}

static void none_tell(struct search *s, str what)
{
	s->good = false;
	buf_add(s->err, word_fill(s->c, N_("CWE {1} has no weakness {2}."), (str[]){ cwe_latest(), what }, 2));
	buf_char(s->err, '\n');
}

static bool one_find(struct search *s, str what)
{
	struct cwe w;
	int id;

	if (!cwe_id_parse(what, &id))
		return false;
	if (!cwe_find(STR_NONE, id, &w) || (s->within && !cwe_view_has(&s->view, id)))
		none_tell(s, what);
	else if (s->json)
		weakness_print(s, &w);
	else
		weakness_tell(s, &w);
	return true;
}

/* By words: a line each, those of the view when one is named. */
static bool words_find(struct search *s, str what)
{
	struct cwe_list found = { .max = 0 };
	size_t told = 0;

	TRY(cwe_search(s->c, what, FOUND_MAX, &found));
	for (size_t i = 0; i < found.n; i++) {
		if (s->within && !cwe_view_has(&s->view, found.v[i].id))
			continue;
		told++;
		if (s->json)
			weakness_print(s, &found.v[i]);
		else
			line_add(s, found.v[i].id, found.v[i].name);
	}
	if (!told)
		none_tell(s, what);
	return true;
}

static void view_tell(struct search *s)
{
	str rest = s->view.members;
	struct cwe w;
	int id;

	while (cwe_view_next(&rest, &id))
		if (cwe_find(STR_NONE, id, &w) && w.status != CWE_DEPRECATED) {
			if (s->json)
				weakness_print(s, &w);
			else
				line_add(s, w.id, w.name);
		}
}

static void views_tell(struct search *s)
{
	struct cwe_view v;
	size_t from = 0;

	while (cwe_view_each(&from, &v)) {
		struct json_out o;

		if (!s->json) {
			buf_fmt(s->out, "%4d  %.*s\n", v.id, STR_ARG(v.name));
			continue;
		}
		json_out_init(&o, s->out, JSON_COMPACT);
		json_open_object(&o);
		json_put_int(&o, "view", v.id);
		json_put_str(&o, "name", v.name);
		json_put_str(&o, "release", cwe_view_release());
		json_close(&o);
		buf_char(s->out, '\n');
	}
}

static bool text_find(struct search *s, str what)
{
	return !what.n || one_find(s, what) || words_find(s, what);
}

static int failed(struct search *s)
{
	buf_add(s->err, word_fault(s->c, &s->c->fault));
	buf_char(s->err, '\n');
	return fault_exit(s->c->fault.code);
}

/* Of each line of standard input, else of the words: an id each, or all as words of names. */
static int words_take(struct search *s, int argc, char **argv)
{
	struct buf words;
	str lines, line;
	int id;

	buf_init(&words, s->c->arena, 4096);
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "-") == 0) {
			if (!tool_read(s->c, "-", &lines, s->err))
				return TOOL_UNREADABLE;
			while (str_cut(&lines, '\n', &line))
				if (!text_find(s, str_trim(line)))
					return failed(s);
		} else if (cwe_id_parse(str_of(argv[i]), &id)) {
			(void)one_find(s, str_of(argv[i]));
		} else if (argv[i][0] != '-') {
			buf_add(&words, words.n ? S(" ") : S(""));
			buf_add(&words, str_of(argv[i]));
		}
	}
	if (!text_find(s, buf_str(&words)))
		return failed(s);
	return s->good ? TOOL_VALID : TOOL_INVALID;
}

int cwe_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct search s = { .c = c, .out = out, .err = err, .good = true };
	bool views = false, words = false;
	int64_t id;

	for (int i = 0; i < argc; i++)
		if (!utf8_check(str_of(argv[i]), NULL))
			return tool_usage(err, "cwe", &cwe_manual);
		else if (strcmp(argv[i], "--json") == 0)
			s.json = true;
		else if (strcmp(argv[i], "--views") == 0)
			views = true;
		else if (strncmp(argv[i], "--view=", 7) == 0 && str_to_int(str_of(argv[i] + 7), &id) && id > 0 && id < 100000)
			s.within = true;
		else if (argv[i][0] == '-' && argv[i][1])
			return tool_usage(err, "cwe", &cwe_manual);
		else
			words |= argv[i][0] != '\0';
	if (s.within && !cwe_view_find((int)id, &s.view)) {
		buf_add(err, word_fill(c, N_("CWE {1} has no view {2} here."), (str[]){ cwe_view_release(), str_fmt(c->arena, "%lld", (long long)id) }, 2));
		buf_char(err, '\n');
		return TOOL_INVALID;
	}
	if (words)
		return words_take(&s, argc, argv);
	if (!views && !s.within)
		return tool_usage(err, "cwe", &cwe_manual);
	if (views)
		views_tell(&s);
	else
		view_tell(&s);
	return TOOL_VALID;
}
