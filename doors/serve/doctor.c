#define BASE_OS /* looks at files */
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/list.h"
#include "doors/cli/cli.h"
#include "doors/cli/say.h"
#include "doors/cli/table.h"
#include "doors/serve/build.h"
#include "doors/serve/copy.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "doors/serve/station.h"
#include "platform/clock.h"
#include "platform/http/client.h"
#include "platform/json/json.h"
#include "platform/json/json_out.h"
#include "platform/op/probe.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"

/*
 * psirt doctor: looks at everything that makes a server fall ill, changes
 * nothing, and says for each thing what was found and what mends it.  With
 * --online the running server also asks what is outside; doctor itself never does.
 * Exit status: 0 all is well, 10 something wants attention, 11 something is bad.
 */

enum { EXIT_ATTENTION = 10, EXIT_BAD = 11, FINDINGS = 80, NAME_WIDTH = 22, ONLINE_SECONDS = 180 };
enum { FREE_BAD = 64 << 20, FREE_ATTENTION = 1 << 30 };

struct finding { const char *name; enum probe_verdict verdict; str found; const char *mend; };

struct doctor {
	struct ctx  *c;
	struct setup s;
	str          socket;   /* where the server is asked; none: it has no socket */
	LIST(struct finding) all;
};

/* found: any language; mend: N_(), or NULL. */
static void note(struct doctor *d, const char *name, enum probe_verdict v, str found, const char *mend)
{
	(void)list_push(d->c->arena, &d->all, (struct finding){ name, v, found, v == PROBE_WELL ? NULL : mend });
}

#define TELL(d, text, ...) word_fill((d)->c, (text), (const str[]){ __VA_ARGS__ }, \
	sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

static str number(struct doctor *d, int64_t n)
{
	return str_fmt(d->c->arena, "%lld", (long long)n);
}

/* ---- files ---- */

static void look_address(struct doctor *d)
{
	str  url   = d->s.base_url;
	bool https = str_starts(url, S("https://"));
	bool here  = str_starts(url, S("http://127.")) || str_starts(url, S("http://localhost")) || str_starts(url, S("http://[::1]"));

	if (https)
		note(d, N_("address"), PROBE_WELL, url, NULL);
	else if (here)
		note(d, N_("address"), PROBE_ATTENTION, url, N_("Only this machine can follow links there. Set server.base_url to what the outside sees, with https."));
	else
		note(d, N_("address"), PROBE_BAD, url, N_("Passwords and reports would travel in the open. Put a proxy with TLS in front and set server.base_url to https."));
}

/* Owner and permission bits of something that is ours alone. */
static void look_file(struct doctor *d, const char *name, str path, mode_t most, const char *missing)
{
	struct stat st;

	if (stat(cstr(d->c->arena, path), &st) != 0) {
		note(d, name, PROBE_BAD, path, missing);
		return;
	}
	if (st.st_uid != geteuid())
		note(d, name, PROBE_BAD, TELL(d, N_("{1} belongs to user {2}, not to {3}"), path, number(d, st.st_uid), number(d, geteuid())),
		     N_("Run psirt as the owner, or give it to the user of the server with chown."));
	else if (st.st_mode & 07777 & ~most)
		note(d, name, PROBE_ATTENTION, TELL(d, N_("{1} has the mode {2}"), path, str_fmt(d->c->arena, "%04o", st.st_mode & 07777)),
		     N_("Others may read it: chmod go-rwx."));
	else
		note(d, name, PROBE_WELL, path, NULL);
}

static void look_disk(struct doctor *d, const char *name, str path)
{
	int64_t      n = disk_free(d->c, path);
	enum probe_verdict v = n < FREE_BAD ? PROBE_BAD : n < FREE_ATTENTION ? PROBE_ATTENTION : PROBE_WELL;

	note(d, name, v, TELL(d, N_("{1} MB are free at {2}"), number(d, n < 0 ? 0 : n >> 20), path),
	     N_("Make room, or move it to a larger disk."));
}

static void look_files(struct doctor *d)
{
	str data = d->s.data, db = d->s.db;

	look_file(d, N_("data directory"), data, 0700, N_("There is no such directory: psirt init makes it, --data names another."));
	look_file(d, N_("seal key"), STR_CAT(d->c->arena, data, S("/seal.key")), 0600,
	          N_("Put back the copy that was kept apart from the backups; without it the audit cannot be verified."));
	if (str_starts(db, S("sqlite:")))
		look_file(d, N_("database file"), str_slice(db, 7, db.n), 0600, N_("psirt init makes it; --data or --db names another."));
	look_disk(d, N_("disk"), data);
	look_disk(d, N_("disk of uploads"), config_text(d->s.config, "http.spool"));
}

