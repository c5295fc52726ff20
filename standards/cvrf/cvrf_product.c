/* /product_tree. */
#include "standards/cvrf/cvrf_part.h"

#include "standards/cpe/cpe.h"

static struct node *product_convert(struct cvrf *k, struct xml *x)
{
	struct node *n = node_new(k->a, JSON_OBJECT), *is = node_new(k->a, JSON_OBJECT);
	str cpe = cvrf_attribute(x, "CPE");
	struct ctx quiet = *k->c;
	struct cpe name;

	cvrf_put(k, n, "name", cvrf_text(x));
	cvrf_put(k, n, "product_id", cvrf_attribute(x, "ProductID"));
	if (cpe.p && cpe_parse(&quiet, cpe, &name)) {
		cvrf_put(k, is, "cpe", cpe);
		node_add(k->a, n, "product_identification_helper", is);
	} else if (cpe.p) {
		cvrf_say(k, FINDING_WARNING, "cpe", x, N_("{1} is no CPE and was removed."), cpe, STR_NONE);
	}
	return n;
}

static str branch_type(struct cvrf *k, struct xml *x)
{
	static const struct cvrf_word types[] = {
		{ "Vendor", "vendor" }, { "Product Family", "product_family" }, { "Product Name", "product_name" },
		{ "Product Version", "product_version" }, { "Patch Level", "patch_level" }, { "Service Pack", "service_pack" },
		{ "Architecture", "architecture" }, { "Language", "language" }, { "Legacy", "legacy" },
		{ "Specification", "specification" }, { "Host Name", "host_name" }, { NULL, NULL },
	};
	str type = cvrf_attribute(x, "Type"), word;

	if (str_eq_nocase(type, S("Realm")) || str_eq_nocase(type, S("Resource"))) {
		cvrf_say(k, FINDING_WARNING, "branches", x, N_("The branch type {1} does not exist in CSAF; it became {2}."), type, S("product_name"));
		return S("product_name");
	}
	word = cvrf_word(k, types, x, type);
	return word.p ? word : S("product_name");
}

/* As deep as the XML, which has a limit. */
static void branches_convert(struct cvrf *k, struct node *up, struct xml *parent)
{
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(parent, "Branch"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);
		struct xml  *product = cvrf_take(x, "FullProductName");

		branches_convert(k, n, x);
		cvrf_put(k, n, "category", branch_type(k, x));
		cvrf_put(k, n, "name", cvrf_attribute(x, "Name"));
		/* CSAF allows one product, and no branches beside it */
		if (product && !node_get(k->a, n, "branches")) {
			node_add(k->a, n, "product", product_convert(k, product));
			product = cvrf_again(product);
		}
		for (; product; product = cvrf_again(product)) {
			node_add(k->a, k->extra, NULL, product_convert(k, product));
			cvrf_say(k, FINDING_WARNING, "branches", product, N_("The branch has more than one product; {1} was moved to the products without branches."),
			         cvrf_text(product), STR_NONE);
		}
		node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "branches", list);
}

/* meets CSAF-2.0 9.1.5: the first name of a relationship */
static void relationships_convert(struct cvrf *k, struct node *up, struct xml *tree)
{
	static const struct cvrf_word types[] = {
		{ "Default Component Of", "default_component_of" }, { "Optional Component Of", "optional_component_of" },
		{ "External Component Of", "external_component_of" }, { "Installed On", "installed_on" },
		{ "Installed With", "installed_with" }, { NULL, NULL },
	};
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(tree, "Relationship"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);
		struct xml  *product = cvrf_take(x, "FullProductName");

		cvrf_put(k, n, "category", cvrf_word(k, types, x, cvrf_attribute(x, "RelationType")));
		if (product)
			node_add(k->a, n, "full_product_name", product_convert(k, product));
		cvrf_put(k, n, "product_reference", cvrf_attribute(x, "ProductReference"));
		cvrf_put(k, n, "relates_to_product_reference", cvrf_attribute(x, "RelatesToProductReference"));
		for (product = product ? cvrf_again(product) : NULL; product; product = cvrf_again(product)) {
			(void)product_convert(k, product);
			cvrf_say(k, FINDING_WARNING, "relationships", product, N_("A relationship has one product in CSAF; {1} was not converted."),
			         cvrf_text(product), STR_NONE);
		}
		node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "relationships", list);
}

static void groups_convert(struct cvrf *k, struct node *up, struct xml *groups)
{
	struct node *list = node_new(k->a, JSON_ARRAY);

	for (struct xml *x = cvrf_take(groups, "Group"); x; x = cvrf_again(x)) {
		struct node *n = node_new(k->a, JSON_OBJECT);

		cvrf_put(k, n, "group_id", cvrf_attribute(x, "GroupID"));
		(void)cvrf_put_texts(k, n, "product_ids", x, "ProductID");
		cvrf_put(k, n, "summary", cvrf_child_text(x, "Description"));
		node_add(k->a, list, NULL, n);
	}
	cvrf_put_list(k, up, "product_groups", list);
}

void cvrf_products(struct cvrf *k, struct node *root, struct xml *tree)
{
	struct node *n = node_new(k->a, JSON_OBJECT);

	k->extra = node_new(k->a, JSON_ARRAY);
	for (struct xml *x = cvrf_take(tree, "FullProductName"); x; x = cvrf_again(x))
		node_add(k->a, k->extra, NULL, product_convert(k, x));
	branches_convert(k, n, tree);
	cvrf_put_list(k, n, "full_product_names", k->extra);
	groups_convert(k, n, cvrf_take(tree, "ProductGroups"));
	relationships_convert(k, n, tree);
	cvrf_put_list(k, root, "product_tree", n);
}
