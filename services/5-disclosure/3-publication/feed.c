#include "services/5-disclosure/3-publication/archive.h"
#include "services/5-disclosure/3-publication/designation.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/signature.h"

#include <stddef.h>

#include "gen/history.html.h"
#include "gen/publication.html.h"

#include "base/buf.h"
#include "platform/http/target.h"
#include "platform/text/fold.h"
#include "platform/text/word.h"
#include "record/casefile.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/mention.h"
#include "standards/securitytxt/securitytxt.h"
#include "standards/csaf/provider_read.h"

enum { PAGE = 50, PORTION = 1000, FEED_MAX = 32 << 20 };

/* ---- the list ---- */

/* What is out is interim or final: all but the first, draft. */
#define OUT_STATUS_CHOICES (status_choices + 1)

const struct arg public_list_args[] = {
	{ .name = "from", .kind = ARG_INT, .label = N_("Start at row") },
	{ .name = "q", .kind = ARG_LINE, .max = 200, .label = N_("Words of number, title and what was new") },
	{ .name = "severity", .kind = ARG_CHOICE, .choices = severity_choices, .label = N_("Severity") },
	{ .name = "status", .kind = ARG_CHOICE, .choices = OUT_STATUS_CHOICES, .label = N_("Status of the document") },
	{ .name = "edition", .kind = ARG_INT, .label = N_("Number of the edition") },
	{ .name = "since", .kind = ARG_DATE, .label = N_("Updated since") },
	{ .name = "until", .kind = ARG_DATE, .label = N_("Updated until") },
	{ .name = "first_since", .kind = ARG_DATE, .label = N_("First released since") },
	{ .name = "first_until", .kind = ARG_DATE, .label = N_("First released until") },
	{ .name = "cve", .kind = ARG_LINE, .max = 40, .label = N_("CVE ID") },
	{ .name = "product", .kind = ARG_LINE, .max = 200, .label = N_("Part of a product's name"), .hint = N_("Or of its CPE name, package URL or model number.") },
	{ 0 },
};

/* What the list is narrowed to, as the database has it. */
struct narrow { str words, cve, product, status; int64_t edition; time_us since, until, first_since, first_until; };

static str public_lang(const struct ctx *c)
{
	return c->lang == LANG_JA ? S("ja") : S("en");
}

bool words_stand(struct ctx *c, str words, str text, bool *stand)
{
	str word;

	*stand = true;
	TRY(fold_text(c, text, &text));
	while (*stand && str_cut(&words, ' ', &word))
		*stand = str_find(text, word, 0) != SIZE_MAX;
	return true;
}

static bool some_find(struct ctx *c, const struct public_list_page *m, const struct narrow *w, int64_t most, int64_t skip, struct public_list_rows *out)
{
	return sql_public_list(c, public_lang(c), m->severity, w->status, w->edition, w->since, w->until, w->first_since, w->first_until, w->cve, w->product,
	                       most, skip, out);
}

/* With words, all that is out is looked through; the rest is the database's work. */
static bool found_fill(struct ctx *c, const struct public_list_page *m, const struct narrow *w, int64_t from, struct public_list_rows *out)
{
	struct public_list_rows some;
	int64_t                 met = 0;
	bool                    fits;

	out->v = NEWS(c->arena, struct public_list_row, PAGE + 1);
	for (int64_t at = 0; out->n <= PAGE; at += PORTION) {
		TRY(some_find(c, m, w, PORTION, at, &some));
		for (size_t i = 0; i < some.n && out->n <= PAGE; i++) {
			const struct public_list_row *r = &some.v[i];
			TRY(words_stand(c, w->words, STR_CAT(c->arena, r->number, S(" "), r->title, S(" "), r->note, S(" "), r->publisher), &fits));
			if (fits && met++ >= from)
				out->v[out->n++] = *r;
		}
		if (some.n < PORTION)
			break;
	}
	return true;
}

