#include "record/pace.h"

#include "gen/pace.sql.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "record/journal.h"
#include "record/role.h"

#define SPAN_REPORTS (10 * MINUTE)

/* In SPAN_REPORTS, in a day: of one network; to one address, to one domain. */
enum { REPORTS = 30, MEBIBYTES = 1024, LETTERS = 3, LETTERS_DOMAIN = 100, MEBIBYTE = 1 << 20 };

/* *ok: with this there are at most `most` in the span that began with the first. */
static bool take(struct ctx *c, const char *what, str of, int64_t amount, int64_t most, time_us span, bool *ok)
{
	str                 name = journal_seal(c, STR_CAT(c->arena, str_of(what), S(" "), of));
	struct pace_add_row r;

	TRY(sql_pace_forget(c, c->now - DAY));
	TRY(sql_pace_add(c, name, amount, c->now - span, c->now, &r));
	*ok = r.n <= most;
	return true;
}

static int64_t mebibytes(const struct args *a)
{
	const struct file_part *f;
	int64_t                 bytes = 0;

	for (size_t i = 0; (f = arg_file(a, "file", i)); i++)
		bytes += f->size;
	return (bytes + MEBIBYTE - 1) / MEBIBYTE;
}

bool pace_report(struct ctx *c, const struct args *a)
{
	str  from = c->actor ? c->actor->from : STR_NONE;
	bool few, small;

	if (!from.n || (c->actor->id.n && !(c->actor->roles & ROLE_FINDER)))
		return true;
	TRY(take(c, "reports", from, 1, REPORTS, SPAN_REPORTS, &few));
	TRY(take(c, "files", from, mebibytes(a), MEBIBYTES, DAY, &small));
	if (!few)
		return fault(c, E_RATE, NULL, N_("Very many reports came from your network. Nothing was lost: please send this one again in ten minutes."));
	return small || fault(c, E_RATE, "file", N_("Very many files came from your network today. Please send the report without files, and these tomorrow."));
}

/* As a mail server compares them, for what matters here. */
static str lower(struct ctx *c, str s)
{
	char *p = cstr(c->arena, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (str){ p, s.n };
}

bool pace_arrival(struct ctx *c, str address, bool *may_go)
{
	str    to = lower(c, address);
	size_t at = str_find(to, S("@"), 0);
	bool   one, domain = true;

	*may_go = true;
	if (!to.n)
		return true;
	TRY(take(c, "letters", to, 1, LETTERS, DAY, &one));
	if (one)
		TRY(take(c, "domain", str_slice(to, at == SIZE_MAX ? 0 : at, to.n), 1, LETTERS_DOMAIN, DAY, &domain));
	*may_go = one && domain;
	return true;
}
