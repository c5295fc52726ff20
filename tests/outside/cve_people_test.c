#include "tests/outside/cve_outside_test.h"

#include <sys/stat.h>

/* Users of the organisation at CVE Services and their keys, and IDs that go to another organisation. */

static void look(struct ctx *c, struct outside *t)
{
	later(c, t, 1);
	check_ok(c, house_do(c, &t->h.lead, "cve.look", &t->s, NULL));
	chores(c, t);
}

/* The newest request about users: state, code. */
static void people_are(struct ctx *c, struct outside *t, const char *state, const char *code)
{
	check_ok(c, house_see(c, &t->h.lead, "cveuser.list", &t->v, NULL));
	check_str(house_cell(c, &t->v, "requests", 0, "state"), str_of(state));
	check_str(house_cell(c, &t->v, "requests", 0, "code"), str_of(code));
}

static str user_cell(struct ctx *c, struct outside *t, const char *name, const char *col)
{
	check_ok(c, house_see(c, &t->h.lead, "cveuser.list", &t->v, NULL));
	for (size_t i = 0; i < house_count(&t->v, "users"); i++)
		if (str_eq(house_cell(c, &t->v, "users", i, "name"), str_of(name)))
			return house_cell(c, &t->v, "users", i, col);
	return S("(none)");
}

/* In a process of its own, so that it is never in this one: is this the key in the file? */
static bool file_holds(struct ctx *c, struct outside *t, const char *file, int no)
{
	char  text[200];
	str   want;
	int   status = -1;
	pid_t pid    = fork();

	if (pid == 0) {
		int     fd = open(cstr(c->arena, STR_CAT(c->arena, t->home.real, S("/"), str_of(file))), O_RDONLY);
		ssize_t n  = fd >= 0 ? read(fd, text, sizeof(text)) : 0;
		want = STR_CAT(c->arena, str_fmt(c->arena, "http://127.0.0.1:%d\n", t->d.port), double_key_no(c, no), S("\n"));
		_exit(n <= 0 || !str_eq((str){ text, (size_t)n }, want));
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

static bool is_there(struct ctx *c, struct outside *t, const char *file)
{
	return access(cstr(c->arena, STR_CAT(c->arena, t->home.real, S("/"), str_of(file))), F_OK) == 0;
}

#define REN "ren@aozora.example"

static bool add_ren(struct ctx *c, struct outside *t)
{
	later(c, t, 1);
	return house_do(c, &t->h.lead, "cveuser.add", &t->s, "name", REN, "first", "Ren", "last", "Aoki", "role", "admin", NULL);
}

static bool renew(struct ctx *c, struct outside *t, const char *name)
{
	later(c, t, 1);
	return house_do(c, &t->h.lead, "cveuser.renew", &t->s, "name", name, NULL);
}

TEST(a_user_is_made_and_their_key_waits_for_the_operator_alone)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, add_ren(c, &t));
	check(!add_ren(c, &t));   /* one request about a user at a time */
	check_fault(c, E_STATE, NULL);
	chores(c, &t);
	people_are(c, &t, "done", "psirt.hand");
	check(house_has(house_page(c, "cveuser.list", &t.v), "psirt keys hand NAME"));
	check_str(user_cell(c, &t, REN, "first"), S("Ren"));
	check_str(user_cell(c, &t, REN, "admin"), S("1"));
	check(file_holds(c, &t, REN ".hand", 1));
	check(file_holds(c, &t, CVE_KEY ".kept", 0));   /* ours is as it was */
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	/* once more: CVE Services know the name, and nothing is made */
	check_ok(c, add_ren(c, &t));
	chores(c, &t);
	people_are(c, &t, "refused", "USER_EXISTS");
	check_int(t.d.s->keys, 1);
	outside_close(c, &t);
}

