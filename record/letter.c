#include "record/letter.h"

#include "gen/letter.sql.h"

#include "platform/clock.h"
#include "platform/text/word.h"

/* {1}: the organisation, {2}: the address of the status page. */
static const struct { const char *kind, *subject, *body; } kinds[LETTER_KINDS] = {
	[LETTER_RECEIVED] = { "report.received", N_("Your report has arrived"),
		N_("Dear finder,\n\nthis is the PSIRT of {1}. Thank you for your report; it has arrived.\n\nThis letter says nothing about its content, because mail may be read on its way. The dates of our next answers are on the page of your report. Please open it with the receipt code that was shown to you:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox.\n\nPSIRT, {1}\n") },
	[LETTER_MESSAGE] = { "report.message", N_("There is a message for you"),
		N_("Dear finder,\n\nthis is the PSIRT of {1}. There is a new message about your report.\n\nThis letter says nothing about its content, because mail may be read on its way. Please open the page of your report with your receipt code:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox.\n\nPSIRT, {1}\n") },
};

bool letter_queue(struct ctx *c, enum letter_kind kind, str holder, str address, str lang)
{
	const struct front *f = front_of(c);
	enum lang  mine = c->lang, theirs = LANG_EN;
	letter_id  id   = { random_id(c) };
	str        subject, body, base = f->base_url.p ? f->base_url : S("");
	str        args[2] = { S("psirt"), STR_CAT(c->arena, base, S("/report/status")) };

	if (address.n == 0)
		return true;
	if (!lang_parse(lang, &theirs))
		theirs = LANG_EN;
	c->lang = theirs;
	if (house_name(c).n)
		args[0] = house_name(c);
	subject = word_tr(c->lang, kinds[kind].subject);
	body    = word_fill(c, kinds[kind].body, args, 2);
	c->lang = mine;
	return sql_letter_insert(c, id, str_of(kinds[kind].kind), holder, address, lang_code(theirs), subject, body, c->now);
}

bool letter_waiting(struct ctx *c, int64_t *n, time_us *oldest)
{
	struct letter_waiting_row row;

	TRY(sql_letter_waiting(c, &row));
	*n      = row.letters;
	*oldest = row.oldest;
	return true;
}

bool letter_next(struct ctx *c, struct letter **out)
{
	struct letter_next_row row;
	bool                   found;

	*out = NULL;
	TRY(sql_letter_next(c, &row, &found));
	if (!found)
		return true;
	*out  = NEW(c->arena, struct letter);
	**out = (struct letter){ row.id.v, row.address, row.lang, row.subject, row.body, row.made_at };
	return true;
}

bool letter_settle(struct ctx *c, str id, bool left)
{
	return sql_letter_settle(c, (letter_id){ id }, left ? S("sent") : S("failed"), c->now);
}