/* What was asked for, but where to begin, stays in the address of another page. */
static str page_link(struct ctx *c, const struct args *a, int64_t from)
{
	struct buf b;

	buf_init(&b, c->arena, 4096);
	buf_fmt(&b, "/advisories?from=%lld", (long long)from);
	for (size_t i = 0; i < a->given.n; i++) {
		str name = str_of(a->given.v[i].arg->name), value = a->given.v[i].value;
		if (value.n && !str_eq(name, S("from")))
			buf_add(&b, STR_CAT(c->arena, S("&"), name, S("="), percent_encode(c->arena, value)));
	}
	return buf_str(&b);
}

/* The day itself belongs to it. */
static time_us day_end(struct ctx *c, const struct args *a, const char *name)
{
	time_us day = arg_time(c, a, name);

	return day == TIME_NONE ? day : day + DAY;
}

static struct narrow narrow_read(struct ctx *c, const struct args *a)
{
	return (struct narrow){ .status = arg_str(a, "status"), .edition = arg_int(a, "edition"),
		.since = arg_time(c, a, "since"), .until = day_end(c, a, "until"),
		.first_since = arg_time(c, a, "first_since"), .first_until = day_end(c, a, "first_until") };
}

static const struct db_col transition_cols[] = {
	{ "csaf21_begin", DB_TIME, offsetof(struct transition, begin) },
	{ "csaf21_rollover", DB_TIME, offsetof(struct transition, rollover) },
	{ "csaf20_end", DB_TIME, offsetof(struct transition, end) },
};

/* meets CSAF-2.1 7.4.1: the days are announced */
static bool transition_tell(struct ctx *c, struct public_list_page *m, struct sheet *out)
{
	time_us ended;

	TRY(archive_there(c, &ended, &m->archived));
	TRY(transition_load(c, &m->moves));
	m->over      = transition_over(c, &m->moves);
	m->announces = m->moves.begin != TIME_NONE || m->moves.rollover != TIME_NONE || m->moves.end != TIME_NONE;
	if (m->announces)
		sheet_add(out, "transition", true, transition_cols, sizeof(transition_cols) / sizeof(transition_cols[0]), &m->moves, 1, sizeof(m->moves));
	return true;
}

/* meets CSAF-2.0 9.1.6: what is out is listed, searched and filtered, on the page and over the API */
bool public_list_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_list_page *m     = NEW(c->arena, struct public_list_page);
	int64_t                  from  = arg_int(a, "from") > 0 ? arg_int(a, "from") : 0;
	struct narrow            w     = narrow_read(c, a);

	*m = (struct public_list_page){ .q = arg_str(a, "q"), .severity = arg_str(a, "severity"), .since = arg_str(a, "since"),
		.until = arg_str(a, "until"), .status = w.status, .cve = arg_str(a, "cve"), .product = arg_str(a, "product"), .picks.max = 10, .statuses.max = 10 };
	for (size_t i = 0; i < a->given.n; i++)
		m->filtered |= a->given.v[i].value.n && !str_eq(str_of(a->given.v[i].arg->name), S("from"));
	TRY(mention_cve(c, m->cve, &w.cve));
	TRY(mention_product(c, m->product, &w.product));
	for (const struct choice *o = severity_choices; o->value; o++)
		(void)list_push(c->arena, &m->picks, (struct pick){ str_of(o->value), word_tr(c->lang, o->label), str_eq(m->severity, str_of(o->value)) });
	for (const struct choice *o = OUT_STATUS_CHOICES; o->value; o++)
		(void)list_push(c->arena, &m->statuses, (struct pick){ str_of(o->value), word_tr(c->lang, o->label), str_eq(m->status, str_of(o->value)) });
	TRY(fold_text(c, m->q, &w.words));
	w.words = str_trim(w.words);
	if (w.words.n)
		TRY(found_fill(c, m, &w, from, &m->rows));
	else
		TRY(some_find(c, m, &w, PAGE + 1, from, &m->rows));
	if (m->rows.n > PAGE) {
		m->rows.n = PAGE;
		m->more   = page_link(c, a, from + PAGE);
	}
	if (from > 0)
		m->less = page_link(c, a, from > PAGE ? from - PAGE : 0);
	SHEET_MANY(out, "advisories", public_list, &m->rows);
	out->model = m;
	return transition_tell(c, m, out);
}

void public_list_show(struct page *w, const void *model)
{
	html_public_list(w, model);
}

/* ---- one advisory: the bytes that were published ---- */