TEST(names_roles_and_access_of_a_user_are_changed)
{
	struct outside t;

	outside_open(c, &t);
	(void)double_user_add(t.d.s, S(REN), S("Ren"), S("Aoki"), false);
	(void)double_user_add(t.d.s, S("mio@aozora.example"), S("Mio"), S("Hara"), false);   /* on the second page */
	look(c, &t);
	check_str(user_cell(c, &t, "mio@aozora.example", "last"), S("Hara"));
	check(!house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", REN, "first", "Ren", "role", "user", "active", "yes", NULL));
	check_fault(c, E_INVALID, NULL);   /* it is so already */
	check(!house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", REN, "new_name", "ren aoki", NULL));
	check_fault(c, E_INVALID, "new_name");
	check(!house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", "kana@aozora.example", "role", "user", NULL));
	check_fault(c, E_INVALID, "role");
	check(!house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", "kana@aozora.example", "active", "no", NULL));
	check_fault(c, E_INVALID, "active");
	check_ok(c, house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", REN, "last", "Aoki-Mori", "role", "admin", "active", "no", NULL));
	chores(c, &t);
	people_are(c, &t, "done", "");
	check_str(user_cell(c, &t, REN, "last"), S("Aoki-Mori"));
	check_str(user_cell(c, &t, REN, "active"), S("0"));
	check(t.d.s->users[1].admin && !t.d.s->users[1].active);
	/* psirt's own user gets another name: it goes on asking under it */
	later(c, &t, 1);
	check_ok(c, house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", "kana@aozora.example", "new_name", "psirt@aozora.example", NULL));
	chores(c, &t);
	people_are(c, &t, "done", "");
	look(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(user_cell(c, &t, "psirt@aozora.example", "first"), S("Kana"));
	check_str(user_cell(c, &t, "kana@aozora.example", "first"), S("(none)"));
	later(c, &t, 1);
	check_ok(c, house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", "nobody@aozora.example", "last", "X", NULL));
	chores(c, &t);
	people_are(c, &t, "refused", "USER_DNE");
	check(house_has(house_page(c, "cveuser.list", &t.v), "has no user of this name"));
	outside_close(c, &t);
}

/* The page after a refusal: what was typed stands with the person that it was about. */
TEST(what_was_refused_of_one_user_stands_with_no_other)
{
	struct outside  t;
	struct args     a;
	struct pending  p = { .op = NULL };
	const struct op *o;
	str             page;
	size_t          at;

	outside_open(c, &t);
	(void)double_user_add(t.d.s, S(REN), S("Ren"), S("Aoki"), false);
	look(c, &t);
	check(!house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", REN, "new_name", "ren aoki", NULL));
	o = op_find(front_of(c), S("cveuser.change"));
	args_init(&a, o->args);
	check_ok(c, args_take(c, &a, S("name"), S(REN), true) && args_take(c, &a, S("new_name"), S("ren aoki"), true));
	p          = (struct pending){ .op = o, .args = &a, .fault = &c->fault };
	c->pending = &p;
	check(!fault(c, E_INVALID, "new_name", NULL));
	check_ok(c, house_see(c, &t.h.lead, "cveuser.list", &t.v, NULL));
	page       = house_page(c, "cveuser.list", &t.v);
	c->pending = NULL;
	at         = str_find(page, S("ren aoki"), 0);
	check(at != SIZE_MAX && str_find(page, S("ren aoki"), at + 1) == SIZE_MAX);
	check(str_find(page, S("kana@aozora.example"), 0) < at);   /* hers is above, as it was */
	check(str_find(page, S("value=\"kana@aozora.example\""), 0) != SIZE_MAX);
	outside_close(c, &t);
}

/* Lost after it was carried out, or before: asked, and then true. */
TEST(a_change_of_name_whose_answer_was_lost_is_looked_up)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "cveuser.change", &t.s, "name", "kana@aozora.example", "new_name", "psirt@aozora.example", NULL));
	t.d.s->mood = DOUBLE_DEAF;
	chores(c, &t);
	people_are(c, &t, "doubt", "psirt.silent");
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 3; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	people_are(c, &t, "done", "");
	check_int(t.d.s->changed, 2);
	check_str(str_of(t.d.s->users[0].name), S("psirt@aozora.example"));
	outside_close(c, &t);
}

TEST(our_own_key_is_made_anew_and_used_from_then_on)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, renew(c, &t, "kana@aozora.example"));
	chores(c, &t);
	people_are(c, &t, "done", "psirt.renewed");
	check(file_holds(c, &t, CVE_KEY ".kept", 1));
	check(!is_there(c, &t, "kana@aozora.example.hand"));
	check_ok(c, reserve(c, &t, "2"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->n, 2);
	outside_close(c, &t);
}

/* The request did not arrive: the key that is kept still opens, and it is asked again. */
TEST(our_own_key_is_asked_for_again_only_while_the_old_one_opens)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, renew(c, &t, "kana@aozora.example"));
	t.d.s->mood = DOUBLE_DEAF;
	chores(c, &t);
	people_are(c, &t, "doubt", "psirt.silent");
	check_ok(c, house_do(c, &t.h.lead, "cve.reserve", &t.s, "amount", "1", NULL));   /* waits: perhaps no key opens now */
	chores(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL));
	check_int(t.d.s->n, 0);
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 4; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	people_are(c, &t, "done", "psirt.renewed");
	check(file_holds(c, &t, CVE_KEY ".kept", 1));
	check_int(t.d.s->n, 1);
	outside_close(c, &t);
}

/* Made, and lost on its way: said as it is, with what to do; nothing is made again and again. */
static void lost_key(struct ctx *c, enum double_mood mood)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, renew(c, &t, "kana@aozora.example"));
	t.d.s->mood = mood;
	chores(c, &t);
	people_are(c, &t, "doubt", mood == DOUBLE_MUTE ? "psirt.silent" : "");
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 4; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	people_are(c, &t, "done", "psirt.shutout");
	check_int(t.d.s->keys, 1);
	check(file_holds(c, &t, CVE_KEY ".kept", 0));
	check(house_has(house_page(c, "cveuser.list", &t.v), "Another administrator of the organisation, or the CVE Program"));
	check_int(key_in_memory(c, 1), 0);
	t.d.s->wrong[0] = '\0';
	outside_close(c, &t);
}