/* ---- the database ---- */

static bool is_file(struct ctx *c, str path)
{
	return access(cstr(c->arena, path), F_OK) == 0;
}

static void look_engine(struct doctor *d, struct ctx *c)
{
	struct db_about about;
	str             bad;
	int64_t         chains = 0;

	if (!db_about(c, &about)) {
		note(d, N_("engine"), PROBE_BAD, word_fault(c, &c->fault), NULL);
		return;
	}
	note(d, N_("engine"), PROBE_WELL, str_dup(d->c->arena, about.engine), NULL);
	if (!about.waits || !(str_eq(about.log, S("wal")) || str_eq(about.log, S("on"))))
		note(d, N_("durability"), PROBE_BAD, TELL(d, N_("log {1}; commits wait for the disk: {2}"), about.log, about.waits ? S("yes") : S("no")),
		     N_("A power cut would lose what was said to be stored. SQLite: journal_mode wal; PostgreSQL: fsync and synchronous_commit on."));
	else
		note(d, N_("durability"), PROBE_WELL, TELL(d, N_("log {1}; commits wait for the disk: {2}"), about.log, S("yes")), NULL);
	note(d, N_("guards"), about.guarded ? PROBE_WELL : PROBE_ATTENTION,
	     TELL(d, about.guarded ? N_("a guarded table is read through its view only") : N_("the server lets psirt read guarded tables raw"), S("")),
	     N_("Create the role USER_reader without login, grant it to USER, the user of the database URL, and run psirt migrate."));
	if (!house_seals(c, &chains, &bad))
		note(d, N_("audit"), PROBE_BAD, word_fault(c, &c->fault), NULL);
	else if (!str_is_none(bad))
		note(d, N_("audit"), PROBE_BAD, TELL(d, N_("The seal of the chain is not ours: {1}"), bad),
		     N_("Run psirt verify. Either seal.key is another house's, or somebody changed the database."));
	else
		note(d, N_("audit"), PROBE_WELL, TELL(d, N_("the seals of {1} chains are ours; psirt verify looks at every entry"), number(d, chains)), NULL);
}

static void look_search(struct doctor *d, struct ctx *c)
{
	int64_t n;

	if (!house_index_behind(c, &n))
		note(d, N_("search"), PROBE_BAD, word_fault(c, &c->fault), NULL);
	else if (n)
		note(d, N_("search"), PROBE_ATTENTION,
		     TELL(d, n < HOUSE_BEHIND_MOST ? N_("{1} texts are indexed as by an earlier version") : N_("{1} texts and more are indexed as by an earlier version"), number(d, n)),
		     N_("A running server makes them anew by and by; psirt reindex does it at once."));
	else
		note(d, N_("search"), PROBE_WELL, TELL(d, N_("all texts are indexed as by this version"), S("")), NULL);
}

static void look_database(struct doctor *d)
{
	struct node_options no = { .data = d->s.data, .db = d->s.db, .base_url = d->s.base_url, .lang = d->c->lang };
	struct node         n;
	str                 url = setup_url_shown(d->c, d->s.db);

	if (node_open(&n, &no)) {
		note(d, N_("database"), PROBE_WELL, TELL(d, N_("{1} answers; its schema is ours"), url), NULL);
		look_engine(d, &n.c);
		look_search(d, &n.c);
	} else {
		note(d, N_("database"), PROBE_BAD, str_dup(d->c->arena, word_fault(&n.c, &n.c.fault)), N_("See the sentence; psirt migrate, or another --db."));
	}
	node_close(&n);
}

/* ---- copies ---- */

static bool in_path(struct ctx *c, const char *program)
{
	const char *path = getenv("PATH");
	str         rest = str_of(path ? path : ""), dir;

	while (str_cut(&rest, ':', &dir))
		if (dir.n && access(cstr(c->arena, STR_CAT(c->arena, dir, S("/"), str_of(program))), X_OK) == 0)
			return true;
	return false;
}

static void look_copies(struct doctor *d)
{
	str     text, at;
	time_us when = TIME_NONE, age;

	if (!str_starts(d->s.db, S("sqlite:")) && !in_path(d->c, "pg_dump")) {
		note(d, N_("copies"), PROBE_ATTENTION, S("pg_dump"),
		     N_("psirt backup copies a PostgreSQL database with pg_dump, which is not in PATH here: install postgresql-client."));
		return;
	}
	if (!config_text_load(d->c, STR_CAT(d->c->arena, d->s.data, S("/backup.last")), &text) || !str_cut(&text, ' ', &at) ||
	    !time_parse(at, &when)) {
		note(d, N_("copies"), PROBE_ATTENTION, TELL(d, N_("no copy is known"), S("")), N_("Run psirt backup FILE, and let a timer repeat it."));
		return;
	}
	age = clock_now() - when;
	note(d, N_("copies"), age > 7 * DAY ? PROBE_BAD : age > 2 * DAY ? PROBE_ATTENTION : PROBE_WELL,
	     TELL(d, N_("the last is of {1}: {2}"), at, str_trim(text)), N_("Run psirt backup FILE, and let a timer repeat it."));
}

