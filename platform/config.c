#include "platform/config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20, NAME_MAX_ = 64 };

struct value {
	str     text;            /* none: not set */
	int64_t number;
	long    line;            /* where the file set it; 0: it did not */
};

struct config {
	const struct config_key *keys;
	size_t                   n;
	struct value            *value;
};

/* ---- units ---- */

static bool unit_bytes(str s, int64_t *out)
{
	static const struct { const char *name; int64_t size; } units[] = {
		{ "", 1 }, { "B", 1 }, { "KB", 1 << 10 }, { "MB", 1 << 20 }, { "GB", 1 << 30 },
		{ "TB", (int64_t)1 << 40 },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (str_eq_nocase(s, str_of(units[i].name))) {
			*out = units[i].size;
			return true;
		}
	return false;
}

/* The digits at the start of *s, taken out of it. */
static bool digits_take(str *s, int64_t *out)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (!str_to_int(str_slice(*s, 0, n), out))
		return false;
	*s = str_slice(*s, n, s->n);
	return true;
}

bool bytes_parse(str s, int64_t *out)
{
	int64_t n, unit;

	return digits_take(&s, &n) && unit_bytes(str_trim(s), &unit) &&
	       !__builtin_mul_overflow(n, unit, out);
}

bool duration_parse(str s, time_us *out)
{
	static const struct { char letter; time_us size; } units[] = {
		{ 's', SECOND }, { 'm', MINUTE }, { 'h', HOUR }, { 'd', DAY }, { 'w', 7 * DAY },
	};
	time_us all = 0;

	if (str_eq(s, S("0"))) {
		*out = 0;
		return true;
	}
	do {
		time_us n, size = 0;
		if (!digits_take(&s, &n) || !s.n)
			return false;
		for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
			if (units[i].letter == s.p[0])
				size = units[i].size;
		if (!size || __builtin_mul_overflow(n, size, &n) ||
		    __builtin_add_overflow(all, n, &all))
			return false;
		s = str_slice(s, 1, s.n);
	} while (s.n);
	*out = all;
	return true;
}

static bool bool_parse(str s, int64_t *out)
{
	static const char *const yes[] = { "yes", "true", "on" }, *const no[] = { "no", "false", "off" };

	for (size_t i = 0; i < 3; i++) {
		if (str_eq_nocase(s, str_of(yes[i])) || str_eq_nocase(s, str_of(no[i]))) {
			*out = str_eq_nocase(s, str_of(yes[i]));
			return true;
		}
	}
	return false;
}

static bool url_check(str s)
{
	str rest, host;

	if (str_starts(s, S("https://")))
		rest = str_slice(s, 8, s.n);
	else if (str_starts(s, S("http://")))
		rest = str_slice(s, 7, s.n);
	else
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7F || strchr("@?#\\\"<>", s.p[i]))
			return false;
	return str_cut(&rest, '/', &host) && host.n > 0 && host.p[0] != ':';
}

static bool word_in(str word, const char *words)
{
	str rest = str_of(words), one;

	while (str_cut(&rest, ' ', &one))
		if (one.n && str_eq(one, word))
			return true;
	return false;
}

/* ---- values ---- */

static bool wrong(struct ctx *c, const struct config_key *k, const char *text, str arg)
{
	return fault(c, E_INVALID, k->name, text, arg, str_of(k->name));
}

static bool range_check(struct ctx *c, const struct config_key *k, int64_t v, str text)
{
	int64_t max = k->min || k->max ? k->max : INT64_MAX;

	if (v >= k->min && v <= max)
		return true;
	return fault(c, E_INVALID, k->name, N_("{1} is outside the limits {2} to {3} of {4}."), text,
	             str_fmt(c->arena, "%lld", (long long)k->min),
	             str_fmt(c->arena, "%lld", (long long)max), str_of(k->name));
}

/* Read `text` as the key's type. */
static bool value_parse(struct ctx *c, const struct config_key *k, str text, struct value *out)
{
	bool ok = true;

	out->text = text;
	switch (k->type) {
	case CONFIG_TEXT:
		if (k->choices && !word_in(text, k->choices))
			return fault(c, E_INVALID, k->name, N_("{1} is not one of: {2}."), text,
			             str_of(k->choices));
		return true;
	case CONFIG_INT:
		if (!str_to_int(text, &out->number))
			return wrong(c, k, N_("{1} is not a whole number ({2})."), text);
		return range_check(c, k, out->number, text);
	case CONFIG_BOOL:
		ok = bool_parse(text, &out->number);
		return ok || wrong(c, k, N_("{1} is neither yes nor no ({2})."), text);
	case CONFIG_BYTES:
		if (!bytes_parse(text, &out->number))
			return wrong(c, k, N_("{1} is not a size such as 64KB or 25MB ({2})."), text);
		return range_check(c, k, out->number, text);
	case CONFIG_DURATION:
		if (!duration_parse(text, &out->number))
			return wrong(c, k, N_("{1} is not a duration such as 15m or 7d ({2})."), text);
		return range_check(c, k, out->number, text);
	case CONFIG_PATH:
		return text.n > 0 || wrong(c, k, N_("A file name is missing ({2})."), text);
	case CONFIG_URL:
		return url_check(text) ||
		       wrong(c, k, N_("{1} is not an http or https address ({2})."), text);
	}
	return true;
}

