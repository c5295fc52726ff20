#include "tests/matrix/world_test.h"

#include "platform/text/csv.h"

/* Who may do what: tests/policy.csv says what is right, the tables of the services have to follow. */

static void policy_load(struct ctx *c, struct csv *t)
{
	str text = test_file(c, S("tests/policy.csv"));

	*t = (struct csv){ .rows = { .max = 2000 } };
	check(text.n > 0);
	check_ok(c, csv_parse(c, text, t));
	check_int(t->rows.v[0].n, WORLD_ROLES + 1);
	for (size_t i = 0; i < WORLD_ROLES; i++)
		check_str(t->rows.v[0].v[i + 1], str_of(world_roles[i]));
}

static const struct csv_row *policy_row(const struct csv *t, str name)
{
	for (size_t i = 1; i < t->rows.n; i++)
		if (str_eq(t->rows.v[i].v[0], name))
			return &t->rows.v[i];
	return NULL;
}

static const uint32_t bits[WORLD_ROLES] = {
	ROLE_ADMIN, ROLE_LEAD, ROLE_ANALYST, ROLE_ENGINEER, ROLE_EXECUTIVE, ROLE_LEGAL, ROLE_AUDITOR, ROLE_FINDER, 0,
};

/* Lines on what differs; "" when nothing does. */
static void compare(struct buf *b, const struct csv *t, const char *name, uint32_t allowed)
{
	const struct csv_row *r = policy_row(t, str_of(name));

	if (!r || r->n != WORLD_ROLES + 1) {
		buf_fmt(b, "%s: no row in tests/policy.csv\n", name);
		return;
	}
	for (size_t i = 0; i < WORLD_ROLES; i++) {
		struct actor who = { .id = i + 1 < WORLD_ROLES ? S("somebody") : S(""), .roles = bits[i] };
		str          got = may(&who, allowed) ? S("yes") : S("no");
		if (!str_eq(got, r->v[i + 1]))
			buf_fmt(b, "%s: %s: policy says %.*s, the table %.*s\n", name, world_roles[i], STR_ARG(r->v[i + 1]), STR_ARG(got));
	}
}

static void compare_all(struct buf *b, const struct csv *t)
{
	for (const struct service *const *s = services; *s; s++) {
		for (const struct op *o = (*s)->ops; o && o->name; o++)
			compare(b, t, o->name, o->may);
		for (const struct view *v = (*s)->views; v && v->name; v++)
			compare(b, t, v->name, v->may);
	}
}

TEST(each_operation_and_view_is_open_to_exactly_the_roles_of_the_policy)
{
	struct csv t;
	struct buf b;

	policy_load(c, &t);
	buf_init(&b, c->arena, 1 << 20);
	compare_all(&b, &t);
	check_str(buf_str(&b), S(""));
}

TEST(the_policy_has_no_row_without_an_operation_or_view_and_none_twice)
{
	struct csv   t;
	struct front f = { .services = services };
	struct buf   b;

	policy_load(c, &t);
	while (services[f.services_n])
		f.services_n++;
	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 1; i < t.rows.n; i++) {
		const struct csv_row *r = &t.rows.v[i];
		if (!op_find(&f, r->v[0]) && !view_find(&f, r->v[0]))
			buf_fmt(&b, "%.*s: nothing has this name\n", STR_ARG(r->v[0]));
		if (policy_row(&t, r->v[0]) != r)
			buf_fmt(&b, "%.*s: stands there twice\n", STR_ARG(r->v[0]));
	}
	check_str(buf_str(&b), S(""));
}

TEST(a_missing_row_and_a_widened_mask_are_found)
{
	struct csv t;
	struct buf b;

	policy_load(c, &t);
	buf_init(&b, c->arena, 1 << 20);
	compare(&b, &t, "case.unheard", MAY_CASES);
	compare(&b, &t, "case.edit", MAY_TEAM | ROLE_AUDITOR);
	compare(&b, &t, "case.show", MAY_ANYONE);
	check(house_has(buf_str(&b), "case.unheard: no row"));
	check(house_has(buf_str(&b), "case.edit: auditor: policy says no, the table yes"));
	check(house_has(buf_str(&b), "case.show: administrator: policy says no"));
	check(house_has(buf_str(&b), "case.show: nobody: policy says no"));
}
