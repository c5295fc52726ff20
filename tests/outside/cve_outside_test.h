#ifndef OUTSIDE_CVE_OUTSIDE_TEST_H
#define OUTSIDE_CVE_OUTSIDE_TEST_H

/*
 * The CNA's side with all that stands between: operations, the chore, the processes
 * keys and fetch, and a double of CVE Services behind a socket.  Tests only.
 */

#include "tests/outside/cve_double_test.h"

#include <fcntl.h>

#include "doors/fetch/fetch.h"
#include "doors/keys/keys.h"
#include "platform/log.h"
#include "record/casefile.h"
#include "record/house.h"
#include "record/house_test.h"
#include "platform/op/probe.h"
#include "record/vuln.h"
#include "services/5-disclosure/3-publication/cve/numbering.h"

extern const struct service release_plan_service, remedy_service;

static const struct service *const all[] = { &tracking_service, &release_plan_service, &remedy_service, &publication_service };

#define V31 "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"

struct outside {
	struct house      h;
	struct cve_double d;
	struct wires      wires;
	struct keys_home  home;
	struct sheet      s, v;
	pid_t             keys, fetch;
	int               far[2];
	char              folder[32];
	const char       *k, *vuln, *product, *release[4];
	struct actor      admin;
};

static inline int quiet(struct ctx *c, str line)
{
	int   status = -1;
	pid_t pid    = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", cstr(c->arena, line), (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status;
}

/* The operator stores the key: in a process of its own, so that it never was in this one. */
static inline void key_keep(struct ctx *c, struct outside *t, bool right)
{
	int   status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(!kept_save(c, t->home.real, S(CVE_KEY), str_fmt(c->arena, "http://127.0.0.1:%d", t->d.port),
		                 right ? double_key(c) : S("another-key-altogether")));
	waitpid(pid, &status, 0);
	check_int(status, 0);
}

/* What the processes log; a test that reads it wants all. */
static enum log_level outside_level = LEVEL_WARNING;

static inline void processes_open(struct ctx *c, struct outside *t)
{
	struct fetch_config cfg = { .allow = S("127.0.0.1"), .plain = true, .ports = str_fmt(c->arena, "%d", t->d.port) };
	int                 a[2], b[2];

	log_aim(outside_level, 2, LOG_AUTO);
	memcpy(t->folder, "/tmp/psirt-cve-test-XXXXXX", 27);
	check(mkdtemp(t->folder) != NULL);
	check_ok(c, keys_home_make(c, str_of(t->folder), &t->home));
	check(kept_pair_make(&cfg.pair) && kept_pair_make(&t->home.mine));
	memcpy(t->home.lend_to, cfg.pair.open, sizeof(cfg.pair.open));
	memcpy(cfg.give_to, t->home.mine.open, sizeof(cfg.give_to));
	check_ok(c, wire_pair(c, a) && wire_pair(c, b));
	t->keys = fork();
	if (t->keys == 0)
		_exit(keys_run(a[1], &t->home));
	t->fetch = fork();
	if (t->fetch == 0)
		_exit(fetch_run(b[1], &cfg));
	explicit_bzero(&cfg.pair, sizeof(cfg.pair));
	explicit_bzero(t->home.mine.shut, sizeof(t->home.mine.shut));
	t->wires  = (struct wires){ -1, a[0], b[0] };
	t->far[0] = a[1];
	t->far[1] = b[1];
	t->h.front.wires = &t->wires;
	t->h.front.send  = fetch_send;
}

static inline void outside_open(struct ctx *c, struct outside *t)
{
	*t          = (struct outside){ 0 };
	cve_seconds = 2;
	double_open(c, &t->d);
	house_open(c, &t->h, all, 4);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	t->admin = house_person(c, "admin", ROLE_ADMIN);
	check_ok(c, db_commit(c));
	processes_open(c, t);
	key_keep(c, t, true);
	check_ok(c, house_do(c, &t->admin, "cve.connect", &t->s, "url", cstr(c->arena, str_fmt(c->arena, "http://127.0.0.1:%d/api/", t->d.port)),
	                     "org", "aozora", "user", "kana@aozora.example", NULL));
}

