#include "services/5-disclosure/3-publication/author/signpost.h"

#include "base/buf.h"
#include "base/test.h"
#include "platform/json/json.h"
#include "platform/op/tool.h"

struct said { int status; str out, err; };

static struct said of(struct ctx *c, const char *text, const char *one, const char *two)
{
	static struct front front;
	char       *argv[] = { "-", cstr(c->arena, str_of(one)), cstr(c->arena, str_of(two)) };
	struct buf  out, err;
	struct said r;

	c->front = &front;
	check(time_parse(S("2026-11-29T12:00:00Z"), &c->now));
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 16);
	tool_source(str_of(text));
	r.status = securitytxt_check_run(c, *two ? 3 : *one ? 2 : 1, argv, &out, &err);
	tool_source(STR_NONE);
	r.out = buf_str(&out);
	r.err = buf_str(&err);
	return r;
}

static bool has(str text, const char *part)
{
	return str_find(text, str_of(part), 0) != SIZE_MAX;
}

#define GOOD "Contact: mailto:psirt@example.com\nExpires: 2027-05-01T00:00:00Z\nCanonical: https://example.com/.well-known/security.txt\n"

/* meets RFC9116 2.3, 2.5.2 */
TEST(a_security_txt_is_judged_with_what_is_wrong_at_its_line)
{
	struct said r = of(c, GOOD, "", "");

	check_int(r.status, 4);
	check_str(r.out, S("-: valid\n  warning 2.3 The file should be signed with OpenPGP.\n"));
	r = of(c, "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" GOOD "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n", "", "");
	check_int(r.status, 0);
	check(has(r.out, "bears an OpenPGP signature; whose, and whether it is right, was not checked"));
	r = of(c, GOOD "Expires: 2027-06-01T00:00:00Z\n", "", "");
	check(r.status == 1 && has(r.out, "-: not valid\n") && has(r.out, "  error 2.5.5 line 4: Expires may be given only once.\n"));
	r = of(c, "Contact: psirt@example.com\r\nExpires: 2026-11-01T00:00:00Z\r\n", "", "");
	check(r.status == 1 && has(r.out, "error 2.5.3 line 1: ") && has(r.out, "error 2.5.5 line 2: The file expired on 2026-11-01T00:00:00Z"));
	r = of(c, GOOD, "--url=https://other.example/.well-known/security.txt", "");
	check(r.status == 1 && has(r.out, "error 2.5.2 The file is not canonical for https://other.example/"));
}

TEST(a_security_txt_for_programs)
{
	const struct json *root;
	struct said        r = of(c, GOOD "Preferred-Languages: english_gb\n", "--json", "--url=https://example.com/.well-known/security.txt");

	check_int(r.status, 1);
	check_ok(c, json_parse(c, r.out, NULL, &root));
	check_str(json_get_str(root, S("expires")), S("2027-05-01T00:00:00Z"));
	check(json_get(root, S("signed"))->kind == JSON_FALSE && json_get(root, S("valid"))->kind == JSON_FALSE);
	check_str(json_get_str(json_point(root, S("/findings/0")), S("test")), S("2.5.8"));
	check(has(r.out, "\"class\":\"error\",\"line\":4,"));
}

TEST(a_hostile_security_txt_is_told_and_so_is_a_wrong_call)
{
	struct said r = of(c, "Contact: \xff\n", "", "");
	struct buf  lines;

	check(r.status == 1 && has(r.out, "  error parse The file is not UTF-8.\n"));
	buf_init(&lines, c->arena, 1 << 16);
	buf_add(&lines, S("Contact: https://example.com/"));
	for (int i = 0; i < 3000; i++)
		buf_char(&lines, 'a');
	buf_char(&lines, '\0');
	r = of(c, buf_str(&lines).p, "--json", "");
	check(r.status == 1 && has(r.out, "\"test\":\"parse\",\"class\":\"error\",\"line\":1,\"message\":\"A line has at most 2048 bytes.\""));
	check(of(c, "", "", "").status == 1 && has(of(c, "", "", "").out, "The field Contact is missing."));
	check(has(of(c, "just words\n", "", "").out, "error 2.2 line 1: "));
	check_int(of(c, GOOD, "--jsn", "").status, 2);
	check_int(of(c, GOOD, "other.txt", "").status, 2);
}
