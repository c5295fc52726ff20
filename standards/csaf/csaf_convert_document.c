/* The rules about /document. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

#include "base/list.h"
#include "standards/bcp47/language.h"
#include "standards/spdx/license.h"

static bool is_english(struct convert *k)
{
	str lang = node_get_text(k->a, k->document, "lang");

	return !lang.n || str_eq_nocase(language_primary(lang), S("en"));
}

/* ---- category ---- */

/* Does exactly one note have this title, as a description? */
static bool has_reason(struct convert *k, str title)
{
	int n = 0;

	for (NODES(k->a, x, node_get(k->a, k->document, "notes")))
		if (str_eq(node_get_text(k->a, x, "title"), title)) {
			n++;
			if (!str_eq(node_get_text(k->a, x, "category"), S("description")))
				return false;
		}
	return n == 1;
}

static bool has_successor(struct convert *k)
{
	for (NODES(k->a, x, node_get(k->a, k->document, "references"))) {
		str summary = node_get_text(k->a, x, "summary");

		if (summary.p && str_starts(summary, S("Superseding Document")) &&
		    str_eq(node_get_text(k->a, x, "category"), S("external")))
			return true;
	}
	return false;
}

/* What a document of the profile must and must not have (2.1 sections 4.6 and 4.7). */
static bool can_be_special(struct convert *k, bool superseded)
{
	struct node *history = node_get(k->a, k->tracking, "revision_history"), *first = node_first(k->a, history);

	return !k->tree && !k->vulnerabilities && first && first->next &&
	       (k->how->withdrawn || has_reason(k, superseded ? S("Reasoning for Supersession") : S("Reasoning for Withdrawal"))) &&
	       (!superseded || has_successor(k));
}

static bool begins_nocase(str s, str with)
{
	return s.n >= with.n && str_eq_nocase(str_slice(s, 0, with.n), with);
}

static void category_special(struct convert *k, struct node *category, str word, bool superseded)
{
	str title = node_get_text(k->a, k->document, "title");

	bool told = k->how->withdrawn ? !superseded
	                              : is_english(k) && (begins_nocase(title, word) || str_eq_nocase(category->text, word));

	if (!told)
		return;
	if (!can_be_special(k, superseded)) {
		convert_say(k, FINDING_WARNING, "category", category,
		            N_("The document says that it is {1}, but as one of that profile it would be invalid; its category "
		               "stays {2}."), word, category->text);
		return;
	}
	convert_say(k, FINDING_WARNING, "category", category, N_("The category {1} became {2}, as the document says what it is."),
	            category->text, superseded ? S("csaf_superseded") : S("csaf_withdrawn"));
	node_set_text(category, superseded ? S("csaf_superseded") : S("csaf_withdrawn"));
}

static void category_convert(struct convert *k)
{
	struct node *category = node_get(k->a, k->document, "category");

	if (k->old_profile && str_eq(node_text(category), S("csaf_security_advisory"))) {
		convert_warn(k, "category", category, N_("The category {1} became {2}: the document does not meet that profile of CSAF 2.1."),
		             S("csaf_deprecated_security_advisory"));
		node_set_text(category, S("csaf_deprecated_security_advisory"));
	}
	category_special(k, category, S("Superseded"), true);
	category_special(k, category, S("Withdrawn"), false);
}

/* ---- TLP ---- */

/* The label after "TLP v2.0: TLP:" in a text, or none. */
static str label_in(str text)
{
	static const char *const labels[] = { "AMBER+STRICT", "AMBER", "CLEAR", "GREEN", "RED", NULL };
	static const str mark = S_INIT("TLP v2.0: TLP:");
	size_t at = text.p ? str_find(text, mark, 0) : SIZE_MAX;

	for (size_t i = 0; at != SIZE_MAX && labels[i]; i++)
		if (str_starts(str_slice(text, at + mark.n, text.n), str_of(labels[i])))
			return str_of(labels[i]);
	return STR_NONE;
}