const struct arg public_number_args[] = {
	{ .name = "number", .kind = ARG_LINE, .max = 100, .must = true, .hidden = true, .label = N_("Number") },
	{ 0 },
};

/* Where a CSAF document is, for programs. */
struct public_file { str id, version, lang; bool translates; str url, sha256, sha512; };

static const struct db_col file_cols[] = {
	{ "id", DB_TEXT, offsetof(struct public_file, id) },
	{ "csaf_version", DB_TEXT, offsetof(struct public_file, version) },
	{ "lang", DB_TEXT, offsetof(struct public_file, lang) },
	{ "translation", DB_BOOL, offsetof(struct public_file, translates) },
	{ "url", DB_TEXT, offsetof(struct public_file, url) },
	{ "sha256", DB_TEXT, offsetof(struct public_file, sha256) },
	{ "sha512", DB_TEXT, offsetof(struct public_file, sha512) },
};

static bool documents_fill(struct ctx *c, str number, struct sheet *out)
{
	struct public_documents_rows rows;
	struct public_file          *v;
	struct transition            when;
	size_t                       n = 0;

	TRY(sql_public_documents(c, number, &rows));
	TRY(transition_load(c, &when));
	v = NEWS(c->arena, struct public_file, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct public_documents_row *r = &rows.v[i];
		if (transition_over(c, &when) && str_eq(r->version, S("2.0")))
			continue;   /* its tree is not there any more */
		v[n++] = (struct public_file){ r->translates ? designation_in(c, number, r->lang) : number, r->version, r->lang, r->translates,
			STR_CAT(c->arena, front_of(c)->base_url, tree_public(c, str_eq(r->version, S("2.1")), r->path)), r->sha256, r->sha512 };
	}
	sheet_add(out, "documents", false, file_cols, sizeof(file_cols) / sizeof(file_cols[0]), v, n, sizeof(*v));
	return true;
}

bool public_page_fill(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_page         *m = NEW(c->arena, struct public_page);
	struct public_document_row  d;
	struct public_title_row    *t = NEW(c->arena, struct public_title_row);
	bool                        past;

	out->model = m;
	TRY(archive_there(c, &m->ended, &m->archived));
	TRY(past_page_fill(c, arg_str(a, "number"), out, &m->past, &past));
	if (!past)
		TRY(past_gone_fill(c, arg_str(a, "number"), out, &m->gone, &past));
	if (past)
		return !m->past || documents_fill(c, arg_str(a, "number"), out);
	TRY(sql_public_document(c, arg_str(a, "number"), c->lang == LANG_JA ? S("html_ja") : S("html_en"), &d));
	TRY(sql_public_title(c, arg_str(a, "number"), public_lang(c), t));
	m->article.s = d.bytes;   /* markup of our own template, written when it was published */
	SHEET_ONE(out, "advisory", public_title, t);
	TRY(documents_fill(c, arg_str(a, "number"), out));
	out->title = STR_CAT(c->arena, d.number, S(" "), t->title);
	return true;
}

void public_page_show(struct page *w, const void *model)
{
	const struct public_page *m = model;

	if (m->ended != TIME_NONE && !m->gone)
		html_csaf_ended(w, m);
	if (m->past)
		html_history_public(w, m->past);
	else if (m->gone)
		html_history_gone(w, m->gone);
	else
		html_put(w, m->article);
}

static const struct choice csaf_versions[] = { { "2.0", "2.0" }, { "2.1", "2.1" }, { NULL, NULL } };
static const struct choice csaf_langs[]    = { { "en", "English" }, { "ja", "日本語" }, { NULL, NULL } };

#define CSAF_ARGS \
	{ .name = "version", .kind = ARG_CHOICE, .choices = csaf_versions, .label = N_("Version of CSAF") }, \
	{ .name = "lang", .kind = ARG_CHOICE, .choices = csaf_langs, .label = N_("Language of the document") }

/* Without a language: the original, whoever asks. */
static str kind_asked(const struct args *a, str original)
{
	return document_kind(text_of(arg_str(a, "lang").n ? arg_str(a, "lang") : original), str_eq(arg_str(a, "version"), S("2.1")));
}