/* ---- the machine ---- */

static void look_clock(struct doctor *d)
{
	struct timex t   = { 0 };
	struct stat  st;
	str          db  = d->s.db, now = time_print(d->c->arena, d->c->now / SECOND * SECOND);
	int          got = adjtimex(&t);

	if (str_starts(db, S("sqlite:")) && stat(cstr(d->c->arena, str_slice(db, 7, db.n)), &st) == 0 &&
	    (time_us)st.st_mtim.tv_sec * SECOND > d->c->now + MINUTE)
		note(d, N_("clock"), PROBE_BAD, now, N_("The database was written in the future: the clock went back. Promises and the audit need a true clock."));
	else if (got < 0 || t.status & STA_UNSYNC)
		note(d, N_("clock"), PROBE_ATTENTION, TELL(d, N_("{1}, not kept by a time service"), now), N_("Start systemd-timesyncd or chrony."));
	else
		note(d, N_("clock"), PROBE_WELL, now, NULL);
}

static void look_zones(struct doctor *d)
{
	bool there = zone_load(d->c, S("Asia/Tokyo")) && zone_load(d->c, S("Europe/Berlin"));

	note(d, N_("time zones"), there ? PROBE_WELL : PROBE_BAD, S("/usr/share/zoneinfo"), N_("Install the package tzdata."));
}

static void look_server(struct doctor *d)
{
	struct ctx        *c  = d->c;
	struct client_to   to = { .socket = d->socket, .seconds = 5 };
	struct call        call = { .target = S("/readyz"), .headers = { .max = 1 } };
	struct client     *cl;
	struct answer      got;
	const struct json *doc;
	str                build;
	bool               ready = false;

	if (!d->socket.n || !client_open(c, &to, &cl) || !client_call(c, cl, &call, &got) || !json_parse(c, got.body, NULL, &doc)) {
		note(d, N_("server"), PROBE_ATTENTION, TELL(d, N_("none answers at {1}"), d->socket.n ? d->socket : S("off")),
		     N_("Start it with psirt serve or systemctl start psirt; --socket names another."));
		return;
	}
	build = json_get_str(doc, S("build"));
	ready = json_bool(json_get(doc, S("ready")), &ready) && ready;
	note(d, N_("server"), ready ? PROBE_WELL : PROBE_BAD, TELL(d, N_("answers at {1}"), d->socket), N_("See what is not ok at /readyz, and its log."));
	if (build.n)
		note(d, N_("program"), str_eq(build, str_of(program_build())) ? PROBE_WELL : PROBE_ATTENTION,
		     TELL(d, N_("the server runs build {1}, this is {2}"), build, str_of(program_build())),
		     N_("Start the server again: it is of before an upgrade."));
	client_close(cl);
}

/* What the server found outside. */
static bool outside_take(struct doctor *d, str body)
{
	struct ctx        *c = d->c;
	const struct json *doc;
	enum probe_verdict v;

	if (!json_parse(c, body, NULL, &doc) || !json_is(doc, JSON_ARRAY))
		return false;
	for (JSON_ITEMS(x, doc)) {
		str mend = json_get_str(x, S("mend"));
		for (v = PROBE_WELL; v < PROBE_BAD && !str_eq(json_get_str(x, S("verdict")), str_of(probe_words[v])); v++)
			;
		note(d, cstr(c->arena, json_get_str(x, S("check"))), v, json_get_str(x, S("found")), mend.n ? cstr(c->arena, mend) : NULL);
	}
	return true;
}

static void look_outside(struct doctor *d)
{
	struct ctx      *c    = d->c;
	struct client_to to   = { .socket = d->socket, .seconds = ONLINE_SECONDS };
	struct call      call = { .method = S("POST"), .target = S("/doctor"), .headers = { .max = 2 } };
	struct client   *cl   = NULL;
	struct answer    got;

	(void)list_push(c->arena, &call.headers, (struct field){ .name = S("Accept-Language"), .value = lang_code(c->lang), .fd = -1 });
	if (!d->socket.n || !client_open(c, &to, &cl) || !client_call(c, cl, &call, &got))
		note(d, N_("outside"), PROBE_ATTENTION, TELL(d, N_("not asked: only a running server asks outside"), S("")),
		     N_("Start it with psirt serve or systemctl start psirt; --socket names another."));
	else if (got.status == 404)
		note(d, N_("outside"), PROBE_BAD, TELL(d, N_("the server tells user {1} nothing"), number(d, geteuid())),
		     N_("Run psirt doctor as the user of the server or as root."));
	else if (got.status != 200 || !outside_take(d, got.body))
		note(d, N_("outside"), PROBE_BAD, TELL(d, N_("the server could not ask: {1}"), number(d, got.status)), N_("See the log of the server."));
	c->fault = (struct fault){ 0 };
	if (cl)
		client_close(cl);
}

