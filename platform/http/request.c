#include "platform/http/http.h"

#include "platform/http/spool.h"

const struct field *field_next(const struct fields *f, str name, const struct field *after)
{
	size_t i = after ? (size_t)(after - f->v) + 1 : 0;

	for (; i < f->n; i++)
		if (str_eq(f->v[i].name, name))
			return &f->v[i];
	return NULL;
}

const struct field *field_find(const struct fields *f, str name)
{
	return field_next(f, name, NULL);
}

str field_value(const struct fields *f, str name)
{
	const struct field *hit = field_find(f, name);

	return hit ? hit->value : STR_NONE;
}

str request_header(const struct request *r, str name)
{
	for (size_t i = 0; i < r->headers.n; i++)
		if (str_eq_nocase(r->headers.v[i].name, name))
			return r->headers.v[i].value;
	return STR_NONE;
}

str request_cookie(const struct request *r, str name)
{
	for (size_t i = 0; i < r->headers.n; i++) {
		str rest = r->headers.v[i].value, pair, left;

		if (!str_eq_nocase(r->headers.v[i].name, S("cookie")))
			continue;
		while (str_cut(&rest, ';', &pair))
			if (str_cut(&pair, '=', &left) && str_eq(str_trim(left), name) &&
			    !str_is_none(pair))
				return str_trim(pair);
	}
	return STR_NONE;
}

static bool too_large(struct ctx *c, const char *where, size_t max)
{
	return fault(c, E_LIMIT, where, N_("At most {1} bytes are accepted."),
	             str_fmt(c->arena, "%zu", max));
}

bool request_body(struct ctx *c, const struct request *r, size_t max, str *out)
{
	if (r->body_size > 0 && (uint64_t)r->body_size > max)
		return too_large(c, "body", max);
	if (r->body_fd >= 0)
		return spool_text(c, r->body_fd, r->body_size, out);
	*out = str_is_none(r->body) ? S("") : r->body;
	return true;
}

bool field_text(struct ctx *c, const struct field *f, size_t max, str *out)
{
	if (f->size > 0 && (uint64_t)f->size > max)
		return too_large(c, cstr(c->arena, f->name), max);
	if (f->fd >= 0)
		return spool_text(c, f->fd, f->size, out);
	*out = str_is_none(f->value) ? S("") : f->value;
	return true;
}
