#include "doors/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/cli/batch.h"
#include "doors/cli/help.h"
#include "doors/cli/purse.h"
#include "doors/cli/say.h"
#include "doors/cli/table.h"
#include "doors/cli/tooling.h"
#include "doors/fetch/terminal.h"
#include "doors/lector/proofreader.h"
#include "doors/serve/services.h"
#include "platform/http/client.h"
#include "platform/json/json_out.h"
#include "platform/op/op.h"
#include "platform/text/word.h"

enum { BATCH_ROOM = 256 << 20 };   /* memory for one of several files */

struct named_value { str name, value; };

struct call_plan {
	str  method, path;           /* path with :variables */
	str  spoken;                 /* "report submit" */
	const struct arg *args;
	bool files, beside;
	LIST(struct named_value) values;
	struct batch_files sent;     /* files, each sent by itself */
	bool json, csv;
};

struct front cli_services(void)
{
	struct front f = { .services = services };

	while (services[f.services_n])
		f.services_n++;
	return f;
}

static const struct arg *arg_named(const struct arg *args, str name)
{
	for (const struct arg *d = args; d && d->name; d++)
		if (str_eq(str_of(d->name), name))
			return d;
	return NULL;
}

/* The one file that the operation must have, or NULL. */
static const struct arg *file_wanted(const struct arg *args)
{
	for (const struct arg *d = args; d && d->name; d++)
		if (d->kind == ARG_FILE && d->must)
			return d;
	return NULL;
}

/* Words without "--" fill the path's variables in order; then they are files. */
static bool take_word(struct ctx *c, struct call_plan *p, str word)
{
	str    rest = p->path, part;
	size_t have = 0;

	for (size_t i = 0; i < p->values.n; i++)
		have += str_find(p->path, STR_CAT(c->arena, S(":"), p->values.v[i].name), 0) != SIZE_MAX;
	while (str_cut(&rest, '/', &part)) {
		if (part.n == 0 || part.p[0] != ':' || have-- > 0)
			continue;
		(void)list_push(c->arena, &p->values, (struct named_value){ str_slice(part, 1, part.n), word });
		return true;
	}
	if (file_wanted(p->args))
		return batch_add(c, word, &p->sent);
	return fault(c, E_USAGE, NULL, N_("{1} is not understood here."), word);
}

static bool take_option(struct ctx *c, struct call_plan *p, int argc, char **argv, int *i)
{
	str word = str_of(argv[*i]), name = str_slice(word, 2, word.n), value = STR_NONE;
	size_t eq = str_find(name, S("="), 0);
	const struct arg *d;

	if (str_eq(word, S("--json")) || str_eq(word, S("--csv"))) {
		p->json |= word.n == 6;
		p->csv |= word.n == 5;
		return true;
	}
	if (eq != SIZE_MAX) {
		value = str_slice(name, eq + 1, name.n);
		name  = str_slice(name, 0, eq);
	}
	name = str_dup(c->arena, name);
	for (size_t k = 0; k < name.n; k++)
		if (name.p[k] == '-')
			((char *)(uintptr_t)name.p)[k] = '_';
	d = arg_named(p->args, name);
	if (!d)
		return fault(c, E_USAGE, NULL, N_("{1} is not understood here."), word);
	if (str_is_none(value) && d->kind == ARG_BOOL && (*i + 1 == argc || !strncmp(argv[*i + 1], "--", 2)))
		value = S("1");
	if (str_is_none(value) && *i + 1 < argc)
		value = str_of(argv[++*i]);
	if (str_is_none(value))
		return fault(c, E_USAGE, NULL, N_("{1} needs a value."), word);
	return list_push(c->arena, &p->values, (struct named_value){ name, value }) ||
	       fault(c, E_LIMIT, NULL, NULL);
}

static bool take_all(struct ctx *c, struct call_plan *p, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], "--", 2))
			TRY(take_option(c, p, argc, argv, &i));
		else
			TRY(take_word(c, p, str_of(argv[i])));
	return true;
}

static void percent(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char x = (unsigned char)s.p[i];
		if ((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' ||
		    x == '_' || x == '.')
			buf_char(b, (char)x);
		else
			buf_fmt(b, "%%%02X", x);
	}
}

