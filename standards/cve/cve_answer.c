/* What CVE Services answered: verdict, IDs, quota, users, records, and errors in words. */
#include "standards/cve/cve_service.h"

#include "standards/cve/cve.h"

enum { BODY_MAX = 4 << 20, WORDS_MAX = 1000 };

static const struct json_limits limits = { .bytes = BODY_MAX, .depth = 60, .members = 100000, .string = 1 << 20 };

/* ---- errors in words ---- */

static const struct { const char *code, *text; } refusals[] = {
	{ "EXCEEDED_ID_QUOTA", N_("The quota of reserved IDs is used up: publish or reject IDs that are reserved, or ask for a higher quota.") },
	{ "OVER_NONSEQUENTIAL_MAX_AMOUNT", N_("So many IDs are only reserved in a row.") },
	{ "RESERVED_PARTIAL_AMOUNT", N_("Fewer IDs were reserved than were asked for: the range of the year is used up.") },
	{ "CANNOT_RESERVE_FOR_YEAR", N_("No IDs can be reserved for this year yet.") },
	{ "YEAR_RANGE_DNE", N_("No IDs can be reserved for this year yet.") },
	{ "NO_ORG_QUERY", N_("CVE Services miss the short name of the organisation.") },
	{ "NO_CNA_QUERY", N_("CVE Services miss the short name of the organisation.") },
	{ "CVEID_DNE", N_("CVE Services do not know this ID, or it belongs to another organisation.") },
	{ "CVE_DNE", N_("CVE Services do not know this ID, or it belongs to another organisation.") },
	{ "CVEID_MISMATCH", N_("The record is about another ID than the request.") },
	{ "CVE_RECORD_EXISTS", N_("There is a record for this ID already; update that.") },
	{ "CVE_RECORD_DNE", N_("There is no record for this ID yet.") },
	{ "CANNOT_CHANGE_CVE_ID_WITH_RECORD", N_("An ID that has a record changes its state with the record only.") },
	{ "INVALID_JSON_SCHEMA", N_("CVE Services refuse the record: it is not in the record format.") },
	{ "BAD_INPUT", N_("CVE Services refuse the values of the request.") },
	{ "BODY_TOO_LARGE", N_("The record is too large for CVE Services.") },
	{ "RECORD_TOO_LARGE", N_("The record is too large for CVE Services.") },
	{ "ORG_DNE", N_("CVE Services do not know the organisation; look at the connection.") },
	{ "ORG_DNE_PARAM", N_("CVE Services do not know the organisation; look at the connection.") },
	{ "USER_EXISTS", N_("CVE Services have a user of this name already; ask for the list of users.") },
	{ "DUPLICATE_USERNAME", N_("CVE Services have a user of this name already; ask for the list of users.") },
	{ "NOT_ORG_ADMIN_OR_SECRETARIAT", N_("Only an administrator of the organisation at CVE Services may do that; psirt's own user there is none.") },
	{ "NOT_ORG_ADMIN_OR_SECRETARIAT_UPDATE", N_("Only an administrator of the organisation at CVE Services may do that; psirt's own user there is none.") },
	{ "NOT_SAME_USER_OR_SECRETARIAT", N_("Only an administrator of the organisation at CVE Services may do that; psirt's own user there is none.") },
	{ "NOT_SAME_USER_OR_ORG_ADMIN_OR_SECRETARIAT", N_("Only an administrator of the organisation at CVE Services may do that; psirt's own user there is none.") },
	{ "NOT_SAME_ORG_OR_SECRETARIAT", N_("CVE Services do not allow that for this organisation or user.") },
	{ "NOT_ALLOWED_TO_SELF_DEMOTE", N_("An administrator cannot take that role from themselves; another one does it.") },
	{ "NUMBER_OF_USERS_LIMIT_REACHED", N_("The organisation has as many users at CVE Services as it may have.") },
	{ "USER_LIMIT_REACHED", N_("The organisation has as many users at CVE Services as it may have.") },
	{ "USER_DNE", N_("CVE Services do not know the user; look at the connection.") },
	{ "UNAUTHORIZED", N_("CVE Services do not accept the organisation, user and key; look at the connection and store the key again.") },
	{ "CNA_ONLY", N_("Only a CVE Numbering Authority may do that.") },
	{ "ADP_ROLE_REQUIRED", N_("Only an Authorized Data Publisher may do that.") },
	{ "ORG_CANNOT_RESERVE", N_("This organisation may not reserve IDs for the other.") },
	{ "ORG_NOT_OWNER", N_("This ID belongs to another organisation.") },
	{ "SERVICE_NOT_AVAILABLE", N_("CVE Services are closed for maintenance.") },
	{ "TOO_MANY_REQUESTS", N_("CVE Services ask for fewer requests; it is tried again later.") },
};

