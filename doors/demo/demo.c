#include "doors/demo/demo.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/cli/say.h"
#include "doors/demo/cast.h"
#include "doors/mail/sink.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "platform/clock.h"
#include "platform/http/listener.h"
#include "platform/leaf.h"
#include "platform/mail/mail.h"
#include "record/house.h"

enum { REPORTS = 400 };
#define STORY (548 * DAY)   /* eighteen months */

static const char *const shown[] = { "administrator", "lead", "analyst", "engineer", "executive", "legal", "auditor" };

static str file_read(struct ctx *c, const char *path)
{
	char   *text = arena_must(c->arena, 1, 1 << 16);
	int     fd   = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n    = fd >= 0 ? read(fd, text, 1 << 16) : 0;

	if (fd >= 0)
		close(fd);
	return (str){ text, n > 0 ? (size_t)n : 0 };
}

/* A token for each role in DATA/token.ROLE, for psirt and curl. */
static bool tokens_write(struct ctx *c, struct stage *s, str data, time_us now)
{
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		struct outcome out  = { 0 };
		const char    *path = cstr(c->arena, STR_CAT(c->arena, data, S("/token."), str_of(shown[i])));
		TRY(ACT(s, story_player(s, shown[i]), now, "token.make", &out, { "name", S("demo") }, { "scope", S("write") },
		        { "days", S("365") }));
		TRY(leaf_put(c, str_of(path), STR_CAT(c->arena, out.secret, S("\n"))));
	}
	return true;
}

/* Names, passwords and the finder's code, kept beside the database for the next start. */
static bool logins_write(struct ctx *c, const struct stage *s, str data, str code)
{
	struct buf  b;
	const char *path = cstr(c->arena, STR_CAT(c->arena, data, S("/logins.txt")));

	buf_init(&b, c->arena, 1 << 16);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		const struct player *p = story_player(s, shown[i]);
		buf_fmt(&b, "  %-14s %-24.*s %.*s\n", shown[i], STR_ARG(p->mail), STR_ARG(p->password));
	}
	buf_fmt(&b, "  finder's receipt code  %.*s\n", STR_ARG(code));
	return leaf_put(c, str_of(path), buf_str(&b));
}

static bool make(struct stage *s, time_us now, str *code)
{
	time_us from = now - STORY;

	s->from = from;
	s->to   = now - 2 * HOUR;
	TRY(story_people(s, from));
	TRY(story_products(s, from + HOUR));
	TRY(story_reports(s, from + DAY, s->to, REPORTS, code));
	return story_makers(s, s->to + MINUTE);
}

/* "100k" or "100000" cases; at most ten million. */
static bool load_size(struct ctx *c, str text, int64_t *n)
{
	bool thousand = str_ends(text, S("k"));

	if (thousand)
		text = str_slice(text, 0, text.n - 1);
	if (!str_to_int(text, n) || *n < 0 || *n > 10000000)
		return fault(c, E_USAGE, NULL, N_("--load takes a number of cases such as 100k."));
	*n *= thousand ? 1000 : 1;
	return true;
}

/* Many more cases, past the story, to see the house under load. */
static bool crowd(struct node *n, int64_t cases)
{
	struct arena *kept = n->c.arena, scratch;
	int64_t       made = 0;
	bool          ok   = true;

	n->c.actor = &house_actor;
	n->c.now   = clock_now();
	for (int64_t i = 0; ok && i < cases; i += made) {
		arena_init(&scratch, ARENA_MAX);
		n->c.arena = &scratch;
		ok         = house_crowd(&n->c, i, cases - i, &made);
		n->c.arena = kept;
		arena_done(&scratch);
		if (ok && (i + made) % 10000 == 0)
			say_error("psirt demo: %lld cases loaded\n", (long long)(i + made));
	}
	return ok;
}

static str mail_folder(struct ctx *c, str data)
{
	return STR_CAT(c->arena, data, S("/mail"));
}

/* Of the letters of eighteen months only the last week's are files: the first page shall not wait for a thousand more. */
struct late_post { struct post post; time_us from; };

static bool leave_late(struct ctx *c, const struct post *p, struct mail *m)
{
	return m->made < ((const struct late_post *)p)->from || sink_leave(c, p, m);
}

/* The file of an SQLite database. */
static str file_of(struct ctx *c, str data, str db)
{
	return db.n ? str_slice(db, S("sqlite:").n, db.n) : STR_CAT(c->arena, data, S("/psirt.db"));
}

