#ifndef STANDARDS_VERS_ORDER_H
#define STANDARDS_VERS_ORDER_H

/*
 * Orders of versions: how two version texts of an ecosystem compare.  Exact
 * for numbers of any length; no memory is taken; time is linear in the texts.
 */

#include "base/str.h"

/* <0, 0, >0.  A version that is not of the scheme's form has some place, always the same. */
typedef int order_fn(str a, str b);

struct order {
	const char *name;
	order_fn   *cmp;
	bool      (*valid)(str version);   /* NULL: every text is a version */
};

/* By name, as in the column of data/types.txt; NULL when there is none. */
const struct order *order_find(str name);

/* Of two runs of digits as numbers. */
int  order_number(str a, str b);
/* The longest run of digits (or ASCII letters) at the beginning of *rest, taken off. */
str  order_digits(str *rest);
str  order_letters(str *rest);
bool order_is_digit(char ch);
bool order_is_letter(char ch);
/* <0, 0, >0 of two texts, letters of ASCII of either size alike. */
int  order_nocase(str a, str b);
/* <0, 0, >0 of two integers. */
int  order_int(int64_t a, int64_t b);

order_fn order_intdot, order_pvp, order_lexicographic, order_datetime, order_generic;
order_fn order_semver, order_nuget, order_pypi, order_gem;
order_fn order_maven;
order_fn order_deb, order_rpm, order_alpm, order_apk, order_gentoo;
order_fn order_conan, order_openssl;
bool order_semver_valid(str version);
bool order_pypi_valid(str version);
bool order_datetime_valid(str version);

#endif