static const struct { int from, to; const char *text; } statuses[] = {
	{ 200, 299, N_("The answer of CVE Services could not be read.") },
	{ 300, 399, N_("The address of CVE Services leads elsewhere; look at the connection.") },
	{ 401, 401, N_("CVE Services do not accept the organisation, user and key; look at the connection and store the key again.") },
	{ 403, 403, N_("CVE Services do not allow that for this organisation or user.") },
	{ 404, 404, N_("CVE Services know nothing at this address; look at the connection.") },
	{ 413, 413, N_("The record is too large for CVE Services.") },
	{ 429, 429, N_("CVE Services ask for fewer requests; it is tried again later.") },
	{ 400, 499, N_("CVE Services refuse the request.") },
	{ 500, 599, N_("CVE Services have a fault of their own.") },
};

const char *cve_refusal(str code, int status)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		if (str_eq(code, str_of(refusals[i].code)))
			return refusals[i].text;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (status >= statuses[i].from && status <= statuses[i].to)
			return statuses[i].text;
	return N_("CVE Services did not answer.");
}

const char *cve_refusal_of(enum cve_ask ask, str code, int status)
{
	if (ask == CVE_ASK_TRANSFER && (str_eq(code, S("ORG_DNE")) || str_eq(code, S("ORG_DNE_PARAM"))))
		return N_("CVE Services do not know the organisation that is to get the ID; look at its short name.");
	if ((ask == CVE_ASK_USER_WRITE || ask == CVE_ASK_KEY || ask == CVE_ASK_USER) && str_eq(code, S("USER_DNE")))
		return N_("The organisation has no user of this name at CVE Services; ask for the list of users.");
	return cve_refusal(code, status);
}

/* ---- parts ---- */

static str text_of(const struct json *v, const char *key)
{
	return utf8_cut(json_get_str(v, str_of(key)), WORDS_MAX);
}

static int64_t int_of(const struct json *v, const char *key)
{
	int64_t n;

	return json_int(json_get(v, str_of(key)), &n) ? n : INT_NONE;
}

static time_us time_of(const struct json *v, const char *key)
{
	time_us t;

	return time_parse(json_get_str(v, str_of(key)), &t) ? t : TIME_NONE;
}

/* False: it is none. */
static bool held_take(const struct json *v, struct cve_held *out)
{
	const struct json *by = json_get(v, S("requested_by"));

	*out = (struct cve_held){ json_get_str(v, S("cve_id")), text_of(v, "owning_cna"), text_of(by, "cna"), text_of(by, "user"),
		CVE_FREE, time_of(v, "reserved"), time_of(json_get(v, S("time")), "modified") };
	return cve_id_check(out->id) && cve_state_parse(json_get_str(v, S("state")), &out->state);
}

static bool full(struct ctx *c)
{
	return fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
}

static bool ids_take(struct ctx *c, const struct json *list, struct cve_answer *out, bool *sound)
{
	struct cve_held h;

	for (JSON_ITEMS(x, list)) {
		if (!held_take(x, &h))
			*sound = false;
		else if (!list_push(c->arena, &out->ids, h))
			return full(c);
	}
	return true;
}

