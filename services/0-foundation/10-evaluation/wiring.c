#include "services/0-foundation/10-evaluation/framework.h"

#include <string.h>

#include "base/buf.h"
#include "platform/json/json_out.h"
#include "platform/text/word.h"
#include "record/facts.h"

/* psirt facts: who tells each fact and who hears it; the sources and the tables say so, nobody writes it down. */

static bool hears_it(const struct service *s, const char *fact)
{
	for (const struct hears *h = s->hears; h && h->name; h++)
		if (str_eq(str_of(h->name), str_of(fact)))
			return true;
	return false;
}

static void fact_json(const struct front *f, struct json_out *o, const char *name, str line)
{
	json_open(o, NULL, '{');
	json_put_str(o, "name", str_of(name));
	json_put_str(o, "line", line);
	json_open(o, "places", '[');
	for (const struct telling *t = tellings; t->fact; t++) {
		if (!str_eq(str_of(t->fact), str_of(name)))
			continue;
		json_open(o, NULL, '{');
		json_put_str(o, "room", str_of(t->room));
		json_put_str(o, "function", str_of(t->function));
		json_put_bool(o, "told", t->told);
		json_close(o);
	}
	json_close(o);
	json_open(o, "heard_by", '[');
	for (size_t i = 0; i < f->services_n; i++)
		if (hears_it(f->services[i], name))
			json_out_str(o, str_of(f->services[i]->number));
	json_close(o);
	json_close(o);
}

static void fact_lines(struct ctx *c, struct buf *out, const char *name, str line)
{
	const struct front *f = front_of(c);

	buf_fmt(out, "%s  %.*s\n", name, STR_ARG(line));
	for (const struct telling *t = tellings; t->fact; t++)
		if (str_eq(str_of(t->fact), str_of(name)))
			buf_fmt(out, "    %s %s %s\n", t->told ? "told by   " : "written by", t->room, t->function);
	for (size_t i = 0; i < f->services_n; i++)
		if (hears_it(f->services[i], name))
			buf_fmt(out, "    heard by   %s %.*s\n", f->services[i]->number,
			        STR_ARG(word_tr(c->lang, f->services[i]->title)));
}

/* psirt facts [--json] */
int facts_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	bool             json = argc == 1 && strcmp(argv[0], "--json") == 0;
	struct json_out *o    = NEW(c->arena, struct json_out);
	const char      *name, *line;

	if (argc > 0 && !json) {
		buf_add(err, S("psirt facts [--json]\n"));
		return fault_exit(E_USAGE);
	}
	json_out_init(o, out, JSON_PRETTY);
	if (json)
		json_open_array(o);
	for (size_t i = 0; fact_nth(i, &name, &line); i++)
		if (json)
			fact_json(front_of(c), o, name, word_tr(c->lang, line));
		else
			fact_lines(c, out, name, word_tr(c->lang, line));
	if (json) {
		json_close(o);
		buf_char(out, '\n');
	}
	return 0;
}