TEST(our_own_key_lost_with_the_answer_is_told) { lost_key(c, DOUBLE_MUTE); }
TEST(our_own_key_in_another_spelling_is_not_let_into_main) { lost_key(c, DOUBLE_ESCAPES); }
TEST(our_own_key_in_an_error_is_not_let_into_main) { lost_key(c, DOUBLE_TELLS); }
TEST(our_own_key_in_nonsense_is_not_let_into_main) { lost_key(c, DOUBLE_GARBAGE); }

/* Of somebody else: a key that was lost is simply made once more. */
TEST(a_key_of_another_that_was_lost_is_made_once_more)
{
	struct outside t;

	outside_open(c, &t);
	(void)double_user_add(t.d.s, S(REN), S("Ren"), S("Aoki"), false);
	look(c, &t);
	check_ok(c, renew(c, &t, REN));
	t.d.s->mood = DOUBLE_MUTE;
	chores(c, &t);
	people_are(c, &t, "waiting", "psirt.silent");
	t.d.s->mood = DOUBLE_WELL;
	later(c, &t, 5);
	chores(c, &t);
	people_are(c, &t, "done", "psirt.hand");
	check_int(t.d.s->keys, 2);
	check(file_holds(c, &t, REN ".hand", 2));
	outside_close(c, &t);
}

TEST(a_new_user_whose_key_was_lost_is_not_made_twice)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, add_ren(c, &t));
	t.d.s->mood = DOUBLE_MUTE;
	chores(c, &t);
	people_are(c, &t, "doubt", "psirt.silent");
	t.d.s->mood = DOUBLE_WELL;
	later(c, &t, 5);
	chores(c, &t);
	people_are(c, &t, "done", "psirt.unkept");
	check(house_has(house_page(c, "cveuser.list", &t.v), "have a new key made for the user"));
	check_str(user_cell(c, &t, REN, "last"), S("Aoki"));
	check_int(t.d.s->changed, 1);
	outside_close(c, &t);
}

/* Without the process keys, what was made cannot be kept: nothing else may hold it. */
TEST(a_key_that_cannot_be_kept_is_not_kept_elsewhere)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, add_ren(c, &t));
	check_int(chmod(cstr(c->arena, t.home.real), 0500), 0);
	if (geteuid() == 0)   /* root writes everywhere: a folder is in the way instead */
		check_int(mkdir(cstr(c->arena, STR_CAT(c->arena, t.home.real, S("/" REN ".hand"))), 0700), 0);
	chores(c, &t);
	people_are(c, &t, "done", "psirt.unkept");
	check_int(chmod(cstr(c->arena, t.home.real), 0700), 0);
	check_int(key_in_memory(c, 1), 0);
	outside_close(c, &t);
}