/* False: it is none. */
static bool person_take(const struct json *v, struct cve_person *p)
{
	const struct json *name = json_get(v, S("name"));

	*p = (struct cve_person){ .name = text_of(v, "username"), .first = text_of(name, "first"), .middle = text_of(name, "middle"),
		.last = text_of(name, "last"), .suffix = text_of(name, "suffix") };
	p->active = str_eq(text_of(v, "active"), S("true")) || json_is(json_get(v, S("active")), JSON_TRUE);
	for (JSON_ITEMS(role, json_get(json_get(v, S("authority")), S("active_roles"))))
		p->admin |= str_eq(json_str(role), S("ADMIN"));
	return p->name.n > 0;
}

static bool users_take(struct ctx *c, const struct json *list, struct cve_answer *out, bool *sound)
{
	struct cve_person p;

	for (JSON_ITEMS(x, list)) {
		if (!person_take(x, &p))
			*sound = false;
		else if (!list_push(c->arena, &out->users, p))
			return full(c);
	}
	return true;
}

static bool org_take(struct ctx *c, const struct json *root, struct cve_org *o)
{
	struct buf b;

	*o = (struct cve_org){ text_of(root, "name"), text_of(root, "short_name"), text_of(root, "UUID"), STR_NONE,
		int_of(json_get(root, S("policies")), "id_quota") };
	buf_init(&b, c->arena, WORDS_MAX);
	for (JSON_ITEMS(role, json_get(json_get(root, S("authority")), S("active_roles"))))
		buf_fmt(&b, "%s%.*s", b.n ? " " : "", STR_ARG(json_str(role)));
	o->roles = buf_str(&b);
	return o->short_name.n > 0 && !b.full;
}

/* "message (param); …" of the first few. */
static str details_of(struct ctx *c, const struct json *root)
{
	const struct json *list = json_get(root, S("details")), *deep = json_get(list, S("errors"));
	struct buf         b;
	size_t             n = 0;

	buf_init(&b, c->arena, 8000);
	for (JSON_ITEMS(x, deep ? deep : list)) {
		str say = text_of(x, "msg"), at = text_of(x, "param");
		if (!say.n)
			say = text_of(x, "message");
		if (!at.n)
			at = text_of(x, "instancePath");
		if (!say.n || n++ == 5)
			continue;
		buf_fmt(&b, "%s%.*s", b.n ? "; " : "", STR_ARG(say));
		if (at.n)
			buf_fmt(&b, " (%.*s)", STR_ARG(at));
	}
	return b.n ? utf8_cut(buf_str(&b), WORDS_MAX) : STR_NONE;
}

/* ---- what was asked for ---- */

static bool reserved_read(struct ctx *c, const struct json *root, struct cve_answer *out, bool *sound)
{
	TRY(ids_take(c, json_get(root, S("cve_ids")), out, sound));
	out->remaining = int_of(json_get(root, S("meta")), "remaining_quota");
	*sound        &= out->ids.n > 0;
	return true;
}

/* Of the organisation, its users, and an ID that changed hands. */
static bool people_read(struct ctx *c, enum cve_ask ask, const struct json *root, struct cve_answer *out)
{
	const struct json *v = ask == CVE_ASK_USER ? root : json_get(root, S("updated"));
	struct cve_held    h;
	struct cve_person  p;

	if (ask == CVE_ASK_ORG)
		return org_take(c, root, &out->org);
	if (ask == CVE_ASK_KEY)
		return json_get_str(root, S("API-secret")).n > 0;
	if (ask == CVE_ASK_TRANSFER)
		return held_take(v, &h) && list_push(c->arena, &out->ids, h);
	if (!json_is(v, JSON_OBJECT))
		v = json_get(root, S("created"));
	return person_take(v, &p) && list_push(c->arena, &out->users, p);
}

