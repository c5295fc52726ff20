#include "standards/ssvc/ssvc.h"

str ssvc_namespace_base(str namespace)
{
	size_t end = str_find(namespace, S("/"), 0);

	return end == SIZE_MAX ? namespace : str_slice(namespace, 0, end);
}

bool ssvc_namespace_known(str namespace)
{
	str base = ssvc_namespace_base(namespace);

	for (size_t i = 0; i < ssvc_point_count; i++)
		if (str_eq(ssvc_points[i].namespace, base))
			return true;
	return false;
}

const struct ssvc_point *ssvc_point_find(str namespace, str key, str version)
{
	for (size_t i = ssvc_point_count; i-- > 0;) {
		const struct ssvc_point *p = &ssvc_points[i];

		if (str_eq(p->namespace, namespace) && str_eq(p->key, key) &&
		    (str_is_none(version) || str_eq(p->version, version)))
			return p;
	}
	return NULL;
}

const struct ssvc_table *ssvc_table_find(str namespace, str key, str version)
{
	for (size_t i = ssvc_table_count; i-- > 0;) {
		const struct ssvc_table *t = &ssvc_tables[i];

		if (str_eq(t->namespace, namespace) && str_eq(t->key, key) &&
		    (str_is_none(version) || str_eq(t->version, version)))
			return t;
	}
	return NULL;
}

const struct ssvc_table *ssvc_table_named(str id)
{
	str namespace, key;

	if (!str_cut(&id, ':', &namespace) || !str_cut(&id, ':', &key))
		return NULL;
	return ssvc_table_find(namespace, key, id.n ? id : STR_NONE);
}

str ssvc_point_id(struct arena *a, const struct ssvc_point *p)
{
	return STR_CAT(a, p->namespace, S(":"), p->key, S(":"), p->version);
}

int ssvc_value_find(const struct ssvc_point *p, str key)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->values[i].key, key))
			return (int)i;
	return -1;
}

uint32_t ssvc_any(const struct ssvc_point *p)
{
	return ((uint32_t)1 << p->n) - 1;
}

uint32_t ssvc_outcomes(const struct ssvc_table *t, const uint32_t possible[])
{
	uint32_t out = 0;

	for (size_t i = 0; i < t->row_count; i++) {
		const char *row = t->rows + i * (t->n + 1);
		size_t k = 0;

		while (k < t->n && (possible[k] >> (unsigned char)row[k] & 1))
			k++;
		if (k == t->n)
			out |= (uint32_t)1 << (unsigned char)row[k];
	}
	return out;
}

const struct ssvc_table *ssvc_table_of_role(str role)
{
	static const struct { const char *role, *namespace, *key; } rows[] = {
		{ "supplier", "ssvc", "DT_SP" },
		{ "deployer", "ssvc", "DT_DP" },
		{ "coordinator-triage", "ssvc", "DT_COORD_TRIAGE" },
		{ "coordinator-publish", "ssvc", "DT_COORD_PUBLISH" },
		{ "cisa", "cisa", "DT_CO" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_eq(role, str_of(rows[i].role)))
			return ssvc_table_find(str_of(rows[i].namespace), str_of(rows[i].key), STR_NONE);
	return NULL;
}
