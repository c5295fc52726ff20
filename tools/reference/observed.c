#define BASE_PRINTF /* a build tool talks to the terminal */
#include "tools/reference/reference.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/matrix/world_test.h"

/* ---- the checks of the tests' house, without a test: a failure ends the program ---- */

static void broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: reference: the house of the tests: %s\n", file, line, what);
	exit(1);
}

void test_true(bool ok, const char *what, const char *file, int line)
{
	if (!ok)
		broken(what, file, line);
}

void test_str(str got, str want, const char *file, int line)
{
	if (!str_eq(got, want))
		broken("two texts differ", file, line);
}

void test_int(int64_t got, int64_t want, const char *file, int line)
{
	if (got != want)
		broken("two numbers differ", file, line);
}

void test_ok(const struct ctx *c, bool ok, const char *what, const char *file, int line)
{
	if (!ok)
		fprintf(stderr, "%s at %.*s: %s\n", fault_name(c->fault.code), STR_ARG(c->fault.where),
		        c->fault.text ? c->fault.text : "");
	if (!ok && c->fault.arg[0].n)
		fprintf(stderr, "{1}: %.*s\n", STR_ARG(c->fault.arg[0]));
	if (!ok)
		broken(what, file, line);
}

/* ---- views ---- */

/* What views are asked for that is no thing of the world. */
struct keys { str number, code; };

/* An advisory that is out, for the public views; *number is its number. */
static void publish(struct ctx *c, struct world *w, str *number)
{
	const char  *id = cstr(c->arena, w->seen.edition);
	struct sheet s;

	check_ok(c, house_do(c, &w->h.lead, "vuln.rate", &s, "id", cstr(c->arena, w->seen.casefile), "vuln",
	                     cstr(c->arena, world_first(c, "SELECT id FROM vuln WHERE ordinal = 2 AND casefile = ", w->seen.casefile)),
	                     "severity", "low", "reason", "A part of the first.", NULL));
	*number = world_first(c, "SELECT a.number FROM edition e JOIN advisory a ON a.id = e.advisory WHERE e.id = ", w->seen.edition);
	check_ok(c, house_do(c, &w->h.lead, "edition.save", &s, "id", id, "version", "1", "title_en", "Overflow",
	                     "title_ja", "コンソールの脆弱性", "summary_en", "An overflow.", "summary_ja", "脆弱性があります。",
	                     "impact_en", "Code may run.", "impact_ja", "任意のコードを実行される可能性があります。",
	                     "change_note_en", "First edition.", "change_note_ja", "初版", NULL));
	check_ok(c, house_do(c, &w->h.lead, "edition.submit", &s, "id", id, NULL));
	check_ok(c, house_do(c, &w->h.analyst, "edition.approve", &s, "id", id, NULL));
	check_ok(c, house_do(c, &w->h.lead, "edition.publish", &s, "id", id, NULL));
}

/* The code of an invitation that nobody accepted yet. */
static str invited(struct ctx *c, struct world *w)
{
	struct sheet s;
	size_t       at;

	check_ok(c, house_do(c, &w->who[0], "user.invite", &s, "name", "Guest", "mail", "guest@example.jp", "roles", "analyst",
	                     "lang", "en", "zone", "UTC", NULL));
	at = str_find(s.secret, S("code="), 0);
	return at == SIZE_MAX ? s.secret : str_slice(s.secret, at + 5, s.secret.n);
}

static str before(const char *path, const char *name)
{
	str rest = str_of(path), part, word = S("");

	while (str_cut(&rest, '/', &part)) {
		if (part.n > 1 && part.p[0] == ':' && str_eq(str_slice(part, 1, part.n), str_of(name)))
			return word;
		word = part;
	}
	return S("");
}

