#include "services/5-disclosure/3-publication/author/examination.h"

#include <string.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/site.h"

enum { FILLED = 0, NOT_FILLED = 1, USAGE = 2, NOTHING = 3, OPEN = 4 };

/* ---- for people ---- */

static str bits_list(struct arena *a, uint32_t bits)
{
	struct buf b;

	buf_init(&b, a, 1 << 10);
	for (int i = 0; i < REQ_COUNT; i++)
		if (bits >> i & 1)
			buf_fmt(&b, "%s%d", b.n ? ", " : "", i);
	return buf_str(&b);
}

static void words(struct ctx *c, struct buf *out, const char *text, str a, str b, str d)
{
	buf_add(out, word_fill(c, text, (const str[]){ a, b, d }, 3));
}

static void notes_tell(struct ctx *c, struct buf *out, const struct provider_report *r, int requirement)
{
	static const char *const grades[] = { N_("error"), N_("warning"), N_("note") };
	uint32_t shown[3] = { 0 };

	for (size_t i = 0; i < r->notes.n; i++) {
		const struct provider_note *n = &r->notes.v[i];
		if (n->requirement != requirement)
			continue;
		shown[n->grade]++;
		buf_add(out, S("       "));
		buf_add(out, word_tr(c->lang, grades[n->grade]));
		buf_add(out, S(": "));
		words(c, out, n->text, n->arg[0], n->arg[1], n->arg[2]);
		buf_char(out, '\n');
	}
	if (r->errors[requirement] + r->warnings[requirement] > shown[0] + shown[1]) {
		buf_add(out, S("       "));
		words(c, out, N_("… and {1} more"),
		      str_fmt(c->arena, "%u", r->errors[requirement] + r->warnings[requirement] - shown[0] - shown[1]), STR_NONE, STR_NONE);
		buf_char(out, '\n');
	}
}

static void requirement_tell(struct ctx *c, struct buf *out, const struct provider_report *r, int i)
{
	static const char *const marks[] = { "?", "-", "+", "~", "!" };

	buf_fmt(out, "%s %2d  ", marks[r->v[i]], i);
	buf_add(out, word_tr(c->lang, provider_requirement_title(i)));
	buf_add(out, S(": "));
	buf_add(out, word_tr(c->lang, provider_verdict_name(r->v[i])));
	if (r->tried[i] > 1)
		buf_fmt(out, " (%u)", r->tried[i]);
	buf_char(out, '\n');
	notes_tell(c, out, r, i);
}

static void role_tell(struct ctx *c, struct buf *out, const struct provider_report *r, enum provider_role role)
{
	const struct provider_standing *s = &r->standing[role];

	buf_fmt(out, "%s: ", provider_role_name(role));
	if (s->verdict == PROVIDER_MET)
		buf_add(out, word_tr(c->lang, N_("filled")));
	else if (s->verdict == PROVIDER_FAILED)
		words(c, out, N_("not filled, because of {1}"), bits_list(c->arena, s->failed), STR_NONE, STR_NONE);
	else
		words(c, out, N_("cannot be said: {1} were not tested"), bits_list(c->arena, s->untested), STR_NONE, STR_NONE);
	if (str_eq(r->role, str_of(provider_role_name(role))))
		buf_add(out, word_tr(c->lang, N_("  (this is what the metadata says)")));
	buf_char(out, '\n');
}

static void report_tell(struct ctx *c, struct buf *out, const struct provider_report *r)
{
	words(c, out, N_("{1}: {2} documents, {3} looked into"), r->url.n ? r->url : S("-"), str_fmt(c->arena, "%zu", r->documents),
	      str_fmt(c->arena, "%zu", r->tested));
	buf_char(out, '\n');
	for (int i = 1; i < REQ_COUNT; i++)
		if (provider_asks(r, i))
			requirement_tell(c, out, r, i);
	for (int i = 0; i < ROLE_KINDS; i++)
		if (provider_may_be(r, (enum provider_role)i))
			role_tell(c, out, r, (enum provider_role)i);
}

/* ---- the tool ---- */

/* By the role that the metadata names; a provider that names none is judged as provider. */
static int status_of(const struct provider_report *r)
{
	enum provider_role role = r->aggregator ? ROLE_AGGREGATOR : ROLE_PROVIDER;

	for (int i = 0; i < ROLE_KINDS; i++)
		if (str_eq(r->role, str_of(provider_role_name((enum provider_role)i))))
			role = (enum provider_role)i;
	switch (r->standing[role].verdict) {
	case PROVIDER_MET: return FILLED;
	case PROVIDER_UNTESTED: return OPEN;
	case PROVIDER_ABSENT: case PROVIDER_REMARKS: case PROVIDER_FAILED: break;
	}
	return NOT_FILLED;
}

static bool option_take(struct site *s, bool *json, const char *word)
{
	int64_t n;

	if (strcmp(word, "--json") == 0)
		*json = true;
	else if (strcmp(word, "--insecure-http") == 0)
		s->rules.plain = true;
	else if (strncmp(word, "--ca-file=", 10) == 0 && word[10])
		s->rules.ca_file = word + 10;
	else if (strncmp(word, "--newest=", 9) == 0 && str_to_int(str_of(word + 9), &n) && n > 0)
		s->task.documents_max = (size_t)n;
	else
		return false;
	return true;
}

static int trouble(struct ctx *c, struct buf *err, str target)
{
	buf_add(err, target);
	buf_add(err, S(": "));
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return NOTHING;
}

int provider_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct site            s      = { .terminal = isatty(STDERR_FILENO) };
	struct provider_report r;
	const char            *target = NULL;
	bool                   json   = false, right = true;

	for (int i = 0; i < argc; i++) {
		if (argv[i][0] == '-')
			right &= option_take(&s, &json, argv[i]);
		else if (target)
			right = false;
		else
			target = argv[i];
	}
	if (!right || !target || !utf8_check(str_of(target), NULL))
		return tool_usage(err, "provider check", &provider_check_manual);
	s.task.now = clock_now();
	if (!site_open(c, &s, str_of(target)) || !provider_check(c, &s.task, &s.means, &r))
		return trouble(c, err, str_of(target));
	if (json)
		provider_report_print(out, str_of(target), &r);
	else
		report_tell(c, out, &r);
	return r.url.n || r.documents ? status_of(&r) : NOTHING;
}
