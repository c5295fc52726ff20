#include "standards/securitytxt/securitytxt.h"

static const struct {
	const char *name, *clause;
	bool once, uri;
} known[SECTXT_OTHER] = {
	[SECTXT_CONTACT]             = { "Contact", "2.5.3", false, true },
	[SECTXT_EXPIRES]             = { "Expires", "2.5.5", true, false },
	[SECTXT_ENCRYPTION]          = { "Encryption", "2.5.4", false, true },
	[SECTXT_ACKNOWLEDGMENTS]     = { "Acknowledgments", "2.5.1", false, true },
	[SECTXT_PREFERRED_LANGUAGES] = { "Preferred-Languages", "2.5.8", true, false },
	[SECTXT_CANONICAL]           = { "Canonical", "2.5.2", false, true },
	[SECTXT_POLICY]              = { "Policy", "2.5.7", false, true },
	[SECTXT_HIRING]              = { "Hiring", "2.5.6", false, true },
	[SECTXT_CSAF]                = { "CSAF", "2.4", false, true },
};

const char *sectxt_field_name(enum sectxt_name name)
{
	return name < SECTXT_OTHER ? known[name].name : "";
}

static enum sectxt_name name_of(str written)
{
	for (int i = 0; i < SECTXT_OTHER; i++)
		if (str_eq_nocase(written, str_of(known[i].name)))
			return (enum sectxt_name)i;
	return SECTXT_OTHER;
}

/* meets RFC9116 4: field-name = 1*(letters, digits, some marks), as in RFC 5322 */
static bool is_field_name(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 127)
			return false;
	return s.n > 0;
}

static bool read_line(struct ctx *c, struct securitytxt *s, str line, long number)
{
	size_t colon = str_find(line, S(":"), 0);
	str name, value;

	if (str_trim(line).n == 0 || line.p[0] == '#')
		return true;
	name  = str_slice(line, 0, colon == SIZE_MAX ? 0 : colon);
	value = colon == SIZE_MAX ? S("") : str_slice(line, colon + 1, line.n);
	/* meets RFC9116 2.2: the value follows a colon and a space */
	if (!is_field_name(name) || value.n < 2 || value.p[0] != ' ') {
		if (!list_push(c->arena, &s->strange, number))
			return fault(c, E_LIMIT, "securitytxt", N_("Too many lines are not fields."));
		return true;
	}
	if (!list_push(c->arena, &s->fields,
	               (struct sectxt_field){ name_of(name), name, str_trim(value), number }))
		return fault(c, E_LIMIT, "securitytxt", N_("There are too many fields."));
	return true;
}

/*
 * meets RFC9116 2.3: steps over the lines of a cleartext frame.  Returns
 * false for a line that does not belong to the text; *line loses its dash
 * escape (RFC 9580 7.1).
 */
enum frame { FRAME_NONE, FRAME_HEAD, FRAME_BODY, FRAME_END };

static bool in_text(struct securitytxt *s, enum frame *frame, str *line, long number)
{
	if (number == 1 && str_eq(str_trim(*line), S("-----BEGIN PGP SIGNED MESSAGE-----"))) {
		s->framed = true;
		*frame = FRAME_HEAD;
		return false;
	}
	if (*frame == FRAME_HEAD) {
		if (str_trim(*line).n == 0)
			*frame = FRAME_BODY;
		return false;
	}
	if (*frame == FRAME_BODY && str_starts(*line, S("-----BEGIN PGP SIGNATURE-----")))
		*frame = FRAME_END;
	if (*frame == FRAME_BODY && str_starts(*line, S("- ")))
		*line = str_slice(*line, 2, line->n);
	return *frame != FRAME_END;
}

bool securitytxt_parse(struct ctx *c, str text, struct securitytxt *out)
{
	enum frame frame = FRAME_NONE;
	size_t bad;
	long   number = 0;
	str    line;

	*out = (struct securitytxt){ 0 };
	out->fields.max = out->strange.max = SECTXT_FIELDS_MAX;
	if (text.n > SECTXT_FILE_MAX)
		return fault(c, E_LIMIT, "securitytxt", N_("A security.txt has at most {1} bytes."),
		             S("32768"));
	if (!utf8_check(text, &bad)) {
		/* meets RFC9116 3: UTF-8 */
		return fault(c, E_SYNTAX, "securitytxt", N_("The file is not UTF-8."));
	}
	while (str_cut(&text, '\n', &line)) {
		number++;
		if (line.n > SECTXT_LINE_MAX) {
			fault(c, E_LIMIT, "securitytxt", N_("A line has at most {1} bytes."), S("2048"));
			return fault_at(c, E_LIMIT, number, 1);
		}
		if (str_ends(line, S("\r")))
			line = str_slice(line, 0, line.n - 1);
		if (in_text(out, &frame, &line, number))
			TRY(read_line(c, out, line, number));
	}
	if (out->framed && frame != FRAME_END)
		return fault(c, E_SYNTAX, "securitytxt", N_("The signed text has no end."));
	return true;
}

