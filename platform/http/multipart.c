#include "platform/http/multipart.h"

#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "platform/http/spool.h"

static bool wrong_form(struct ctx *c)
{
	return fault(c, E_USAGE, "form", N_("The uploaded form is not well formed."));
}

/* The text between the quotes at *at (just behind the first one). */
static bool quoted(struct arena *a, str s, size_t *at, str *out)
{
	struct buf b;

	buf_init(&b, a, s.n + 1);
	for (; *at < s.n; ++*at) {
		char ch = s.p[*at];
		str  esc = str_slice(s, *at, *at + 3);
		if (ch == '"') {
			++*at;
			*out = buf_str(&b);
			return true;
		}
		if (ch == '\\' && *at + 1 < s.n && s.p[*at + 1] == '"') {
			buf_char(&b, '"');
			++*at;
		} else if (str_eq(esc, S("%22"))) {
			buf_char(&b, '"');
			*at += 2;
		} else if (str_eq_nocase(esc, S("%0d")) || str_eq_nocase(esc, S("%0a"))) {
			buf_char(&b, ' ');
			*at += 2;
		} else {
			buf_char(&b, ch);
		}
	}
	return false;
}

/* One "; name=value" at *at; false at the end or when it is malformed. */
static bool param_next(struct arena *a, str s, size_t *at, str *name, str *value)
{
	size_t from, to;

	while (*at < s.n && (s.p[*at] == ' ' || s.p[*at] == '\t' || s.p[*at] == ';'))
		++*at;
	for (from = *at; *at < s.n && s.p[*at] != '=' && s.p[*at] != ';'; ++*at)
		;
	if (*at >= s.n || s.p[*at] != '=')
		return false;
	*name = str_trim(str_slice(s, from, *at));
	++*at;
	if (*at < s.n && s.p[*at] == '"') {
		++*at;
		return quoted(a, s, at, value);
	}
	to = str_find(s, S(";"), *at);
	if (to == SIZE_MAX)
		to = s.n;
	*value = str_trim(str_slice(s, *at, to));
	*at    = to;
	return true;
}

str param_value(struct arena *a, str value, str name)
{
	size_t at = str_find(value, S(";"), 0);
	str    n, v;

	while (at < value.n && param_next(a, value, &at, &n, &v))
		if (str_eq_nocase(n, name))
			return v;
	return STR_NONE;
}

bool multipart_init(struct ctx *c, struct multipart *m, str content_type,
                    const struct multipart_limit *limit, struct fields *out)
{
	str edge = param_value(c->arena, content_type, S("boundary"));

	*m = (struct multipart){ .limit = *limit, .out = out, .part.fd = -1 };
	if (edge.n == 0 || edge.n > MULTIPART_BOUNDARY)
		return wrong_form(c);
	for (size_t i = 0; i < edge.n; i++)
		if (edge.p[i] < ' ' || edge.p[i] > '~')
			return wrong_form(c);
	memcpy(m->edge, "\r\n--", 4);
	memcpy(m->edge + 4, edge.p, edge.n);
	m->edge_n = edge.n + 4;
	/* The first edge stands at the very start, as if a CRLF came before it. */
	memcpy(m->hold, "\r\n", 2);
	m->n = 2;
	out->max = limit->parts;
	return true;
}

/* The name without folders that some clients send, "C:\…\a.txt" too. */
static str base_name(str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
			return str_slice(s, i, s.n);
	return s;
}

static bool plain_text(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
			return false;
	return utf8_check(s, NULL);
}

static bool disposition(struct ctx *c, struct multipart *m, str value)
{
	size_t semi = str_find(value, S(";"), 0);
	str    kind = str_trim(str_slice(value, 0, semi == SIZE_MAX ? value.n : semi));
	str    file;

	if (!str_is_none(m->part.name) || !str_eq_nocase(kind, S("form-data")))
		return wrong_form(c);
	m->part.name = param_value(c->arena, value, S("name"));
	if (m->part.name.n == 0 || !plain_text(m->part.name))
		return wrong_form(c);
	if (m->part.name.n > m->limit.name)
		return fault(c, E_LIMIT, "form",
		             N_("The name of a field has more than {1} bytes."),
		             str_fmt(c->arena, "%zu", m->limit.name));
	file = param_value(c->arena, value, S("filename"));
	if (str_is_none(file))
		return true;
	file = base_name(file);
	if (!plain_text(file))
		return wrong_form(c);
	if (file.n > 255)
		return fault(c, E_LIMIT, "form", N_("The name of a file has more than {1} bytes."),
		             S("255"));
	m->part.filename = file;
	return true;
}

static bool part_header(struct ctx *c, struct multipart *m, str line)
{
	size_t colon = str_find(line, S(":"), 0);
	str    name, value;

	if (colon == SIZE_MAX || colon == 0)
		return wrong_form(c);
	name  = str_slice(line, 0, colon);
	value = str_trim(str_slice(line, colon + 1, line.n));
	if (!plain_text(value))
		return wrong_form(c);
	if (str_eq_nocase(name, S("content-disposition")))
		return disposition(c, m, value);
	if (str_eq_nocase(name, S("content-type")))
		m->part.type = value.n <= 200 ? str_dup(c->arena, value) : S("");
	if (str_eq_nocase(name, S("content-transfer-encoding")) &&
	    !str_eq_nocase(value, S("binary")) && !str_eq_nocase(value, S("8bit")) &&
	    !str_eq_nocase(value, S("7bit")))
		return wrong_form(c);
	return true;
}