static str value_of(const struct call_plan *p, str name)
{
	for (size_t i = 0; i < p->values.n; i++)
		if (str_eq(p->values.v[i].name, name))
			return p->values.v[i].value;
	return STR_NONE;
}

static bool in_path(struct ctx *c, const struct call_plan *p, str name)
{
	str rest = p->path, part, want = STR_CAT(c->arena, S(":"), name);

	while (str_cut(&rest, '/', &part))
		if (str_eq(part, want))
			return true;
	return false;
}

static bool target_print(struct ctx *c, const struct call_plan *p, bool query, str *out)
{
	str        rest = p->path, part;
	struct buf b;
	char       mark = '?';

	buf_init(&b, c->arena, 1 << 16);
	buf_add(&b, S("/api/v1"));
	(void)str_cut(&rest, '/', &part);
	while (str_cut(&rest, '/', &part)) {
		buf_char(&b, '/');
		if (part.n && part.p[0] == ':') {
			str v = value_of(p, str_slice(part, 1, part.n));
			if (!v.n)
				return fault(c, E_USAGE, NULL, N_("{1} needs a value."), str_slice(part, 1, part.n));
			percent(&b, v);
		} else {
			buf_add(&b, part);
		}
	}
	for (size_t i = 0; query && i < p->values.n; i++) {
		if (in_path(c, p, p->values.v[i].name))
			continue;
		buf_char(&b, mark);
		percent(&b, p->values.v[i].name);
		buf_char(&b, '=');
		percent(&b, p->values.v[i].value);
		mark = '&';
	}
	if (p->csv) {
		buf_char(&b, mark);
		buf_add(&b, S("format=csv"));
	}
	*out = buf_str(&b);
	return true;
}

/* A value "@FILE" stands for the file's text, "-" for standard input. */
static bool value_text(struct ctx *c, str v, str *out)
{
	struct buf b;
	char       room[65536];
	ssize_t    got;
	int        fd;

	*out = v;
	if (v.n == 0 || (v.p[0] != '@' && !str_eq(v, S("-"))))
		return true;
	fd = v.p[0] == '@' ? open(cstr(c->arena, str_slice(v, 1, v.n)), O_RDONLY | O_CLOEXEC) : 0;
	if (fd < 0)
		return fault(c, E_IO, NULL, N_("The file {1} could not be read."), v);
	buf_init(&b, c->arena, 32 << 20);
	while ((got = read(fd, room, sizeof(room))) > 0)
		buf_add(&b, (str){ room, (size_t)got });
	if (fd)
		close(fd);
	*out = buf_str(&b);
	return true;
}

/* A path may hold anything: what is no text becomes "?". */
static str path_plain(struct ctx *c, str path)
{
	bool       text = utf8_check(path, NULL);
	struct buf b;

	buf_init(&b, c->arena, 8192);
	for (size_t i = 0; i < path.n; i++) {
		unsigned char x = (unsigned char)path.p[i];
		buf_char(&b, x < 0x20 || x == 0x7f || (x >= 0x80 && !text) ? '?' : (char)x);
	}
	return buf_str(&b);
}

static bool add_file(struct ctx *c, struct upload *u, str name, str path)
{
	struct stat st;
	size_t      slash = 0, at;
	str         last;
	int         fd = open(cstr(c->arena, path), O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0)
		return fault(c, E_IO, NULL, N_("The file {1} could not be read."), path);
	while ((at = str_find(path, S("/"), slash)) != SIZE_MAX)
		slash = at + 1;
	last = path_plain(c, str_slice(path, slash, path.n));
	return upload_file(c, u, name, last, S("application/octet-stream"),
	                   (struct piece){ STR_NONE, fd, st.st_size });
}

static bool body_fill(struct ctx *c, const struct call_plan *p, struct upload *u)
{
	upload_init(c, u);
	for (size_t i = 0; i < p->values.n; i++) {
		const struct arg *d = arg_named(p->args, p->values.v[i].name);
		str               text;
		size_t            bad;
		if (in_path(c, p, p->values.v[i].name))
			continue;
		if (d->kind == ARG_FILE) {
			TRY(add_file(c, u, p->values.v[i].name, p->values.v[i].value));
			continue;
		}
		TRY(value_text(c, p->values.v[i].value, &text));
		if (!utf8_check(text, &bad))
			return fault(c, E_INVALID, NULL, N_("--{1} is not valid UTF-8 (byte {2})."), p->values.v[i].name,
			             str_fmt(c->arena, "%zu", bad + 1));
		TRY(upload_text(c, u, p->values.v[i].name, text));
	}
	return upload_end(c, u);
}

