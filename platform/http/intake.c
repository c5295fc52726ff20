#include "platform/http/exchange.h"

#include <unistd.h>

#include "platform/http/spool.h"
#include "platform/http/target.h"

static bool too_large(struct exchange *x)
{
	return fault(&x->ctx, E_LIMIT, "body",
	             N_("The body of this request may have at most {1} bytes."),
	             str_fmt(&x->arena, "%zu", x->body_max));
}

/* "Text/HTML; charset=x" -> "text/html" */
static str media_type(struct arena *a, str s)
{
	size_t semi = str_find(s, S(";"), 0);
	str    kind = str_trim(str_slice(s, 0, semi == SIZE_MAX ? s.n : semi));
	char  *p    = cstr(a, kind);

	for (size_t i = 0; i < kind.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return (str){ p, kind.n };
}

static bool form_begin(struct exchange *x, str type)
{
	const struct http_config *cfg = &x->http->cfg;
	struct multipart_limit limit = {
		.parts = (size_t)cfg->parts, .name = cfg->part_name, .text = cfg->part_text,
		.texts = cfg->part_texts,
		.spool = cfg->spool,
	};

	x->parts = NEW(&x->arena, struct multipart);
	return multipart_init(&x->ctx, x->parts, type, &limit, &x->r.form);
}

bool intake_begin(struct exchange *x)
{
	const struct http_config *cfg = &x->http->cfg;
	str type = request_header(&x->r, S("content-type"));
	str code = request_header(&x->r, S("content-encoding"));

	x->body_max = cfg->body_max ? cfg->body_max(x->http->arg, x->r.method, x->r.path)
	                            : cfg->body_default;
	if (!x->has_body)
		return true;
	if (x->length > 0 && (uint64_t)x->length > x->body_max)
		return too_large(x);
	if (!str_is_none(code) && !str_eq_nocase(code, S("identity")))
		return fault(&x->ctx, E_TYPE, "Content-Encoding",
		             N_("Compressed requests are not accepted here."));
	if (!str_is_none(type))
		x->r.type = media_type(&x->arena, type);
	x->r.form.max = (size_t)cfg->params;
	if (str_eq(x->r.type, S("multipart/form-data"))) {
		x->kind = BODY_PARTS;
		return form_begin(x, type);
	}
	x->kind = str_eq(x->r.type, S("application/x-www-form-urlencoded")) ? BODY_FORM : BODY_RAW;
	buf_init(&x->text, &x->arena, x->kind == BODY_FORM ? cfg->part_text : cfg->body_memory);
	if (x->kind == BODY_RAW && x->length > (int64_t)cfg->body_memory)
		return spool_open(&x->ctx, cfg->spool, &x->r.body_fd);
	return true;
}

/* A raw body: in memory while it is short. */
static bool raw_add(struct exchange *x, str bytes)
{
	if (x->r.body_fd < 0 && x->text.n + bytes.n > x->text.max) {
		TRY(spool_open(&x->ctx, x->http->cfg.spool, &x->r.body_fd));
		TRY(spool_add(&x->ctx, x->r.body_fd, buf_str(&x->text)));
	}
	if (x->r.body_fd >= 0)
		return spool_add(&x->ctx, x->r.body_fd, bytes);
	buf_add(&x->text, bytes);
	return !x->text.full || too_large(x);
}

bool intake_add(struct exchange *x, str bytes)
{
	x->r.body_size += (int64_t)bytes.n;
	if ((uint64_t)x->r.body_size > x->body_max)
		return too_large(x);
	switch (x->kind) {
	case BODY_PARTS:
		return multipart_add(&x->ctx, x->parts, bytes);
	case BODY_FORM:
		buf_add(&x->text, bytes);
		return !x->text.full ||
		       fault(&x->ctx, E_LIMIT, "form", N_("The form is too large."));
	case BODY_RAW:
		return raw_add(x, bytes);
	}
	return true;
}

bool intake_end(struct exchange *x)
{
	if (!x->has_body)
		return true;
	switch (x->kind) {
	case BODY_PARTS:
		return multipart_end(&x->ctx, x->parts);
	case BODY_FORM:
		return urlencoded_parse(&x->ctx, buf_str(&x->text), &x->r.form);
	case BODY_RAW:
		if (x->r.body_fd >= 0)
			lseek(x->r.body_fd, 0, SEEK_SET);
		else
			x->r.body = buf_str(&x->text);
		return true;
	}
	return true;
}

void intake_done(struct exchange *x)
{
	if (x->r.body_fd >= 0)
		close(x->r.body_fd);
	if (x->parts)
		multipart_done(x->parts);
	for (size_t i = 0; i < x->r.form.n; i++)
		if (x->r.form.v[i].fd >= 0)
			close(x->r.form.v[i].fd);
	x->r.form.n = 0;
}
