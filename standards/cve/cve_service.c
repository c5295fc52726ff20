#include "standards/cve/cve_service.h"

#include "platform/json/json_out.h"
#include "standards/cve/cve.h"
#include "standards/cve/cve_service_part.h"

enum { REASON_MAX = 4096 };

/* ---- states ---- */

const char *cve_state_name(enum cve_state s)
{
	static const char *const names[] = { "free", "reserved", "published", "rejected" };

	return names[s];
}

bool cve_state_parse(str word, enum cve_state *out)
{
	for (enum cve_state s = CVE_RESERVED; s < CVE_STATES; s++)
		if (str_eq_nocase(word, str_of(cve_state_name(s)))) {
			*out = s;
			return true;
		}
	return false;
}

bool cve_move_check(struct ctx *c, enum cve_state from, enum cve_move move, enum cve_state *to)
{
	if (from == CVE_FREE)
		return fault(c, E_STATE, NULL, N_("This ID is not reserved."));
	if (move == CVE_PUBLISH && from == CVE_PUBLISHED)
		return fault(c, E_STATE, NULL, N_("This ID has a published record already; update that."));
	if (move == CVE_UPDATE && from != CVE_PUBLISHED)
		return fault(c, E_STATE, NULL, N_("This ID has no published record to update."));
	*to = move == CVE_REJECT ? CVE_REJECTED : CVE_PUBLISHED;
	return true;
}

/* ---- requests ---- */

void cve_put_encoded(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char x = (unsigned char)s.p[i];
		if ((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' || x == '.' || x == '_' ||
		    x == '~')
			buf_char(b, (char)x);
		else
			buf_fmt(b, "%%%02X", x);
	}
}

bool cve_org_check(struct ctx *c, str org)
{
	return (org.n >= 2 && org.n <= 32) || fault(c, E_INVALID, "org", N_("The short name of an organisation has 2 to 32 characters."));
}

static bool id_check(struct ctx *c, str id)
{
	return cve_id_check(id) || fault(c, E_INVALID, "cve", N_("A CVE number is written such as CVE-2026-10042."));
}

static struct cve_request request(enum cve_ask ask, const char *method, const struct buf *b)
{
	return (struct cve_request){ ask, method, buf_str(b), STR_NONE };
}

bool cve_ask_reserve(struct ctx *c, str org, int64_t amount, int64_t year, bool in_row, struct cve_request *out)
{
	int64_t    most = in_row ? CVE_RESERVE_MOST : CVE_LOOSE_MOST;
	struct buf b;

	TRY(cve_org_check(c, org));
	if (amount < 1 || amount > most)
		return fault(c, E_INVALID, "amount", N_("From 1 to {1} IDs are reserved at once."), str_fmt(c->arena, "%lld", (long long)most));
	if (year < 1999 || year > time_civil(c->now).year + 1)
		return fault(c, E_INVALID, "year", N_("The year of an ID is from 1999 to next year."));
	buf_init(&b, c->arena, 1000);
	buf_fmt(&b, "/cve-id?amount=%lld&cve_year=%lld&short_name=", (long long)amount, (long long)year);
	cve_put_encoded(&b, org);
	if (amount > 1)
		buf_add(&b, in_row ? S("&batch_type=sequential") : S("&batch_type=nonsequential"));
	*out = request(CVE_ASK_RESERVE, "POST", &b);
	return true;
}

bool cve_ask_list(struct ctx *c, enum cve_state state, time_us since, int64_t page, struct cve_request *out)
{
	static const char *const words[] = { "", "&state=RESERVED", "&state=PUBLISHED", "&state=REJECTED" };
	struct buf b;

	buf_init(&b, c->arena, 1000);
	buf_fmt(&b, "/cve-id?page=%lld%s", (long long)(page < 1 ? 1 : page), words[state]);
	if (since != TIME_NONE) {
		buf_add(&b, S("&time_reserved.gt="));
		cve_put_encoded(&b, time_print(c->arena, since - since % SECOND));
	}
	*out = request(CVE_ASK_LIST, "GET", &b);
	return true;
}

static bool ask_of(struct ctx *c, enum cve_ask ask, const char *method, const char *before, str id, const char *after,
                   struct cve_request *out)
{
	struct buf b;

	TRY(id_check(c, id));
	buf_init(&b, c->arena, 200);
	buf_fmt(&b, "%s%.*s%s", before, STR_ARG(id), after);
	*out = request(ask, method, &b);
	return true;
}

bool cve_ask_id(struct ctx *c, str id, struct cve_request *out)
{
	return ask_of(c, CVE_ASK_ID, "GET", "/cve-id/", id, "", out);
}

bool cve_ask_record(struct ctx *c, str id, struct cve_request *out)
{
	return ask_of(c, CVE_ASK_RECORD, "GET", "/cve/", id, "", out);
}

bool cve_ask_write(struct ctx *c, str id, enum cve_move move, bool again, str body, struct cve_request *out)
{
	TRY(ask_of(c, CVE_ASK_WRITE, again ? "PUT" : "POST", "/cve/", id, move == CVE_REJECT ? "/reject" : "/cna", out));
	out->body = body;
	return true;
}

bool cve_ask_adp(struct ctx *c, str id, str body, struct cve_request *out)
{
	TRY(ask_of(c, CVE_ASK_WRITE, "PUT", "/cve/", id, "/adp", out));
	out->body = body;
	return true;
}

static bool ask_org(struct ctx *c, enum cve_ask ask, str org, str after, struct cve_request *out)
{
	struct buf b;

	TRY(cve_org_check(c, org));
	buf_init(&b, c->arena, 1000);
	buf_add(&b, S("/org/"));
	cve_put_encoded(&b, org);
	buf_add(&b, after);
	*out = request(ask, "GET", &b);
	return true;
}

bool cve_ask_quota(struct ctx *c, str org, struct cve_request *out)
{
	return ask_org(c, CVE_ASK_QUOTA, org, S("/id_quota"), out);
}

bool cve_ask_users(struct ctx *c, str org, int64_t page, struct cve_request *out)
{
	return ask_org(c, CVE_ASK_USERS, org, str_fmt(c->arena, "/users?page=%lld", (long long)(page < 1 ? 1 : page)), out);
}

/* meets CNA-Rules 4.5.3.7: a rejection is explained */
bool cve_rejection(struct ctx *c, str reason, str replaced_by, str *body)
{
	struct json_out o;
	struct buf      b;

	if (!str_trim(reason).n || reason.n > REASON_MAX)
		return fault(c, E_INVALID, "reason", N_("A rejection needs a reason of at most 4,096 bytes."));
	if (replaced_by.n && !cve_id_check(replaced_by))
		return fault(c, E_INVALID, "replaced_by", N_("A CVE number is written such as CVE-2026-10042."));
	buf_init(&b, c->arena, 64 << 10);
	json_out_init(&o, &b, JSON_PRETTY);
	json_open_object(&o);
	json_open(&o, "cnaContainer", '{');
	json_open(&o, "rejectedReasons", '[');
	json_open_object(&o);
	json_put_str(&o, "lang", S("en"));
	json_put_str(&o, "value", str_trim(reason));
	json_close(&o);
	json_close(&o);
	if (replaced_by.n) {
		json_open(&o, "replacedBy", '[');
		json_out_str(&o, replaced_by);
		json_close(&o);
	}
	json_close(&o);
	json_close(&o);
	*body = buf_str(&b);
	return true;
}
