#include "standards/cve/cve_service.h"

#include "base/test.h"
#include "platform/json/json_out.h"
#include "standards/cve/cve.h"
#include "standards/cve/cve_openapi_test.h"
#include "standards/cve/cve_write.h"

static struct cve_answer answer(struct ctx *c, enum cve_ask ask, int status, const char *body)
{
	struct cve_answer a;

	check_ok(c, cve_answer_read(c, ask, status, str_of(body), &a));
	return a;
}

/* ---- states and requests ---- */

TEST(an_id_moves_only_along_its_states)
{
	static const struct { enum cve_state from; enum cve_move move; int to; } moves[] = {
		{ CVE_FREE, CVE_PUBLISH, -1 }, { CVE_FREE, CVE_UPDATE, -1 }, { CVE_FREE, CVE_REJECT, -1 },
		{ CVE_RESERVED, CVE_PUBLISH, CVE_PUBLISHED }, { CVE_RESERVED, CVE_UPDATE, -1 }, { CVE_RESERVED, CVE_REJECT, CVE_REJECTED },
		{ CVE_PUBLISHED, CVE_PUBLISH, -1 }, { CVE_PUBLISHED, CVE_UPDATE, CVE_PUBLISHED }, { CVE_PUBLISHED, CVE_REJECT, CVE_REJECTED },
		{ CVE_REJECTED, CVE_PUBLISH, CVE_PUBLISHED }, { CVE_REJECTED, CVE_UPDATE, -1 }, { CVE_REJECTED, CVE_REJECT, CVE_REJECTED },
	};
	enum cve_state to, s;

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		bool ok = cve_move_check(c, moves[i].from, moves[i].move, &to);
		check(ok == (moves[i].to >= 0));
		if (ok)
			check_int(to, moves[i].to);
		else
			check_fault(c, E_STATE, NULL);
	}
	check(cve_state_parse(S("RESERVED"), &s) && s == CVE_RESERVED && cve_state_parse(S("rejected"), &s) && s == CVE_REJECTED);
	check(!cve_state_parse(S("free"), &s) && !cve_state_parse(S(""), &s));
}

TEST(requests_are_those_of_the_interface)
{
	struct cve_request r;

	check_ok(c, cve_ask_reserve(c, S("aozora"), 1, 2026, false, &r));
	check_str(r.path, S("/cve-id?amount=1&cve_year=2026&short_name=aozora"));
	check_str(str_of(r.method), S("POST"));
	check_ok(c, cve_ask_reserve(c, S("a&b=c d"), 20, 2027, true, &r));
	check_str(r.path, S("/cve-id?amount=20&cve_year=2027&short_name=a%26b%3Dc%20d&batch_type=sequential"));
	check_ok(c, cve_ask_reserve(c, S("aozora"), 2, 1999, false, &r));
	check_str(r.path, S("/cve-id?amount=2&cve_year=1999&short_name=aozora&batch_type=nonsequential"));
	check_ok(c, cve_ask_list(c, CVE_RESERVED, c->now + 5, 2, &r));
	check_str(r.path, S("/cve-id?page=2&state=RESERVED&time_reserved.gt=2026-11-24T00%3A00%3A00Z"));
	check_ok(c, cve_ask_list(c, CVE_FREE, TIME_NONE, 0, &r));
	check_str(r.path, S("/cve-id?page=1"));
	check_ok(c, cve_ask_write(c, S("CVE-2026-10042"), CVE_PUBLISH, false, S("{}"), &r));
	check_str(r.path, S("/cve/CVE-2026-10042/cna"));
	check_str(str_of(r.method), S("POST"));
	check_ok(c, cve_ask_write(c, S("CVE-2026-10042"), CVE_REJECT, true, S("{}"), &r));
	check_str(r.path, S("/cve/CVE-2026-10042/reject"));
	check_str(str_of(r.method), S("PUT"));
	check_ok(c, cve_ask_quota(c, S("aozora"), &r));
	check_str(r.path, S("/org/aozora/id_quota"));
	check_ok(c, cve_ask_users(c, S("../x"), 1, &r));
	check_str(r.path, S("/org/..%2Fx/users?page=1"));
	check_ok(c, cve_ask_adp(c, S("CVE-2026-10042"), S("{}"), &r));
	check_str(r.path, S("/cve/CVE-2026-10042/adp"));
}

