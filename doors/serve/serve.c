#include "doors/serve/serve.h"

#include <signal.h>
#include <unistd.h>

#include "doors/cage/cell.h"
#include "doors/cli/say.h"
#include "doors/serve/build.h"
#include "doors/fetch/fetch.h"
#include "doors/keys/deed.h"
#include "doors/keys/keys.h"
#include "doors/mail/sink.h"
#include "doors/serve/confine.h"
#include "doors/serve/errand.h"
#include "doors/serve/setup.h"
#include "doors/serve/station.h"
#include "doors/serve/supervisor.h"
#include "platform/log.h"

enum { PART_CAGE, PART_KEYS, PART_FETCH, PARTS };

/* Until SIGINT or SIGTERM. */
static void wait_for_end(void)
{
	sigset_t set;
	int      which;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &which);
}

static void block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void log_setup(const struct config *k)
{
	str            form = config_text(k, "log.form");
	enum log_level level = LEVEL_INFO;

	if (!log_level_parse(config_text(k, "log.level"), &level))
		level = LEVEL_INFO;
	log_aim(level, STDERR_FILENO,
	        str_eq(form, S("json")) ? LOG_JSON : str_eq(form, S("text")) ? LOG_HUMAN : LOG_AUTO);
}

static bool listen_on(struct ctx *c, struct station *st, struct http **http)
{
	const struct setup  *s       = st->setup;
	const struct config *k       = s->config;
	str                  address = config_text(k, "http.address");
	struct http_config   cfg     = {
		.address     = str_eq(address, S("off")) ? STR_NONE : address,
		.port        = (int)config_int(k, "http.port"),
		.socket      = s->socket,
		.spool       = config_text(k, "http.spool"),
		.trusted     = config_text(k, "http.trusted"),
		.threads     = (int)config_int(k, "http.threads"),
		.connections = (int)config_int(k, "http.connections"),
		.per_address = (int)config_int(k, "http.per_address"),
		.on_fault    = station_fault,
		.on_done     = station_done,
		.body_max    = station_body_max,
	};

	return http_open(c, &cfg, station_answer, st, http);
}

/* From now on requests are answered: the supervisor is told. */
static void ready_say(int fd)
{
	if (write(fd, "r", 1) != 1)
		log_event(LEVEL_WARNING, "supervisor.gone");
	close(fd);
}

static int serve_until_end(struct node *n, const struct setup *s, int ready)
{
	struct station st;
	struct http   *http;
	struct errand *errand;

	if (!station_init(&st, n, s) || !listen_on(&n->c, &st, &http))
		return say_fault(&n->c);
	st.http = http;
	log_event(LEVEL_INFO, "server.started", LOG_TEXT("base_url", s->base_url), LOG_INT("port", http_port(http)),
	          LOG_TEXT("socket", s->socket));
	ready_say(ready);
	st.ticker = ticker_start(n);
	errand    = errand_start(n);
	wait_for_end();
	errand_stop(errand);
	ticker_stop(st.ticker);
	http_close(http);
	log_event(LEVEL_INFO, "server.ended");
	return 0;
}

struct serving { struct options *o; struct node_options no; struct setup s; struct keys_home home; struct fetch_config out; };

/* What opens kept secrets is for fetch alone, what opens gifts for keys: the others forget it before they do anything. */
static void lent_forget(struct serving *v)
{
	explicit_bzero(v->out.pair.shut, sizeof(v->out.pair.shut));
}

static void given_forget(struct serving *v)
{
	explicit_bzero(v->home.mine.shut, sizeof(v->home.mine.shut));
}

static int cage_run(int channel, void *arg)
{
	lent_forget(arg);
	given_forget(arg);
	return cell_run(channel, NULL);
}

static int vault_run(int channel, void *arg)
{
	struct serving *v = arg;

	lent_forget(v);
	return keys_run(channel, &v->home);
}

static int outside_run(int channel, void *arg)
{
	struct serving *v = arg;

	given_forget(v);
	return fetch_run(channel, &v->out);
}

/* The folder for letters, which is made before the process confines itself. */
static bool post_open(struct node *n, const struct setup *s)
{
	str          folder = config_text(s->config, "mail.folder");
	struct post *post   = NEW(&n->arena, struct post);

	if (!folder.n)
		return true;
	n->front.post = post;
	return sink_open(&n->c, folder, config_text(s->config, "mail.from"), s->base_url, post);
}

/* So is what the operator did with keys. */
static bool deeds_open(struct node *n, const struct setup *s)
{
	n->deeds = deed_open(&n->c, s->data);
	return true;
}

/* The process main. */
static int main_run(void *arg, const int *channels)
{
	struct serving *v = arg;
	struct wires    w = { .cage = channels[PART_CAGE], .keys = channels[PART_KEYS], .fetch = channels[PART_FETCH] };
	struct node     n;
	int             status;

	lent_forget(v);
	given_forget(v);
	block_signals();
	if (node_open(&n, &v->no) && deeds_open(&n, &v->s) && post_open(&n, &v->s) && confine_main(&n.c, &v->s)) {
		n.front.wires      = &w;
		n.front.sign       = keys_sign;
		n.front.prove      = keys_prove;
		n.front.public_key = keys_public;
		n.front.fetch      = fetch_for;
		n.front.send       = fetch_send;
		n.front.tool       = cell_for;
		status             = serve_until_end(&n, &v->s, channels[PARTS]);
	} else {
		status = say_fault(&n.c);
	}
	node_close(&n);
	return status;
}

int serve_run(struct options *o)
{
	int                   status;
	struct serving        v       = { .o = o, .no = { .alone = true, .lang = o->c->lang, .demo = option_on(o, "demo"),
		.migrate = option_on(o, "migrate") } };
	struct part_of_server parts[PARTS] = { [PART_CAGE] = { "cage", cage_run, &v }, [PART_KEYS] = { "keys", vault_run, &v },
		[PART_FETCH] = { "fetch", outside_run, &v } };

	if (!setup_read(o, SETUP_ALL, &v.s) || !options_done(o))
		return say_fault(o->c);
	log_setup(v.s.config);
	(void)program_build();   /* while the file is the one that runs */
	v.no.data     = v.s.data;
	v.out = (struct fetch_config){ .allow = config_text(v.s.config, "fetch.allow"), .plain = config_bool(v.s.config, "fetch.http"),
		.ports = config_text(v.s.config, "fetch.ports") };
	if (!keys_home_make(o->c, v.s.data, &v.home))
		v.home.near = STR_NONE;   /* the process keys says so */
	if (!kept_pair_make(&v.out.pair) || !kept_pair_make(&v.home.mine))
		abort();
	memcpy(v.home.lend_to, v.out.pair.open, sizeof(v.home.lend_to));
	memcpy(v.out.give_to, v.home.mine.open, sizeof(v.out.give_to));
	v.no.db       = v.s.db;
	v.no.base_url = v.s.base_url;
	status = supervisor_run(o->c, parts, PARTS, main_run, &v);
	lent_forget(&v);
	given_forget(&v);
	keys_home_end(o->c, &v.home);
	return status;
}