static inline void outside_close(struct ctx *c, struct outside *t)
{
	check_str(str_of(t->d.s->wrong), S(""));
	kill(t->keys, SIGTERM);
	kill(t->fetch, SIGTERM);
	waitpid(t->keys, NULL, 0);
	waitpid(t->fetch, NULL, 0);
	close(t->far[0]);
	close(t->far[1]);
	close(t->wires.keys);
	close(t->wires.fetch);
	keys_home_end(c, &t->home);
	double_close(&t->d);
	(void)quiet(c, STR_CAT(c->arena, S("rm -rf "), str_of(t->folder)));
	house_close(c);
}

/* The chores, as the server does them, until nothing is due. */
static inline void chores(struct ctx *c, struct outside *t)
{
	bool done = true;

	c->actor = &house_actor;
	for (int i = 0; done && i < 60; i++) {
		done = false;
		for (const struct chore *h = publication_service.chores; h->name; h++)
			if (str_eq(str_of(h->name), S("cve.errand")))
				check_ok(c, chore_run(c, h, &done));
	}
	check(!done);
	t->d.s->now = c->now;
}

static inline void later(struct ctx *c, struct outside *t, int minutes)
{
	c->now += minutes * MINUTE;
	t->d.s->now = c->now;
}

/* A case with one vulnerability in a product of four versions; its advisory drafted, approved and out. */
static inline void case_make(struct ctx *c, struct outside *t)
{
	struct casefile_draft d = { .title = S("Sessions stay valid"), .severity = S("high"), .access = S("team") };
	struct vuln_draft     v = { S("Session not ended"), S("INTERNAL: found by the night watch."), STR_NONE, 613 };
	struct vuln_rating    r = { STR_NONE, S(V31), 98, S("critical"), STR_NONE };
	struct db_viewer      lead = { t->h.lead.id, t->h.lead.sight };
	case_id k;
	vuln_id id;
	str     number;

	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, casefile_open(c, &d, &k, &number) && casefile_move(c, k, "qualified", "case.qualified"));
	check_ok(c, vuln_add(c, k, &v, S("critical"), &id) && vuln_rate(c, k, id, 1, &r));
	check_ok(c, db_commit(c));
	t->k    = cstr(c->arena, k.v);
	t->vuln = cstr(c->arena, id.v);
}

static inline void grid_make(struct ctx *c, struct outside *t)
{
	static const char *const names[] = { "4.0.0", "4.1.0", "4.2.0", "4.2.1" };
	const char *family, *product;

	check_ok(c, house_do(c, &t->h.lead, "family.add", &t->s, "code", "KUM", "name", "Kumo", NULL));
	family = cstr(c->arena, t->s.object);
	check_ok(c, house_do(c, &t->h.lead, "product.add", &t->s, "family", family, "code", "KUM-C", "name", "Kumo Console", NULL));
	product = cstr(c->arena, t->s.object);
	for (int i = 0; i < 4; i++) {
		check_ok(c, house_do(c, &t->h.lead, "release.add", &t->s, "id", product, "name", names[i], NULL));
		t->release[i] = cstr(c->arena, t->s.object);
	}
	check_ok(c, house_do(c, &t->h.lead, "impact.scope", &t->s, "id", t->k, "product", product, NULL));
	t->product = product;
}

static inline void range(struct ctx *c, struct outside *t, int from, int to, const char *status)
{
	check_ok(c, house_do(c, &t->h.lead, "impact.range", &t->s, "id", t->k, "vuln", t->vuln, "product", t->product, "status", status,
	                     "from", t->release[from], "to", t->release[to], NULL));
}

/* The only row of the list, or the one asked for. */
static inline str id_cell(struct ctx *c, struct outside *t, size_t row, const char *col)
{
	check_ok(c, house_see(c, &t->h.lead, "cve.list", &t->v, NULL));
	return house_cell(c, &t->v, "ids", row, col);
}