TEST(requests_that_make_no_sense_are_refused_at_their_field)
{
	struct cve_request r;
	str                body;

	check(!cve_ask_reserve(c, S("aozora"), 0, 2026, true, &r));
	check_fault(c, E_INVALID, "amount");
	check(!cve_ask_reserve(c, S("aozora"), 1001, 2026, true, &r));
	check_fault(c, E_INVALID, "amount");
	check(!cve_ask_reserve(c, S("aozora"), 11, 2026, false, &r));
	check_fault(c, E_INVALID, "amount");
	check(!cve_ask_reserve(c, S("aozora"), 1, 2028, false, &r));
	check_fault(c, E_INVALID, "year");
	check(!cve_ask_reserve(c, S("aozora"), 1, 1998, false, &r));
	check_fault(c, E_INVALID, "year");
	check(!cve_ask_reserve(c, S("a"), 1, 2026, false, &r));
	check_fault(c, E_INVALID, "org");
	check(!cve_ask_id(c, S("CVE-2026-1/../../org"), &r));
	check_fault(c, E_INVALID, "cve");
	check(!cve_rejection(c, S("  "), STR_NONE, &body));
	check_fault(c, E_INVALID, "reason");
	check(!cve_rejection(c, S("Not a flaw."), S("2026-1"), &body));
	check_fault(c, E_INVALID, "replaced_by");
}

TEST(a_rejection_is_one_that_services_accept)
{
	struct findings f;
	str             body;

	check_ok(c, cve_rejection(c, S("This ID was not used."), S("CVE-2026-10043"), &body));
	check_ok(c, cve_check(c, body, &f));
	check(f.valid);
	check(str_find(body, S("\"replacedBy\""), 0) != SIZE_MAX);
}

/* ---- answers ---- */

#define HELD(id, state) "{\"cve_id\":\"" id "\",\"cve_year\":\"2026\",\"owning_cna\":\"aozora\",\"state\":\"" state \
	"\",\"requested_by\":{\"cna\":\"aozora\",\"user\":\"kana@aozora.example\"},\"reserved\":\"2026-11-24T00:00:00.123Z\"}"

TEST(reserved_ids_and_the_quota_are_read)
{
	struct cve_answer a;

	a = answer(c, CVE_ASK_RESERVE, 200, "{\"cve_ids\":[" HELD("CVE-2026-10042", "RESERVED") "," HELD("CVE-2026-10043", "RESERVED")
	           "],\"meta\":{\"remaining_quota\":98}}");
	check_int(a.verdict, CVE_DONE);
	check_int(a.ids.n, 2);
	check_str(a.ids.v[1].id, S("CVE-2026-10043"));
	check_str(a.ids.v[1].by_user, S("kana@aozora.example"));
	check_int(a.ids.v[0].state, CVE_RESERVED);
	check_int(a.ids.v[0].reserved, c->now + 123000);
	check_int(a.remaining, 98);
	a = answer(c, CVE_ASK_RESERVE, 206, "{\"error\":\"RESERVED_PARTIAL_AMOUNT\",\"message\":\"x\",\"details\":{\"amount_reserved\":1},"
	           "\"cve_ids\":[" HELD("CVE-2026-10042", "RESERVED") "]}");
	check_int(a.verdict, CVE_PART);
	check_int(a.ids.n, 1);
	a = answer(c, CVE_ASK_LIST, 200, "{\"totalCount\":3,\"nextPage\":2,\"cve_ids\":[" HELD("CVE-2026-10042", "PUBLISHED") "]}");
	check_int(a.verdict, CVE_DONE);
	check_int(a.next, 2);
	check_int(a.ids.v[0].state, CVE_PUBLISHED);
	a = answer(c, CVE_ASK_QUOTA, 200, "{\"id_quota\":100,\"total_reserved\":2,\"available\":98}");
	check_int(a.verdict, CVE_DONE);
	check(a.quota == 100 && a.reserved == 2 && a.remaining == 98);
	a = answer(c, CVE_ASK_USERS, 200, "{\"users\":[{\"username\":\"kana@aozora.example\",\"active\":\"true\",\"name\":{\"first\":\"Kana\","
	           "\"last\":\"Mori\"},\"authority\":{\"active_roles\":[\"ADMIN\"]}},{\"username\":\"old\",\"active\":false}]}");
	check(a.users.n == 2 && a.users.v[0].admin && a.users.v[0].active && !a.users.v[1].active && !a.users.v[1].admin);
}

