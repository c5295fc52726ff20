/* What is lost when a document is read and printed again. */
#include "standards/csaf/csaf_read.h"

#include "base/list.h"
#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"

enum { SHOWN = 200 };   /* bytes of a value that are shown */

struct compare { struct ctx *c; struct csaf_losses *out; };

static str shown(struct ctx *c, const struct json *v)
{
	struct buf b;

	if (!v)
		return STR_NONE;
	buf_init(&b, c->arena, 4 * SHOWN);   /* what is longer does not matter */
	json_print(&b, v, JSON_COMPACT);
	return utf8_cut(buf_str(&b), SHOWN);
}

static bool note(struct compare *k, enum csaf_loss_kind kind, str pointer, const struct json *was, const struct json *is)
{
	struct csaf_loss loss = { kind, pointer, STR_NONE, STR_NONE };

	k->out->all++;
	if (k->out->n == k->out->max)
		return true;
	loss.was = shown(k->c, was);
	loss.is  = shown(k->c, is);
	return list_push(k->c->arena, k->out, loss) ||
	       fault(k->c, E_LIMIT, NULL, N_("There is not enough memory to compare these documents."));
}

static str below(struct compare *k, str pointer, const struct json_member *m, size_t i)
{
	struct buf b;

	buf_init(&b, k->c->arena, pointer.n + (m ? 2 * (size_t)m->key_n : 0) + 32);
	buf_add(&b, pointer);
	if (m)
		json_pointer_key(&b, json_key(m));
	else
		json_pointer_index(&b, i);
	return buf_str(&b);
}

static bool same_instant(const struct json *a, const struct json *b)
{
	time_us x, y;

	return json_is(a, JSON_STRING) && json_is(b, JSON_STRING) && time_parse(json_str(a), &x) &&
	       time_parse(json_str(b), &y) && x == y;
}

/* As deep as the JSON text, which has a limit. */
static bool walk(struct compare *k, str pointer, const struct json *was, const struct json *is)
{
	if (json_cmp(was, is) == 0 || same_instant(was, is))
		return true;
	if (json_is(was, JSON_OBJECT) && json_is(is, JSON_OBJECT)) {
		for (JSON_MEMBERS(m, was)) {
			const struct json *other = json_get(is, json_key(m));
			TRY(other ? walk(k, below(k, pointer, m, 0), &m->value, other)
			          : note(k, CSAF_MISSING, below(k, pointer, m, 0), &m->value, NULL));
		}
		for (JSON_MEMBERS(m, is))
			if (!json_get(was, json_key(m)))
				TRY(note(k, CSAF_ADDED, below(k, pointer, m, 0), NULL, &m->value));
		return true;
	}
	if (json_is(was, JSON_ARRAY) && json_is(is, JSON_ARRAY)) {
		size_t n = json_count(was), p = json_count(is);
		for (size_t i = 0; i < n && i < p; i++)
			TRY(walk(k, below(k, pointer, NULL, i), json_at(was, i), json_at(is, i)));
		for (size_t i = p; i < n; i++)
			TRY(note(k, CSAF_MISSING, below(k, pointer, NULL, i), json_at(was, i), NULL));
		for (size_t i = n; i < p; i++)
			TRY(note(k, CSAF_ADDED, below(k, pointer, NULL, i), NULL, json_at(is, i)));
		return true;
	}
	return note(k, CSAF_OTHER, pointer, was, is);
}

bool csaf_reprint(struct ctx *c, const struct json *root, struct buf *out, struct csaf_losses *losses)
{
	struct compare     k = { c, losses };
	const struct json *again;
	struct csaf_doc    d;
	size_t             from = buf_str(out).n;

	*losses = (struct csaf_losses){ .max = CSAF_LOSSES_MAX };
	TRY(csaf_read(c, root, &d));
	TRY(csaf_write(c, &d, out));
	TRY(json_parse(c, str_slice(buf_str(out), from, buf_str(out).n), &csaf_limits, &again));
	return walk(&k, S(""), root, again);
}

const char *csaf_loss_name(enum csaf_loss_kind k)
{
	return k == CSAF_MISSING ? "missing" : k == CSAF_ADDED ? "added" : "changed";
}
