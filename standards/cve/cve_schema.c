/*
 * The JSON schemas of the record format.  A record is checked by the branch
 * for its state, so that an error names its place instead of "no form fits".
 */
#include "standards/cve/cve_look.h"

#include "standards/finding/embed.h"

EMBED(cve_record_51, "standards/cve/data/record-5.1.json");
EMBED(cve_record_52, "standards/cve/data/record-5.2.json");

#define ID "https://cveproject.github.io/cve-schema/schema/CVE_Record_Format.json"
#define BRANCH(name, place) \
	static const char name[] = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$ref\":\"" ID place "\"}"

BRANCH(published, "#/oneOf/0");
BRANCH(rejected, "#/oneOf/1");
BRANCH(cna, "#/definitions/cnaPublishedContainer");
BRANCH(cna_rejected, "#/definitions/cnaRejectedContainer");
BRANCH(adp, "#/definitions/adpContainer");

#define SOURCE(branch, record) { .text = { { branch, branch + sizeof(branch) - 1 }, EMBEDDED(record) } }
#define SOURCES(record) { SOURCE(published, record), SOURCE(rejected, record), SOURCE(cna, record), \
	SOURCE(cna_rejected, record), SOURCE(adp, record) }

static struct schema_source sources[2][5] = { SOURCES(cve_record_51), SOURCES(cve_record_52) };

/* 5.0, 5.1 and their patches: the first; a container alone may use what is new. */
static bool is_old(str version)
{
	return str_eq(version, S("5.0")) || str_eq(version, S("5.1")) || str_starts(version, S("5.0.")) ||
	       str_starts(version, S("5.1."));
}

const struct schema *cve_schema(const struct cve *v)
{
	int branch = v->form == CVE_RECORD ? v->rejected : v->form == CVE_CNA ? 2 : v->form == CVE_CNA_REJECTED ? 3 : 4;

	return schema_shared(&sources[!is_old(v->version)][branch]);
}
