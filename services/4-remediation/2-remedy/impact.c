#include "services/4-remediation/2-remedy/impact.h"

#include "platform/text/word.h"

/* Words, and writing: one cell at a time, and what is told about it. */

const struct choice vex_choices[] = {
	{ "affected", N_("Affected") },
	{ "not_affected", N_("Not affected") },
	{ "fixed", N_("Fixed") },
	{ "under_investigation", N_("Under investigation") },
	{ NULL, NULL },
};

const struct choice sheet_choices[] = {
	{ "affected", N_("Affected") },
	{ "not-affected", N_("Not affected") },
	{ "fixed", N_("Fixed") },
	{ "investigating", N_("Under investigation") },
	{ "unknown", N_("Not looked at") },
	{ NULL, NULL },
};

/* meets CSAF-2.0 3.2.3.5 (flags): the five justifications of VEX */
const struct choice justification_choices[] = {
	{ "component_not_present", N_("The component is not in the product") },
	{ "vulnerable_code_not_present", N_("The vulnerable code is not in the product") },
	{ "vulnerable_code_not_in_execute_path", N_("The vulnerable code is never run") },
	{ "vulnerable_code_cannot_be_controlled_by_adversary", N_("An attacker cannot reach the vulnerable code") },
	{ "inline_mitigations_already_exist", N_("A protection is already built in") },
	{ NULL, NULL },
};

str vuln_label(struct ctx *c, int64_t ordinal, str cve)
{
	return cve.n ? cve : str_fmt(c->arena, "V%lld", (long long)ordinal);
}

str product_label(const struct ctx *c, str name, str name_ja)
{
	return c->lang == LANG_JA && name_ja.n ? name_ja : name;
}

bool impact_vuln_check(struct ctx *c, case_id k, vuln_id v)
{
	struct impact_vuln_row row;
	bool                   found = false;

	TRY(sql_impact_vuln(c, k, v, &row, &found));
	return found || fault(c, E_NOTFOUND, "vuln", NULL);
}

static bool known(const struct choice *o, str v)
{
	for (; o->value; o++)
		if (str_eq(v, str_of(o->value)))
			return true;
	return false;
}

static bool change_check(struct ctx *c, const struct impact_change *x)
{
	if (!str_eq(x->status, S("unknown")) && !known(vex_choices, x->status))
		return fault(c, E_INVALID, "status", N_("“{1}” is no status. Statuses are affected, not_affected, fixed, under_investigation, unknown."), utf8_cut(x->status, 80));
	if (x->justification.n && !known(justification_choices, x->justification))
		return fault(c, E_INVALID, "justification", N_("“{1}” is no justification of VEX."), utf8_cut(x->justification, 80));
	/* meets CSAF-2.0 6.1.27.8 ff.: not affected needs its reason */
	if (str_eq(x->status, S("not_affected")) && !x->justification.n)
		return fault(c, E_INVALID, "justification", N_("Please say why it is not affected."));
	return true;
}

static bool conflict(struct ctx *c, str release)
{
	return fault(c, E_CONFLICT, NULL, N_("Somebody else decided version {1} meanwhile. Nothing was saved; what you chose is kept below beside their change."), release);
}

static void tally(struct impact_tally *t, const struct impact_change *x, str release)
{
	if (t->changed++ == 0) {
		t->first  = release;
		t->status = x->status;
	} else if (!str_eq(t->status, x->status)) {
		t->status = S("");
	}
	t->last = release;
	t->affected += str_eq(x->status, S("affected"));
}

static bool same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || str_eq(a, b));
}

static str text_of(str s)
{
	return s.p ? s : S("");
}

/* Does the cell say already what it is to say? */
static bool says(const struct impact_cell_row *old, const struct impact_change *x, str why)
{
	return str_eq(old->status, x->status) && same(old->justification, why) && same(old->note, x->note) && same(old->note_ja, x->note_ja);
}

/* meets FIRST-1.1 3.3.5, 4.2.1.2: the status of each version for each vulnerability */
bool impact_write(struct ctx *c, case_id k, const struct impact_change *x, struct impact_tally *t)
{
	struct impact_release_row r;
	struct impact_cell_row    old = { .version = 0 };
	str                       why = str_eq(x->status, S("not_affected")) ? x->justification : STR_NONE;
	str                       note = text_of(x->note), note_ja = text_of(x->note_ja);
	user_id                   me = { c->actor && c->actor->id.n ? c->actor->id : STR_NONE };
	bool                      found = false;
	int64_t                   n;

	TRY(change_check(c, x));
	TRY(sql_impact_release(c, x->release, &r, &found));
	if (!found)
		return fault(c, E_NOTFOUND, "release", NULL);
	TRY(sql_impact_cell(c, x->vuln, x->release, &old, &found));
	if (x->version != INT_NONE && x->version != (found ? old.version : 0))
		return conflict(c, r.name);
	if (found ? says(&old, x, why) : str_eq(x->status, S("unknown")))
		return true;
	tally(t, x, r.name);
	if (str_eq(x->status, S("unknown"))) {
		TRY(sql_impact_delete(c, x->vuln, x->release, old.version, &n));
		return n == 1 || conflict(c, r.name);
	}
	TRY(sql_scope_insert(c, k, r.product, c->now));
	if (!found)
		return sql_impact_insert(c, k, x->vuln, x->release, x->status, why, note, note_ja, me, c->now);
	TRY(sql_impact_update(c, x->vuln, x->release, old.version, x->status, why, note, note_ja, me, c->now, &n));
	return n == 1 || conflict(c, r.name);
}

bool remediation_begin(struct ctx *c, case_id k)
{
	str state;

	TRY(casefile_state(c, k, &state));
	return !str_eq(state, S("qualified")) || casefile_move(c, k, "remedying", "case.remedying");
}

bool impact_tell(struct ctx *c, case_id k, str what, const struct impact_tally *t)
{
	str span, status = STR_NONE;

	if (t->changed == 0)
		return true;
	span = same(t->first, t->last) ? t->first : STR_CAT(c->arena, t->first, S(" … "), t->last);
	if (t->status.n)
		status = STR_CAT(c->arena, S(" "), t->status);
	TRY(timeline_fact(c, k, "impact.decided", utf8_cut(STR_CAT(c->arena, what, what.n ? S(" ") : S(""), span, status), 400)));
	if (t->affected)
		TRY(remediation_begin(c, k));
	return fact_tell(c, "impact.decided", k.v, STR_NONE);
}