/* ---- leaks ---- */

/*
 * A whole journey with three keys; then none of them is in main's memory, where the database of this
 * test, its audit, the stored answers and the pages are; and none in what the processes wrote to their logs.
 */
TEST(no_key_is_ever_in_main_its_database_its_pages_or_a_log)
{
	struct outside t;
	char           path[] = "/tmp/psirt-cve-log-XXXXXX";
	int            log = mkstemp(path), old = dup(2), status;
	pid_t          pid;

	check(log >= 0 && dup2(log, 2) == 2);
	outside_level = LEVEL_DEBUG;
	outside_open(c, &t);
	outside_level = LEVEL_WARNING;
	look(c, &t);
	check_ok(c, add_ren(c, &t));
	chores(c, &t);
	check_ok(c, renew(c, &t, "kana@aozora.example"));
	chores(c, &t);
	check_ok(c, renew(c, &t, REN));
	chores(c, &t);
	people_are(c, &t, "done", "psirt.hand");
	(void)house_page(c, "cveuser.list", &t.v);
	check(dup2(old, 2) == 2);
	check_int(t.d.s->keys, 3);
	for (int no = 0; no < 4; no++)
		check_int(key_in_memory(c, no), 0);
	pid = fork();
	if (pid == 0) {   /* in a process of its own */
		char  *room = arena_must(c->arena, 1, 1 << 20);
		ssize_t n   = pread(log, room, 1 << 20, 0);
		bool   found = false;
		for (int no = 0; n > 0 && no < 4; no++)
			found |= str_find((str){ room, (size_t)n }, double_key_no(c, no), 0) != SIZE_MAX;
		_exit(found || n <= 0);
	}
	waitpid(pid, &status, 0);
	check_int(status, 0);
	unlink(path);
	close(log);
	close(old);
	outside_close(c, &t);
}

TEST(only_the_lead_changes_users)
{
	struct outside t;

	outside_open(c, &t);
	check(!house_do(c, &t.h.analyst, "cveuser.add", &t.s, "name", REN, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &t.admin, "cveuser.renew", &t.s, "name", REN, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &t.h.lead, "cveuser.add", &t.s, "name", "../../etc", NULL));
	check_fault(c, E_INVALID, "name");
	check(!house_do(c, &t.h.lead, "cveuser.add", &t.s, "name", ".hidden", NULL));
	check_fault(c, E_INVALID, "name");
	check(!house_do(c, &t.h.lead, "cveuser.add", &t.s, "name", "a\xff" "b", NULL));
	check(!house_do(c, &t.h.lead, "cveuser.add", &t.s, "name", "", NULL));
	outside_close(c, &t);
}

/* ---- transfers ---- */

static const char *reserved(struct ctx *c, struct outside *t)
{
	outside_open(c, t);
	check_ok(c, reserve(c, t, "1"));
	chores(c, t);
	return cstr(c->arena, id_cell(c, t, 0, "id"));
}

static bool propose(struct ctx *c, struct outside *t, const char *id, const char *org)
{
	later(c, t, 1);
	return house_do(c, &t->h.lead, "cve.transfer", &t->s, "id", id, "org", org, "number", "CVE-2026-10000", NULL);
}

static const char *proposal(struct ctx *c, struct outside *t)
{
	return cstr(c->arena, last_errand(c, t, "id"));
}