/* What may have been done is never taken for done, nor for not done. */
TEST(doubt_is_told_from_refusal)
{
	static const struct { enum cve_ask ask; int status; const char *body; enum cve_verdict verdict; } cases[] = {
		{ CVE_ASK_RESERVE, 500, "{\"error\":\"SERVICE_ERROR\"}", CVE_DOUBT }, { CVE_ASK_RESERVE, 502, "<html>", CVE_DOUBT },
		{ CVE_ASK_RESERVE, 200, "", CVE_DOUBT },                 { CVE_ASK_RESERVE, 200, "{\"cve_ids\":[]}", CVE_DOUBT },
		{ CVE_ASK_RESERVE, 200, "[1,2", CVE_DOUBT },             { CVE_ASK_RESERVE, 200, "{\"cve_ids\":[{\"cve_id\":\"x\"}]}", CVE_DOUBT },
		{ CVE_ASK_RESERVE, 200, "\xff\xfe", CVE_DOUBT },         { CVE_ASK_RESERVE, 204, "", CVE_DOUBT },
		{ CVE_ASK_RESERVE, 408, "", CVE_DOUBT },                 { CVE_ASK_RESERVE, 429, "", CVE_LATER },
		{ CVE_ASK_RESERVE, 403, "{\"error\":\"EXCEEDED_ID_QUOTA\"}", CVE_REFUSED }, { CVE_ASK_RESERVE, 401, "no", CVE_REFUSED },
		{ CVE_ASK_RESERVE, 302, "", CVE_REFUSED },               { CVE_ASK_WRITE, 200, "{\"message\":\"ok\"}", CVE_DOUBT },
		{ CVE_ASK_WRITE, 200, "{\"created\":{\"a\":1}}", CVE_DONE }, { CVE_ASK_WRITE, 400, "{}", CVE_REFUSED },
		{ CVE_ASK_WRITE, 503, "", CVE_DOUBT },                   { CVE_ASK_LIST, 500, "", CVE_LATER },
		{ CVE_ASK_LIST, 200, "{}", CVE_LATER },                  { CVE_ASK_RECORD, 404, "{\"error\":\"CVE_RECORD_DNE\"}", CVE_REFUSED },
		{ CVE_ASK_ID, 200, "{\"cve_id\":\"CVE-2026-1\",\"state\":\"RESERVED\"}", CVE_LATER }, { CVE_ASK_QUOTA, 200, "{\"id_quota\":\"many\"}", CVE_LATER },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cve_answer a = answer(c, cases[i].ask, cases[i].status, cases[i].body);
		if (a.verdict != cases[i].verdict)
			check_str(str_of(cases[i].body), S("the verdict above"));
		check_int(a.verdict, cases[i].verdict);
	}
}

TEST(errors_are_told_in_words_with_what_is_wrong)
{
	struct cve_answer a = answer(c, CVE_ASK_WRITE, 400, "{\"error\":\"INVALID_JSON_SCHEMA\",\"message\":\"CVE cnaContainer JSON schema validation FAILED.\","
		"\"details\":{\"errors\":[{\"instancePath\":\"/cnaContainer/references\",\"message\":\"must NOT have fewer than 1 items\"}]}}");

	check_str(a.code, S("INVALID_JSON_SCHEMA"));
	check_str(a.detail, S("must NOT have fewer than 1 items (/cnaContainer/references)"));
	check_str(str_of(cve_refusal(a.code, a.status)), S("CVE Services refuse the record: it is not in the record format."));
	a = answer(c, CVE_ASK_RESERVE, 400, "{\"error\":\"BAD_INPUT\",\"message\":\"Parameters were invalid\",\"details\":[{\"msg\":\"Invalid value\",\"param\":\"amount\",\"location\":\"query\"}]}");
	check_str(a.detail, S("Invalid value (amount)"));
	check_str(str_of(cve_refusal(S("SOMETHING_NEW"), 403)), S("CVE Services do not allow that for this organisation or user."));
	check_str(str_of(cve_refusal(STR_NONE, 0)), S("CVE Services did not answer."));
}

