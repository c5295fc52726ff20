#include "base/test.h"

#include <unistd.h>

#include "platform/http/multipart.h"
#include "platform/http/spool.h"

static const struct multipart_limit limit = { .parts = 4, .name = 16, .text = 64,
                                             .texts = 130 };

/* Read `body` in steps of `step` bytes. */
static bool read_form(struct ctx *c, str body, size_t step, struct fields *out)
{
	struct multipart *m = NEW(c->arena, struct multipart);
	bool ok;

	*out = (struct fields){ 0 };
	TRY(multipart_init(c, m, S("multipart/form-data; boundary=XX"), &limit, out));
	ok = true;
	for (size_t i = 0; ok && i < body.n; i += step)
		ok = multipart_add(c, m, str_slice(body, i, i + step));
	ok = ok && multipart_end(c, m);
	multipart_done(m);
	return ok;
}

static void done(struct fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].fd >= 0)
			close(f->v[i].fd);
}

#define PART(head, text) "--XX\r\nContent-Disposition: form-data; " head "\r\n\r\n" text "\r\n"
#define END "--XX--\r\n"
#define TEXT50 "12345678901234567890123456789012345678901234567890"

TEST(a_multipart_form_reads_the_same_in_any_steps)
{
	str body = S(PART("name=\"a\"", "1") PART("name=a", "")
	             PART("name=\"f\"; filename=\"C:\\dir\\x %22y.txt\"", "\r\n--X\r\n-- \r\n")
	             PART("name=\"z\"; filename=\"\"", "") END "epilogue");

	for (size_t step = 1; step <= body.n; step += step < 70 ? 1 : 37) {
		struct fields f;
		str           text;
		check_ok(c, read_form(c, body, step, &f));
		check_int(f.n, 3);
		check_str(f.v[0].value, S("1"));
		check_str(f.v[1].name, S("a"));
		check_str(f.v[1].value, S(""));
		check_str(f.v[2].filename, S("x \"y.txt"));
		check_int(f.v[2].size, 12);
		check_ok(c, field_text(c, &f.v[2], 12, &text));
		check_str(text, S("\r\n--X\r\n-- \r\n"));
		check(!field_text(c, &f.v[2], 11, &text));
		check_fault(c, E_LIMIT, "f");
		done(&f);
	}
}

TEST(a_file_without_bytes_is_a_file)
{
	struct fields f;
	str           text;

	check_ok(c, read_form(c, S(PART("name=f; filename=empty.bin", "") END), 7, &f));
	check_int(f.n, 1);
	check(f.v[0].fd >= 0);
	check_int(f.v[0].size, 0);
	check_ok(c, field_text(c, &f.v[0], 0, &text));
	check_int(text.n, 0);
	done(&f);
}

TEST(malformed_multipart_is_refused)
{
	static const str wrong[] = {
		S_INIT(""), S_INIT("--XX"), S_INIT("preamble\r\n" END), S_INIT(PART("name=a", "1")),
		S_INIT("--XXY\r\n"), S_INIT("--XX\n"), S_INIT("--XX\r\n\r\n\r\n" END),
		S_INIT("--XX\r\nContent-Type: text/plain\r\n\r\nx\r\n" END),
		S_INIT("--XX\r\nno colon\r\n\r\nx\r\n" END), S_INIT(PART("", "x") END),
		S_INIT(PART("name=\"\"", "x") END), S_INIT(PART("name=\"a", "x") END),
		S_INIT(PART("name=\"\xFF\"", "x") END), S_INIT(PART("name=a", "\xFF") END),
		S_INIT(PART("name=a", "\0") END), S_INIT(PART("name=\"a\0b\"", "x") END),
		S_INIT(PART("name=a\r\nContent-Disposition: form-data; name=b", "x") END),
		S_INIT(PART("name=a\r\nContent-Transfer-Encoding: base64", "x") END),
		S_INIT(PART("name=a; filename=\"\"", "x") END),
		S_INIT("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n" END),
	};
	struct fields f;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		check(!read_form(c, wrong[i], 9, &f));
		check_fault(c, E_USAGE, "form");
		done(&f);
	}
}

TEST(limits_of_a_multipart_form_hold)
{
	struct fields f;
	struct buf    b;

	check(!read_form(c, S(PART("name=a", "1") PART("name=a", "1") PART("name=a", "1")
	                      PART("name=a", "1") PART("name=a", "1") END), 64, &f));
	check_fault(c, E_LIMIT, "form");
	check(!read_form(c, S(PART("name=abcdefghijklmnopq", "1") END), 64, &f));
	check_fault(c, E_LIMIT, "form");
	check(!read_form(c, S(PART("name=a",
	      "1234567890123456789012345678901234567890123456789012345678901234x") END), 64, &f));
	check_fault(c, E_LIMIT, "a");
	check(!read_form(c, S(PART("name=a", TEXT50) PART("name=a", TEXT50) PART("name=a", TEXT50)
	                      END), 64, &f));
	check_fault(c, E_LIMIT, "form");
	buf_init(&b, c->arena, 1 << 16);
	buf_add(&b, S("--XX\r\nX: "));
	for (int i = 0; i < MULTIPART_HEAD; i++)
		buf_char(&b, 'x');
	check(!read_form(c, buf_str(&b), 1000, &f));
	check_fault(c, E_LIMIT, "form");
}

TEST(boundaries_must_be_sound)
{
	struct multipart *m = NEW(c->arena, struct multipart);
	struct fields     f = { 0 };

	check(!multipart_init(c, m, S("multipart/form-data"), &limit, &f));
	check(!multipart_init(c, m, S("multipart/form-data; boundary="), &limit, &f));
	check(!multipart_init(c, m, S("multipart/form-data; boundary=\"a\nb\""), &limit, &f));
	check(!multipart_init(c, m, S("multipart/form-data; boundary=123456789012345678901234567890"
	                              "12345678901234567890123456789012345678901"), &limit, &f));
	check_ok(c, multipart_init(c, m, S("multipart/form-data; charset=x; boundary=\"a b\""),
	                           &limit, &f));
}

TEST(a_parameter_is_found_by_its_name)
{
	check_str(param_value(c->arena, S("a; x=1; Name=\"q;\\\"r\""), S("name")), S("q;\"r"));
	check(str_is_none(param_value(c->arena, S("name=1"), S("name"))));
	check(str_is_none(param_value(c->arena, S("a; b"), S("name"))));
}

/* Changed at random, a form is read or refused, but never more than that. */
TEST(a_damaged_form_does_no_harm)
{
	static const char whole[] = PART("name=\"a\"", "1")
		PART("name=\"f\"; filename=\"b\"\r\nContent-Type: text/plain", "xyz") END;
	int read = 0;

	for (int i = 0; i < 2000; i++) {
		char          text[sizeof(whole)];
		unsigned char dice[8];
		struct fields f;
		for (size_t j = 0; j < sizeof(whole); j++)
			text[j] = whole[j];
		c->random(dice, sizeof(dice));
		for (int j = 0; j <= dice[0] % 3; j++)
			text[(size_t)(dice[1 + j] | dice[0] << 8) % (sizeof(whole) - 1)] = (char)dice[4 + j];
		read += read_form(c, (str){ text, sizeof(whole) - 1 - dice[7] % 3u }, 1 + dice[6] % 40u, &f);
		done(&f);
	}
	check(read > 20 && read < 1600);
}
