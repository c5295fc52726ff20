/*
 * Presets: named sets of tests (CSAF 2.1 section 6.4, used for 2.0 as well).
 * Those made of tests are listed by number; a group such as 6.3.21 stands for
 * all its members.
 */
#include "standards/csaf/csaf_review.h"

enum { M = 1, R = 2, I = 4 };    /* mandatory, recommended (2.0: optional), informative */

struct preset {
	const char *name;
	bool        schema;
	unsigned    classes;
	const char *const *tests;     /* besides the classes */
	const char *const *without;
};

static const char *const requests[] = { "6.3.6", "6.3.7", NULL };
static const char *const history[]  = {
	"6.1.14", "6.1.18", "6.1.19", "6.1.21", "6.1.22", "6.1.37", "6.2.4", "6.2.5", "6.2.6", "6.2.21", "6.2.33", NULL,
};
static const char *const dates[] = { "6.1.37", "6.1.45", "6.1.49", "6.1.51", "6.1.52", "6.1.53", NULL };
/* The tests whose sections speak of nothing else. */
static const char *const ssvc[] = {
	"6.1.46", "6.1.47", "6.1.48", "6.1.49", "6.2.34", "6.2.35", "6.2.36", "6.2.37", "6.3.13", "6.3.14", "6.3.15", NULL,
};
static const char *const extensions[] = { "6.1.60", "6.2.39.5", "6.2.54", "6.3.21", NULL };
static const char *const exist[] = {
	"6.3.21.3", "6.3.21.4", "6.3.21.5", "6.3.21.6", "6.3.21.7", "6.3.21.8", "6.3.21.9", NULL,
};

/* meets CSAF-2.0 9.1.14, 9.1.15, 9.1.16; CSAF-2.1 9.1.14, 9.1.15, 9.1.16, 6.4: the basic, extended and full validator */
static const struct preset presets[CSAF_PRESETS] = {
	[CSAF_FULL]         = { "full", true, M | R | I, NULL, NULL },
	[CSAF_EXTENDED]     = { "extended", true, M | R, NULL, NULL },
	[CSAF_BASIC]        = { "basic", true, M, NULL, NULL },
	[CSAF_SCHEMA]       = { "schema", true, 0, NULL, NULL },
	[CSAF_MANDATORY]    = { "mandatory", false, M, NULL, NULL },
	[CSAF_RECOMMENDED]  = { "recommended", false, R, NULL, NULL },
	[CSAF_INFORMATIVE]  = { "informative", false, I, NULL, NULL },
	[CSAF_REQUEST_FREE] = { "external-request-free", true, M | R | I, NULL, requests },
	[CSAF_HISTORY]      = { "consistent-revision-history", false, 0, history, NULL },
	[CSAF_DATES]        = { "consistent-date-times", false, 0, dates, NULL },
	[CSAF_SSVC]         = { "ssvc", false, 0, ssvc, NULL },
	[CSAF_EXTENSIONS]   = { "extensions", false, 0, extensions, NULL },
	[CSAF_EXTENSIONS_EXIST] = { "extensions-exist", false, 0, exist, NULL },
};

bool csaf_preset_parse(str name, enum csaf_preset *out)
{
	for (int i = 0; i < CSAF_PRESETS; i++)
		if (str_eq(name, str_of(presets[i].name))) {
			*out = (enum csaf_preset)i;
			return true;
		}
	return false;
}

/* The id, or a group it is of. */
static bool listed(const char *const *list, str id)
{
	for (; list && *list; list++) {
		str entry = str_of(*list);

		if (str_starts(id, entry) && (id.n == entry.n || id.p[entry.n] == '.'))
			return true;
	}
	return false;
}

bool csaf_preset_has(enum csaf_preset p, const char *id, enum csaf_class class)
{
	return (presets[p].classes >> class & 1 || listed(presets[p].tests, str_of(id))) &&
	       !listed(presets[p].without, str_of(id));
}

bool csaf_preset_schema(enum csaf_preset p)
{
	return presets[p].schema;
}