TEST(a_record_that_holds_what_was_sent_is_known_again)
{
	static const struct { const char *got; bool holds; } cases[] = {
		{ "{\"containers\":{\"cna\":{\"providerMetadata\":{\"orgId\":\"x\"},\"references\":[{\"url\":\"https://b\"},{\"url\":\"https://a\"}],\"title\":\"T\"}}}", true },
		{ "{\"containers\":{\"cna\":{\"references\":[{\"url\":\"https://a\"}],\"title\":\"T\"}}}", false },
		{ "{\"containers\":{\"cna\":{\"references\":[{\"url\":\"https://a\"},{\"url\":\"https://b\"}],\"title\":\"U\"}}}", false },
		{ "{\"containers\":{}}", false }, { "[]", false },
	};
	const struct json *sent, *got;
	bool               holds;

	check_ok(c, json_parse(c, S("{\"cnaContainer\":{\"title\":\"T\",\"references\":[{\"url\":\"https://a\"},{\"url\":\"https://b\"}]}}"), NULL, &sent));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		check_ok(c, json_parse(c, str_of(cases[i].got), NULL, &got));
		check_ok(c, cve_holds(c, sent, got, &holds));
		check(holds == cases[i].holds);
	}
}

/* ---- authoring ---- */

static const struct json *written(struct ctx *c, const struct cve_draft *d)
{
	const struct json *root;
	struct findings    f;
	struct buf         b;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, cve_write(c, d, &b));
	check_ok(c, cve_check(c, buf_str(&b), &f));
	if (f.count[FINDING_ERROR] || f.count[FINDING_WARNING]) {
		struct buf say;
		buf_init(&say, c->arena, 1 << 16);
		findings_tell(c, &say, buf_str(&b), &f);
		check_str(buf_str(&say), S(""));
	}
	check_ok(c, json_parse(c, buf_str(&b), NULL, &root));
	return json_get(root, S("cnaContainer"));
}

