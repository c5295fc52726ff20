#include "doors/serve/station.h"

#include "doors/serve/build.h"
#include "doors/web/web.h"
#include "platform/clock.h"
#include "platform/log.h"

enum { TOKEN_LEAST = 16, ROUTES = 2000 };

/* What can be counted: every operation and view, and what the doors answer themselves. */
static struct meter *routes_meter(struct node *n)
{
	static const char *const own[] = { "/healthz", "/readyz", "/metrics", "/doctor", "/", "asset" };
	const char             **names = NEWS(&n->arena, const char *, ROUTES);
	size_t                   k     = 0;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		names[k++] = own[i];
	for (size_t i = 0; i < n->front.services_n; i++) {
		for (const struct view *v = n->front.services[i]->views; v && v->name && k < ROUTES; v++)
			names[k++] = v->name;
		for (const struct op *o = n->front.services[i]->ops; o && o->name && k < ROUTES; o++)
			names[k++] = o->name;
	}
	return meter_new(&n->arena, names, k);
}

bool station_init(struct station *s, struct node *n, const struct setup *setup)
{
	str path = config_text(setup->config, "metrics.token_file");

	*s = (struct station){ .node = n, .setup = setup, .token = S(""), .build = program_build(), .began = clock_now(),
	                       .tells = config_bool(setup->config, "log.requests") };
	pthread_mutex_init(&s->lock, NULL);
	s->meter = routes_meter(n);
	if (!path.n)
		return true;
	TRY(config_text_load(&n->c, path, &s->token));
	s->token = str_trim(s->token);
	return s->token.n >= TOKEN_LEAST ||
	       fault(&n->c, E_INVALID, "metrics.token_file", N_("The token in {1} is shorter than 16 characters."), path);
}

/* One request, for what runs with a net below. */
struct visit {
	struct station       *s;
	const struct request *r;
	struct response      *out;
	int64_t               micros;
	bool (*answer)(struct ctx *c, struct station *s, const struct request *r, struct response *out);
};

static bool answer_work(struct ctx *c, void *arg)
{
	struct visit *v = arg;

	return v->answer(c, v->s, v->r, v->out);
}

static bool tell_work(struct ctx *c, void *arg)
{
	struct visit *v = arg;

	traffic_tell(c, v->s, v->r, v->out, v->micros);
	return true;
}

bool station_answer(struct ctx *c, const struct request *r, struct response *out, void *arg)
{
	struct station *s  = arg;
	struct visit    v  = { .s = s, .r = r, .out = out };
	bool            ok;

	if (str_eq(r->method, S("GET")) && str_eq(r->path, S("/readyz")))
		v.answer = health_answer;
	else if (str_eq(r->method, S("GET")) && str_eq(r->path, S("/metrics")))
		v.answer = metrics_answer;
	else if (str_eq(r->method, S("POST")) && str_eq(r->path, S("/doctor")))
		v.answer = online_answer;
	else
		return web_answer(c, r, out, &s->node->front);
	ok = ctx_net(c, answer_work, &v);
	db_rollback(c);
	return ok;
}

void station_fault(struct ctx *c, const struct request *r, struct response *out, void *arg)
{
	struct station *s = arg;

	web_fault(c, r, out, &s->node->front);
}

void station_done(struct ctx *c, const struct request *r, const struct response *out, int64_t micros, void *arg)
{
	struct response copy = *out;
	struct visit    v    = { .s = arg, .r = r, .out = &copy, .micros = micros };

	if (!ctx_net(c, tell_work, &v))
		log_event(LEVEL_ERROR, "request", LOG_TEXT("id", r->id), LOG_INT("status", out->status),
		          LOG_TEXT("fault", str_of(fault_name(c->fault.code))));
}

size_t station_body_max(void *arg, str method, str path)
{
	struct station *s = arg;

	return web_body_max(&s->node->front, method, path);
}