/* meets FIRST-1.1 5.3.2.5 */
TEST(an_id_is_transferred_after_a_second_person_looked_at_it)
{
	struct outside t;
	const char    *id = reserved(c, &t);

	t.h.front.two_persons = true;
	check(!house_do(c, &t.h.lead, "cve.transfer", &t.s, "id", id, "org", "borealis", "number", "CVE-2026-10001", NULL));
	check_fault(c, E_INVALID, "number");
	check(!propose(c, &t, id, "AOZORA"));
	check_fault(c, E_INVALID, "org");
	check_ok(c, propose(c, &t, id, "borealis"));
	check(!propose(c, &t, id, "borealis"));
	check_fault(c, E_STATE, NULL);
	chores(c, &t);
	check_int(t.d.s->changed, 1);   /* nothing left yet */
	check_str(last_errand(c, &t, "state"), S("proposed"));
	check_ok(c, house_see(c, &t.h.lead, "cve.show", &t.v, "id", id, NULL));
	check(house_has(house_page(c, "cve.show", &t.v), "another person confirms it"));
	check(!house_do(c, &t.h.lead, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", "Not used.", NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.auditor, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	check(!house_do(c, &t.h.analyst, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	check_fault(c, E_STATE, NULL);
	chores(c, &t);
	check_str(id_cell(c, &t, 0, "state"), S("transferred"));
	check_str(house_cell(c, &t.v, "ids", 0, "owner"), S("borealis"));
	check_str(str_of(t.d.s->ids[0].owner), S("borealis"));
	check(!house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", "Not used.", NULL));
	check_fault(c, E_STATE, NULL);
	/* they give it back: it is ours again as soon as it is seen */
	t.d.s->ids[0].owner[0] = '\0';
	look(c, &t);
	check_str(id_cell(c, &t, 0, "state"), S("reserved"));
	check_str(house_cell(c, &t.v, "ids", 0, "owner"), S(""));
	outside_close(c, &t);
}

TEST(a_transfer_is_dropped_before_it_is_confirmed)
{
	struct outside t;
	const char    *id = reserved(c, &t);

	t.h.front.two_persons = false;
	check_ok(c, propose(c, &t, id, "borealis"));
	check_ok(c, house_do(c, &t.h.lead, "cve.drop", &t.s, "id", proposal(c, &t), NULL));
	check_str(last_errand(c, &t, "state"), S("dropped"));
	chores(c, &t);
	check_int(t.d.s->changed, 1);
	/* one person alone, where the house allows it; to somebody whom CVE Services do not know */
	check_ok(c, propose(c, &t, id, "nowhere"));
	check_ok(c, house_do(c, &t.h.lead, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("refused"));
	check(house_has(house_page(c, "cve.list", &t.v), "do not know the organisation that is to get the ID"));
	check_str(id_cell(c, &t, 0, "state"), S("reserved"));
	outside_close(c, &t);
}

static void lost_transfer(struct ctx *c, enum double_mood mood, int changes)
{
	struct outside t;
	const char    *id = reserved(c, &t);

	t.h.front.two_persons = false;
	check_ok(c, propose(c, &t, id, "borealis"));
	check_ok(c, house_do(c, &t.h.lead, "cve.confirm", &t.s, "id", proposal(c, &t), NULL));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 4; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	check_str(id_cell(c, &t, 0, "state"), S("transferred"));
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->changed, 1 + changes);
	outside_close(c, &t);
}

TEST(a_transfer_whose_answer_was_lost_is_looked_up) { lost_transfer(c, DOUBLE_MUTE, 1); }
TEST(a_transfer_that_was_not_heard_is_sent_again) { lost_transfer(c, DOUBLE_DEAF, 2); }

TEST(the_organisation_is_told_as_cve_services_hold_it)
{
	struct outside t;

	outside_open(c, &t);
	look(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL));
	check_str(house_cell(c, &t.v, "organisation", 0, "name"), S("Aozora Instruments"));
	check_str(house_cell(c, &t.v, "organisation", 0, "roles"), S("CNA"));
	check_str(house_cell(c, &t.v, "organisation", 0, "quota"), S("10"));
	check_str(house_cell(c, &t.v, "quota", 0, "available"), S("10"));
	check(house_has(house_page(c, "cve.list", &t.v), "Aozora Instruments"));
	outside_close(c, &t);
}

/* ---- answers of the hostile ---- */

/* After the deed: in doubt, looked up, and nothing twice. */
static void nonsense(struct ctx *c, enum double_mood mood)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	check(house_has(house_page(c, "cve.list", &t.v), "The answer of CVE Services could not be read."));
	check(!house_has(house_page(c, "cve.list", &t.v), "<script>alert"));
	t.d.s->mood = DOUBLE_WELL;
	later(c, &t, 5);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->changed, 1);
	check_int(t.d.s->n, 1);
	outside_close(c, &t);
}

TEST(an_answer_of_html_is_doubted) { nonsense(c, DOUBLE_HTML); }
TEST(an_answer_of_great_depth_is_doubted) { nonsense(c, DOUBLE_DEEP); }
TEST(an_answer_with_a_name_twice_is_doubted) { nonsense(c, DOUBLE_TWICE); }
TEST(an_answer_of_other_types_is_doubted) { nonsense(c, DOUBLE_WRONG); }
TEST(an_answer_that_is_cut_off_is_doubted) { nonsense(c, DOUBLE_CUT); }
TEST(an_answer_that_is_no_object_is_doubted) { nonsense(c, DOUBLE_LIST); }

