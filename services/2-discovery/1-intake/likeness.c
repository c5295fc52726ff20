#include "services/2-discovery/1-intake/reporting.h"

#include "base/buf.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "record/product.h"

/*
 * Reports that may tell of the same thing: they share rare words.  A word is a
 * run of ASCII letters and digits of three or more (with . - _ inside), folded;
 * of Japanese, each pair of neighbouring characters.
 */

enum { WORDS = 80, WORD = 40, GUESSES = 5, RUNS = 5 };

struct words { str v[WORDS]; size_t n; };

static bool plain(uint32_t x)
{
	return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9');
}

static bool joins(uint32_t x)
{
	return x == '.' || x == '-' || x == '_';
}

static bool ideal(uint32_t x)
{
	return (x >= 0x3040 && x <= 0x30FF) || (x >= 0x3400 && x <= 0x9FFF);
}

static void words_add(struct words *w, str s)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->v[i], s))
			return;
	if (w->n < WORDS)
		w->v[w->n++] = s;
}

/* ASCII lower case; full-width forms become ASCII. */
static str folded(struct ctx *c, str s)
{
	struct buf b;
	char       u[4];

	buf_init(&b, c->arena, s.n + 1);
	for (size_t at = 0; at < s.n;) {
		uint32_t x = utf8_next(s, &at);
		if (x >= 0xFF01 && x <= 0xFF5E)
			x -= 0xFEE0;
		if (x >= 'A' && x <= 'Z')
			x += 32;
		buf_add(&b, (str){ u, utf8_put(x, u) });
	}
	return buf_str(&b);
}

static void words_cut(struct ctx *c, str text, struct words *w)
{
	str      s     = folded(c, text);
	size_t   start = SIZE_MAX, before = 0, at = 0;
	uint32_t last  = 0;

	while (at < s.n) {
		size_t   here = at;
		uint32_t x    = utf8_next(s, &at);
		if (plain(x) || (joins(x) && start != SIZE_MAX)) {
			start = start == SIZE_MAX ? here : start;
		} else {
			if (start != SIZE_MAX && here - start >= 3 && here - start <= WORD)
				words_add(w, str_slice(s, start, here));
			start = SIZE_MAX;
		}
		if (ideal(x) && ideal(last))
			words_add(w, str_slice(s, before, at));
		before = here;
		last   = x;
	}
	if (start != SIZE_MAX && s.n - start >= 3 && s.n - start <= WORD)
		words_add(w, str_slice(s, start, s.n));
}

static bool note_all(struct ctx *c, report_id id, const struct words *w, const char *place)
{
	for (size_t i = 0; i < w->n; i++)
		TRY(sql_report_word_insert(c, id, w->v[i], str_of(place)));
	return true;
}

bool likeness_note(struct ctx *c, report_id id, const struct report_draft *d)
{
	struct words product = { 0 }, title = { 0 }, text = { 0 };

	words_cut(c, d->product, &product);
	words_cut(c, d->title, &title);
	words_cut(c, utf8_cut(d->description, 4000), &text);
	TRY(note_all(c, id, &product, "product"));
	TRY(note_all(c, id, &title, "title"));
	return note_all(c, id, &text, "text");
}

/* ---- the reason, as a person would say it: the longest stretches of the text that both have ---- */

struct runs { str v[RUNS]; size_t n; };

static bool is_shared(const struct likeness_words_rows *shared, str word)
{
	for (size_t i = 0; i < shared->n; i++)
		if (str_eq(shared->v[i].word, word))
			return true;
	return false;
}

/* Keeps the longest runs, longest first, and none that lies within another. */
static void runs_add(struct runs *r, str run)
{
	size_t at = r->n;

	for (size_t i = 0; i < r->n; i++)
		if (str_find(r->v[i], run, 0) != SIZE_MAX)
			return;
	while (at > 0 && r->v[at - 1].n < run.n)
		at--;
	if (at == RUNS)
		return;
	r->n += r->n < RUNS;
	for (size_t i = r->n - 1; i > at; i--)
		r->v[i] = r->v[i - 1];
	r->v[at] = run;
}

