#include "standards/totp/totp.h"

#include "base/test.h"

#define SEED S("12345678901234567890")

TEST(codes_are_those_of_appendix_b)
{
	/* RFC 6238 appendix B, the rows of SHA-1. */
	static const struct { int64_t second; const char *code; } rows[] = {
		{ 59, "94287082" }, { 1111111109, "07081804" }, { 1111111111, "14050471" },
		{ 1234567890, "89005924" }, { 2000000000, "69279037" }, { 20000000000, "65353130" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_str(totp_code(c, SEED, totp_step(rows[i].second * SECOND), 8), str_of(rows[i].code));
}

TEST(codes_are_those_of_rfc_4226_appendix_d)
{
	static const char *const codes[] = { "755224", "287082", "359152", "969429", "338314",
	                                     "254676", "287922", "162583", "399871", "520489" };

	for (int i = 0; i < 10; i++)
		check_str(totp_code(c, SEED, i, 6), str_of(codes[i]));
}

TEST(a_clock_may_be_one_step_off_and_no_more)
{
	time_us now  = 1111111111 * SECOND;
	int64_t step = 0, here = totp_step(now);

	for (int64_t off = -3; off <= 3; off++) {
		str  code = totp_code(c, SEED, here + off, TOTP_DIGITS);
		bool ok   = totp_find(c, SEED, code, now, INT_NONE, &step);
		check(ok == (off >= -1 && off <= 1));
		if (ok)
			check_int(step, here + off);
	}
}

TEST(a_code_counts_once_and_an_older_one_no_more)
{
	time_us now  = 1111111111 * SECOND;
	int64_t here = totp_step(now), step = 0;

	check(totp_find(c, SEED, totp_code(c, SEED, here, 6), now, here - 1, &step));
	check(!totp_find(c, SEED, totp_code(c, SEED, here, 6), now, here, &step));
	check(!totp_find(c, SEED, totp_code(c, SEED, here - 1, 6), now, here, &step));
	check(totp_find(c, SEED, totp_code(c, SEED, here + 1, 6), now, here, &step));
}

TEST(only_six_digits_are_a_code)
{
	time_us now = 59 * SECOND;
	int64_t step;

	check(totp_find(c, SEED, S("287 082"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S(""), now, INT_NONE, &step));
	check(!totp_find(c, SEED, STR_NONE, now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("28708"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("2870820"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("94287082"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("28708x"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("287082\0"), now, INT_NONE, &step));
	check(!totp_find(c, SEED, S("\xFF\xFF\xFF\xFF\xFF\xFF"), now, INT_NONE, &step));
	check(!totp_find(c, S(""), S("287082"), now, INT_NONE, &step));
}

TEST(the_secret_is_written_as_apps_read_it)
{
	check_str(totp_base32(c, SEED), S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
	/* RFC 4648 10, without the padding */
	check_str(totp_base32(c, S("f")), S("MY"));
	check_str(totp_base32(c, S("foob")), S("MZXW6YQ"));
	check_str(totp_base32(c, S("")), S(""));
	check_str(totp_uri(c, SEED, S("Aozora & Söhne"), S("rei@example.jp")),
	          S("otpauth://totp/Aozora%20%26%20S%C3%B6hne:rei%40example.jp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	            "&issuer=Aozora%20%26%20S%C3%B6hne&algorithm=SHA1&digits=6&period=30"));
}