static str env(const char *name, const char *otherwise)
{
	const char *v = getenv(name);

	return str_of(v && *v ? v : otherwise);
}

str cli_socket(struct ctx *c, str data)
{
	str path = STR_CAT(c->arena, data, S("/psirt.sock"));

	return data.n && access(cstr(c->arena, path), F_OK) == 0 ? path : S("/run/psirt/psirt.sock");
}

static bool where_to(struct ctx *c, struct client_to *to)
{
	str address = env("PSIRT_ADDRESS", "");
	int64_t port;
	size_t  colon;

	*to = (struct client_to){ .socket = env("PSIRT_SOCKET", "") };
	if (!to->socket.n)
		to->socket = cli_socket(c, env("PSIRT_DATA", ""));
	if (!address.n)
		return true;
	colon = str_find(address, S(":"), 0);
	if (colon == SIZE_MAX || !str_to_int(str_slice(address, colon + 1, address.n), &port))
		return fault(c, E_USAGE, NULL, N_("PSIRT_ADDRESS is an address and port such as 127.0.0.1:8080."));
	*to = (struct client_to){ .address = str_slice(address, 0, colon), .port = (int)port };
	return true;
}

bool cli_unreached(struct ctx *c, const struct client_to *to)
{
	if (c->fault.code != E_UNAVAILABLE)
		return false;
	if (to->socket.n && access(cstr(c->arena, to->socket), W_OK) != 0 && errno == EACCES)
		return fault(c, E_FORBIDDEN, NULL,
		             N_("You may not use the socket {1}: an administrator of this machine adds you to its group. Or set PSIRT_ADDRESS to the server's address, such as 127.0.0.1:8080."),
		             to->socket);
	return fault(c, E_UNAVAILABLE, NULL,
	             N_("No psirt server answers at {1}. Start one with psirt serve, or set PSIRT_SOCKET or PSIRT_ADDRESS."),
	             to->socket.n ? to->socket : to->address);
}

bool cli_where(struct ctx *c, struct client_to *to, str *server)
{
	char whole[PATH_MAX];

	TRY(where_to(c, to));
	*server = STR_CAT(c->arena, to->address, str_fmt(c->arena, ":%d", to->port));
	if (to->socket.n)
		*server = realpath(cstr(c->arena, to->socket), whole) ? str_dup(c->arena, str_of(whole)) : to->socket;
	for (size_t i = 0; i < server->n; i++)   /* a line of the file, cut at the blank */
		if (server->p[i] == ' ' || server->p[i] == '\n')
			return fault(c, E_USAGE, NULL, N_("The path of the socket has a blank or a line end."));
	return true;
}

bool cli_token_set(void)
{
	return env("PSIRT_TOKEN", "").n > 0;
}

/* PSIRT_TOKEN, else what psirt login got from this server. */
static bool token_choose(struct ctx *c, str *token)
{
	struct client_to to;
	str              server;

	*token = env("PSIRT_TOKEN", "");
	return token->n || (cli_where(c, &to, &server) && purse_find(c, server, token));
}

static bool send_plan(struct ctx *c, const struct call_plan *p, struct answer *got)
{
	struct client_to to;
	struct client   *cl;
	struct upload    u;
	struct call      call  = { .method = p->method, .max = 256 << 20, .headers = { .max = 8 } };
	bool             get   = str_eq(p->method, S("GET")), called;
	str              token;

	TRY(where_to(c, &to));
	TRY(token_choose(c, &token));
	TRY(target_print(c, p, get, &call.target));
	if (token.n)
		(void)list_push(c->arena, &call.headers, (struct field){ .name = S("Authorization"),
			.value = STR_CAT(c->arena, S("Bearer "), token), .fd = -1 });
	(void)list_push(c->arena, &call.headers, (struct field){ .name = S("Accept-Language"),
		.value = lang_code(c->lang), .fd = -1 });
	if (!get) {
		TRY(body_fill(c, p, &u));
		call.type   = u.type;
		call.body   = u.body.v;
		call.pieces = u.body.n;
	}
	TRY(client_open(c, &to, &cl));
	called = client_call(c, cl, &call, got);
	client_close(cl);
	for (size_t i = 0; i < call.pieces; i++)
		if (call.body[i].fd >= 0)
			close(call.body[i].fd);
	return called || cli_unreached(c, &to);
}