const struct arg public_csaf_args[] = {
	{ .name = "number", .kind = ARG_LINE, .max = 100, .must = true, .hidden = true, .label = N_("Number") },
	CSAF_ARGS,
	{ 0 },
};

/* meets FIRST-1.1 5.3.2.3 */
bool public_csaf(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_document_row d;
	struct public_title_row    t;
	bool                       past = false;

	if (!str_eq(arg_str(a, "lang"), S("ja")))   /* a former one has one document of a version */
		TRY(past_csaf_fill(c, arg_str(a, "number"), str_eq(arg_str(a, "version"), S("2.1")), out, &past));
	if (past)
		return true;
	TRY(sql_public_title(c, arg_str(a, "number"), public_lang(c), &t));
	TRY(sql_public_document(c, arg_str(a, "number"), kind_asked(a, t.original), &d));
	out->raw      = d.bytes;
	out->raw_type = S("application/json");
	return true;
}

const struct arg edition_csaf_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true, .label = N_("Edition") },
	CSAF_ARGS,
	{ 0 },
};

/* An edition that was out, also when a later one has taken its place: its bytes as published. meets CSAF-2.0 9.1.6 */
bool edition_csaf(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct edition_document_row d;
	edition_id                  id = { arg_str(a, "id") };
	struct edition_get_row      e;
	bool                        found;

	TRY(sql_edition_get(c, id, &e));
	TRY(sql_edition_document(c, id, kind_asked(a, e.original), &d, &found));
	if (!found)
		return fault(c, E_STATE, NULL, N_("This edition was not published, or not in this version of CSAF or this language: it has no document."));
	out->object   = id.v;
	out->raw      = d.bytes;
	out->raw_type = S("application/json");
	out->raw_name = str_slice(d.path, provider_folder(d.path), d.path.n);
	return true;
}

/* ---- Atom (RFC 4287) ---- */

static void xml_text(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char x = s.p[i];
		if (x == '&')
			buf_add(b, S("&amp;"));
		else if (x == '<')
			buf_add(b, S("&lt;"));
		else if (x == '>')
			buf_add(b, S("&gt;"));
		else if (x == '"')
			buf_add(b, S("&quot;"));
		else if ((unsigned char)x >= 0x20 || x == '\n' || x == '\t')
			buf_char(b, x);
	}
}

static void element(struct buf *b, const char *name, str text)
{
	buf_fmt(b, "<%s>", name);
	xml_text(b, text);
	buf_fmt(b, "</%s>\n", name);
}

static void atom_link(struct buf *b, const char *rel, str base, str path)
{
	buf_fmt(b, "<link rel=\"%s\" href=\"", rel);
	xml_text(b, base);
	xml_text(b, path);
	buf_add(b, S("\"/>\n"));
}

/* Where the document of CSAF 2.0 is; when that has ended, what is kept of it. */
static str atom_document(struct ctx *c, const struct public_tree_row *r, bool over)
{
	if (!over)
		return STR_CAT(c->arena, S("/.well-known/csaf/white/"), r->path);
	return STR_CAT(c->arena, S("/advisories/"), r->number, S("/csaf"), r->translates ? S("?lang=") : S(""), r->translates ? r->lang : S(""));
}

/* translation: its row, or NULL. */
static void atom_entry(struct ctx *c, struct buf *b, str base, const struct public_tree_row *r, const struct public_tree_row *translation, bool over)
{
	str page = STR_CAT(c->arena, S("/advisories/"), r->number);

	buf_add(b, S("<entry>\n"));
	element(b, "id", STR_CAT(c->arena, base, page));
	element(b, "title", STR_CAT(c->arena, r->number, S(" "), r->title));
	element(b, "published", time_print(c->arena, r->first_at));
	element(b, "updated", time_print(c->arena, r->changed_at));
	atom_link(b, "alternate", base, page);
	atom_link(b, "related", base, atom_document(c, r, over));
	if (translation)
		atom_link(b, "related", base, atom_document(c, translation, over));
	element(b, "summary", r->summary);
	buf_add(b, S("</entry>\n"));
}

