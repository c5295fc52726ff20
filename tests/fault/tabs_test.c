#include "tests/matrix/world_test.h"

/*
 * A form that comes back: with what was typed, with the version that was seen,
 * after a conflict with what stands there now, and after a fault of ours with
 * the same replay key.
 */

/* The page of `view` as it is shown after `op` was refused with `code`. */
static str refused(struct ctx *c, struct world *w, const char *op, const char *view, enum fault_code code, const char *const *given,
                   const char *id)
{
	const struct op *o   = op_find(front_of(c), str_of(op));
	struct args      a;
	struct fault     why = { .code = code };
	struct pending   p   = { o, &a, &why, S("thekeythatcamewithit") };
	struct sheet     s;
	str              page;

	args_init(&a, o->args);
	for (; *given; given += 2)
		check_ok(c, args_take(c, &a, str_of(given[0]), str_of(given[1]), true));
	c->pending = &p;
	check_ok(c, id ? house_see(c, &w->h.lead, view, &s, "id", id, NULL) : house_see(c, &w->h.nobody, view, &s, NULL));
	page       = house_page(c, view, &s);
	c->pending = NULL;
	return page;
}

TEST(a_form_refused_for_a_value_keeps_the_version_that_was_seen)
{
	struct world w;
	struct sheet s;
	const char  *id;
	str          page;

	world_open(c, &w, NULL, 0);
	id = cstr(c->arena, w.seen.product);
	check_ok(c, house_do(c, &w.h.lead, "product.edit", &s, "id", id, "version", "1", "name", "Saved meanwhile", NULL));
	page = refused(c, &w, "product.edit", "product.show", E_INVALID,
	               (const char *const[]){ "id", id, "version", "1", "name", "Mine", NULL }, id);
	check(house_has(page, "name=\"version\" value=\"1\""));   /* sending it again is a conflict, not an overwriting */
	check(house_has(page, "value=\"Mine\""));
	check(!house_has(page, "Stands there now"));
	page = refused(c, &w, "product.edit", "product.show", E_CONFLICT,
	               (const char *const[]){ "id", id, "version", "1", "name", "Mine", NULL }, id);
	check(house_has(page, "name=\"version\" value=\"2\""));
	check(house_has(page, "value=\"Mine\""));
	check(house_has(page, "Stands there now: <q>Saved meanwhile</q>"));
	house_close(c);
}

TEST(after_a_fault_of_ours_the_replay_key_stays)
{
	static const char *const given[] = { "product", "Kestrel", "description", "A long story", "seed", "aaaaaaaaaaaaaaaaaaaaaaaaaa", NULL };
	struct world w;
	str          page;

	world_open(c, &w, NULL, 0);
	page = refused(c, &w, "report.submit", "report.form", E_DISK, given, NULL);
	check(house_has(page, "value=\"thekeythatcamewithit\""));
	check(house_has(page, "value=\"aaaaaaaaaaaaaaaaaaaaaaaaaa\""));
	check(house_has(page, "A long story"));
	check(house_has(page, "This was not stored"));
	page = refused(c, &w, "report.submit", "report.form", E_INVALID, given, NULL);
	check(!house_has(page, "value=\"thekeythatcamewithit\""));
	check(house_has(page, "A long story"));
	house_close(c);
}
