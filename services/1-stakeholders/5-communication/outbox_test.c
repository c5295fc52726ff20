#include "services/1-stakeholders/5-communication/outbox.h"

#include "platform/mail/mail.h"
#include "record/house_test.h"
#include "record/letter.h"

static const struct service *const some[] = { &outbox_service };

/* A way out that keeps what came, and fails as it is told. */
struct hatch { struct post post; enum fault_code fails; struct mail last; int n; };

static bool leave(struct ctx *c, const struct post *p, struct mail *m)
{
	struct hatch *h = (struct hatch *)(uintptr_t)p;

	if (h->fails)
		return fault(c, h->fails, "to", N_("{1} is not an address that mail can be sent to."), m->to);
	h->last = *m;
	h->n++;
	return true;
	return true;
}

static bool errand(struct ctx *c)
{
	bool done;

	c->fault = (struct fault){ 0 };
	return chore_run(c, outbox_service.chores, &done) && done;
}

static void write_letter(struct ctx *c, const char *address)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, letter_queue(c, LETTER_RECEIVED, S("r1"), str_of(address), S("ja")));
	check_ok(c, db_commit(c));
	c->now += SECOND;
}

static str states(struct ctx *c)
{
	struct letter *l;
	int64_t        waiting = 0;
	time_us        oldest;

	check_ok(c, db_begin(c, DB_READ, &db_viewer_all));
	check_ok(c, letter_next(c, &l) && letter_waiting(c, &waiting, &oldest));
	db_rollback(c);
	return str_fmt(c->arena, "%lld %.*s", (long long)waiting, STR_ARG(l ? l->address : S("-")));
}

TEST(letters_leave_in_the_order_written_and_once)
{
	struct house h;
	struct hatch out = { .post = { .leave = leave } };

	house_open(c, &h, some, 1);
	write_letter(c, "a@example.org");
	write_letter(c, "b@example.org");
	check(!errand(c));   /* there is no way out: they wait */
	check_str(states(c), S("2 a@example.org"));
	h.front.post            = &out.post;
	h.front.organisation_ja = S("青空計器");
	check(errand(c));
	check_str(out.last.from_name, S("青空計器 PSIRT"));
	check_str(out.last.to, S("a@example.org"));
	check_str(out.last.lang, S("ja"));
	check(errand(c));
	check(!errand(c));
	check_int(out.n, 2);
	check_str(states(c), S("0 -"));
	house_close(c);
}

TEST(a_letter_that_can_never_leave_does_not_hold_up_the_others)
{
	struct house h;
	struct hatch out = { .post = { .leave = leave }, .fails = E_INVALID };

	house_open(c, &h, some, 1);
	h.front.post = &out.post;
	write_letter(c, "a@example.org");
	write_letter(c, "b@example.org");
	check(errand(c));
	check_str(states(c), S("1 b@example.org"));
	out.fails = E_IO;    /* the disk is full: it waits */
	check(!errand(c));
	check_str(states(c), S("1 b@example.org"));
	out.fails = 0;
	check(errand(c));
	check_str(states(c), S("0 -"));
	house_close(c);
}