/* meets FIRST-1.1 5.3.2.2; RFC4287 4.1 */
bool public_atom(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct public_tree_rows rows;
	str                     base = front_of(c)->base_url;
	struct buf              b;
	struct transition       when;
	time_us                 newest;

	(void)a;
	TRY(transition_load(c, &when));
	TRY(sql_public_tree(c, document_kind(TEXT_EN, false), document_kind(TEXT_JA, false), &rows));
	TRY(past_gone_or(c, rows.n ? rows.v[0].changed_at : c->now - c->now % DAY, &newest));
	buf_init(&b, c->arena, FEED_MAX);
	buf_add(&b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"));
	element(&b, "id", STR_CAT(c->arena, base, S("/advisories.atom")));
	element(&b, "title", STR_CAT(c->arena, front_of(c)->organisation, S(" PSIRT")));
	element(&b, "updated", time_print(c->arena, newest));
	buf_add(&b, S("<author>"));
	element(&b, "name", front_of(c)->organisation);
	buf_add(&b, S("</author>\n"));
	atom_link(&b, "self", base, S("/advisories.atom"));
	for (size_t i = 0, n = 0; i < rows.n && n < 200; i++) {
		bool both = i + 1 < rows.n && str_eq(rows.v[i + 1].number, rows.v[i].number);
		if (rows.v[i].translates)
			continue;
		atom_entry(c, &b, base, &rows.v[i], both ? &rows.v[i + 1] : NULL, transition_over(c, &when));
		n++;
	}
	buf_add(&b, S("</feed>\n"));
	out->raw      = buf_str(&b);
	out->raw_type = S("application/atom+xml; charset=utf-8");
	return !b.full || fault(c, E_LIMIT, NULL, NULL);
}

/* ---- security.txt (RFC 9116; the CSAF field: CSAF 2.0 7.1.8) ---- */

/* meets RFC9116 3; CSAF-2.0 7.1.8; CSAF-2.1 7.4.2; FIRST-1.1 2.1.1.2 */
bool signing_text(struct ctx *c, str *plain)
{
	str base = front_of(c)->base_url;
	struct openpgp_keys_rows keys;
	struct securitytxt       s = { 0 };
	struct transition        when;
	struct buf               b;

	s.fields.max = SECTXT_FIELDS_MAX;
	if (!str_starts(base, S("https://")))
		return fault(c, E_NOTFOUND, NULL, N_("A security.txt needs a public address with https."));
	TRY(sectxt_add(c, &s, SECTXT_CONTACT, STR_CAT(c->arena, base, S("/report"))));
	TRY(sectxt_add(c, &s, SECTXT_EXPIRES, time_print(c->arena, c->now - c->now % DAY + 180 * DAY)));
	TRY(sql_openpgp_keys(c, &keys));
	if (keys.n)
		TRY(sectxt_add(c, &s, SECTXT_ENCRYPTION, signing_key_url(c, keys.v[0].fingerprint)));
	TRY(sectxt_add(c, &s, SECTXT_PREFERRED_LANGUAGES, S("en, ja")));
	TRY(sectxt_add(c, &s, SECTXT_CANONICAL, STR_CAT(c->arena, base, S("/.well-known/security.txt"))));
	TRY(sectxt_add(c, &s, SECTXT_CSAF, STR_CAT(c->arena, base, S("/.well-known/csaf/provider-metadata.json"))));
	TRY(transition_load(c, &when));
	if (!transition_over(c, &when))
		TRY(sectxt_add(c, &s, SECTXT_CSAF, STR_CAT(c->arena, base, S("/.well-known/csaf/v2.0/provider-metadata.json"))));
	TRY(sectxt_add(c, &s, SECTXT_CSAF, STR_CAT(c->arena, base, S("/.well-known/csaf/v2.1/provider-metadata.json"))));
	buf_init(&b, c->arena, SECTXT_FILE_MAX);
	TRY(securitytxt_print(c, &s, &b));
	*plain = buf_str(&b);
	return true;
}

bool public_securitytxt(struct ctx *c, const struct args *a, struct sheet *out)
{
	str plain;

	(void)a;
	TRY(signing_text(c, &plain));
	TRY(signing_served(c, plain, &out->raw));
	out->raw_type = S("text/plain; charset=utf-8");
	return true;
}
