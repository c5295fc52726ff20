#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/past/successor.h"
#include "services/5-disclosure/3-publication/apart.h"
#include "services/5-disclosure/3-publication/mention.h"

#include "base/buf.h"
#include "base/point.h"
#include "record/role.h"
#include "record/setting.h"
#include "standards/csaf/csaf.h"

/*
 * Our own former advisories on the public pages: the original bytes in the
 * provider's tree, feeds and lists.  Never another publisher's document, never
 * one that is not TLP:CLEAR; and by another person than who imported it.
 */

/* ---- whose ---- */

static str without_slash(str s)
{
	while (str_ends(s, S("/")))
		s.n--;
	return s;
}

bool past_is_ours(struct ctx *c, str namespace_uri, bool *ours)
{
	str former, one, wanted = without_slash(namespace_uri);

	*ours = str_eq(without_slash(front_of(c)->base_url), wanted);
	TRY(setting_load(c, "publisher_namespaces", S(""), &former));
	while (!*ours && str_cut(&former, ' ', &one))
		*ours = one.n && str_eq(without_slash(one), wanted);
	return true;
}

bool past_namespaces(struct ctx *c, str *out)
{
	str former, one;

	TRY(setting_load(c, "publisher_namespaces", S(""), &former));
	*out = STR_CAT(c->arena, S(" "), without_slash(front_of(c)->base_url), S(" "));
	while (str_cut(&former, ' ', &one))
		*out = STR_CAT(c->arena, *out, without_slash(one), S(" "));
	return true;
}

/* ---- may it be public? ---- */

static str year_path(struct ctx *c, time_us first_at, str number)
{
	return STR_CAT(c->arena, str_fmt(c->arena, "%d/", time_civil(first_at).year), csaf_filename(c->arena, number));
}