/* A value for an argument that a view must have. */
static str value_for(struct ctx *c, const struct world *w, const struct view *v, const struct arg *d, const struct keys *k)
{
	str word = before(v->path, d->name);
	const struct { const char *word; str id; } things[] = {
		{ "cases", w->seen.casefile }, { "reports", w->seen.report }, { "vulns", w->seen.vuln },
		{ "files", w->seen.file }, { "products", w->seen.product }, { "people", w->seen.person },
		{ "questions", w->seen.question }, { "remedies", w->seen.remedy }, { "editions", w->seen.edition },
		{ "history", w->seen.past }, { "imports", w->seen.batch }, { "cve", w->seen.cve },
		{ "advisories", k->number }, { "framework", S("2.1") }, { "white", S("2026") },
	};

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (word.n && str_eq(word, str_of(things[i].word)))
			return things[i].id;
	if (str_eq(str_of(d->name), S("code")))
		return k->code;
	if (str_eq(str_of(d->name), S("vector")))
		return S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	if (str_eq(str_of(d->name), S("file"))) {
		char *low = cstr(c->arena, STR_CAT(c->arena, k->number, S(".json")));
		for (char *p = low; *p; p++)
			*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
		return str_of(low);
	}
	return d->kind == ARG_CHOICE && d->choices ? str_of(d->choices[0].value) : S("1");
}

static void part_keep(struct ctx *c, struct seen *s, const struct part *p)
{
	for (size_t i = 0; i < s->parts.n; i++)
		if (strcmp(s->parts.v[i].name, p->name) == 0) {
			s->parts.v[i].times++;
			return;
		}
	(void)list_push(c->arena, &s->parts, (struct seen_part){
		.name = p->name, .one = p->one, .cols = p->cols, .cols_n = p->cols_n, .times = 1 });
}

static bool see_as(struct ctx *c, const struct world *w, const struct actor *who, const struct view *v, const struct keys *k, struct seen *s)
{
	struct args  a;
	struct sheet out = { 0 };

	c->actor = who;
	c->fault = (struct fault){ 0 };
	args_init(&a, v->args);
	for (const struct arg *d = v->args; d && d->name; d++)
		if (d->must || path_has(v->path, d->name))
			TRY(args_take(c, &a, str_of(d->name), value_for(c, w, v, d, k), true));
	TRY(view_call(c, v, &a, &out));
	s->times++;
	s->versioned |= out.version != 0;
	if (out.raw.p)
		s->raw_type = str_dup(c->arena, out.raw_type);
	s->flat = !out.raw.p && out.n == 1 && out.parts[0].one;
	for (size_t i = 0; i < out.n; i++)
		part_keep(c, s, &out.parts[i]);
	return true;
}

static void see_view(struct reference *r, const struct world *w, const struct view *v, const struct keys *k)
{
	struct seen s = { .view = v, .parts.max = PARTS_MAX };
	str         why = S("nobody may");

	for (size_t i = 0; i < WORLD_ROLES; i++)
		if (may(&w->who[i], v->may) && !see_as(r->c, w, &w->who[i], v, k, &s))
			why = str_fmt(r->c->arena, "%s %.*s", fault_name(r->c->fault.code), STR_ARG(r->c->fault.where));
	for (size_t i = 0; i < s.parts.n; i++)
		s.parts.v[i].always = s.parts.v[i].times == s.times;
	if (!s.times && !r->check)
		fprintf(stderr, "reference: %s shows nothing in the house of the tests (%.*s): its columns are not told\n",
		        v->name, STR_ARG(why));
	(void)list_push(r->c->arena, &r->seen, s);
}

bool observe(struct reference *r)
{
	struct world *w = NEW(r->c->arena, struct world);
	struct keys   k;

	r->seen.max = 1000;
	world_open(r->c, w, NULL, 0);
	publish(r->c, w, &k.number);
	k.code   = invited(r->c, w);
	r->front = front_of(r->c);
	for (size_t i = 0; i < r->front->services_n; i++)
		for (const struct view *v = r->front->services[i]->views; v && v->name; v++)
			see_view(r, w, v, &k);
	return true;
}

const struct seen *seen_of(const struct reference *r, const struct view *v)
{
	for (size_t i = 0; i < r->seen.n; i++)
		if (r->seen.v[i].view == v)
			return &r->seen.v[i];
	return NULL;
}