static int exit_of(int status)
{
	for (int code = E_NONE + 1; code < FAULT_COUNT; code++)
		if (fault_http((enum fault_code)code) == status)
			return fault_exit((enum fault_code)code);
	return 1;
}

/* A problem names its fault; two faults may share a status. */
static int exit_of_problem(const struct json *doc, int status)
{
	str type = json_get_str(doc, S("type"));

	for (int code = E_NONE + 1; code < FAULT_COUNT; code++)
		if (str_starts(type, S("urn:psirt:fault:")) && str_eq(str_slice(type, 16, type.n), str_of(fault_name((enum fault_code)code))))
			return fault_exit((enum fault_code)code);
	return exit_of(status);
}

/* The problem's sentence, or the problem itself with --json. */
static int show_problem(struct ctx *c, const struct call_plan *p, const struct answer *got)
{
	const struct json *doc = NULL;
	str                detail, field;

	if (!json_parse(c, got->body, NULL, &doc) || p->json) {
		say_error("%.*s\n", STR_ARG(got->body));
		return exit_of_problem(doc, got->status);
	}
	detail = json_get_str(doc, S("detail"));
	field  = json_get_str(json_at(json_get(doc, S("errors")), 0), S("field"));
	if (field.n)
		say_error("psirt: %.*s: %.*s\n", STR_ARG(field), STR_ARG(detail));
	else
		say_error("psirt: %.*s\n", STR_ARG(detail.n ? detail : json_get_str(doc, S("title"))));
	return exit_of_problem(doc, got->status);
}

static int show_answer(struct ctx *c, const struct call_plan *p, const struct answer *got)
{
	struct buf b;

	if (p->json || p->csv || answer_header(got, S("Content-Disposition")).n ||
	    !str_starts(answer_header(got, S("Content-Type")), S("application/json"))) {
		say_bytes(got->body);
		return 0;
	}
	buf_init(&b, c->arena, 256 << 20);
	if (!table_print(c, &b, got->body))
		return say_fault(c);
	say_bytes(buf_str(&b));
	return 0;
}

/* It was carried out, but not all that was sent was accepted: nothing is lost, and yet it is no success. */
static int part_refused(const struct answer *got)
{
	return answer_header(got, S("Psirt-Refused")).n ? fault_exit(E_INVALID) : 0;
}

static int call_one(struct ctx *c, const struct call_plan *p)
{
	struct answer got;
	str           token;
	int           status;

	if (!send_plan(c, p, &got))
		return say_fault(c);
	if (got.status < 400) {
		status = show_answer(c, p, &got);
		if (status == 0 && part_refused(&got)) {
			status = part_refused(&got);
			SAY_ERROR(c, N_("What was sent is kept, but not all of it was accepted."));
		}
		return status;
	}
	status = show_problem(c, p, &got);
	if ((got.status == 401 || got.status == 403) && token_choose(c, &token) && !token.n)
		SAY_ERROR(c, N_("You are not signed in: psirt login, or a token from the page of your settings in PSIRT_TOKEN."));
	return status;
}

/* The file, and what lies beside it. */
static bool push_file(struct ctx *c, struct call_plan *p, str path)
{
	struct batch_files all  = { .max = 8 };
	str                name = str_of(file_wanted(p->args)->name);

	TRY(list_push(c->arena, &all, path) && (!p->beside || batch_beside(c, path, &all)));
	for (size_t i = 0; i < all.n; i++)
		if (!list_push(c->arena, &p->values, (struct named_value){ name, all.v[i] }))
			return fault(c, E_LIMIT, NULL, NULL);
	return true;
}

/* What became of one of several files, on a line. */
static void line_say(struct ctx *c, str path, str text, bool wrong)
{
	str plain = path_plain(c, path);

	if (wrong)
		say_error("psirt: %.*s: %.*s\n", STR_ARG(plain), STR_ARG(text));
	else
		say("%.*s: %.*s\n", STR_ARG(plain), STR_ARG(text));
}