/* It becomes a part of an address: /advisories/NUMBER. */
static bool addressable(str number)
{
	for (size_t i = 0; i < number.n; i++) {
		char x = number.p[i];
		if (!((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' || x == '_' || x == '.' ||
		      x == ':' || x == '+'))
			return false;
	}
	return number.n > 0 && number.n <= 100 && number.p[0] != '.';
}

static bool not_ours(struct ctx *c)
{
	return fault(c, E_STATE, NULL, N_("It names another publisher. Documents of others are never published here."));
}

/* What the document is. meets CSAF-2.0 7.1.1, 7.1.3 */
static bool fit(struct ctx *c, const struct past_get_row *e)
{
	bool ours;

	TRY(past_is_ours(c, e->namespace, &ours));
	if (!ours)
		return not_ours(c);
	if (!str_eq(e->tlp, S("CLEAR")))
		return fault(c, E_STATE, NULL, N_("It is marked TLP:{1}; only what is TLP:CLEAR (in CSAF 2.0: WHITE) becomes public."), e->tlp);
	if (!e->valid)
		return fault(c, E_STATE, NULL, N_("It fails mandatory tests of CSAF 2.0; only a valid document becomes public."));
	if (str_eq(e->status, S("draft")))
		return fault(c, E_STATE, NULL, N_("Its publisher calls it a draft."));
	if (e->changed_at > c->now)
		return fault(c, E_STATE, NULL, N_("It is dated in the future; history is what has been."));
	return addressable(e->number) ||
	       fault(c, E_STATE, NULL, N_("Its tracking id has characters that an address of ours cannot hold."));
}

/* Nothing else has its number or its place in the tree. */
static bool free_place(struct ctx *c, const struct past_get_row *e)
{
	struct past_taken_row taken;
	struct past_number_ours_row ours;
	struct past_path_ours_row file;
	str  path = year_path(c, e->first_at, e->number);
	bool a, b, d;

	TRY(sql_past_taken(c, e->number, path, e->namespace, &taken, &a));
	TRY(sql_past_number_ours(c, e->number, &ours, &b));
	TRY(sql_past_path_ours(c, path, &file, &d));
	return !(a || b || d) || fault(c, E_STATE, NULL, N_("Another advisory is public under the number {1} or the file name {2}."), e->number, path);
}

/* meets FIRST-1.1 5.3.2.8: another person than the one who brought it */
static bool another_person(struct ctx *c, const struct past_get_row *e)
{
	return !front_of(c)->two_persons || !str_eq(e->made_by.v, c->actor->id) ||
	       fault(c, E_STATE, NULL, N_("Another person than the one who imported it must publish it."));
}

bool past_publishable(struct ctx *c, const struct past_get_row *e)
{
	if (e->published_at != TIME_NONE)
		return fault(c, E_STATE, NULL, N_("It is public already."));
	TRY(fit(c, e));
	TRY(free_place(c, e));
	return another_person(c, e);
}

/* ---- publishing ---- */

static bool journal(struct ctx *c, const struct past_get_row *e)
{
	const struct front *f = front_of(c);

	return !f->journal || f->journal(c, &(struct journal_entry){ "history.publish", false, STR_NONE, e->id.v, utf8_cut(e->number, 100) });
}

static bool publish(struct ctx *c, const struct past_get_row *e)
{
	int64_t n;

	TRY(sql_past_publish(c, e->id, year_path(c, e->first_at, e->number), (user_id){ c->actor->id }, c->now, &n));
	if (n == 0)
		return fault(c, E_CONFLICT, NULL, NULL);
	crash_point("history.published");
	TRY(sql_past_gone_drop(c, e->number));
	TRY(search_put_all(c, &advisory_source, e->number));
	TRY(mention_keep_past(c, e->number));
	TRY(journal(c, e));
	return successor_follow(c, e->id, e->number);
}

bool past_out_of_the_way(struct ctx *c, str number, str path)
{
	struct past_in_the_way_row p;
	bool                       found;

	TRY(sql_past_in_the_way(c, number, path, &p, &found));
	return !found || fault(c, E_STATE, NULL, N_("A former advisory is public under the number {1} or the file name {2}."), number, path);
}

bool history_publish(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_get_row e;

	TRY(sql_past_get(c, (past_id){ arg_str(a, "id") }, &e));
	TRY(past_publishable(c, &e));
	TRY(publish(c, &e));
	out->object = e.id.v;
	out->next   = STR_CAT(c->arena, S("/history/"), e.id.v);
	out->said   = S(N_("The advisory is public, with its original document."));
	return true;
}

/* Is this one to be left where it is?  A fault of ours goes on. */
static bool passed_over(struct ctx *c)
{
	if (c->fault.code != E_STATE)
		return false;
	c->fault = (struct fault){ 0 };
	return true;
}

struct release { past_id id; int64_t n; };

static bool release(struct ctx *c, void *arg)
{
	struct release     *r = arg;
	struct past_get_row e;

	TRY(sql_past_get(c, r->id, &e));
	if (!past_publishable(c, &e))
		return passed_over(c);
	r->n++;
	return publish(c, &e);
}

/* All of ours that the actor may publish; the others stay as they are. */
bool history_release(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct past_waiting_rows rows;
	struct release           r = { .n = 0 };

	(void)a;
	TRY(sql_past_waiting(c, HISTORY_RELEASED, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		r.id = rows.v[i].id;
		TRY(work_apart(c, release, &r));
	}
	out->next = S("/history");
	out->said = S(N_("The advisories are public, with their original documents."));
	return r.n > 0 || fault(c, E_STATE, NULL, N_("Nothing of ours waits that you may publish."));
}

bool history_waiting(struct ctx *c, int64_t *n)
{
	struct past_waiting_rows rows;

	*n = 0;
	TRY(sql_past_waiting(c, HISTORY_RELEASED, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool ours;
		TRY(past_is_ours(c, rows.v[i].namespace, &ours));
		*n += ours && !(front_of(c)->two_persons && str_eq(rows.v[i].made_by.v, c->actor->id));
	}
	return true;
}