/* Refused: what is said, and what becomes of it. */
static void refused(struct ctx *c, enum double_mood mood, const char *state, const char *words, int minutes)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), str_of(state));
	check(house_has(house_page(c, "cve.list", &t.v), words));
	check(house_cell(c, &t.v, "requests", 0, "detail").n < 2100);
	check(str_find(house_cell(c, &t.v, "requests", 0, "detail"), S("\x1b"), 0) == SIZE_MAX);
	check_int(t.d.s->n, 0);
	t.d.s->mood = DOUBLE_WELL;
	if (minutes) {   /* not before they want it */
		later(c, &t, minutes - 2);
		chores(c, &t);
		check_int(t.d.s->changed, 1);
		later(c, &t, 4);
		chores(c, &t);
		check_str(last_errand(c, &t, "state"), S("done"));
	}
	outside_close(c, &t);
}

TEST(cve_services_that_ask_to_wait_are_obeyed) { refused(c, DOUBLE_LATER, "waiting", "ask for fewer requests", 120); }
TEST(cve_services_that_name_an_instant_are_obeyed) { refused(c, DOUBLE_DATED, "waiting", "ask for fewer requests", 60); }
TEST(a_redirect_to_another_host_is_not_followed) { refused(c, DOUBLE_REDIRECT, "refused", "The address of CVE Services leads elsewhere", 0); }
TEST(a_gateway_that_forbids_is_told) { refused(c, DOUBLE_FORBIDS, "refused", "do not allow that for this organisation or user", 0); }
TEST(a_key_that_opens_nothing_is_told) { refused(c, DOUBLE_LOCKED, "refused", "store the key again", 0); }
TEST(words_of_cve_services_are_bounded_and_plain) { refused(c, DOUBLE_TALKS, "refused", "refuse the values of the request", 0); }

/* ---- psirt doctor --online ---- */

/* The note of this name: verdict and words, or "". */
static str noted(struct ctx *c, const struct probe_notes *n, const char *name)
{
	static const char *const words[] = { "ok ", "warn ", "bad " };

	for (size_t i = 0; i < n->n; i++)
		if (strcmp(n->v[i].name, name) == 0)
			return STR_CAT(c->arena, str_of(words[n->v[i].verdict]), n->v[i].found);
	return S("");
}

static bool says(str note, const char *begin, const char *part)
{
	return str_starts(note, str_of(begin)) && str_find(note, str_of(part), 0) != SIZE_MAX;
}

/* Asked as the server asks, with nobody signed in. */
static void probe(struct ctx *c, struct probe_notes *out)
{
	c->actor = &house_actor;
	check_ok(c, probe_all(c, out));
}

TEST(the_doctor_asks_whether_cve_services_answer_and_take_the_key)
{
	struct outside     t;
	struct probe_notes n;
	int                changed;

	outside_open(c, &t);
	probe(c, &n);
	changed = t.d.s->changed;
	check(says(noted(c, &n, "CVE Services"), "ok ", "answers"));
	check(says(noted(c, &n, "key for CVE Services"), "ok ", "Aozora Instruments (aozora) has the roles CNA"));
	check(says(noted(c, &n, "quota of CVE IDs"), "ok ", "0 of 10 reserved, 10 free"));
	check(says(noted(c, &n, "user at CVE Services"), "ok ", "is an administrator"));
	t.d.s->quota = 0;
	t.d.s->users[0].active = false;
	probe(c, &n);
	check(says(noted(c, &n, "quota of CVE IDs"), "warn ", "0 of 0 reserved, 0 free"));
	check(says(noted(c, &n, "user at CVE Services"), "bad ", "may not sign in"));
	t.d.s->key_no = 7;   /* somebody had a new key made */
	probe(c, &n);
	check(says(noted(c, &n, "CVE Services"), "ok ", "answers"));
	check(says(noted(c, &n, "key for CVE Services"), "bad ", "answers 401"));
	c->lang = LANG_JA;
	probe(c, &n);
	check(says(noted(c, &n, "key for CVE Services"), "bad ", "鍵を登録し直してください"));
	c->lang = LANG_EN;
	check_str(noted(c, &n, "quota of CVE IDs"), S(""));
	check(unlink(cstr(c->arena, STR_CAT(c->arena, t.home.real, S("/" CVE_KEY ".kept")))) == 0);
	probe(c, &n);
	check(says(noted(c, &n, "key for CVE Services"), "bad ", "psirt keys keep"));
	t.d.s->mute_reading = true;
	check_int(t.d.s->changed, changed);
	kill(t.d.pid, SIGSTOP);
	kill(t.d.pid, SIGKILL);
	probe(c, &n);
	check(says(noted(c, &n, "CVE Services"), "bad ", "does not answer"));
	outside_close(c, &t);
}

