#include "base/test.h"

#include "standards/kev/kev.h"

TEST(the_real_catalogue_is_read)
{
	struct findings f;
	struct kev k;
	int ransomware = 0;
	str text;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	text = test_file(c, STR_CAT(c->arena, test_vectors(c), S("/kev/kev-2025-08-25.json")));
	check_ok(c, kev_read(c, text, &f, &k));
	check(f.valid && f.n == 0);
	check_str(k.version, S("2025.08.25"));
	check_int(k.n, 1404);
	for (size_t i = 0; i < k.n; i++)
		ransomware += k.v[i].ransomware == KEV_KNOWN;
	check_int(ransomware, 293);
	check_str(kev_find(&k, S("CVE-2025-48384"))->added, S("2025-08-25"));
	check(!kev_find(&k, S("CVE-1900-0000")) && !kev_find(&k, S("")));
}

#define ENTRY "{\"cveID\":\"CVE-2026-0001\",\"vendorProject\":\"a\",\"product\":\"b\",\"vulnerabilityName\":\"c\"," \
	"\"dateAdded\":\"2026-01-01\",\"shortDescription\":\"d\",\"requiredAction\":\"e\",\"dueDate\":\"2026-01-22\"}"
#define CATALOGUE(count, entries) S("{\"catalogVersion\":\"1\",\"dateReleased\":\"2026-01-01T00:00:00Z\"," \
	"\"count\":" count ",\"vulnerabilities\":[" entries "]}")

static struct findings of(struct ctx *c, str text)
{
	struct findings f;
	struct kev k;

	check_ok(c, kev_read(c, text, &f, &k));
	return f;
}

TEST(a_catalogue_that_is_cut_doubled_or_misshapen_is_found)
{
	struct findings f = of(c, CATALOGUE("1", ENTRY));

	check(f.valid);
	check(of(c, CATALOGUE("0", "")).valid);
	f = of(c, CATALOGUE("2", ENTRY));
	check(!f.valid);
	check_str(str_of(f.v[0].test), S("kev.count"));
	f = of(c, CATALOGUE("2", ENTRY "," ENTRY));
	check_str(str_of(f.v[0].test), S("kev.unique"));
	f = of(c, CATALOGUE("1", "{\"cveID\":\"CVE-1\"}"));
	check_str(str_of(f.v[0].test), S("schema"));
	check(!of(c, S("{}")).valid && !of(c, S("[]")).valid && !of(c, S("")).valid && !of(c, S("\xff")).valid);
	check(!of(c, CATALOGUE("1e400", ENTRY)).valid);
}