/* The head of a part, without its last CRLF CRLF. */
static bool part_begin(struct ctx *c, struct multipart *m, str head)
{
	size_t at = 0, end;

	if (m->out->n >= m->limit.parts)
		return fault(c, E_LIMIT, "form", N_("At most {1} fields and files are accepted."),
		             str_fmt(c->arena, "%zu", m->limit.parts));
	m->part   = (struct field){ .fd = -1 };
	m->inside = true;
	while (at < head.n) {
		end = str_find(head, S("\r\n"), at);
		if (end == SIZE_MAX)
			end = head.n;
		TRY(part_header(c, m, str_slice(head, at, end)));
		at = end + 2;
	}
	if (str_is_none(m->part.name))
		return wrong_form(c);
	buf_init(&m->text, c->arena, m->limit.text);
	if (!str_is_none(m->part.filename) && m->part.filename.n)
		TRY(spool_open(c, m->limit.spool, &m->part.fd));
	return true;
}

static bool part_add(struct ctx *c, struct multipart *m, str s)
{
	if (!m->inside)
		return s.n == 0 || wrong_form(c);     /* a preamble */
	m->part.size += (int64_t)s.n;
	if (m->part.fd >= 0)
		return spool_add(c, m->part.fd, s);
	/* Memory must not run out: the ctx is still needed for the refusal. */
	m->texts += s.n;
	if (m->texts > m->limit.texts)
		return fault(c, E_LIMIT, "form",
		             N_("The texts of the form have more than {1} bytes together."),
		             str_fmt(c->arena, "%zu", m->limit.texts));
	buf_add(&m->text, s);
	if (m->text.full)
		return fault(c, E_LIMIT, cstr(c->arena, m->part.name),
		             N_("The text of a field has more than {1} bytes."),
		             str_fmt(c->arena, "%zu", m->limit.text));
	return true;
}

static bool part_end(struct ctx *c, struct multipart *m)
{
	struct field *f = &m->part;
	bool          kept;

	if (!m->inside)
		return true;
	m->inside = false;
	if (f->fd >= 0) {
		lseek(f->fd, 0, SEEK_SET);
	} else if (!str_is_none(f->filename)) {
		/* A file input that was left empty: no name, no bytes. */
		return f->size == 0 || wrong_form(c);
	} else {
		f->value = buf_str(&m->text);
		if (!utf8_check(f->value, NULL) || (f->value.n && memchr(f->value.p, 0, f->value.n)))
			return wrong_form(c);
	}
	kept = list_push(c->arena, m->out, *f);
	if (!kept)
		return fault(c, E_LIMIT, "form", N_("The form is too large."));
	f->fd = -1;
	return true;
}

static void consume(struct multipart *m, size_t n)
{
	m->n -= n;
	memmove(m->hold, m->hold + n, m->n);
}

static bool step_body(struct ctx *c, struct multipart *m, bool *more)
{
	str    held = { m->hold, m->n };
	size_t hit  = str_find(held, (str){ m->edge, m->edge_n }, 0);

	if (hit != SIZE_MAX) {
		TRY(part_add(c, m, str_slice(held, 0, hit)));
		TRY(part_end(c, m));
		consume(m, hit + m->edge_n);
		m->state = PART_EDGE;
		return true;
	}
	*more = true;
	if (m->n < m->edge_n)
		return true;
	hit = m->n - (m->edge_n - 1);
	TRY(part_add(c, m, str_slice(held, 0, hit)));
	consume(m, hit);
	return true;
}

static bool step_edge(struct ctx *c, struct multipart *m, bool *more)
{
	if (m->n < 2) {
		*more = true;
		return true;
	}
	if (memcmp(m->hold, "\r\n", 2) == 0)
		m->state = PART_HEAD;
	else if (memcmp(m->hold, "--", 2) == 0)
		m->state = PART_END;
	else
		return wrong_form(c);
	consume(m, 2);
	return true;
}

static bool step_head(struct ctx *c, struct multipart *m, bool *more)
{
	size_t end = str_find((str){ m->hold, m->n }, S("\r\n\r\n"), 0);

	if (end == SIZE_MAX ? m->n > MULTIPART_HEAD : end > MULTIPART_HEAD)
		return fault(c, E_LIMIT, "form", N_("The head of a part is too long."));
	if (end == SIZE_MAX) {
		*more = true;
		return true;
	}
	TRY(part_begin(c, m, str_dup(c->arena, (str){ m->hold, end })));
	consume(m, end + 4);
	m->state = PART_BODY;
	return true;
}

bool multipart_add(struct ctx *c, struct multipart *m, str bytes)
{
	while (bytes.n) {
		size_t part = MULTIPART_HOLD - m->n;
		bool   more = false;

		if (part > bytes.n)
			part = bytes.n;
		memcpy(m->hold + m->n, bytes.p, part);
		m->n += part;
		bytes = str_slice(bytes, part, bytes.n);
		while (!more) {
			switch (m->state) {
			case PART_BODY: TRY(step_body(c, m, &more)); break;
			case PART_EDGE: TRY(step_edge(c, m, &more)); break;
			case PART_HEAD: TRY(step_head(c, m, &more)); break;
			case PART_END:              /* an epilogue says nothing */
				m->n = 0;
				more = true;
				break;
			}
		}
	}
	return true;
}

bool multipart_end(struct ctx *c, struct multipart *m)
{
	return m->state == PART_END || wrong_form(c);
}

void multipart_done(struct multipart *m)
{
	if (m->part.fd >= 0)
		close(m->part.fd);
	m->part.fd = -1;
}
