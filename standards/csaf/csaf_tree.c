/* Writing the product tree of a document that was read (csaf_read): as it was. */
#include "standards/csaf/csaf_part.h"

static void put_identity(struct json_out *o, const struct csaf_product *p)
{
	if (!p->cpe.n && !p->purl.n && p->models.n + p->sboms.n + p->serials.n + p->skus.n == 0)
		return;
	json_open(o, "product_identification_helper", '{');
	if (p->cpe.n)
		json_put_str(o, "cpe", p->cpe);
	part_strs(o, "model_numbers", p->models);
	if (p->purl.n)
		json_put_str(o, "purl", p->purl);
	part_strs(o, "sbom_urls", p->sboms);
	part_strs(o, "serial_numbers", p->serials);
	part_strs(o, "skus", p->skus);
	json_close(o);
}

/* The members of a full_product_name_t. */
static void put_product(struct json_out *o, const struct csaf_product *p)
{
	json_put_str(o, "name", p->name);
	json_put_str(o, "product_id", p->id);
	put_identity(o, p);
}

/* As deep as the JSON text that it came from, which has a limit. */
void part_branches(struct json_out *o, const struct csaf_branch *v, size_t n)
{
	json_open(o, "branches", '[');
	for (size_t i = 0; i < n; i++) {
		json_open_object(o);
		if (v[i].children)
			part_branches(o, v[i].child, v[i].children);
		part_word(o, "category", v[i].category);
		json_put_str(o, "name", v[i].name);
		if (v[i].product) {
			json_open(o, "product", '{');
			put_product(o, v[i].product);
			json_close(o);
		}
		json_close(o);
	}
	json_close(o);
}

void part_loose(struct json_out *o, const struct csaf_doc *d)
{
	if (d->loose.n == 0)
		return;
	json_open(o, "full_product_names", '[');
	for (size_t i = 0; i < d->loose.n; i++) {
		json_open_object(o);
		put_product(o, &d->loose.v[i]);
		json_close(o);
	}
	json_close(o);
}

void part_relations(struct json_out *o, const struct csaf_doc *d)
{
	if (d->relations.n == 0)
		return;
	json_open(o, "relationships", '[');
	for (size_t i = 0; i < d->relations.n; i++) {
		const struct csaf_relation *r = &d->relations.v[i];

		json_open_object(o);
		part_word(o, "category", r->category);
		json_open(o, "full_product_name", '{');
		put_product(o, &r->product);
		json_close(o);
		json_put_str(o, "product_reference", r->reference);
		json_put_str(o, "relates_to_product_reference", r->relates);
		json_close(o);
	}
	json_close(o);
}
