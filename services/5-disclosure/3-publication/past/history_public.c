#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/past/successor.h"

#include "base/buf.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "standards/csaf/provider.h"

/* Former advisories of ours outside: the page made of what was read, and the bytes as they came. */

bool past_page_fill(struct ctx *c, str number, struct sheet *out, const struct history_page **page, bool *found)
{
	struct history_page     *m = NEW(c->arena, struct history_page);
	struct public_title_row *t = NEW(c->arena, struct public_title_row);
	struct past_public_row   p;
	struct successor_public_row next;

	TRY(sql_past_public(c, number, &p, found));
	if (!*found)
		return true;
	TRY(sql_successor_public(c, number, &next, &m->v21));
	TRY(history_load(c, p.edition, m));
	m->outside = true;
	*t         = (struct public_title_row){ .title = p.title, .state = S("published") };
	SHEET_ONE(out, "advisory", public_title, t);
	out->title = STR_CAT(c->arena, p.number, S(" "), p.title);
	*page      = m;
	return true;
}

bool past_csaf_fill(struct ctx *c, str number, bool v21, struct sheet *out, bool *found)
{
	struct past_public_row      p;
	struct successor_public_row next;

	if (v21)
		TRY(sql_successor_public(c, number, &next, found));
	else
		TRY(sql_past_public(c, number, &p, found));
	if (*found) {
		out->raw      = v21 ? next.bytes : p.bytes;
		out->raw_type = S("application/json");
	}
	return true;
}

static void file_put(struct ctx *c, str bytes, str sha256, str sha512, str name, str kind, struct sheet *out)
{
	out->raw      = kind.n ? provider_hash_line(c->arena, str_eq(kind, S("sha256")) ? sha256 : sha512, name) : bytes;
	out->raw_type = kind.n ? S("text/plain; charset=utf-8") : S("application/json");
}

static void signature_put(str bytes, struct sheet *out)
{
	out->raw      = bytes;
	out->raw_type = S("application/pgp-signature");
}

/* meets CSAF-2.1 7.1.2, 7.1.11, 7.1.18, 7.1.19 */
static bool successor_file_fill(struct ctx *c, str path, str name, str kind, struct sheet *out, bool *found)
{
	struct successor_public_file_row d;
	bool                             seal = str_eq(kind, S("asc"));

	TRY(sql_successor_public_file(c, path, &d, found));
	*found = *found && (!seal || d.fingerprint.n);
	if (*found && seal)
		signature_put(d.signature, out);
	else if (*found)
		file_put(c, d.bytes, d.sha256, d.sha512, name, kind, out);
	out->raw_at = *found ? d.released_at : out->raw_at;
	return true;
}

/* meets CSAF-2.0 7.1.2, 7.1.11, 7.1.18, 7.1.19 */
bool past_file_fill(struct ctx *c, bool v21, str path, str name, str kind, struct sheet *out, bool *found)
{
	struct past_public_signature_row s;
	struct past_public_file_row      d;

	if (v21)
		return successor_file_fill(c, path, name, kind, out, found);
	if (str_eq(kind, S("asc"))) {
		TRY(sql_past_public_signature(c, path, &s, found));
		if (*found)
			signature_put(s.bytes, out);
		return true;
	}
	TRY(sql_past_public_file(c, path, &d, found));
	if (*found)
		file_put(c, d.bytes, d.sha256, d.sha512, name, kind, out);
	return true;
}

bool past_newest(struct ctx *c, bool v21, time_us newest, time_us *out)
{
	struct successor_newest_row r = { .at = TIME_NONE };

	if (v21)
		TRY(sql_successor_newest(c, &r));
	return past_gone_or(c, r.at != TIME_NONE && r.at > newest ? r.at : newest, out);
}