/* The runs of shared words in a text: neighbouring pairs of characters grow together. */
static void runs_cut(struct ctx *c, str text, const struct likeness_words_rows *shared, struct runs *r)
{
	str      s = folded(c, text);
	size_t   word = SIZE_MAX, from = SIZE_MAX, before = 0, at = 0;
	uint32_t last = 0;

	for (size_t here = 0; here <= s.n; here = at) {
		uint32_t x = at < s.n ? utf8_next(s, &at) : 0;
		if (plain(x) || (joins(x) && word != SIZE_MAX)) {
			word = word == SIZE_MAX ? here : word;
		} else {
			if (word != SIZE_MAX && is_shared(shared, str_slice(s, word, here)))
				runs_add(r, str_slice(s, word, here));
			word = SIZE_MAX;
		}
		if (ideal(x) && ideal(last) && is_shared(shared, str_slice(s, before, at))) {
			from = from == SIZE_MAX ? before : from;
		} else if (from != SIZE_MAX) {
			runs_add(r, str_slice(s, from, here));
			from = SIZE_MAX;
		}
		if (here == s.n)
			break;
		before = here;
		last   = x;
	}
}

static str runs_say(struct ctx *c, const struct report_page *m, const struct likeness_words_rows *shared)
{
	struct runs r = { 0 };
	struct buf  b;

	runs_cut(c, m->r->title, shared, &r);
	runs_cut(c, m->r->product, shared, &r);
	runs_cut(c, utf8_cut(m->r->description, 4000), shared, &r);
	buf_init(&b, c->arena, 16384);
	for (size_t i = 0; i < r.n; i++) {
		buf_add(&b, i ? S(", ") : STR_NONE);
		buf_add(&b, r.v[i]);
	}
	return buf_str(&b);
}

static bool alike_fill(struct ctx *c, report_id id, struct report_page *m)
{
	struct likeness_list_rows  rows;
	struct likeness_words_rows shared;

	TRY(sql_likeness_list(c, id, &rows));
	m->alikes.max = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct likeness_list_row *r = &rows.v[i];
		str args[2] = { str_fmt(c->arena, "%lld", (long long)r->n), STR_NONE };

		TRY(sql_likeness_words(c, id, r->report, &shared));
		args[1] = runs_say(c, m, &shared);
		(void)list_push(c->arena, &m->alikes, (struct alike){
			r->report.v, r->number, r->title, choice_label(c, report_state_choices, r->state),
			word_fill(c, r->products ? N_("Same product; {1} rare words in common: {2}")
			                         : N_("{1} rare words in common: {2}"), args, 2),
			r->casefile.v });
	}
	return true;
}

struct guessing { struct report_page *m; str product, text; };

static bool guess_one(struct ctx *c, void *arg, const struct likeness_products_row *p)
{
	struct guessing *g     = arg;
	const char      *why = N_("named as the product");
	struct spot      at;

	TRY(product_spot(c, g->product, p->code, p->name, p->name_ja, &at));
	if (!at.n) {
		TRY(product_spot(c, g->text, p->code, p->name, p->name_ja, &at));
		why = at.n ? N_("named in the text") : NULL;
	}
	if (why)   /* the texts of a row live until this returns */
		(void)list_push(c->arena, &g->m->guesses, (struct guess){
			str_dup(c->arena, p->code), str_dup(c->arena, c->lang == LANG_JA && p->name_ja.n ? p->name_ja : p->name),
			word_tr(c->lang, why) });
	return true;
}

/* meets ISO-30111 7.1.4 b): duplicates are named */
bool likeness_find(struct ctx *c, struct report_page *m)
{
	struct guessing g = { .m = m };

	TRY(fold_text(c, m->r->product, &g.product));
	TRY(fold_text(c, STR_CAT(c->arena, m->r->title, S("\n"), m->r->description), &g.text));
	m->guesses.max = GUESSES;
	TRY(sql_likeness_products(c, guess_one, &g));
	return alike_fill(c, m->r->id, m);
}
