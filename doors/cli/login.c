#include "doors/cli/login.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/cli/cli.h"
#include "doors/cli/purse.h"
#include "doors/cli/say.h"
#include "platform/http/client.h"
#include "platform/json/json_out.h"
#include "platform/text/word.h"

enum { ANSWER_MAX = 500, CTRL_C = 3 };

/* A line from the terminal; secret: what is typed is not shown, and Ctrl-C is read, for the echo must come back. */
static bool ask_line(struct ctx *c, int tty, const char *english, bool secret, str *out)
{
	struct termios was, mute;
	str            question = word_tr(c->lang, english);
	char           room[ANSWER_MAX + 1] = { 0 };
	size_t         n = 0;
	bool           quiet = secret && tcgetattr(tty, &was) == 0, stopped;

	if (secret && !quiet)
		return fault(c, E_IO, NULL, N_("The terminal cannot hide what is typed, so no password is asked for."));
	if (quiet) {
		mute = was;
		mute.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
		mute.c_cc[VEOL] = CTRL_C;   /* ends the line, or it would wait for Enter */
		quiet = tcsetattr(tty, TCSAFLUSH, &mute) == 0;
		if (!quiet)
			return fault(c, E_IO, NULL, N_("The terminal cannot hide what is typed, so no password is asked for."));
	}
	(void)!write(tty, cstr(c->arena, STR_CAT(c->arena, question, S(": "))), question.n + 2);
	while (n < ANSWER_MAX && read(tty, room + n, 1) == 1 && room[n] != '\n' && room[n] != CTRL_C)
		n++;
	stopped = quiet && n < ANSWER_MAX && room[n] == CTRL_C;
	if (quiet) {
		(void)tcsetattr(tty, TCSAFLUSH, &was);
		(void)!write(tty, "\n", 1);
	}
	*out = str_dup(c->arena, (str){ room, n });
	explicit_bzero(room, sizeof(room));
	if (stopped)
		return fault(c, E_USAGE, NULL, N_("Stopped; nothing was sent."));
	if (n == ANSWER_MAX || n == 0 || !utf8_check(*out, NULL))
		return fault(c, E_INVALID, NULL, N_("{1}: nothing was typed, or it is too long or no text."), question);
	return true;
}

static bool send(struct ctx *c, const struct client_to *to, const char *target, const char *const names[], const str values[], size_t n,
                 struct answer *got)
{
	struct client *cl;
	struct upload  u;
	struct call    call = { .method = S("POST"), .target = str_of(target), .max = 1 << 20, .headers = { .max = 4 } };
	bool           called;

	upload_init(c, &u);
	for (size_t i = 0; i < n; i++)
		if (values[i].n)
			TRY(upload_text(c, &u, str_of(names[i]), values[i]));
	TRY(upload_end(c, &u));
	(void)list_push(c->arena, &call.headers, (struct field){ .name = S("Accept-Language"), .value = lang_code(c->lang), .fd = -1 });
	call.type   = u.type;
	call.body   = u.body.v;
	call.pieces = u.body.n;
	TRY(client_open(c, to, &cl));
	called = client_call(c, cl, &call, got);
	client_close(cl);
	return called || cli_unreached(c, to);
}

/* Loopback or the socket: elsewhere the password would be read on the way. */
static bool near(struct ctx *c, const struct client_to *to)
{
	return to->socket.n || str_starts(to->address, S("127.")) || str_eq(to->address, S("::1")) ||
	       fault(c, E_USAGE, NULL, N_("A password is not sent over the network without TLS. Sign in on the server, over its socket or the loopback address; or make a token in a browser and set PSIRT_TOKEN."));
}

static str field_of(const struct json *doc)
{
	return json_get_str(json_at(json_get(doc, S("errors")), 0), S("field"));
}

struct entry { str mail, scope, days; };

/* Until the server has all that it asks for: a code only where there is a second factor. */
static bool sign_in(struct ctx *c, const struct client_to *to, int tty, const struct entry *e, str *token)
{
	static const char *const names[] = { "mail", "password", "code", "scope", "days" };
	str                      values[] = { e->mail, STR_NONE, STR_NONE, e->scope, e->days };
	const struct json       *doc;
	struct answer            got;

	if (!values[0].n)
		TRY(ask_line(c, tty, N_("Mail address"), false, &values[0]));
	TRY(ask_line(c, tty, N_("Password"), true, &values[1]));
	for (int i = 0;; i++) {
		TRY(send(c, to, "/api/v1/token/open", names, values, 5, &got));
		if (!json_parse(c, got.body, NULL, &doc))
			return false;
		if (got.status < 400)
			break;
		if (i > 0 || !str_eq(field_of(doc), S("code")))
			return fault(c, got.status == 429 ? E_RATE : got.status == 403 ? E_FORBIDDEN : E_AUTH, NULL, cstr(c->arena, json_get_str(doc, S("detail"))));
		TRY(ask_line(c, tty, N_("Code of the app, or a recovery code"), true, &values[2]));
	}
	*token = json_get_str(doc, S("secret"));
	return token->n > 0 || fault(c, E_SYNTAX, NULL, N_("The server gave no token."));
}

static bool login(struct ctx *c, struct options *o, str *server)
{
	struct entry     e = { option_str(o, "mail", NULL, STR_NONE), option_on(o, "read") ? S("read") : S("write"),
	                       option_str(o, "days", NULL, STR_NONE) };
	static const char *const names[] = { "token" };
	struct client_to to;
	struct answer    got;
	str              token, before;
	bool             ok;
	int              tty;

	TRY(options_done(o));
	TRY(cli_where(c, &to, server));
	TRY(near(c, &to));
	TRY(purse_find(c, *server, &before));
	tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0)
		return fault(c, E_USAGE, NULL, N_("psirt login asks at a terminal, and there is none. For a program, make a token on the page of your settings and set PSIRT_TOKEN."));
	ok = sign_in(c, &to, tty, &e, &token);
	close(tty);
	TRY(ok && purse_keep(c, *server, token));
	if (before.n && !send(c, &to, "/api/v1/token/close", names, &before, 1, &got))
		c->fault = (struct fault){ 0 };   /* the one before ends by itself in days */
	return true;
}

int login_verb(struct options *o)
{
	struct ctx *c = o->c;
	str         server;

	if (!login(c, o, &server))
		return say_fault(c);
	SAY(c, N_("Signed in at {1}. The token is kept in {2} until psirt logout."), server, purse_path(c));
	if (cli_token_set())
		SAY_ERROR(c, N_("PSIRT_TOKEN is set and comes first."));
	return 0;
}

int logout_verb(struct options *o)
{
	static const char *const names[] = { "token" };
	struct ctx              *c = o->c;
	struct client_to         to;
	struct answer            got = { .status = 0 };
	str                      server, token;

	if (!options_done(o) || !cli_where(c, &to, &server) || !purse_find(c, server, &token))
		return say_fault(c);
	if (!token.n) {
		SAY(c, N_("You are not signed in at {1}."), server);
		return 0;
	}
	if (!send(c, &to, "/api/v1/token/close", names, &token, 1, &got) || (got.status >= 500)) {
		SAY_ERROR(c, N_("The server did not answer, so the token is kept: it still works. Try again, or end it on the page of your settings."));
		return c->fault.code ? say_fault(c) : 1;
	}
	if (!purse_keep(c, server, STR_NONE))
		return say_fault(c);
	SAY(c, N_("Signed out at {1}. The token has ended."), server);
	return 0;
}
