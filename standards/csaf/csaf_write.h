#ifndef STANDARDS_CSAF_CSAF_WRITE_H
#define STANDARDS_CSAF_CSAF_WRITE_H

/*
 * CSAF: writing an advisory as a document of CSAF 2.0.  The keys come in the
 * order test 6.2.13 wants, the product tree is built of the releases, scores
 * are computed from their vectors.
 *
 * A text that is none is left out; what carries a language is written when
 * its language is none or that of the document, so that one struct serves
 * the editions of an advisory in several languages.
 */

#include "base/buf.h"
#include "base/ctx.h"

struct csaf_strs { const str *v; size_t n; };

struct csaf_note {
	str lang;
	const char *category;   /* description details faq general legal_disclaimer other summary */
	str title, text, audience;
};
struct csaf_notes { const struct csaf_note *v; size_t n; };

struct csaf_link {
	bool self;
	str  summary, url;
	bool unsaid;            /* the category external is not written */
};
struct csaf_links { const struct csaf_link *v; size_t n; };

struct csaf_thanks {
	struct csaf_strs names, urls;
	str organization, summary;
};
struct csaf_thanked { const struct csaf_thanks *v; size_t n; };

struct csaf_publisher {
	const char *category;   /* coordinator discoverer other translator user vendor */
	str name, namespace_uri, contact, authority;
};

struct csaf_revision { time_us date; str number, summary, legacy; };

/* What can be affected: one version of a product, or a range of versions (vers:…). */
struct csaf_release {
	str  vendor, family, product;   /* family may be none */
	str  version;
	bool range;
	str  id;                        /* product_id; unique */
	str  name;                      /* in full; none: vendor product version */
	str  cpe, purl;
	struct csaf_strs models;        /* model numbers */
};

/* A product as a document names it: what csaf_read finds. */
struct csaf_product {
	str name, id, cpe, purl;
	struct csaf_strs models, sboms, serials, skus;
};

/* A branch with branches below it, or with a product. */
struct csaf_branch {
	const char *category;
	str name;
	const struct csaf_product *product;
	const struct csaf_branch  *child;
	size_t children;
};

struct csaf_relation {
	const char *category;
	struct csaf_product product;
	str reference, relates;
};

struct csaf_group { str id, summary; struct csaf_strs products; };

struct csaf_vector {
	str vector;
	struct csaf_strs products;
	bool no_temporal, no_environmental;   /* these scores are not written, though the vector has them */
};

struct csaf_remedy {
	str lang;
	const char *category;   /* mitigation no_fix_planned none_available vendor_fix workaround */
	str details, url;
	time_us date;
	struct csaf_strs products, groups;
	const char *restart;    /* NULL, none, system, service … */
};

struct csaf_flag {
	const char *label;      /* component_not_present … */
	time_us date;
	struct csaf_strs products, groups;
};

struct csaf_threat {
	str lang;
	const char *category;   /* exploit_status impact target_set */
	str details;
	time_us date;
	struct csaf_strs products, groups;
};

struct csaf_id { str system, text; };

enum csaf_status {
	FIRST_AFFECTED, FIRST_FIXED, STATUS_FIXED, KNOWN_AFFECTED, KNOWN_NOT_AFFECTED, LAST_AFFECTED,
	RECOMMENDED, UNDER_INVESTIGATION, CSAF_STATUSES
};

struct csaf_vulnerability {
	str title, cve;
	int cwe;                 /* number, 0: none */
	str cwe_name;            /* none: that of the latest release */
	time_us discovered, released;   /* 0: not told; so with every date of a part */
	struct csaf_strs status[CSAF_STATUSES];
	struct { const struct csaf_id *v; size_t n; } ids;
	struct { const struct csaf_vector *v; size_t n; } vectors;
	struct { const struct csaf_remedy *v; size_t n; } remedies;
	struct { const struct csaf_flag *v; size_t n; } flags;
	struct { const struct csaf_threat *v; size_t n; } threats;
	struct csaf_notes   notes;
	struct csaf_links   links;
	struct csaf_thanked thanked;
};

struct csaf_doc {
	const char *category;    /* csaf_security_advisory, csaf_vex, csaf_base … */
	str title, lang, source_lang;
	const char *tlp;         /* WHITE GREEN AMBER RED (2.0); NULL: none */
	str tlp_url, distribution;
	str severity;            /* aggregate severity, as the publisher words it */
	struct csaf_publisher publisher;
	/* tracking */
	str id;
	const char *status;      /* draft interim final */
	str version;
	time_us initial_release, current_release;
	str engine, engine_version;
	time_us generated;
	struct csaf_strs aliases;
	struct { const struct csaf_revision *v; size_t n; } revisions;
	struct csaf_notes   notes;
	struct csaf_links   links;
	struct csaf_thanked thanked;
	str base_url;            /* of the year folders: adds the canonical self reference; none: not */
	struct { const struct csaf_release *v; size_t n; } releases;
	/* The tree as a document had it; written in place of the releases when there is one. */
	struct { const struct csaf_branch *v; size_t n; } branches;
	struct { const struct csaf_product *v; size_t n; } loose;     /* full_product_names */
	struct { const struct csaf_relation *v; size_t n; } relations;
	struct { const struct csaf_group *v; size_t n; } groups;
	struct { const struct csaf_vulnerability *v; size_t n; } vulnerabilities;
};

/*
 * Write the document, indented.  Vectors of CVSS 4.0 have no place in 2.0 and
 * go into a note "CVSS v4.0" of their vulnerability.  Faults: E_INVALID for a
 * vector that cannot be read or a weakness that is not known, E_LIMIT.
 */
bool csaf_write(struct ctx *c, const struct csaf_doc *d, struct buf *out) MUST_CHECK;

/* Where the document belongs below the provider's folder: "2026/example_1.json". */
str  csaf_path(struct arena *a, const struct csaf_doc *d);

#endif