/* What the public address gives, for the tests of the provider's files: without a network. */
static struct { const char *base; int status; bool own, moved, refused; str body; int asked; } site;

static bool site_fetch(struct ctx *c, str url, int64_t max, struct fetched *out)
{
	struct path_vars   vars;
	struct sheet       s = { 0 };
	struct args        a;
	str                path = str_slice(url, strlen(site.base), url.n);
	const struct view *v    = view_route(front_of(c), path, &vars);

	(void)max;
	site.asked++;
	if (site.refused)
		return fault(c, E_FORBIDDEN, "url", N_("The address leads to a machine that may not be asked."));
	*out = (struct fetched){ .status = site.status, .url = site.moved ? STR_CAT(c->arena, S("https://www.example.jp"), path) : url, .body = site.body };
	if (!site.own || !v)
		return true;
	args_init(&a, v->args);
	for (size_t i = 0; i < vars.n; i++)
		TRY(args_take(c, &a, vars.v[i].name, vars.v[i].value, true));
	TRY(view_call(c, v, &a, &s));
	out->body = s.raw;
	return true;
}

TEST(the_doctor_asks_whether_outsiders_get_our_files)
{
	struct outside     t;
	struct probe_notes n;

	(void)published(c, &t);
	check(unlink(cstr(c->arena, STR_CAT(c->arena, t.home.real, S("/" CVE_KEY ".kept")))) == 0);
	t.h.front.fetch = site_fetch;
	site.base   = "https://psirt.example.jp";
	site.status = 200;
	site.own    = true;
	probe(c, &n);
	check(says(noted(c, &n, "provider's metadata"), "ok ", "provider-metadata.json is there, as psirt serves it"));
	check(says(noted(c, &n, "security.txt"), "ok ", "/.well-known/security.txt"));
	check(says(noted(c, &n, "list of documents"), "ok ", "index.txt"));
	check(says(noted(c, &n, "newest document"), "ok ", "/.well-known/csaf/"));
	check_int(site.asked, 4);
	site.moved = true;
	probe(c, &n);
	check(says(noted(c, &n, "newest document"), "warn ", "leads on to https://www.example.jp/"));
	site.moved = site.own = false;
	site.body  = S("<!doctype html><title>Parked</title>");
	probe(c, &n);
	check(says(noted(c, &n, "provider's metadata"), "bad ", "answers something else"));
	check(says(noted(c, &n, "newest document"), "bad ", "answers something else"));
	site.body = S("{\"canonical_url\":\"https://psirt.example.jp/.well-known/csaf/provider-metadata.json\",\"last_updated\":\"2020-01-01T00:00:00Z\"}");
	probe(c, &n);
	check(says(noted(c, &n, "provider's metadata"), "warn ", "not as psirt serves it now"));
	site.body = S("{\"canonical_url\":1,\"canonical_url\":2}");
	probe(c, &n);
	check(says(noted(c, &n, "provider's metadata"), "bad ", "answers something else"));
	site.status = 503;
	probe(c, &n);
	check(says(noted(c, &n, "security.txt"), "bad ", "answers 503"));
	site.refused = true;
	probe(c, &n);
	check(says(noted(c, &n, "security.txt"), "bad ", "may not be asked"));
	t.h.front.base_url = S("http://127.0.0.1:8080");
	site.asked         = 0;
	probe(c, &n);
	check(says(noted(c, &n, "provider's metadata"), "warn ", "not asked: the public address is http://127.0.0.1:8080"));
	check_int(site.asked, 0);
	outside_close(c, &t);
}
