#include "base/test.h"

#include "standards/securitytxt/securitytxt.h"

#include <string.h>

#define PLAIN \
	"# our address\r\nContact: mailto:psirt@example.com\r\nContact: tel:+81-3-5555-0100\r\n\r\n" \
	"Expires: 2027-06-30T15:00:00+09:00\r\nPreferred-Languages: ja, en\r\n" \
	"Canonical: https://example.com/.well-known/security.txt\r\nX-New: something\r\n"

static struct sectxt_findings judge_text(struct ctx *c, str text, str url)
{
	struct securitytxt s;
	struct sectxt_findings f = { 0 };

	check_ok(c, securitytxt_parse(c, text, &s));
	check_ok(c, securitytxt_check(c, &s, url, c->now, &f));
	return f;
}

/* The one error of the text must have this clause and line. */
static void check_error(struct ctx *c, str text, const char *clause, long line)
{
	struct sectxt_findings f = judge_text(c, text, STR_NONE);
	size_t errors = 0;

	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].error) {
			errors++;
			check_str(str_of(f.v[i].clause), str_of(clause));
			check_int(f.v[i].line, line);
		}
	check_int(errors, 1);
}

TEST(a_good_file_is_read_and_only_lacks_a_signature)
{
	struct sectxt_findings f = judge_text(c, S(PLAIN),
	                                      S("https://example.com/.well-known/security.txt"));
	struct securitytxt s;

	check_int(f.n, 1);
	check(!sectxt_has_error(&f));
	check_ok(c, securitytxt_parse(c, S(PLAIN), &s));
	check_str(sectxt_value(&s, SECTXT_CONTACT), S("mailto:psirt@example.com"));
	check_int(s.fields.v[2].line, 5);
	check(str_is_none(sectxt_value(&s, SECTXT_HIRING)));
}

/* meets RFC9116 2.3 */
TEST(the_text_inside_a_signature_frame_is_read)
{
	struct securitytxt s;
	struct sectxt_findings f;

	check_ok(c, securitytxt_parse(c, S("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n"
		"Contact: https://example.com/report\n- -dashed: one\nExpires: 2027-06-30T00:00:00Z\n"
		"-----BEGIN PGP SIGNATURE-----\n\nContact: mailto:evil@example.com\n"
		"-----END PGP SIGNATURE-----\n"), &s));
	check(s.framed);
	check_int(s.fields.n, 3);
	check_str(s.fields.v[1].written, S("-dashed"));
	check_ok(c, securitytxt_check(c, &s, STR_NONE, c->now, &f));
	check_int(f.n, 1);   /* a Canonical field is recommended */
	check(!securitytxt_parse(c, S("-----BEGIN PGP SIGNED MESSAGE-----\n\nContact: a:b\n"), &s));
	check_fault(c, E_SYNTAX, "securitytxt");
}

/* meets RFC9116 2, 4 */
TEST(each_rule_of_the_rfc_is_judged_at_its_line)
{
	check_error(c, S("Contact: mailto:a@example.com\n"), "2.5.5", 0);
	check_error(c, S("Expires: 2027-01-01T00:00:00Z\n"), "2.5.3", 0);
	check_error(c, S("Contact: a@example.com\nExpires: 2027-01-01T00:00:00Z\n"), "2.5.3", 1);
	check_error(c, S("Contact: http://example.com/\nExpires: 2027-01-01T00:00:00Z\n"), "2.5.3", 1);
	check_error(c, S("contact: mailto:a@b.example\nexpires: 2026-01-01T00:00:00Z\n"), "2.5.5", 2);
	check_error(c, S("Contact: mailto:a@b.example\nExpires: tomorrow\n"), "2.5.5", 2);
	check_error(c, S("Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n"
	                 "Expires: 2027-01-01T00:00:00Z\n"), "2.5.5", 3);
	check_error(c, S("Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n"
	                 "Preferred-Languages: ja, english please\n"), "2.5.8", 3);
	check_error(c, S("Contact: mailto:a@b.example\nExpires:2027-01-01T00:00:00Z\n"
	                 "Expires: 2027-01-01T00:00:00Z\n"), "2.2", 2);
}

/* meets RFC9116 3, 2.5.2 */
TEST(a_file_from_another_place_is_not_trusted)
{
	struct sectxt_findings f = judge_text(c, S(PLAIN),
	                                      S("https://evil.example/.well-known/security.txt"));

	check(sectxt_has_error(&f));
	f = judge_text(c, S("Contact: mailto:a@b.example\nExpires: 2027-01-01T00:00:00Z\n"),
	               S("http://b.example/.well-known/security.txt"));
	check(sectxt_has_error(&f));
	f = judge_text(c, S("Contact: mailto:a@b.example\nExpires: 2030-01-01T00:00:00Z\n"),
	               S("https://b.example/security.txt"));
	check(!sectxt_has_error(&f));
	check_int(f.n, 3);   /* too far ahead, old place, unsigned */
}

TEST(what_is_written_is_read_back)
{
	struct securitytxt s = { 0 }, again;
	struct buf b;

	buf_init(&b, c->arena, SECTXT_FILE_MAX);
	check_ok(c, sectxt_add(c, &s, SECTXT_EXPIRES, S("2027-06-30T00:00:00Z")));
	check(!securitytxt_print(c, &s, &b));
	check_fault(c, E_INVALID, "securitytxt");
	check_ok(c, sectxt_add(c, &s, SECTXT_CONTACT, S("mailto:psirt@example.com")));
	check_ok(c, securitytxt_print(c, &s, &b));
	check_str(buf_str(&b), S("Contact: mailto:psirt@example.com\nExpires: 2027-06-30T00:00:00Z\n"));
	check_ok(c, securitytxt_parse(c, buf_str(&b), &again));
	check_int(again.fields.n, 2);
	check_ok(c, sectxt_add(c, &s, SECTXT_POLICY, S("https://a.example/\nContact: mailto:x@y.example")));
	check(!securitytxt_print(c, &s, &b));
	check_fault(c, E_INVALID, "Policy");
}

TEST(a_hostile_file_is_refused_or_judged)
{
	static char big[SECTXT_FILE_MAX + 1];
	struct securitytxt s;
	struct sectxt_findings f;

	memset(big, 'a', sizeof(big));
	check(!securitytxt_parse(c, (str){ big, sizeof(big) }, &s));
	check_fault(c, E_LIMIT, "securitytxt");
	check(!securitytxt_parse(c, (str){ big, 4000 }, &s));
	check_int(c->fault.line, 1);
	for (size_t i = 1; i < sizeof(big); i += 2)
		big[i] = '\n';
	check(!securitytxt_parse(c, (str){ big, SECTXT_FILE_MAX }, &s));
	check_fault(c, E_LIMIT, "securitytxt");
	check(!securitytxt_parse(c, S("Contact: \xff\n"), &s));
	check_fault(c, E_SYNTAX, "securitytxt");
	check_ok(c, securitytxt_parse(c, S(""), &s));
	check_ok(c, securitytxt_parse(c, STR_NONE, &s));
	check_ok(c, securitytxt_check(c, &s, STR_NONE, c->now, &f));
	check(sectxt_has_error(&f));
	f = judge_text(c, S("\0: \0\n:\n: x\nContact: :\nContact: a:\nContact: 1a:b\nExpires: \n"), S(""));
	check(sectxt_has_error(&f));
}
