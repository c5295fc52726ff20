/* Tests of the branches of the product tree. */
#include "standards/csaf/csaf_rule.h"

#include "standards/csaf/csaf_range.h"

#include <string.h>

static str category_of(const struct branch *b)
{
	return json_get_str(b->node, S("category"));
}

static str name_of(const struct branch *b)
{
	return json_get_str(b->node, S("name"));
}

static void find_name(struct review *r, const struct branch *b, const char *text, str one)
{
	FIND_AT(r, text, name_of(b), one, STR_CAT(r->c->arena, branch_pointer(r->c->arena, b), S("/name")));
}

static bool is_space(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

/* Contains the word, without case, between white space: "after 8", not "after-eight" or "vers:all/". */
static bool has_word(str s, str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (str_eq_nocase(str_slice(s, i, i + word.n), word) && (i == 0 || is_space(s.p[i - 1])) &&
		    (i + word.n == s.n || is_space(s.p[i + word.n])))
			return true;
	return false;
}

/* The sign or word that makes a range of the name, or none. */
str range_sign(str name)
{
	static const char *const words[] = {
		"after", "all", "before", "earlier", "later", "prior", "versions",
	};

	if (str_find(name, S("<"), 0) != SIZE_MAX)
		return S("<");
	if (str_find(name, S(">"), 0) != SIZE_MAX)
		return S(">");
	for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
		if (has_word(name, str_of(words[w])))
			return str_of(words[w]);
	return STR_NONE;
}

/* meets CSAF-2.0 6.1.31 */
void rule_6_1_31(struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++) {
		const struct branch *b = r->branches.v[i];
		str sign = str_eq(category_of(b), S("product_version")) ? range_sign(name_of(b)) : STR_NONE;

		if (sign.p)
			find_name(r, b, N_("The product version {1} is a version range ({2})."), sign);
	}
}

/* "vers:", a scheme of small letters, digits (not first) and . - +, a slash, the range. */
static bool vers_form(str s)
{
	size_t slash = str_find(s, S("/"), 0);

	if (!str_starts(s, S("vers:")) || slash == SIZE_MAX || slash < 6 || slash + 1 == s.n)
		return false;
	for (size_t i = 5; i < slash; i++) {
		char ch = s.p[i];

		if (!(ch >= 'a' && ch <= 'z') && !(ch && strchr(".-+", ch)) &&
		    !(i > 5 && ch >= '0' && ch <= '9'))
			return false;
	}
	return true;
}

/* meets CSAF-2.0 6.2.18 */
void rule_6_2_18(struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++)
		if (str_eq(category_of(r->branches.v[i]), S("product_version_range")) &&
		    !vers_form(name_of(r->branches.v[i])))
			find_name(r, r->branches.v[i], N_("The version range {1} is not written as vers."), STR_NONE);
}

/* vendor, product_name, product_version occur in this order above the product. */
static bool in_order(const struct branch *b)
{
	int left = 3;

	for (; b; b = b->up) {
		str c = category_of(b);

		if (left == 3 && str_eq(c, S("product_version")))
			left = 2;
		else if (left == 2 && str_eq(c, S("product_name")))
			left = 1;
		else if (left == 1 && str_eq(c, S("vendor")))
			left = 0;
	}
	return left == 0;
}

/* meets CSAF-2.0 6.3.9 */
void rule_6_3_9(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (p->place == IN_BRANCH && !in_order(p->branch))
			FIND_AT(r, N_("The branches above the product {1} do not lead from vendor over "
			                  "product_name to product_version."), p->id, STR_NONE,
			            product_pointer(r->c->arena, p));
	}
}

/* meets CSAF-2.0 6.3.10 */
void rule_6_3_10(struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++)
		if (str_eq(category_of(r->branches.v[i]), S("product_version_range")))
			FIND_AT(r, N_("The version range {1} is used where a version would be clearer."),
			            name_of(r->branches.v[i]), STR_NONE,
			            STR_CAT(r->c->arena, branch_pointer(r->c->arena, r->branches.v[i]),
			                    S("/category")));
}

/* meets CSAF-2.0 6.3.11 */
void rule_6_3_11(struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++) {
		str name = name_of(r->branches.v[i]);

		if (str_eq(category_of(r->branches.v[i]), S("product_version")) && name.n > 1 &&
		    (name.p[0] | 32) == 'v' && name.p[1] >= '0' && name.p[1] <= '9')
			find_name(r, r->branches.v[i], N_("The product version {1} begins with a v."), STR_NONE);
	}
}

enum { BRANCHES_MAX = 30 };

/* meets CSAF-2.1 6.1.34 */
void rule_6_1_34(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];

		if (p->place == IN_BRANCH && p->branch->depth > BRANCHES_MAX)
			FIND_AT(r, N_("The product {1} lies {2} branches deep; 30 are allowed."), p->id,
			        str_fmt(r->c->arena, "%d", p->branch->depth), product_pointer(r->c->arena, p));
	}
}

/* A category above the product that occurs below it as well; product families may repeat. */
static const struct branch *stacked(const struct branch *b)
{
	for (; b; b = b->up) {
		str category = category_of(b);

		for (const struct branch *x = b->up; x; x = x->up)
			if (category.p && str_eq(category_of(x), category) && !str_eq(category, S("product_family")))
				return b;
	}
	return NULL;
}

static void find_category(struct review *r, const struct branch *b, const char *text, str one, str two)
{
	FIND_AT(r, text, one, two, STR_CAT(r->c->arena, branch_pointer(r->c->arena, b), S("/category")));
}

/* meets CSAF-2.1 6.1.57 */
void rule_6_1_57(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct branch  *b = p->place == IN_BRANCH ? stacked(p->branch) : NULL;

		if (b)
			find_category(r, b, N_("The category {1} occurs twice on the way to the product {2}."),
			              category_of(b), p->id);
	}
}

static const struct branch *above_with(const struct branch *b, str category)
{
	while (b && !str_eq(category_of(b), category))
		b = b->up;
	return b;
}

/* meets CSAF-2.1 6.1.58 */
void rule_6_1_58(struct review *r)
{
	for (size_t i = 0; i < r->products.n; i++) {
		const struct product *p = &r->products.v[i];
		const struct branch  *b = p->place == IN_BRANCH ? p->branch : NULL;

		if (above_with(b, S("product_version")) && above_with(b, S("product_version_range")))
			find_category(r, above_with(b, S("product_version_range")),
			              N_("Both a version and a version range lie on the way to the product {1}."), p->id,
			              STR_NONE);
	}
}

/* meets CSAF-2.1 6.2.48 */
void rule_6_2_48(struct review *r)
{
	for (size_t i = 0; i < r->branches.n; i++) {
		const struct branch *b = r->branches.v[i];

		if (str_eq(category_of(b), S("vendor")) && name_of(b).p &&
		    str_eq(folded_name(r->c->arena, name_of(b)), S("opensource")))
			find_name(r, b, N_("{1} is no vendor."), STR_NONE);
	}
}