/* meets CSAF-2.1 9.1.18: TLP 1.0 becomes TLP 2.0, none becomes CLEAR */
static void tlp_convert(struct convert *k)
{
	struct node *distribution = node_get(k->a, k->document, "distribution"), *tlp, *label;
	str said;

	if (!distribution) {
		distribution = node_new(k->a, JSON_OBJECT);
		node_put(k->a, k->document, "distribution", distribution);
	}
	said = k->how->tlp_from_text ? label_in(node_get_text(k->a, distribution, "text")) : STR_NONE;
	tlp  = node_get(k->a, distribution, "tlp");
	if (!tlp) {
		tlp = node_new(k->a, JSON_OBJECT);
		node_put(k->a, distribution, "tlp", tlp);
	}
	label = node_get(k->a, tlp, "label");
	if (!label) {
		label = node_string(k->a, S("CLEAR"));
		node_put(k->a, tlp, "label", label);
		convert_say(k, FINDING_WARNING, "tlp", label, N_("No TLP label was given; the default {1} was set."),
		            said.p ? said : S("CLEAR"), STR_NONE);
	} else if (str_eq(label->text, S("WHITE"))) {
		node_set_text(label, S("CLEAR"));
	}
	if (!said.p || str_eq(said, label->text))
		return;
	convert_say(k, FINDING_WARNING, "tlp", label, N_("The TLP label {2} was taken from the distribution text; by the table it would be {1}."),
	            label->text, said);
	node_set_text(label, said);
}

/* ---- license ---- */

struct license { str text; struct node *note; };

struct licenses {
	struct convert *k;
	struct node    *note;
	struct { struct license *v; size_t n, cap, max; } found;
};

static bool is_listed(struct convert *k, str text)
{
	struct license_ids ids = { .max = LICENSE_IDS_MAX };

	if (!license_parse(k->a, text, &ids) || !ids.n)
		return false;
	for (size_t i = 0; i < ids.n; i++)
		if (license_find(&ids.v[i]) == LICENSE_UNKNOWN)
			return false;
	return true;
}

/* Words such as Fair, Intel and JSON are identifiers too: alone they count after "license" or before it. */
static bool is_distinct(str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (memchr("0123456789-.+", word.p[i], 13))
			return true;
	return false;
}

static void license_add(struct licenses *l, str text)
{
	for (size_t i = 0; i < l->found.n; i++)
		if (str_eq(l->found.v[i].text, text))
			return;
	if (!list_push(l->k->a, &l->found, (struct license){ text, l->note }))
		l->k->full = true;
}

static bool is_license_word(str word)
{
	return begins_nocase(word, S("licen")) || begins_nocase(word, S("(licen")) || begins_nocase(word, S("spdx"));
}

static bool in_expression(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || (ch && strchr("-.+():", ch));
}

/* A word of the text as it may stand in an expression: without what ends a sentence. */
static str word_core(str w)
{
	while (w.n && !in_expression(w.p[0]))
		w = str_slice(w, 1, w.n);
	while (w.n && (!in_expression(w.p[w.n - 1]) || strchr(".:", w.p[w.n - 1])))
		w = str_slice(w, 0, w.n - 1);
	return w;
}

enum { LICENSE_WORDS = 20000, LICENSE_SPAN = 15 };

static str *text_words(struct arena *a, str text, size_t *count)
{
	size_t n = 0, at = 0, most = text.n / 2 + 1 < LICENSE_WORDS ? text.n / 2 + 1 : LICENSE_WORDS;
	str   *word = NEWS(a, str, most);

	while (at < text.n && n < most) {
		size_t from = at;

		while (at < text.n && !strchr(" \t\r\n", text.p[at]))
			at++;
		if (at > from)
			word[n++] = str_slice(text, from, at);
		at++;
	}
	*count = n;
	return word;
}

/* The longest expressions in a text, from left to right. */
static void text_licenses(struct licenses *l, str text)
{
	size_t n;
	str   *word = text_words(l->k->a, text, &n);

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + LICENSE_SPAN < n ? i + LICENSE_SPAN : n; j > i; j--) {
			str first = word_core(word[i]), last = word_core(word[j - 1]), all;

			if (!first.n || !last.n)
				continue;
			all = (str){ first.p, (size_t)(last.p + last.n - first.p) };
			if (!is_listed(l->k, all))
				continue;
			if (j > i + 1 || is_distinct(all) || n == 1 || (i > 0 && is_license_word(word[i - 1])) ||
			    (j < n && is_license_word(word[j])))
				license_add(l, all);
			i = j - 1;
			break;
		}
}