/* ---- names ---- */

/* How many letters must change to make b of a (Levenshtein); 99 when long. */
static size_t distance(str a, str b)
{
	size_t row[NAME_MAX_ + 1];

	if (a.n > NAME_MAX_ || b.n > NAME_MAX_)
		return 99;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t best = corner + (a.p[i - 1] != b.p[j - 1]);
			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b.n];
}

static str section_of(const struct config_key *k)
{
	str rest = str_of(k->name), section = S("");

	(void)str_cut(&rest, '.', &section);
	return section;
}

static size_t key_find(const struct config *cfg, str name)
{
	for (size_t i = 0; i < cfg->n; i++)
		if (str_eq(str_of(cfg->keys[i].name), name))
			return i;
	return SIZE_MAX;
}

/* The unknown name and the one that was probably meant. */
static bool unknown(struct ctx *c, const struct config *cfg, str name, bool section)
{
	str    near = STR_NONE;
	size_t best = 99;

	for (size_t i = 0; i < cfg->n; i++) {
		str    known = section ? section_of(&cfg->keys[i]) : str_of(cfg->keys[i].name);
		size_t far   = distance(name, known);
		if (far < best) {
			best = far;
			near = known;
		}
	}
	if (best * 3 > name.n)
		return fault(c, E_INVALID, cstr(c->arena, name), N_("{1} is not known here."), name);
	return fault(c, E_INVALID, cstr(c->arena, name),
	             N_("{1} is not known here; perhaps {2} was meant."), name, near);
}

/* ---- the file ---- */

static bool unquote(struct ctx *c, str *s)
{
	struct buf b;

	if (s->n == 0 || s->p[0] != '"')
		return true;
	buf_init(&b, c->arena, s->n + 1);
	for (size_t i = 1; i < s->n; i++) {
		char ch = s->p[i];
		if (ch == '"') {
			bool last = i + 1 == s->n;
			*s = buf_str(&b);
			return last;
		}
		if (ch == '\\') {
			if (++i == s->n || (s->p[i] != '"' && s->p[i] != '\\'))
				return false;
			ch = s->p[i];
		}
		buf_char(&b, ch);
	}
	return false;
}

static bool no_control(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7F)
			return false;
	return true;
}

static bool section_line(struct ctx *c, const struct config *cfg, str line, str *section)
{
	if (line.n < 3 || line.p[line.n - 1] != ']')
		return fault(c, E_SYNTAX, NULL, N_("A section is written [name]."));
	*section = str_trim(str_slice(line, 1, line.n - 1));
	for (size_t i = 0; i < cfg->n; i++)
		if (str_eq(section_of(&cfg->keys[i]), *section))
			return true;
	return unknown(c, cfg, *section, true);
}

static bool key_line(struct ctx *c, struct config *cfg, str line, str section, long number)
{
	str    value = line, key, name;
	size_t i;

	if (!str_cut(&value, '=', &key) || str_is_none(value) || !str_trim(key).n)
		return fault(c, E_SYNTAX, NULL, N_("A setting is written key = value."));
	if (!section.n)
		return fault(c, E_SYNTAX, NULL, N_("A setting stands before the first section."));
	value = str_trim(value);
	if (!unquote(c, &value))
		return fault(c, E_SYNTAX, NULL, N_("The quoted value is not well formed."));
	name = STR_CAT(c->arena, section, S("."), str_trim(key));
	i    = key_find(cfg, name);
	if (i == SIZE_MAX)
		return unknown(c, cfg, name, false);
	if (cfg->value[i].line)
		return fault(c, E_SYNTAX, cfg->keys[i].name, N_("{1} was already set in line {2}."),
		             name, str_fmt(c->arena, "%ld", cfg->value[i].line));
	TRY(value_parse(c, &cfg->keys[i], str_dup(c->arena, value), &cfg->value[i]));
	cfg->value[i].line = number;
	return true;
}

static bool line_parse(struct ctx *c, struct config *cfg, str line, str *section, long number)
{
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return true;
	if (!utf8_check(line, NULL) || !no_control(line))
		return fault(c, E_SYNTAX, NULL, N_("The line is not plain UTF-8 text."));
	if (line.p[0] == '[')
		return section_line(c, cfg, line, section);
	return key_line(c, cfg, line, *section, number);
}

bool config_new(struct ctx *c, const struct config_key *keys, size_t n, struct config **out)
{
	struct config *cfg = NEW(c->arena, struct config);

	*cfg = (struct config){ .keys = keys, .n = n, .value = NEWS(c->arena, struct value, n) };
	for (size_t i = 0; i < n; i++) {
		cfg->value[i].number = INT_NONE;
		if (keys[i].standard)
			TRY(value_parse(c, &keys[i], str_of(keys[i].standard), &cfg->value[i]));
	}
	*out = cfg;
	return true;
}