static struct cve_draft sample(const struct cve_product *p)
{
	static const struct cve_words  en[]      = { { "en", S_INIT("A session of Kumo Console stays valid after the password was changed.") },
		{ "ja", S_INIT("パスワード変更後もセッションが有効なまま残ります。") } };
	static const struct cve_words  thanks[]  = { { "en", S_INIT("Kana Mori") } };
	static const struct cve_link   links[]   = { { S_INIT("https://psirt.example.jp/advisories/A-1"), S_INIT("Advisory"), "vendor-advisory" },
		{ S_INIT("https://psirt.example.jp/advisories/A-1"), S_INIT("twice"), NULL } };
	static const str               vectors[] = { S_INIT("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
		S_INIT("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H") };

	return (struct cve_draft){ .title = S("Sessions stay valid"), .public_at = 1790000000 * SECOND, .descriptions = { en, 2 },
		.credits = { thanks, 1 }, .products = { p, 1 }, .links = { links, 2 }, .vectors = { vectors, 2 }, .cwe = S("CWE-613"),
		.cwe_name = S("Insufficient Session Expiration"), .advisory = S("A-1") };
}

TEST(a_container_made_of_a_case_is_valid)
{
	static const struct cve_cell    cells[] = { { S_INIT("4.0.0"), CVE_UNAFFECTED }, { S_INIT("4.1.0"), CVE_AFFECTED },
		{ S_INIT("4.2.0"), CVE_AFFECTED }, { S_INIT("4.2.1"), CVE_UNAFFECTED } };
	static const struct cve_product p = { S_INIT("Aozora Instruments"), S_INIT("Kumo Console"), cells, 4 };
	struct cve_draft                d = sample(&p);
	const struct json              *x = written(c, &d), *v = json_point(x, S("/affected/0/versions"));

	check_int(json_count(v), 3);
	check_str(json_get_str(json_at(v, 1), S("version")), S("4.1.0"));
	check_str(json_get_str(json_at(v, 1), S("lessThan")), S("4.2.1"));
	check_int(json_count(json_get(x, S("references"))), 1);
	check_str(json_str(json_point(x, S("/metrics/1/cvssV3_1/baseSeverity"))), S("CRITICAL"));
	check_str(json_str(json_point(x, S("/problemTypes/0/descriptions/0/cweId"))), S("CWE-613"));
}

/* All patterns of three statuses over six versions: what is read is what was written. */
TEST(ranges_say_of_each_version_what_the_grid_says)
{
	static const char *const plain[] = { "1.0.0", "1.0.1", "1.1.0-rc.1", "1.1.0", "2.0.0", "10.0.0" };
	static const char *const odd[]   = { "1", "R2", "2.0 SP1", "2.0 SP2", "2026-01", "3.x" };
	static const char *const mixed[] = { "1.0.0", "1.2.0", "1.1.0", "2.0.0", "3.0.0", "4.0.0" };   /* maintained beside each other */
	struct cve_cell          cells[6];
	struct cve_product       p = { S("Aozora"), S("Kumo"), cells, 6, STR_NONE, STR_NONE };
	struct cve_draft         d = sample(&p);
	bool                     sure;

	for (int n = 0; n < 729 * 3; n++) {
		const char *const *names = n % 3 == 0 ? plain : n % 3 == 1 ? odd : mixed;
		const struct json *x, *root;
		struct buf         b;
		bool               affected = false;
		for (int i = 0, k = n / 3; i < 6; i++, k /= 3) {
			cells[i] = (struct cve_cell){ str_of(names[i]), (enum cve_status)(k % 3) };
			affected |= cells[i].status == CVE_AFFECTED;
		}
		buf_init(&b, c->arena, 1 << 16);
		check_ok(c, cve_write(c, &d, &b));
		check_ok(c, json_parse(c, buf_str(&b), NULL, &root));
		x = json_point(root, S("/cnaContainer/affected/0"));
		for (int i = 0; i < 6; i++) {
			check_int(cve_version_status(x, cells[i].version, &sure), cells[i].status);
			check(sure);
		}
		if (affected && n % 50 < 3)
			(void)written(c, &d);
	}
}

/* ---- the interface as it is described ---- */

static void judged(struct ctx *c, const struct json *api, const struct cve_request *r)
{
	str wrong = openapi_wrong(c, api, str_of(r->method), r->path, r->body);

	if (wrong.n)
		check_str(STR_CAT(c->arena, r->path, S(" ")), wrong);
}

TEST(every_request_is_one_of_the_openapi_document)
{
	const struct json  *api = openapi_load(c);
	struct cve_cell     cell = { S("1.0.0"), CVE_AFFECTED };
	struct cve_product  p    = { S("Aozora"), S("Kumo"), &cell, 1, S("cpe:2.3:o:aozora:kumo_firmware:*:*:*:*:*:*:*:*"), S("pkg:npm/%40aozora/kumo") };
	struct cve_draft    d    = sample(&p);
	struct cve_request  r;
	struct buf          b;
	str                 body;

	if (!api)
		skip_test("no official test vectors");
	check_str(openapi_wrong(c, api, S("POST"), S("/cve-id?amount=x&cve_year=2026&short_name=a"), S("")), S("wrong value of amount"));
	check_str(openapi_wrong(c, api, S("POST"), S("/cve-id?amount=1&cve_year=2026"), S("")), S("missing parameter short_name"));
	check_str(openapi_wrong(c, api, S("POST"), S("/cve-ids?amount=1"), S("")), S("no operation POST /cve-ids"));
	check(openapi_wrong(c, api, S("POST"), S("/cve/CVE-2026-0001/cna"), S("{\"cnaContainer\":{}}")).n > 0);
	check_ok(c, cve_ask_reserve(c, S("aozora"), 1, 2026, false, &r));
	judged(c, api, &r);
	check_ok(c, cve_ask_reserve(c, S("aozora"), 9, 2026, true, &r));
	judged(c, api, &r);
	check_ok(c, cve_ask_reserve(c, S("aozora"), 9, 2026, false, &r));
	judged(c, api, &r);
	for (enum cve_state s = CVE_FREE; s < CVE_STATES; s++) {
		check_ok(c, cve_ask_list(c, s, c->now, 3, &r));
		judged(c, api, &r);
	}
	check_ok(c, cve_ask_id(c, S("CVE-2026-10042"), &r));
	judged(c, api, &r);
	check_ok(c, cve_ask_record(c, S("CVE-2026-10042"), &r));
	judged(c, api, &r);
	check_ok(c, cve_ask_quota(c, S("aozora"), &r));
	judged(c, api, &r);
	check_ok(c, cve_ask_users(c, S("aozora"), 1, &r));
	judged(c, api, &r);
	d.vectors.v++;   /* this edition of the interface is older than CVSS 4.0 in records */
	d.vectors.n--;
	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, cve_write(c, &d, &b));
	check_ok(c, cve_rejection(c, S("Not used."), STR_NONE, &body));
	for (int again = 0; again < 2; again++) {
		check_ok(c, cve_ask_write(c, S("CVE-2026-10042"), CVE_PUBLISH, again, buf_str(&b), &r));
		judged(c, api, &r);
		check_ok(c, cve_ask_write(c, S("CVE-2026-10042"), CVE_REJECT, again, body, &r));
		judged(c, api, &r);
	}
}