static bool asked_read(struct ctx *c, enum cve_ask ask, const struct json *root, struct cve_answer *out, bool *sound)
{
	struct cve_held h;

	switch (ask) {
	case CVE_ASK_RESERVE:
		return reserved_read(c, root, out, sound);
	case CVE_ASK_LIST:
	case CVE_ASK_USERS:
		*sound    = json_is(json_get(root, ask == CVE_ASK_LIST ? S("cve_ids") : S("users")), JSON_ARRAY);
		out->next = int_of(root, "nextPage") > 0 ? int_of(root, "nextPage") : 0;
		return ask == CVE_ASK_LIST ? ids_take(c, json_get(root, S("cve_ids")), out, sound)
		                           : users_take(c, json_get(root, S("users")), out, sound);
	case CVE_ASK_ID:
		*sound = held_take(root, &h) && list_push(c->arena, &out->ids, h);
		return true;
	case CVE_ASK_RECORD:
		out->record = root;
		*sound      = json_is(json_get(root, S("cveMetadata")), JSON_OBJECT);
		return true;
	case CVE_ASK_WRITE:
		out->record = json_get(root, S("created"));
		if (!out->record)
			out->record = json_get(root, S("updated"));
		*sound = json_is(out->record, JSON_OBJECT);
		return true;
	case CVE_ASK_QUOTA:
		out->quota     = int_of(root, "id_quota");
		out->reserved  = int_of(root, "total_reserved");
		out->remaining = int_of(root, "available");
		*sound         = out->quota >= 0 && out->reserved >= 0 && out->remaining != INT_NONE;
		return true;
	case CVE_ASK_ORG: case CVE_ASK_USER: case CVE_ASK_USER_WRITE: case CVE_ASK_KEY: case CVE_ASK_TRANSFER:
		*sound = people_read(c, ask, root, out);
		return true;
	case CVE_ASK_HEALTH:
		return true;
	}
	return true;
}

static bool changes(enum cve_ask ask)
{
	return ask == CVE_ASK_RESERVE || ask == CVE_ASK_WRITE || ask == CVE_ASK_USER_WRITE || ask == CVE_ASK_KEY || ask == CVE_ASK_TRANSFER;
}

/* Statuses of which it is certain that nothing was done. */
static enum cve_verdict verdict_of(enum cve_ask ask, int status)
{
	if (status == 429 || status == 408)
		return status == 408 && changes(ask) ? CVE_DOUBT : CVE_LATER;
	if (status >= 300 && status < 500)
		return CVE_REFUSED;
	return changes(ask) ? CVE_DOUBT : CVE_LATER;
}

bool cve_answer_read(struct ctx *c, enum cve_ask ask, int status, str body, struct cve_answer *out)
{
	const struct json *root  = NULL;
	struct ctx         quiet = *c;
	bool               sound;

	*out = (struct cve_answer){ .verdict = verdict_of(ask, status), .status = status, .code = STR_NONE, .message = STR_NONE,
		.detail = STR_NONE, .ids = { .max = CVE_PAGE_MOST }, .users = { .max = CVE_PAGE_MOST }, .remaining = INT_NONE,
		.quota = INT_NONE, .reserved = INT_NONE };
	if (ask == CVE_ASK_HEALTH && status == 200) {
		out->verdict = CVE_DONE;
		return true;
	}
	sound = json_parse(&quiet, body, &limits, &root) && json_is(root, JSON_OBJECT);
	if (sound && status != 200) {
		out->code    = json_get_str(root, S("error")).n ? text_of(root, "error") : STR_NONE;
		out->message = json_get_str(root, S("message")).n ? text_of(root, "message") : STR_NONE;
		out->detail  = details_of(c, root);
	}
	if (!sound || (status != 200 && !(status == 206 && ask == CVE_ASK_RESERVE)))
		return true;
	TRY(asked_read(c, ask, root, out, &sound));
	if (sound)
		out->verdict = status == 206 ? CVE_PART : CVE_DONE;
	return true;
}

/* ---- the same record ---- */

bool cve_holds(struct ctx *c, const struct json *sent, const struct json *record, bool *holds)
{
	const struct json *cna = json_get(sent, S("cnaContainer")), *got = json_get(json_get(record, S("containers")), S("cna"));
	struct cve_changes x;

	*holds = cna && got;
	if (!*holds)
		return true;
	TRY(cve_diff(c, cna, got, &x));
	for (size_t i = 0; i < x.n; i++)
		if (!str_starts(x.v[i].pointer, S("/providerMetadata")))
			*holds = false;
	return true;
}