/* The story alone is played in memory, which takes half the time, and is a file when it is whole. */
static int play(struct options *o, str data, str db, str base, int64_t load)
{
	bool                memory = !load && (!db.n || str_starts(db, S("sqlite:")));
	struct node_options no = { .data = data, .db = memory ? S("sqlite::memory:") : db, .base_url = base, .founds = true, .migrate = true,
	                            .demo = true, .lang = o->c->lang };
	struct node         n;
	struct stage        s      = { .n = &n, .dice = 88172645463325252u };
	time_us             now    = clock_now();
	str                 code   = S("");
	int                 status = 0;
	struct late_post    out    = { .from = now - 7 * DAY };

	arena_init(&s.kept, ARENA_MAX);
	say_error("psirt demo: playing eighteen months …\n");
	if (!node_open(&n, &no))
		status = say_fault(&n.c);
	else if (!db_hasten(&n.c) || !sink_open(&n.c, mail_folder(&n.c, data), S(""), base, &out.post))
		status = say_fault(&n.c);
	else {
		out.post.leave = leave_late;
		n.front.post   = &out.post;
		status         = make(&s, now, &code) ? 0 : 1;
	}
	n.front.post = NULL;
	if (!status && !tokens_write(o->c, &s, data, now))
		status = say_fault(o->c);
	clock_set(TIME_NONE);
	if (!status && !crowd(&n, load))
		status = say_fault(&n.c);
	if (!status && memory && !db_backup(&n.c, file_of(&n.c, data, db)))
		status = say_fault(&n.c);
	if (!status && !logins_write(o->c, &s, data, code))
		status = say_fault(o->c);
	if (!status)
		say_error("psirt demo: %lld operations in %lld s\n", (long long)s.acts,
		          (long long)((clock_now() - now) / SECOND));
	node_close(&n);
	arena_done(&s.kept);
	return status;
}

static void show_logins(struct ctx *c, str data, str base, str lang)
{
	str text = file_read(c, cstr(c->arena, STR_CAT(c->arena, data, S("/logins.txt"))));

	if (lang.n)
		say("\nOpen first: %.*s/login?lang=%.*s\n", STR_ARG(base), STR_ARG(lang));
	say("\nSign in: %.*s/login\n%.*sPublic: %.*s/report, the finder's page %.*s/report/status\n"
	    "For psirt and curl: a token for each role in %.*s/token.ROLE, the socket %.*s/psirt.sock\n"
	    "No mail leaves this machine: letters go into %.*s and stand on the outbox page.\n\nCtrl-C stops.\n\n",
	    STR_ARG(base), STR_ARG(text), STR_ARG(base), STR_ARG(base), STR_ARG(data), STR_ARG(data), STR_ARG(mail_folder(c, data)));
}

/* The directory and those above it. */
static void folders_make(struct ctx *c, str data)
{
	for (size_t i = 1; i <= data.n; i++)
		if (i == data.n || data.p[i] == '/')
			(void)mkdir(cstr(c->arena, str_slice(data, 0, i)), 0700);   /* those that are there stay; what cannot be made is told when it is opened */
}

/* Before anything is played: what the server would refuse later. */
static bool demo_check(struct ctx *c, int argc, char **argv, str port, str lang)
{
	struct options once;
	struct setup   s;
	int64_t        n = 0;
	int            fd;

	if (lang.n && !str_eq(lang, S("en")) && !str_eq(lang, S("ja")))
		return fault(c, E_USAGE, NULL, N_("--lang takes en or ja."));
	options_init(c, &once, argc, argv);
	TRY(setup_read(&once, SETUP_ALL, &s));
	if (!str_to_int(port, &n) || n == 0)
		return true;
	TRY(listener_tcp(c, S("127.0.0.1"), (int)n, &fd));
	close(fd);
	return true;
}

/* psirt demo [--data DIR] [--db URL] [--port N] [--load N] [--make]: --make plays the story and ends. */
int demo_run(struct options *o)
{
	struct ctx *c    = o->c;
	str         port = option_str(o, "port", NULL, S("8080"));
	str         data = option_str(o, "data", NULL, S("demo-data"));
	str         base = option_str(o, "base-url", NULL, STR_CAT(c->arena, S("http://127.0.0.1:"), port));
	bool        only = option_on(o, "make");
	str         lang = option_str(o, "lang", NULL, STR_NONE);
	int64_t     load = 0;
	str         size = option_str(o, "load", NULL, S("0"));
	str         db   = option_str(o, "db", NULL, STR_NONE);
	struct stat st;
	char       *argv[12];
	struct options serve;

	if (!options_done(o) || !load_size(c, size, &load))
		return say_fault(c);
	argv[0] = cstr(c->arena, STR_CAT(c->arena, S("--data="), data));
	argv[1] = cstr(c->arena, STR_CAT(c->arena, S("--port="), port));
	argv[2] = cstr(c->arena, STR_CAT(c->arena, S("--base-url="), base));
	argv[3] = cstr(c->arena, STR_CAT(c->arena, S("--socket="), data, S("/psirt.sock")));
	argv[4] = cstr(c->arena, STR_CAT(c->arena, S("--db="), db.n ? db : STR_CAT(c->arena, S("sqlite:"), data, S("/psirt.db"))));
	argv[5] = "--config=";   /* whatever the environment says of another house */
	argv[6] = "--log-requests=no";   /* the logins stay in sight */
	argv[7] = cstr(c->arena, STR_CAT(c->arena, S("--mail-folder="), mail_folder(c, data)));
	argv[8] = "--demo";
	if (!only && !demo_check(c, 8, argv, port, lang))
		return say_fault(c);
	if (stat(cstr(c->arena, STR_CAT(c->arena, data, S("/logins.txt"))), &st) != 0) {
		int status;
		folders_make(c, data);
		status = play(o, data, db, base, load);
		if (status)
			return status;
	}
	if (only)
		return 0;
	show_logins(c, data, base, lang);
	options_init(c, &serve, 9, argv);
	return serve_run(&serve);
}