str sectxt_value(const struct securitytxt *s, enum sectxt_name name)
{
	for (size_t i = 0; i < s->fields.n; i++)
		if (s->fields.v[i].name == name)
			return s->fields.v[i].value;
	return STR_NONE;
}

bool sectxt_has_error(const struct sectxt_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].error)
			return true;
	return false;
}

/* Where findings go, and whether there was memory for all. */
struct judge {
	struct ctx *c;
	struct sectxt_findings *out;
	bool   full;
};

static void say(struct judge *j, bool error, const char *clause, long line, const char *text,
                str arg)
{
	if (!list_push(j->c->arena, j->out,
	               (struct sectxt_finding){ error, clause, line, text, arg }))
		j->full = true;
}

/* A URI as far as it matters here: scheme, colon, something, no spaces or controls. */
static bool is_uri(str s)
{
	size_t colon = str_find(s, S(":"), 0);

	if (colon == SIZE_MAX || colon == 0 || colon + 1 == s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool more = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';

		if (c <= ' ' || c >= 127 || (i < colon && !letter && (i == 0 || !more)))
			return false;
	}
	return true;
}

/* A language tag by its shape (RFC 5646 2.1): subtags of 1 to 8 letters or digits. */
static bool is_language(str s)
{
	str  part;
	bool first = true;

	while (str_cut(&s, '-', &part)) {
		if (part.n == 0 || part.n > 8)
			return false;
		for (size_t i = 0; i < part.n; i++) {
			char c = part.p[i];
			bool digit = c >= '0' && c <= '9';

			if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && (!digit || first))
				return false;
		}
		first = false;
	}
	return !first;
}

/* meets RFC9116 2.5.8 */
static void check_languages(struct judge *j, const struct sectxt_field *f)
{
	str rest = f->value, tag;

	while (str_cut(&rest, ',', &tag))
		if (!is_language(str_trim(tag)))
			say(j, true, "2.5.8", f->line, N_("“{1}” is not a language tag such as ja or en."),
			    str_trim(tag));
}

/* meets RFC9116 2.5.5 */
static void check_expires(struct judge *j, const struct sectxt_field *f, time_us now)
{
	time_us t;

	if (!time_parse(f->value, &t)) {
		say(j, true, "2.5.5", f->line,
		    N_("“{1}” is not an instant such as 2027-01-31T00:00:00Z."), f->value);
		return;
	}
	if (now == TIME_NONE)
		return;
	if (t <= now)
		say(j, true, "2.5.5", f->line, N_("The file expired on {1} and is not to be used."),
		    f->value);
	else if (t - now > 366 * DAY)
		say(j, false, "2.5.5", f->line,
		    N_("The file should expire in less than a year, not on {1}."), f->value);
}

static void check_field(struct judge *j, const struct sectxt_field *f, time_us now)
{
	if (f->name == SECTXT_OTHER)
		return;
	if (known[f->name].uri && !is_uri(f->value))
		say(j, true, known[f->name].clause, f->line,
		    f->name == SECTXT_CONTACT
		    ? N_("“{1}” is not a URI; an address is written mailto:name@example.com.")
		    : N_("“{1}” is not a URI."), f->value);
	/* meets RFC9116 2.5.1, 2.5.2, 2.5.3, 2.5.4, 2.5.6, 2.5.7: web addresses begin with https */
	if (known[f->name].uri && str_eq_nocase(str_slice(f->value, 0, 5), S("http:")))
		say(j, true, known[f->name].clause, f->line,
		    N_("A web address must begin with https: {1}"), f->value);
	if (f->name == SECTXT_EXPIRES)
		check_expires(j, f, now);
	if (f->name == SECTXT_PREFERRED_LANGUAGES)
		check_languages(j, f);
}

