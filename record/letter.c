#include "record/letter.h"

#include "gen/letter.sql.h"

#include "platform/clock.h"
#include "platform/text/word.h"

/* {1}: the organisation, {2}: the address of the page, {3}: lines. */
static const struct { const char *kind, *page, *subject, *body; } kinds[LETTER_KINDS] = {
	[LETTER_RECEIVED] = { "report.received", "/report/status", N_("Your report has arrived"),
		N_("Dear finder,\n\nthis is the PSIRT of {1}. Thank you for your report; it has arrived.\n\nThis letter says nothing about its content, because mail may be read on its way. The dates of our next answers are on the page of your report. Please open it with the receipt code that was shown to you:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox.\n\nPSIRT, {1}\n") },
	[LETTER_MESSAGE] = { "report.message", "/report/status", N_("There is a message for you"),
		N_("Dear finder,\n\nthis is the PSIRT of {1}. There is a new message about your report.\n\nThis letter says nothing about its content, because mail may be read on its way. Please open the page of your report with your receipt code:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox.\n\nPSIRT, {1}\n") },
	[LETTER_QUESTION] = { "reminder.question", "/questions", N_("A question waits for you"),
		N_("Dear colleague,\n\nthis is the PSIRT of {1}. A question has been put to you.\n\nThis letter says nothing about its content, because mail may be read on its way. Please sign in to read and answer it:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox. Which letters you get is among your settings.\n\nPSIRT, {1}\n") },
	[LETTER_YOURS] = { "reminder.yours", "/desk", N_("A case is yours now"),
		N_("Dear colleague,\n\nthis is the PSIRT of {1}. A case has become yours.\n\nThis letter says nothing about its content, because mail may be read on its way. Please sign in to see it:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox. Which letters you get is among your settings.\n\nPSIRT, {1}\n") },
	[LETTER_DAILY] = { "reminder.daily", "/desk", N_("What waits for you today"),
		N_("Dear colleague,\n\nthis is the PSIRT of {1}. Since your last daily letter:\n\n{3}\nThis letter says nothing about their content, because mail may be read on its way. Please sign in to see them:\n\n{2}\n\nPlease do not answer this letter; nobody reads its mailbox. Which letters you get is among your settings.\n\nPSIRT, {1}\n") },
};

bool letter_queue(struct ctx *c, enum letter_kind kind, str holder, str address, str lang)
{
	return letter_queue_of(c, kind, holder, address, lang, S(""));
}

bool letter_queue_of(struct ctx *c, enum letter_kind kind, str holder, str address, str lang, str lines)
{
	const struct front *f = front_of(c);
	enum lang  mine = c->lang, theirs = LANG_EN;
	letter_id  id   = { random_id(c) };
	str        subject, body, base = f->base_url.p ? f->base_url : S("");
	str        args[3] = { S("psirt"), STR_CAT(c->arena, base, str_of(kinds[kind].page)), lines };

	if (address.n == 0)
		return true;
	if (!lang_parse(lang, &theirs))
		theirs = LANG_EN;
	c->lang = theirs;
	if (house_name(c).n)
		args[0] = house_name(c);
	subject = word_tr(c->lang, kinds[kind].subject);
	body    = word_fill(c, kinds[kind].body, args, 3);
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
