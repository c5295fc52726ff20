#include "services/5-disclosure/3-publication/past/history.h"

#include "base/buf.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "standards/csaf/provider.h"

/* Former advisories of ours outside: the page made of what was read, and the bytes as they came. */

bool past_page_fill(struct ctx *c, str number, struct sheet *out, const struct history_page **page, bool *found)
{
	struct history_page     *m = NEW(c->arena, struct history_page);
	struct public_title_row *t = NEW(c->arena, struct public_title_row);
	struct past_public_row   p;

	TRY(sql_past_public(c, number, &p, found));
	if (!*found)
		return true;
	TRY(history_load(c, p.edition, m));
	m->outside = true;
	*t         = (struct public_title_row){ .title = p.title, .state = S("published") };
	SHEET_ONE(out, "advisory", public_title, t);
	out->title = STR_CAT(c->arena, p.number, S(" "), p.title);
	*page      = m;
	return true;
}

bool past_csaf_fill(struct ctx *c, str number, struct sheet *out, bool *found)
{
	struct past_public_row p;

	TRY(sql_past_public(c, number, &p, found));
	if (*found) {
		out->raw      = p.bytes;
		out->raw_type = S("application/json");
	}
	return true;
}

/* meets CSAF-2.0 7.1.2, 7.1.11, 7.1.18, 7.1.19 */
bool past_file_fill(struct ctx *c, str path, str name, str kind, struct sheet *out, bool *found)
{
	struct past_public_signature_row s;
	struct past_public_file_row      d;

	if (str_eq(kind, S("asc"))) {
		TRY(sql_past_public_signature(c, path, &s, found));
		if (*found) {
			out->raw      = s.bytes;
			out->raw_type = S("application/pgp-signature");
		}
		return true;
	}
	TRY(sql_past_public_file(c, path, &d, found));
	if (!*found)
		return true;
	out->raw      = kind.n ? provider_hash_line(c->arena, str_eq(kind, S("sha256")) ? d.sha256 : d.sha512, name) : d.bytes;
	out->raw_type = kind.n ? S("text/plain; charset=utf-8") : S("application/json");
	return true;
}
