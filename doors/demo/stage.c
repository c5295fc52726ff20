#include "doors/demo/stage.h"

#include "base/buf.h"
#include "doors/cli/say.h"
#include "platform/clock.h"
#include "platform/op/render.h"

str stage_keep(struct stage *s, str text)
{
	return str_dup(&s->kept, text);
}

size_t stage_dice(struct stage *s, size_t n)
{
	s->dice ^= s->dice << 13;
	s->dice ^= s->dice >> 7;
	s->dice ^= s->dice << 17;
	return (size_t)(s->dice >> 11) % n;
}

static void ctx_open(struct stage *s, struct arena *a, struct ctx *c, const struct player *who, time_us at)
{
	static const struct actor outside = { .id = S_INIT(""), .name = S_INIT("finder"), .sight = S_INIT("") };

	arena_init(a, ARENA_MAX);
	ctx_init(c, a);
	clock_set(at);
	c->now    = at;
	c->random = random_bytes;
	c->front  = &s->n->front;
	c->db     = s->n->front.db;
	c->actor  = who ? &who->who : &outside;
	c->lang   = s->outside_lang;
}

static bool run(struct ctx *c, const char *name, const struct line *lines, struct file_part *file, struct sheet *out)
{
	const struct op *o = op_find(front_of(c), str_of(name));
	struct args      a;

	if (!o)
		return fault(c, E_USAGE, NULL, N_("There is no operation {1}."), str_of(name));
	args_init(&a, o->args);
	for (const struct line *l = lines; l->name; l++)
		if (l->value.n)
			TRY(args_take(c, &a, str_of(l->name), l->value, true));
	if (file)
		TRY(args_take_file(c, &a, S("file"), file));
	return op_call(c, o, &a, STR_NONE, out);
}

/* What the server's errands do: the letters leave at once. */
static bool letters_leave(struct ctx *c)
{
	const struct front *f    = front_of(c);
	bool                more = f->post;

	for (size_t i = 0; more && i < f->services_n; i++)
		for (const struct chore *h = f->services[i]->chores; more && h && h->name; h++)
			if (strcmp(h->name, "letter.leave") == 0)
				while (more)
					TRY(chore_run(c, h, &more));
	return true;
}

static bool act(struct stage *s, const struct player *who, time_us at, const char *op,
                const struct line *lines, struct file_part *file, struct outcome *out)
{
	struct arena a;
	struct ctx   c;
	struct sheet sheet = { 0 };
	bool         ok;

	ctx_open(s, &a, &c, who, at);
	ok = run(&c, op, lines, file, &sheet) && letters_leave(&c);
	s->acts++;
	if (ok && out)
		*out = (struct outcome){ stage_keep(s, sheet.object), stage_keep(s, sheet.casefile),
		                         stage_keep(s, sheet.secret) };
	if (!ok) {
		say_error("psirt demo: %s at \"%.*s\"\n", op, STR_ARG(c.fault.where));
		say_fault(&c);
	}
	arena_done(&a);
	return ok;
}

bool stage_act(struct stage *s, const struct player *who, time_us at, const char *op,
               const struct line *lines, struct outcome *out)
{
	return act(s, who, at, op, lines, NULL, out);
}

bool stage_file(struct stage *s, const struct player *who, time_us at, const char *op, struct file_part *file, struct outcome *out)
{
	return act(s, who, at, op, &(const struct line){ NULL, STR_NONE }, file, out);
}

static str cell_find(struct ctx *c, const struct sheet *sheet, const char *part, size_t row, const char *column)
{
	for (size_t i = 0; i < sheet->n; i++) {
		const struct part *p = &sheet->parts[i];
		if (strcmp(p->name, part) != 0 || row >= p->n)
			continue;
		for (size_t k = 0; k < p->cols_n; k++)
			if (!strcmp(p->cols[k].name, column))
				return render_cell(c, &p->cols[k], (const char *)p->rows + row * p->stride);
	}
	return STR_NONE;
}

bool stage_cell(struct stage *s, const struct player *who, time_us at, const char *view, str id,
                const char *part, size_t row, const char *column, str *out)
{
	const struct view *v = view_find(&s->n->front, str_of(view));
	struct arena a;
	struct ctx   c;
	struct args  args;
	struct sheet sheet = { 0 };
	bool         ok;

	ctx_open(s, &a, &c, who, at);
	args_init(&args, v ? v->args : NULL);
	ok = v && (!id.n || args_take(&c, &args, S("id"), id, true)) && view_call(&c, v, &args, &sheet);
	*out = ok ? stage_keep(s, cell_find(&c, &sheet, part, row, column)) : STR_NONE;
	if (!ok) {
		say_error("psirt demo: view %s\n", view);
		say_fault(&c);
	}
	arena_done(&a);
	return ok;
}