static inline str last_errand(struct ctx *c, struct outside *t, const char *col)
{
	check_ok(c, house_see(c, &t->h.lead, "cve.list", &t->v, NULL));
	return house_cell(c, &t->v, "requests", 0, col);
}

static inline bool reserve(struct ctx *c, struct outside *t, const char *amount)
{
	later(c, t, 1);
	return house_do(c, &t->h.lead, "cve.reserve", &t->s, "amount", amount, "in_row", "1", NULL);
}

static inline void advisory_out(struct ctx *c, struct outside *t)
{
	const char *id;

	check_ok(c, house_do(c, &t->h.lead, "advisory.draft", &t->s, "id", t->k, NULL));
	id = cstr(c->arena, t->s.object);
	check_ok(c, house_do(c, &t->h.lead, "edition.save", &t->s, "id", id, "version", "1", "title_en", "Sessions stay valid", "title_ja", "セッション無効化不備の脆弱性",
	                     "summary_en", "A session of Kumo Console stays valid after the password was changed.", "summary_ja", "以前のセッションが有効なまま残ります。",
	                     "impact_en", "The console may be used by others.", "impact_ja", "管理画面を操作される可能性があります。",
	                     "solution_en", "Update to 4.2.1.", "solution_ja", "4.2.1へ更新してください。", "thanks_en", "Kana Mori", "thanks_ja", "森かな",
	                     "change_note_en", "First edition.", "change_note_ja", "初版", NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", id, NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", id, NULL));
}

/* One ID, reserved for the vulnerability of a case whose versions are decided. */
static inline const char *numbered(struct ctx *c, struct outside *t)
{
	outside_open(c, t);
	case_make(c, t);
	grid_make(c, t);
	range(c, t, 0, 0, "under_investigation");
	range(c, t, 1, 2, "affected");
	range(c, t, 3, 3, "fixed");
	check_ok(c, house_do(c, &t->h.lead, "cve.reserve", &t->s, "vuln", t->vuln, NULL));
	chores(c, t);
	check_str(last_errand(c, t, "state"), S("done"));
	return cstr(c->arena, id_cell(c, t, 0, "id"));
}

static inline const char *published(struct ctx *c, struct outside *t)
{
	const char *id = numbered(c, t);

	advisory_out(c, t);
	later(c, t, 1);
	check_ok(c, house_do(c, &t->h.lead, "cve.publish", &t->s, "id", id, NULL));
	chores(c, t);
	return id;
}

/* How often a key's bytes stand in memory of this process that can be written. */
static inline int key_in_memory(struct ctx *c, int no)
{
	static unsigned char page[1 << 16];
	static char          text[1 << 20];
	int                  fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC), found = 0;
	str                  maps = { text, 0 }, line, part;
	ssize_t              more;

	while (fd >= 0 && (more = read(fd, text + maps.n, sizeof(text) - maps.n)) > 0)
		maps.n += (size_t)more;
	close(fd);
	fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	check(fd >= 0 && maps.n > 0);
	while (str_cut(&maps, '\n', &line)) {
		unsigned long from, to;
		char         *end;
		if (str_find(line, S(" rw"), 0) == SIZE_MAX || !str_cut(&line, ' ', &part))
			continue;
		from = strtoul(cstr(c->arena, part), &end, 16);
		to   = strtoul(end + 1, NULL, 16);
		if (to - from > 1ul << 36)   /* the shadow of a sanitizer: terabytes, and none of it text */
			continue;
		for (; from < to; from += sizeof(page) - 64) {
			ssize_t n = pread(fd, page, to - from < sizeof(page) ? to - from : sizeof(page), (off_t)from);
			const unsigned char *at = page, *end_of = page + (n > 35 ? n - 35 : 0);
			while (at < end_of && (at = memchr(at, double_key_byte(no, 0), (size_t)(end_of - at)))) {
				int k = 1;
				while (k < 36 && at[k] == double_key_byte(no, k))
					k++;
				found += k == 36;
				at++;
			}
		}
	}
	close(fd);
	return found;
}

#endif