static void look_config(struct doctor *d)
{
	struct stat st;
	str         url = config_text(d->s.config, "database.url");

	if (!d->s.file.n)
		note(d, N_("configuration"), PROBE_WELL, TELL(d, N_("no file; flags, environment and defaults"), S("")), NULL);
	else if (url.n && !str_eq(setup_url_shown(d->c, url), url) && stat(cstr(d->c->arena, d->s.file), &st) == 0 && st.st_mode & 07)
		note(d, N_("configuration"), PROBE_BAD, d->s.file, N_("It holds the password of the database and everybody may read it. Use database.url_file, or chmod o-rwx."));
	else
		note(d, N_("configuration"), PROBE_WELL, d->s.file, NULL);
}

/* ---- telling ---- */

static void findings_say(struct doctor *d)
{
	for (size_t i = 0; i < d->all.n; i++) {
		const struct finding *f    = &d->all.v[i];
		str                   name = word_tr(d->c->lang, f->name), mend;
		size_t                wide = table_width(name);
		say("%-5s %.*s%*s%.*s\n", probe_words[f->verdict], STR_ARG(name), wide < NAME_WIDTH ? (int)(NAME_WIDTH - wide) : 1, "",
		    STR_ARG(f->found));
		if (!f->mend)
			continue;
		mend = word_tr(d->c->lang, f->mend);
		say("      %*s→ %.*s\n", NAME_WIDTH, "", STR_ARG(mend));
	}
}

static void findings_print(struct doctor *d)
{
	struct buf      b;
	struct json_out j;

	buf_init(&b, d->c->arena, 1 << 16);
	json_out_init(&j, &b, JSON_PRETTY);
	json_open(&j, NULL, '[');
	for (size_t i = 0; i < d->all.n; i++) {
		const struct finding *f = &d->all.v[i];
		json_open(&j, NULL, '{');
		json_put_str(&j, "check", str_of(f->name));
		json_put_str(&j, "verdict", str_of(probe_words[f->verdict]));
		json_put_str(&j, "found", f->found);
		json_put_str(&j, "mend", f->mend ? word_tr(d->c->lang, f->mend) : STR_NONE);
		json_close(&j);
	}
	json_close(&j);
	buf_char(&b, '\n');
	say_bytes(buf_str(&b));
}

/* Root looks as the owner of the data: what root opens, root would own. */
static void owner_become(struct doctor *d)
{
	struct stat st;

	if (geteuid() != 0 || stat(cstr(d->c->arena, d->s.data), &st) != 0 || st.st_uid == 0)
		return;
	if (setgroups(0, NULL) != 0 || setegid(st.st_gid) != 0 || seteuid(st.st_uid) != 0)
		note(d, N_("data directory"), PROBE_ATTENTION, d->s.data, N_("Run psirt as the owner, or give it to the user of the server with chown."));
}

int doctor_run(struct options *o)
{
	struct doctor d     = { .c = o->c, .all = { .max = FINDINGS } };
	bool          json  = option_on(o, "json"), online = option_on(o, "online");
	enum probe_verdict  worst = PROBE_WELL;

	if (!setup_read(o, SETUP_ALL, &d.s) || !options_done(o)) {
		if (o->c->fault.code == E_USAGE)
			return say_fault(o->c);
		note(&d, N_("configuration"), PROBE_BAD, word_fault(o->c, &o->c->fault), N_("psirt config check FILE names every wrong line."));
	} else {
		d.socket = config_text(d.s.config, "http.socket").n ? d.s.socket : cli_socket(d.c, d.s.data);
		look_config(&d);
		owner_become(&d);
		look_address(&d);
		look_files(&d);
		if (is_file(d.c, d.s.data))
			look_database(&d);
		look_copies(&d);
		look_clock(&d);
		look_zones(&d);
		look_server(&d);
		if (online)
			look_outside(&d);
	}
	for (size_t i = 0; i < d.all.n; i++)
		worst = d.all.v[i].verdict > worst ? d.all.v[i].verdict : worst;
	if (json)
		findings_print(&d);
	else
		findings_say(&d);
	return worst == PROBE_BAD ? EXIT_BAD : worst == PROBE_ATTENTION ? EXIT_ATTENTION : 0;
}
