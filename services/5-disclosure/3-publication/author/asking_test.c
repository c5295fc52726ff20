#include "services/5-disclosure/3-publication/author/asking.h"

#include "base/test.h"

static int heads, bodies;

/* A network that knows a few addresses. */
static bool get(struct ctx *c, const struct reach_ask *ask, struct reach_answer *out)
{
	*out = (struct reach_answer){ .status = 200 };
	*(ask->head ? &heads : &bodies) += 1;
	if (str_starts(ask->url, S("https://gone")))
		return (void)(out->status = 0), fault(c, E_UNAVAILABLE, "url", NULL);
	if (str_starts(ask->url, S("https://inside")))
		return (void)(out->status = 0), fault(c, E_FORBIDDEN, "url", NULL);
	if (str_ends(ask->url, S("/loop")))
		return (void)(out->status = 302), fault(c, E_LIMIT, "url", NULL);
	if (str_ends(ask->url, S("/long")) && !ask->head)
		return fault(c, E_LIMIT, NULL, NULL);
	if (str_ends(ask->url, S("/long")) || (ask->head && str_ends(ask->url, S("/no-head"))))
		out->status = 405;
	if (str_ends(ask->url, S("/missing")))
		out->status = 404;
	return true;
}

static const struct reach network = { .get = get };

static void begin(struct ctx *c, struct asking *k)
{
	*k    = (struct asking){ .c = c, .reach = &network };
	heads = bodies = 0;
}

TEST(a_url_is_asked_once_in_a_run_whatever_its_fragment)
{
	struct asking k;

	begin(c, &k);
	check_int(asking_status(&k, S("https://a.example/x")), 200);
	check_int(asking_status(&k, S("https://a.example/x#there")), 200);
	check_int(heads + bodies, 1);
	check_int(asking_status(&k, S("https://a.example/y")), 200);
	check_int(heads + bodies, 2);
}

TEST(what_head_does_not_say_get_says)
{
	struct asking k;

	begin(c, &k);
	check_int(asking_status(&k, S("https://a.example/no-head")), 200);
	check_int(asking_status(&k, S("https://a.example/missing")), 404);
	check_int(asking_status(&k, S("https://a.example/long")), 200);
	check_int(asking_status(&k, S("https://a.example/loop")), 0);
	check_int(asking_status(&k, S("https://inside.example/")), 0);
}

TEST(a_host_that_is_silent_is_not_asked_for_ever)
{
	struct asking k;

	begin(c, &k);
	for (int i = 0; i < 50; i++)
		check_int(asking_status(&k, str_fmt(c->arena, "https://gone.example/%d", i)), 0);
	check_int(heads, 3);
	check_int(bodies, 0);
	check_int(asking_status(&k, S("https://there.example/")), 200);
	check_int(asking_status(&k, S("")), 200);
}