/* meets RFC9116 2.5.2: the address it came from should be among the canonical ones */
static void check_canonical(struct judge *j, const struct securitytxt *s, str url)
{
	bool any = false, same = false;

	for (size_t i = 0; i < s->fields.n; i++) {
		if (s->fields.v[i].name != SECTXT_CANONICAL)
			continue;
		any  = true;
		same = same || str_eq(s->fields.v[i].value, url);
	}
	if (s->framed && !any)
		say(j, false, "2.3", 0, N_("A signed file should have a Canonical field."), STR_NONE);
	if (any && !same && !str_is_none(url))
		say(j, true, "2.5.2", 0, N_("The file is not canonical for {1} and not to be trusted."),
		    url);
}

/* meets RFC9116 3: where it must lie */
static void check_place(struct judge *j, str url)
{
	if (str_is_none(url))
		return;
	if (!str_starts(url, S("https://")))
		say(j, true, "3", 0, N_("The file must be fetched by https, not from {1}"), url);
	if (!str_ends(url, S("/.well-known/security.txt")))
		say(j, str_ends(url, S("/security.txt")) ? false : true, "3", 0,
		    N_("The place of the file is /.well-known/security.txt, not {1}"), url);
}

bool securitytxt_check(struct ctx *c, const struct securitytxt *s, str url, time_us now,
                       struct sectxt_findings *out)
{
	struct judge j = { c, out, false };
	size_t count[SECTXT_OTHER + 1] = { 0 };

	*out = (struct sectxt_findings){ .max = 8 * SECTXT_FIELDS_MAX };
	for (size_t i = 0; i < s->strange.n; i++)
		say(&j, true, "2.2", s->strange.v[i],
		    N_("This line is neither a comment nor a field written “Name: value”."), STR_NONE);
	for (size_t i = 0; i < s->fields.n; i++) {
		const struct sectxt_field *f = &s->fields.v[i];

		if (f->name != SECTXT_OTHER && ++count[f->name] > 1 && known[f->name].once)
			say(&j, true, known[f->name].clause, f->line,
			    N_("{1} may be given only once."), str_of(known[f->name].name));
		check_field(&j, f, now);
	}
	/* meets RFC9116 2.5.3, 2.5.5: these must always be present */
	for (int i = SECTXT_CONTACT; i <= SECTXT_EXPIRES; i++)
		if (count[i] == 0)
			say(&j, true, known[i].clause, 0, N_("The field {1} is missing."),
			    str_of(known[i].name));
	check_canonical(&j, s, url);
	check_place(&j, url);
	if (!s->framed)
		say(&j, false, "2.3", 0, N_("The file should be signed with OpenPGP."), STR_NONE);
	if (j.full)
		return fault(c, E_LIMIT, "securitytxt", N_("There are too many findings."));
	return true;
}

bool sectxt_add(struct ctx *c, struct securitytxt *s, enum sectxt_name name, str value)
{
	if (!s->fields.max)
		s->fields.max = SECTXT_FIELDS_MAX;
	if (!list_push(c->arena, &s->fields,
	               (struct sectxt_field){ name, str_of(sectxt_field_name(name)), value, 0 }))
		return fault(c, E_LIMIT, "securitytxt", N_("There are too many fields."));
	return true;
}

/* A value that would not stay on its line, or a name that is none. */
static bool breaks_line(const struct sectxt_field *f)
{
	if (!utf8_check(f->value, NULL) || str_trim(f->value).n == 0)
		return true;
	for (size_t i = 0; i < f->value.n; i++)
		if ((unsigned char)f->value.p[i] < ' ' || f->value.p[i] == 127)
			return true;
	return f->name == SECTXT_OTHER && !is_field_name(f->written);
}

bool securitytxt_print(struct ctx *c, const struct securitytxt *s, struct buf *out)
{
	struct sectxt_findings found;

	for (size_t i = 0; i < s->fields.n; i++)
		if (breaks_line(&s->fields.v[i])) {
			fault(c, E_INVALID, NULL, N_("This value cannot stand in a security.txt."));
			c->fault.where = s->fields.v[i].written;
			return false;
		}
	TRY(securitytxt_check(c, s, STR_NONE, TIME_NONE, &found));
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].error)
			return fault(c, E_INVALID, "securitytxt", found.v[i].text, found.v[i].arg);
	for (int name = SECTXT_CONTACT; name <= SECTXT_OTHER; name++)
		for (size_t i = 0; i < s->fields.n; i++) {
			const struct sectxt_field *f = &s->fields.v[i];

			if ((int)f->name != name)
				continue;
			buf_add(out, name == SECTXT_OTHER ? f->written : str_of(known[name].name));
			buf_add(out, S(": "));
			buf_add(out, f->value);
			buf_char(out, '\n');
		}
	return out->full ? fault(c, E_LIMIT, "securitytxt", N_("The file is too long.")) : true;
}