/* One file in memory of its own; *stop when the others would fare no better. */
static int batch_one(const struct ctx *from, const struct call_plan *plan, str path, bool *stop)
{
	struct call_plan   p = *plan;
	const struct json *doc;
	struct answer      got = { 0 };
	struct arena       room;
	struct ctx         c = *from;
	int                status = 0;

	arena_init(&room, BATCH_ROOM);
	c.arena    = &room;
	c.fault    = (struct fault){ 0 };
	p.values.v = NULL;
	p.values.n = p.values.cap = 0;
	for (size_t i = 0; i < plan->values.n; i++)
		(void)list_push(&room, &p.values, plan->values.v[i]);
	if (!push_file(&c, &p, path) || !send_plan(&c, &p, &got)) {
		status = fault_exit(c.fault.code);
		*stop  = c.fault.code == E_UNAVAILABLE || c.fault.code == E_USAGE;
		line_say(&c, path, word_fault(&c, &c.fault), true);
	} else if (!json_parse(&c, got.body, NULL, &doc)) {
		status = exit_of(got.status);
		line_say(&c, path, got.body, got.status >= 400);
	} else if (got.status >= 400) {
		status = exit_of_problem(doc, got.status);
		*stop  = got.status == 401 || got.status == 403 || got.status == 507;
		line_say(&c, path, json_get_str(doc, S("detail")), true);
	} else {
		status = part_refused(&got);
		if (p.json)
			say_bytes(got.body);
		else
			line_say(&c, path, json_get_str(doc, S("said")), status != 0);
	}
	arena_done(&room);
	return status;
}

/* File by file; the status is the first that is not 0. */
static int run_batch(struct ctx *c, const struct call_plan *p)
{
	size_t n = p->sent.n, good = 0, done = 0;
	int    status = 0;
	bool   stop = false;

	for (; done < n && !stop; done++) {
		int one = batch_one(c, p, p->sent.v[done], &stop);
		good += one == 0;
		if (status == 0)
			status = one;
		batch_progress(done + 1, n);
	}
	SAY_ERROR(c, N_("{1} of {2} files were taken."), str_fmt(c->arena, "%zu", good), str_fmt(c->arena, "%zu", n));
	if (good < n)
		SAY_ERROR(c, N_("What was taken stays; the same command goes on with the rest."));
	return status;
}

static int run_plan(struct ctx *c, struct call_plan *p, int argc, char **argv)
{
	bool ok;
	int  status;

	p->values.max = 1000;
	p->sent.max   = BATCH_FILES;
	ok = take_all(c, p, argc, argv);
	if (p->beside)
		batch_settle(&p->sent);
	if (ok && p->sent.n > 1)
		return run_batch(c, p);
	ok     = ok && (p->sent.n == 0 || push_file(c, p, p->sent.v[0]));
	status = ok ? call_one(c, p) : say_fault(c);
	if (c->fault.code == E_USAGE)
		SAY_ERROR(c, N_("psirt help {1} tells what it takes."), p->spoken);
	return status;
}

int cli_run(struct ctx *c, int argc, char **argv)
{
	struct front      *f = NEW(c->arena, struct front);
	struct call_plan   p = { 0 };
	const struct op   *o;
	const struct view *v;
	const struct tool *t;
	str                name;
	int                words;

	*f       = cli_services();
	f->reach = &reach_terminal;
	f->lector = &lector_terminal;
	c->front = f;   /* for the tools: what is registered, no database */
	if ((t = tooling_find(c, f, argc, argv, &words)))
		return tooling_run(c, t, argc - words, argv + words);
	words = argc > 1 ? 2 : 1;
	name  = words > 1 ? STR_CAT(c->arena, str_of(argv[0]), S("."), str_of(argv[1])) : str_of(argv[0]);
	o     = op_find(f, name);
	v     = view_find(f, name);
	if (!o && !v && (v = view_find(f, str_of(argv[0]))))
		words = 1;   /* psirt framework --json */
	if (!o && !v)
		return help_noun(c, f, argc, argv);
	p.args   = o ? o->args : v->args;
	p.beside = o && (o->flags & OP_BESIDE);
	p.path   = str_of(o ? o->path : v->path);
	p.method = str_slice(p.path, 0, str_find(p.path, S(" "), 0));
	p.spoken = words > 1 ? STR_CAT(c->arena, str_of(argv[0]), S(" "), str_of(argv[1])) : str_of(argv[0]);
	return run_plan(c, &p, argc - words, argv + words);
}
