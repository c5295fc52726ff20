#ifndef COMPONENTS_SHOP_TEST_H
#define COMPONENTS_SHOP_TEST_H

/* A house that has what suppliers' documents are about.  Tests only. */

#include "services/2-discovery/3-components/notice_test.h"

static const struct service *const rooms[] = { &desk_service, &tracking_service, &components_service, &release_plan_service, &remedy_service };

/* A house with a product of one version and, in it, what the supplier makes. */
struct shop { struct house h; const char *product; };

static inline const char *kept_text(struct ctx *c, str s)
{
	return cstr(c->arena, str_dup(c->arena, s));
}

static inline bool component(struct ctx *c, const struct shop *s, const char *name, const char *supplier, const char *version, const char *purl, const char *cpe)
{
	struct sheet out;

	return house_do(c, &s->h.lead, "component.add", &out, "id", s->product, "release", "4.2.1", "name", name, "supplier", supplier,
	                "version", version, "purl", purl, "cpe", cpe, NULL);
}

static inline void shop_open(struct ctx *c, struct shop *s)
{
	struct sheet out;
	const char  *family;

	house_open(c, &s->h, rooms, sizeof(rooms) / sizeof(rooms[0]));
	c->now = civil_days(2026, 4, 1) * DAY;
	check_ok(c, house_do(c, &s->h.lead, "family.add", &out, "code", "KES", "name", "Kestrel", NULL));
	family = kept_text(c, out.object.n ? out.object : S(""));
	check_ok(c, house_do(c, &s->h.lead, "product.add", &out, "family", family, "code", "KES-G", "name", "Kestrel Gateway", NULL));
	s->product = kept_text(c, out.object);
	check_ok(c, house_do(c, &s->h.lead, "release.add", &out, "id", s->product, "name", "4.2.1", NULL));
}

static inline const char *id_in(struct ctx *c, const struct sheet *s)
{
	return kept_text(c, house_cell(c, s, "files", 0, "id"));
}

#endif
