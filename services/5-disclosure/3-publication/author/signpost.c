#include "services/5-disclosure/3-publication/author/signpost.h"

#include <string.h>
#include <sys/stat.h>

#include "platform/json/json_out.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/site.h"
#include "standards/securitytxt/securitytxt.h"

enum { GOOD = 0, WRONG = 1, USAGE = 2, UNREADABLE = 3, ADVICE = 4, WAIT = 60, REDIRECTS = 10 };

/* What was asked for, and what came of it. */
struct sought { const char *target; bool json; struct reach_rules rules; str url, from, type, bytes; };

/* Also one that is not there, when no address or domain looks like it. */
static bool is_path(const char *target)
{
	struct stat st;
	str         t = str_of(target);

	return strcmp(target, "-") == 0 || stat(target, &st) == 0 ||
	       (str_find(t, S("://"), 0) == SIZE_MAX && (str_find(t, S("/"), 0) != SIZE_MAX || str_ends(t, S(".txt"))));
}

/* "https://example.com" and "https://example.com/" mean the place that the RFC says. */
static str place_of(struct ctx *c, str url)
{
	size_t host = str_find(url, S("://"), 0) + 3, path = str_find(url, S("/"), host);

	if (path != SIZE_MAX && path + 1 < url.n)
		return url;
	return STR_CAT(c->arena, str_slice(url, 0, path == SIZE_MAX ? url.n : path), S("/.well-known/security.txt"));
}

static bool net_read(struct ctx *c, struct sought *p)
{
	struct reach_ask    ask = { .rules = &p->rules, .max = SECTXT_FILE_MAX + 1, .seconds = WAIT, .redirects = REDIRECTS };
	struct reach_answer a;

	if (!front_of(c)->reach)
		return fault(c, E_UNAVAILABLE, NULL, N_("Here nothing is asked over the network."));
	p->url = str_of(p->target);
	TRY(site_address(c, &p->rules, &p->url));
	ask.url = p->url = place_of(c, p->url);
	TRY(front_of(c)->reach->get(c, &ask, &a));
	if (a.status != 200)
		return fault(c, E_NOTFOUND, NULL, N_("The answer has the status {1}."), str_fmt(c->arena, "%d", a.status));
	p->from  = str_eq(a.url, p->url) ? STR_NONE : a.url;
	p->type  = a.type.p ? a.type : S("");
	p->bytes = a.body.p ? a.body : S("");
	return true;
}

/* meets RFC9116 3: text/plain, and UTF-8 when it tells its characters */
static bool type_fits(str type)
{
	str part;

	if (!str_cut(&type, ';', &part) || !str_eq_nocase(str_trim(part), S("text/plain")))
		return false;
	while (str_cut(&type, ';', &part)) {
		part = str_trim(part);
		if (str_eq_nocase(str_slice(part, 0, 8), S("charset=")) && !str_eq_nocase(str_slice(part, 8, part.n), S("utf-8")) &&
		    !str_eq_nocase(str_slice(part, 8, part.n), S("\"utf-8\"")))
			return false;
	}
	return true;
}

static void finding_print(struct ctx *c, struct json_out *o, const struct sectxt_finding *f)
{
	json_open(o, NULL, '{');
	json_put_str(o, "test", str_of(f->clause));
	json_put_str(o, "class", f->error ? S("error") : S("warning"));
	if (f->line)
		json_put_int(o, "line", f->line);
	json_put_str(o, "message", word_fill(c, f->text, &f->arg, 1));
	json_close(o);
}

static void report_print(struct ctx *c, struct buf *out, const struct sought *p, const struct securitytxt *s, const struct sectxt_findings *found)
{
	struct json_out o;
	str             expires = sectxt_value(s, SECTXT_EXPIRES);

	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "file", p->url.n ? p->url : str_of(p->target));
	if (p->from.n)
		json_put_str(&o, "redirected_to", p->from);
	json_put_bool(&o, "valid", !sectxt_has_error(found));
	json_put_bool(&o, "signed", s->framed);
	if (expires.n)
		json_put_str(&o, "expires", expires);
	json_open(&o, "findings", '[');
	for (size_t i = 0; i < found->n; i++)
		finding_print(c, &o, &found->v[i]);
	json_close(&o);
	json_close(&o);
	buf_char(out, '\n');
}

