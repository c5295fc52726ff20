/* The rules about the version ranges of the product tree. */
#include "standards/csaf/csaf_convert_part.h"

#include "standards/csaf/csaf_range.h"

/* ---- what people write ---- */

/*
 * 2.1 reads a vers or the constraints of one (3.1.3.3.2), in which a version is percent-encoded; clause 18 has no rule
 * for what 2.0 let people write besides.  What can mean one thing alone is translated and told; the rest stays as it
 * is, so that test 6.1.50 fails there and a person decides.
 */

enum { VERSION_MAX = 200 };   /* bytes of one that has several words */

struct reading { struct convert *k; struct buf to; };

static bool is_comparator(char ch)
{
	return ch == '<' || ch == '>' || ch == '=' || ch == '!';
}

/* What counts patches has no digit of its own: "2017 Update 2". */
static bool is_level(str word)
{
	static const char *const words[] = { "build", "fix", "hf", "hotfix", "pack", "patch", "release", "rev", "revision",
	                                     "service", "sp", "upd", "update", NULL };

	for (size_t i = 0; words[i]; i++)
		if (str_eq_nocase(word, str_of(words[i])))
			return true;
	return false;
}

/* May it be one of several words of a version?  Prose may not: "(only affected by …)", "1 and prior". */
static bool is_part(str word, bool first)
{
	bool digit = false;

	for (size_t i = 0; i < word.n; i++) {
		char ch = word.p[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');

		if (ch >= '0' && ch <= '9')
			digit = true;
		else if (!letter && ch != '.' && ch != '_' && ch != '-' && ch != '+' && !(i > 0 && (ch == '(' || ch == ')')))
			return false;
	}
	return digit || (!first && is_level(word));
}

/* "V4.7  SP9 HF1": the version, with one blank between its words; none when it is something else. */
static str version_of(struct convert *k, str text)
{
	str         rest = str_trim(text), word;
	struct buf *b;

	if (str_find(rest, S("%"), 0) != SIZE_MAX)
		return STR_NONE;
	if (str_find(rest, S(" "), 0) == SIZE_MAX)
		return rest;
	if (rest.n > VERSION_MAX)
		return STR_NONE;
	b = NEW(k->a, struct buf);
	buf_init(b, k->a, VERSION_MAX + 1);
	while (str_cut(&rest, ' ', &word)) {
		if (!word.n)
			continue;
		if (!is_part(word, !b->n))
			return STR_NONE;
		buf_add(b, b->n ? S(" ") : S(""));
		buf_add(b, word);
	}
	return buf_str(b);
}

static bool bound_put(struct reading *r, str comparator, str text)
{
	str version = version_of(r->k, text);

	if (!version.n)
		return false;
	buf_add(&r->to, r->to.n ? S("|") : S(""));
	buf_add(&r->to, comparator);
	vers_version_print(&r->to, version);
	return true;
}

/* "2.0 (including)" */
static bool end_take(str *text, bool *in)
{
	static const struct { const char *word; bool in; } ends[] = {
		{ "(including)", true }, { "(inclusive)", true }, { "(excluding)", false }, { "(exclusive)", false },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(*text, str_of(ends[i].word))) {
			*text = str_trim(str_slice(*text, 0, text->n - str_of(ends[i].word).n));
			*in   = ends[i].in;
			return true;
		}
	return false;
}

/* "1.0 (including) and 2.0 (excluding)" */
static bool between_read(struct reading *r, str text)
{
	size_t at  = str_find(text, S(" and "), 0);
	str    low = at == SIZE_MAX ? S("") : str_trim(str_slice(text, 0, at));
	str    high = at == SIZE_MAX ? S("") : str_trim(str_slice(text, at + 5, text.n));
	bool   low_in, high_in;

	return end_take(&low, &low_in) && end_take(&high, &high_in) && bound_put(r, low_in ? S(">=") : S(">"), low) &&
	       bound_put(r, high_in ? S("<=") : S("<"), high);
}

static str without_prefix(str s, str prefix)
{
	return s.n >= prefix.n && str_eq_nocase(str_slice(s, 0, prefix.n), prefix) ? str_slice(s, prefix.n, s.n) : s;
}

static bool is_upper(str comparator)
{
	return str_eq(comparator, S("<")) || str_eq(comparator, S("<="));
}

static bool is_lower(str comparator)
{
	return str_eq(comparator, S(">")) || str_eq(comparator, S(">="));
}

/* Where the next comparator begins, or the end. */
static size_t comparator_find(str s, size_t from)
{
	while (from < s.n && !is_comparator(s.p[from]))
		from++;
	return from;
}

/* ">= 1 < 2", "> 1 and < 2": the first version, without what joins them. */
static str joined(str first)
{
	first = str_trim(first);
	return str_ends(first, S(" and")) ? str_slice(first, 0, first.n - 4) : first;
}

struct bound { str comparator, version; };
enum { BOUNDS_MAX = 2 };

/* "a >= 1 < 2": its comparators, with what follows each; *head: what is before the first.  False: there are more. */
static bool bounds_find(str part, str *head, struct bound at[BOUNDS_MAX], size_t *n)
{
	size_t from = comparator_find(part, 0), next;

	*head = str_trim(str_slice(part, 0, from));
	for (*n = 0; from < part.n; from = next) {
		size_t to = from;

		while (to < part.n && is_comparator(part.p[to]))
			to++;
		next = comparator_find(part, to);
		if (*n == BOUNDS_MAX)
			return false;
		at[(*n)++] = (struct bound){ str_slice(part, from, to), str_slice(part, to, next) };
	}
	return true;
}

/* One bound, with what stands before it: "< 2", and "0 < 2", in which nothing is below 0. */
static bool bound_read(struct reading *r, str head, const struct bound *b)
{
	if (head.n && !(str_eq(head, S("0")) && is_upper(b->comparator)))
		return false;
	if (str_eq(b->comparator, S("=")))
		return bound_put(r, S(""), b->version);
	return (is_lower(b->comparator) || is_upper(b->comparator) || str_eq(b->comparator, S("!="))) &&
	       bound_put(r, b->comparator, b->version);
}

/* What stands between two bars.  alone: a version without a comparator is one, too. */
static bool part_read(struct reading *r, str part, bool alone)
{
	struct bound at[BOUNDS_MAX];
	size_t       n;
	str          head;

	if (!bounds_find(part, &head, at, &n))
		return false;
	if (n == 0)
		return alone && bound_put(r, S(""), head);
	if (n == 1)
		return bound_read(r, head, &at[0]);
	return !head.n && is_lower(at[0].comparator) && is_upper(at[1].comparator) &&
	       bound_put(r, at[0].comparator, joined(at[0].version)) && bound_put(r, at[1].comparator, at[1].version);
}

/* The range that is meant, or none. */
static str range_repaired(struct convert *k, str was)
{
	struct reading r    = { .k = k };
	str            rest = str_trim(without_prefix(was, S("vers:all/"))), part;
	bool           all  = rest.n != was.n;

	if (!str_eq(rest, S("*"))) {
		part = without_prefix(rest, S("all versions"));
		all |= part.n != rest.n;
		rest = str_trim(without_prefix(str_trim(part), S("versions ")));
	}
	if (!rest.n || str_eq(rest, S("*")))
		return S("vers:all/*");
	buf_init(&r.to, k->a, 3 * was.n + 10);
	part = without_prefix(rest, S("between "));
	if (part.n != rest.n)
		return between_read(&r, part) ? buf_str(&r.to) : S("");
	while (str_cut(&rest, '|', &part))
		if (!part_read(&r, str_trim(part), !all))
			return S("");
	return str_ends(was, S("|")) ? S("") : buf_str(&r.to);
}

/* ---- what the clause says of them ---- */

static str range_print(struct convert *k, const struct range *r)
{
	struct buf b;

	if (r->kind == RANGE_VERS)
		return vers_print(k->a, &r->vers);
	buf_init(&b, k->a, 4 * VERS_BYTES_MAX);
	for (size_t i = 0; i < r->vers.n; i++) {
		buf_add(&b, i ? S("|") : S(""));
		buf_add(&b, str_of(vers_op_text(r->vers.v[i].op)));
		vers_version_print(&b, r->vers.v[i].version);
	}
	return buf_str(&b);
}

static void become_version(struct convert *k, struct node *b)
{
	node_set_text(node_get(k->a, b, "category"), S("product_version"));
}

static void open_end_resolve(struct convert *k, struct node *b, struct node *name, struct range *r)
{
	struct vers_constraint *last = &r->vers.v[r->vers.n - 1];
	str was = name->text;

	if (r->vers.n == 1) {
		node_set_text(name, last->version);
		become_version(k, b);
		convert_say(k, FINDING_WARNING, "ranges", name, last->op == VERS_GT ?
		            N_("The version range {1} has no upper end; it became the version {2}, although the range excludes it.") :
		            N_("The version range {1} has no upper end; it became the version {2}."), was, last->version);
		return;
	}
	if (last->op == VERS_GE && (r->vers.v[r->vers.n - 2].op == VERS_LT || r->vers.v[r->vers.n - 2].op == VERS_LE)) {
		last->op = VERS_EQ;
		node_set_text(name, range_print(k, r));
		convert_say(k, FINDING_WARNING, "ranges", name, N_("The version range {1} has no upper end; it became {2}."), was,
		            name->text);
		return;
	}
	convert_say(k, FINDING_ERROR, "ranges", name, N_("The version range {1} has no upper end; that could not be resolved."),
	            was, STR_NONE);
}

static bool is_single(const struct range *r)
{
	return r->kind != RANGE_BAD && r->vers.n == 1 && r->vers.v[0].op == VERS_EQ;
}

/* meets CSAF-2.1 9.1.18: ranges without an upper end, and of a single version */
void convert_range(struct convert *k, struct node *b)
{
	struct node *name = node_get(k->a, b, "name");
	bool         repaired;
	struct range r;
	str was;

	if (!str_eq(node_get_text(k->a, b, "category"), S("product_version_range")) || !node_text(name).n)
		return;
	was = name->text;
	range_read(k->c, was, &r);
	repaired = r.kind == RANGE_BAD;
	if (repaired) {
		str read = range_repaired(k, was);

		range_read(k->c, read, &r);
		if (r.kind == RANGE_BAD)
			return;
		if (!is_single(&r)) {
			node_set_text(name, read);
			convert_say(k, FINDING_WARNING, "ranges", name,
			            N_("The version range {1} is not of a form that CSAF 2.1 reads; it was taken for {2}."), was, read);
			was = read;
		}
	}
	if (!r.vers.n)
		return;
	if (is_single(&r)) {
		become_version(k, b);
		convert_say(k, FINDING_WARNING, "ranges", name, N_("The version range {1} is the single version {2}, and became that."), was,
		            r.vers.v[0].version);
		if (repaired || r.kind == RANGE_VERS)
			node_set_text(name, r.vers.v[0].version);
		return;
	}
	if (r.vers.v[r.vers.n - 1].op == VERS_GE || r.vers.v[r.vers.n - 1].op == VERS_GT)
		open_end_resolve(k, b, name, &r);
}
