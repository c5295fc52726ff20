#include "platform/http/client.h"

#include "base/list.h"

enum { PIECES = 65536 };

void upload_init(struct ctx *c, struct upload *u)
{
	unsigned char bits[16];
	struct buf    b;

	c->random(bits, sizeof(bits));
	buf_init(&b, c->arena, 64);
	buf_hex(&b, bits, sizeof(bits));
	*u = (struct upload){ .edge = buf_str(&b), .body.max = PIECES };
	u->type = STR_CAT(c->arena, S("multipart/form-data; boundary="), u->edge);
}

static bool add(struct ctx *c, struct upload *u, struct piece p)
{
	return list_push(c->arena, &u->body, p) ||
	       fault(c, E_LIMIT, NULL, N_("The upload has too many parts."));
}

static bool add_text(struct ctx *c, struct upload *u, str s)
{
	return add(c, u, (struct piece){ .bytes = s, .fd = -1, .size = (int64_t)s.n });
}

/* As browsers do: WHATWG HTML 4.10.22.8. */
static str quote(struct arena *a, str s)
{
	struct buf b;

	buf_init(&b, a, s.n * 3 + 3);
	buf_char(&b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_add(&b, S("%22"));
		else if (s.p[i] == '\r')
			buf_add(&b, S("%0D"));
		else if (s.p[i] == '\n')
			buf_add(&b, S("%0A"));
		else
			buf_char(&b, s.p[i]);
	}
	buf_char(&b, '"');
	return buf_str(&b);
}

static str part_head(struct ctx *c, const struct upload *u, str name)
{
	return STR_CAT(c->arena, u->body.n ? S("\r\n--") : S("--"), u->edge,
	               S("\r\nContent-Disposition: form-data; name="), quote(c->arena, name));
}

bool upload_text(struct ctx *c, struct upload *u, str name, str value)
{
	TRY(add_text(c, u, STR_CAT(c->arena, part_head(c, u, name), S("\r\n\r\n"))));
	return add_text(c, u, value);
}

bool upload_file(struct ctx *c, struct upload *u, str name, str filename, str type,
                 struct piece file)
{
	str kind = type.n ? type : S("application/octet-stream");

	TRY(add_text(c, u, STR_CAT(c->arena, part_head(c, u, name), S("; filename="),
	                           quote(c->arena, filename), S("\r\nContent-Type: "), kind,
	                           S("\r\n\r\n"))));
	return add(c, u, file);
}

bool upload_end(struct ctx *c, struct upload *u)
{
	return add_text(c, u, STR_CAT(c->arena, u->body.n ? S("\r\n--") : S("--"), u->edge,
	                              S("--\r\n")));
}
