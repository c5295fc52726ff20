#include "standards/csaf/csaf_diff.h"

#include "platform/json/json_out.h"

const char *csaf_area_name(enum csaf_area a)
{
	static const char *const names[CSAF_AREAS] = {
		[AREA_DOCUMENT] = "document", [AREA_TRACKING] = "tracking", [AREA_PRODUCT] = "product", [AREA_GROUP] = "group",
		[AREA_VULNERABILITY] = "vulnerability", [AREA_STATUS] = "status", [AREA_SCORE] = "score",
		[AREA_REMEDIATION] = "remediation", [AREA_THREAT] = "threat", [AREA_FLAG] = "flag", [AREA_NOTE] = "note",
		[AREA_REFERENCE] = "reference",
	};

	return names[a];
}

const char *csaf_change_name(enum csaf_change_kind k)
{
	return k == CHANGE_ADDED ? "added" : k == CHANGE_REMOVED ? "removed" : "changed";
}

/* The words that tell it, else the value. */
static void put_side(struct json_out *o, const char *key, const struct csaf_change *x, int side)
{
	if (x->value[side]) {
		json_out_key(o, str_of(key));
		json_out_tree(o, x->value[side]);
	} else {
		json_put_str(o, key, x->words[side]);
	}
}

static void print_change(struct json_out *o, const struct csaf_change *x)
{
	json_open_object(o);
	json_put_str(o, "kind", str_of(csaf_change_name(x->kind)));
	json_put_str(o, "area", str_of(csaf_area_name(x->area)));
	json_put_str(o, "vulnerability", x->vulnerability);
	json_put_str(o, "what", x->what);
	json_put_str(o, "label", x->label);
	json_put_str(o, "old_pointer", x->pointer[0]);
	json_put_str(o, "new_pointer", x->pointer[1]);
	put_side(o, "before", x, 0);
	put_side(o, "after", x, 1);
	if (x->products_n) {
		json_open(o, "products", '[');
		for (size_t i = 0; i < x->products_n; i++) {
			json_open_object(o);
			json_put_str(o, "product_id", x->products[i].id);
			json_put_str(o, "name", x->products[i].name);
			json_close(o);
		}
		json_close(o);
	}
	json_put_str(o, "bump", str_of(csaf_bump_name(x->bump)));
	if (x->spelling)
		json_put_bool(o, "spelling", true);
	json_close(o);
}

static void print_side(struct json_out *o, const char *key, const struct csaf_side *s)
{
	json_open(o, key, '{');
	json_put_str(o, "csaf_version", s->csaf_version);
	json_put_str(o, "id", s->id);
	json_put_str(o, "title", s->title);
	json_put_str(o, "version", s->edition.version);
	json_put_str(o, "status", s->edition.status);
	json_close(o);
}

static void print_version(struct json_out *o, const struct csaf_judgement *v)
{
	json_open(o, "version", '{');
	json_put_str(o, "demanded", str_of(csaf_bump_name(v->demanded)));
	json_put_str(o, "made", str_of(csaf_bump_name(v->made)));
	json_put_str(o, "verdict", str_of(csaf_verdict_name(v->verdict)));
	json_put_bool(o, "semantic", v->semantic);
	json_put_str(o, "expected", v->expected);
	if (v->clause)
		json_put_str(o, "clause", str_of(v->clause));
	json_close(o);
}

void csaf_diff_print(struct buf *b, const struct csaf_diff *d)
{
	struct json_out o;

	json_out_init(&o, b, JSON_COMPACT);
	json_open_object(&o);
	print_side(&o, "old", &d->side[0]);
	print_side(&o, "new", &d->side[1]);
	print_version(&o, &d->version);
	json_put_int(&o, "count", (int64_t)d->all);
	json_open(&o, "changes", '[');
	for (size_t i = 0; i < d->changes.n; i++)
		print_change(&o, &d->changes.v[i]);
	json_close(&o);
	if (d->all > d->changes.n)
		json_put_int(&o, "not_listed", (int64_t)(d->all - d->changes.n));
	json_close(&o);
	buf_char(b, '\n');
}