static void line_say(struct ctx *c, struct buf *out, const char *text, str arg)
{
	buf_add(out, S("  "));
	buf_add(out, word_fill(c, text, &arg, 1));
	buf_char(out, '\n');
}

static void report_tell(struct ctx *c, struct buf *out, const struct sought *p, const struct securitytxt *s, const struct sectxt_findings *found)
{
	buf_add(out, p->url.n ? p->url : str_of(p->target));
	buf_add(out, S(": "));
	buf_add(out, word_tr(c->lang, sectxt_has_error(found) ? N_("not valid") : N_("valid")));
	buf_char(out, '\n');
	if (p->from.n)
		line_say(c, out, N_("It was redirected to {1}"), p->from);
	if (s->framed)
		line_say(c, out, N_("It bears an OpenPGP signature; whose, and whether it is right, was not checked."), STR_NONE);
	for (size_t i = 0; i < found->n; i++) {
		const struct sectxt_finding *f = &found->v[i];

		buf_add(out, S("  "));
		buf_add(out, word_tr(c->lang, f->error ? N_("error") : N_("warning")));
		buf_fmt(out, " %s ", f->clause);
		if (f->line)
			buf_add(out, STR_CAT(c->arena, word_fill(c, N_("line {1}"), (str[]){ str_fmt(c->arena, "%ld", f->line) }, 1), S(": ")));
		buf_add(out, word_fill(c, f->text, &f->arg, 1));
		buf_char(out, '\n');
	}
}

static int trouble(struct ctx *c, struct buf *err, const struct sought *p, int status)
{
	buf_add(err, p->url.n ? p->url : str_of(p->target));
	buf_add(err, S(": "));
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return status;
}

static bool option_take(struct sought *p, const char *word)
{
	if (strcmp(word, "--json") == 0)
		p->json = true;
	else if (strcmp(word, "--insecure-http") == 0)
		p->rules.plain = true;
	else if (strncmp(word, "--ca-file=", 10) == 0 && word[10])
		p->rules.ca_file = word + 10;
	else if (strncmp(word, "--url=", 6) == 0 && word[6] && utf8_check(str_of(word + 6), NULL))
		p->url = str_of(word + 6);
	else
		return false;
	return true;
}

static int sought_judge(struct ctx *c, const struct sought *p, struct buf *out, struct buf *err)
{
	struct securitytxt     s     = { 0 };
	struct sectxt_findings found = { .max = 1 };

	if (!securitytxt_parse(c, p->bytes, &s))
		(void)list_push(c->arena, &found, (struct sectxt_finding){ true, "parse", c->fault.line, c->fault.text, c->fault.arg[0] });
	else if (!securitytxt_check(c, &s, p->url.n ? p->url : STR_NONE, c->now, &found))
		return trouble(c, err, p, WRONG);
	else if (p->type.p && !type_fits(p->type))
		(void)list_push(c->arena, &found, (struct sectxt_finding){
			true, "3", 0, N_("The media type must be text/plain; charset=utf-8, not {1}"), p->type.n ? p->type : S("–") });
	if (p->json)
		report_print(c, out, p, &s, &found);
	else
		report_tell(c, out, p, &s, &found);
	return sectxt_has_error(&found) ? WRONG : found.n ? ADVICE : GOOD;
}

int securitytxt_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct sought p     = { 0 };
	bool        right = true;

	for (int i = 0; i < argc; i++) {
		if (argv[i][0] == '-' && argv[i][1])
			right &= option_take(&p, argv[i]);
		else if (p.target)
			right = false;
		else
			p.target = argv[i];
	}
	if (!right || !p.target || !utf8_check(str_of(p.target), NULL) || (p.url.n && !is_path(p.target)))
		return tool_usage(err, "securitytxt check", &securitytxt_check_manual);
	if (is_path(p.target))
		return tool_read(c, p.target, &p.bytes, err) ? sought_judge(c, &p, out, err) : UNREADABLE;
	return net_read(c, &p) ? sought_judge(c, &p, out, err) : trouble(c, err, &p, UNREADABLE);
}
