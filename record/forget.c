#include "record/forget.h"

#include "gen/forget.sql.h"

#include "platform/op/op.h"
#include "platform/text/word.h"
#include "record/journal.h"

/* What was the person's alone. */
static bool keys_drop(struct ctx *c, user_id id)
{
	return sql_forget_sessions(c, id) && sql_forget_tokens(c, id) && sql_forget_codes(c, id) && sql_forget_links(c, id) &&
	       sql_forget_drafts(c, id) && sql_forget_tries(c, id);
}

bool person_forget(struct ctx *c, user_id id, int64_t *entries)
{
	/* The name of a domain that never is one (RFC 2606). */
	str                    nobody = STR_CAT(c->arena, id.v, S("@forgotten.invalid"));
	str                    name   = word_tr(c->lang, N_("Former colleague"));
	struct forget_find_row was;

	TRY(sql_forget_find(c, id, &was));
	if (!str_eq(was.state, S("disabled")))
		return fault(c, E_STATE, "id", N_("Disable the account first."));
	TRY(keys_drop(c, id));
	TRY(sql_forget_account(c, id, name, nobody));
	TRY(sql_forget_timeline(c, id, name) && sql_forget_messages(c, id, name));
	TRY(sql_forget_members(c, was.name, name) && sql_forget_asked(c, was.name, name));
	TRY(sql_forget_waiting(c, was.mail) && sql_forget_letters(c, was.mail, nobody));
	TRY(journal_forget(c, id.v, entries));
	return fact_tell(c, "person.forgotten", STR_NONE, id.v);
}