/* meets CSAF-2.1 9.1.18: the only license expression in a legal disclaimer is that of the document */
static void license_convert(struct convert *k)
{
	struct licenses l = { .k = k, .found.max = 1000 };
	struct buf b;

	if (k->how->license.n) {
		node_put_text(k->a, k->document, "license_expression", k->how->license);
		return;
	}
	for (NODES(k->a, x, node_get(k->a, k->document, "notes"))) {
		str text = node_get_text(k->a, x, "text");

		l.note = node_get(k->a, x, "text");
		if (text.p && str_eq(node_get_text(k->a, x, "category"), S("legal_disclaimer")))
			text_licenses(&l, text);
	}
	if (l.found.n == 1) {
		node_put_text(k->a, k->document, "license_expression", l.found.v[0].text);
		convert_say(k, FINDING_WARNING, "license", l.found.v[0].note,
		            N_("The license expression {1} was found and set as that of the document."), l.found.v[0].text, STR_NONE);
	}
	if (l.found.n < 2)
		return;
	buf_init(&b, k->a, 1 << 16);
	for (size_t i = 0; i < l.found.n; i++)
		buf_fmt(&b, "%s%.*s (%.*s)", i ? ", " : "", STR_ARG(l.found.v[i].text),
		        STR_ARG(node_pointer(k->a, l.found.v[i].note)));
	convert_say(k, FINDING_WARNING, "license", l.found.v[0].note,
	            N_("Several license expressions were found, so none is set: {1}."), buf_str(&b), STR_NONE);
}

/* ---- publisher, title ---- */

static void publisher_convert(struct convert *k)
{
	struct node *category = node_get(k->a, node_get(k->a, k->document, "publisher"), "category");

	if (!str_eq(node_text(category), S("other")))
		return;
	if (k->how->multiplier) {
		convert_warn(k, "publisher", category, N_("The publisher's category {1} became {2}, as you asked."), S("multiplier"));
		node_set_text(category, S("multiplier"));
	} else if (!k->how->other) {
		convert_warn(k, "publisher", category, N_("The publisher's category stays {1}; some of these parties are {2} in CSAF 2.1."),
		             S("multiplier"));
	}
}

static bool is_separator(str s, size_t at, size_t *n)
{
	static const char *const wide[] = { "–", "—", "‐", "：", "（", "）", "「", "」", "\xC2\xA0", "　", NULL };

	for (size_t i = 0; wide[i]; i++)
		if (str_starts(str_slice(s, at, s.n), str_of(wide[i]))) {
			*n = strlen(wide[i]);
			return true;
		}
	*n = 1;
	return s.p[at] && strchr(" \t:;,|/-_()[]{}<>", s.p[at]);
}

/* Without the separators at the beginning. */
static str left_trimmed(str s)
{
	size_t n;

	while (s.n && is_separator(s, 0, &n))
		s = str_slice(s, n, s.n);
	return s;
}

static str right_trimmed(str s)
{
	for (size_t back = 1; back <= 3 && back <= s.n; back++) {
		size_t n;

		if (is_separator(s, s.n - back, &n) && n == back)
			return right_trimmed(str_slice(s, 0, s.n - back));
	}
	return s;
}

/* meets CSAF-2.1 9.1.18: the tracking id leaves the title, with what separates it */
static void title_convert(struct convert *k)
{
	struct node *title = node_get(k->a, k->document, "title");
	str id = node_get_text(k->a, k->tracking, "id"), text = node_text(title), before, after, kept;
	size_t at = id.n ? str_find(text, id, 0) : SIZE_MAX;

	if (at == SIZE_MAX)
		return;
	while (at != SIZE_MAX) {
		before = right_trimmed(str_slice(text, 0, at));
		after  = left_trimmed(str_slice(text, at + id.n, text.n));
		text   = before.n && after.n ? STR_CAT(k->a, before, S(" "), after) : before.n ? before : after;
		at     = str_find(text, id, before.n);
	}
	kept = text;
	if (!kept.n) {
		convert_warn(k, "title", title, N_("The title {1} holds nothing but the tracking id and was kept."), STR_NONE);
		return;
	}
	convert_warn(k, "title", title, N_("The tracking id was removed from the title {1}; it is now {2}."), kept);
	node_set_text(title, str_dup(k->a, kept));
}

void convert_document(struct convert *k)
{
	static const char *const pairs[] = {
		"description", "Product Description", "general", "General Security Recommendations",
		"legal_disclaimer", "License", "summary", "Summary", NULL,
	};
	struct node *schema = node_string(k->a, S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"));

	schema->key = S("$schema");
	if (k->root->first) {
		schema->up   = k->root;
		schema->from = k->root;
		schema->next = k->root->first;
		k->root->first->prev = schema;
		k->root->first = schema;
	} else {
		node_add(k->a, k->root, "$schema", schema);
	}
	node_set_text(node_get(k->a, k->document, "csaf_version"), S("2.1"));
	category_convert(k);
	tlp_convert(k);
	license_convert(k);
	convert_notes(k, node_get(k->a, k->document, "notes"), pairs);
	publisher_convert(k);
	title_convert(k);
}