/* Line by line; flaw == NULL stops at the first that is wrong. */
static bool text_parse(struct ctx *c, struct config *cfg, str text, config_flaw_fn *flaw, void *arg)
{
	str  section = S(""), line;
	long number  = 0;

	for (size_t i = 0; i < cfg->n; i++)
		cfg->value[i].line = 0;
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_slice(text, 3, text.n);
	while (str_cut(&text, '\n', &line)) {
		number++;
		if (line_parse(c, cfg, line, &section, number))
			continue;
		(void)fault_at(c, c->fault.code, number, 0);
		if (!flaw)
			return false;
		flaw(arg, &c->fault);
	}
	return true;
}

bool config_parse(struct ctx *c, struct config *cfg, str text)
{
	return text_parse(c, cfg, text, NULL, NULL);
}

void config_review(struct ctx *c, struct config *cfg, str text, config_flaw_fn *flaw, void *arg)
{
	(void)text_parse(c, cfg, text, flaw, arg);
}

bool config_text_load(struct ctx *c, str path, str *out)
{
	int     fd = open(cstr(c->arena, path), O_RDONLY | O_CLOEXEC);
	char   *p;
	size_t  n = 0;
	ssize_t got = 1;

	if (fd < 0)
		return fault(c, errno == ENOENT ? E_NOTFOUND : E_IO, NULL,
		             N_("The configuration {1} cannot be read."), path);
	p = arena_must(c->arena, 1, FILE_MAX + 1);
	while (n <= FILE_MAX && (got = read(fd, p + n, FILE_MAX + 1 - n)) > 0)
		n += (size_t)got;
	close(fd);
	if (got < 0)
		return fault(c, E_IO, NULL, N_("The configuration {1} cannot be read."), path);
	if (n > FILE_MAX)
		return fault(c, E_LIMIT, NULL, N_("The configuration {1} is too long."), path);
	*out = (str){ p, n };
	return true;
}

bool config_load(struct ctx *c, struct config *cfg, str path)
{
	str text;

	TRY(config_text_load(c, path, &text));
	return config_parse(c, cfg, text);
}

bool config_set(struct ctx *c, struct config *cfg, str name, str value)
{
	size_t i = key_find(cfg, name);

	if (i == SIZE_MAX)
		return unknown(c, cfg, name, false);
	if (!utf8_check(value, NULL) || !no_control(value))
		return fault(c, E_INVALID, cfg->keys[i].name, N_("The value is not plain UTF-8 text."));
	cfg->value[i].line = 0;
	return value_parse(c, &cfg->keys[i], str_dup(c->arena, value), &cfg->value[i]);
}

/* A name that is not in the table is a fault of the program. */
static const struct value *value_of(const struct config *cfg, const char *name)
{
	size_t i = key_find(cfg, str_of(name));

	if (i == SIZE_MAX)
		abort();
	return &cfg->value[i];
}

str config_text(const struct config *cfg, const char *name)
{
	return value_of(cfg, name)->text;
}

int64_t config_int(const struct config *cfg, const char *name)
{
	return value_of(cfg, name)->number;
}

bool config_bool(const struct config *cfg, const char *name)
{
	return value_of(cfg, name)->number == 1;
}

long config_line(const struct config *cfg, const char *name)
{
	return value_of(cfg, name)->line;
}

/* ---- printing ---- */

static void print_value(struct buf *b, str s)
{
	bool quotes = s.n != str_trim(s).n || (s.n && s.p[0] == '"');

	if (!quotes) {
		buf_add(b, s);
		return;
	}
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

void config_print_default(struct buf *b, const struct config_key *keys, size_t n)
{
	str section = STR_NONE;

	for (size_t i = 0; i < n; i++) {
		const struct config_key *k = &keys[i];
		str name = str_of(k->name), now, help, line;

		(void)str_cut(&name, '.', &now);
		if (!str_eq(now, section))
			buf_fmt(b, "%s[%.*s]\n", i ? "\n" : "", STR_ARG(now));
		section = now;
		help = str_of(k->help);
		buf_char(b, '\n');
		while (str_cut(&help, '\n', &line))
			buf_fmt(b, "# %.*s\n", STR_ARG(line));
		if (k->choices)
			buf_fmt(b, "# One of: %s\n", k->choices);
		buf_fmt(b, "#%.*s =", STR_ARG(name));
		if (k->standard) {
			buf_char(b, ' ');
			print_value(b, str_of(k->standard));
		}
		buf_char(b, '\n');
	}
}

void config_print(struct buf *b, const struct config *cfg)
{
	for (size_t i = 0; i < cfg->n; i++) {
		buf_add(b, str_of(cfg->keys[i].name));
		buf_add(b, S(" = "));
		print_value(b, cfg->value[i].text);
		buf_char(b, '\n');
	}
}
