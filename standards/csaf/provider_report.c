#include "standards/csaf/provider_part.h"

#include "platform/json/json_out.h"

/* The names of requirements, verdicts and roles; the report as JSON. */

const char *provider_requirement_title(int requirement)
{
	static const char *const titles[REQ_COUNT] = {
		[REQ_DOCUMENT] = N_("Valid CSAF documents"), [REQ_FILENAME] = N_("File names"), [REQ_TLS] = N_("TLS"),
		[REQ_OPEN] = N_("TLP:WHITE freely accessible"), [REQ_CLOSED] = N_("TLP:AMBER and TLP:RED protected"),
		[REQ_REDIRECT] = N_("Redirects"), [REQ_METADATA] = N_("provider-metadata.json"), [REQ_SECURITYTXT] = N_("security.txt"),
		[REQ_WELLKNOWN] = N_("Well-known address"), [REQ_DNS] = N_("DNS name csaf.data.security"), [REQ_YEAR] = N_("A folder for each year"),
		[REQ_INDEX] = N_("index.txt"), [REQ_CHANGES] = N_("changes.csv"), [REQ_LISTING] = N_("Directory listings"),
		[REQ_FEED] = N_("ROLIE feed"), [REQ_SERVICE] = N_("ROLIE service document"), [REQ_CATEGORY] = N_("ROLIE category document"),
		[REQ_HASH] = N_("Digests"), [REQ_SIGNATURE] = N_("Signatures"), [REQ_KEY] = N_("Public OpenPGP key"),
		[REQ_PARTIES] = N_("aggregator.json"), [REQ_DISJOINT] = N_("Two issuing parties"), [REQ_MIRROR] = N_("Mirrors"),
		[REQ_AGENT] = N_("The same for every User-Agent"), [REQ_ORIGIN] = N_("Access-Control-Allow-Origin"),
	};

	return requirement > 0 && requirement < REQ_COUNT ? titles[requirement] : NULL;
}

const char *provider_verdict_name(enum provider_verdict v)
{
	static const char *const names[] = { N_("not tested"), N_("not there"), N_("met"), N_("met with remarks"), N_("not met") };

	return names[v];
}

const char *provider_role_name(enum provider_role r)
{
	static const char *const names[] = { "csaf_publisher", "csaf_provider", "csaf_trusted_provider", "lister", "aggregator" };

	return names[r];
}

bool provider_asks(const struct provider_report *r, int requirement)
{
	return provider_requirement_title(requirement) && (r->aggregator || requirement < REQ_PARTIES || requirement > REQ_MIRROR);
}

bool provider_may_be(const struct provider_report *r, enum provider_role role)
{
	bool named = str_eq(r->role, S("lister")) || str_eq(r->role, S("aggregator"));

	if (!r->aggregator)
		return role < ROLE_LISTER;
	return role >= ROLE_LISTER && (!named || str_eq(r->role, str_of(provider_role_name(role))));
}

static str filled(struct arena *a, const struct provider_note *n)
{
	struct buf b;
	str        text = str_of(n->text);

	buf_init(&b, a, 1 << 16);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '{' && i + 2 < text.n && text.p[i + 1] >= '1' && text.p[i + 1] <= '3') {
			buf_add(&b, n->arg[text.p[i + 1] - '1']);
			i += 2;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	return buf_str(&b);
}

static void put_notes(struct json_out *o, struct arena *a, const struct provider_report *r, int requirement)
{
	static const char *const grades[] = { "error", "warning", "info" };

	json_open(o, "notes", '[');
	for (size_t i = 0; i < r->notes.n; i++) {
		const struct provider_note *n = &r->notes.v[i];
		if (n->requirement != requirement)
			continue;
		json_open_object(o);
		json_put_str(o, "grade", str_of(grades[n->grade]));
		json_put_str(o, "text", filled(a, n));
		json_close(o);
	}
	json_close(o);
}

static void put_bits(struct json_out *o, const char *key, uint32_t bits)
{
	json_open(o, key, '[');
	for (int i = 0; i < REQ_COUNT; i++)
		if (bits >> i & 1)
			json_out_int(o, i);
	json_close(o);
}

void provider_report_print(struct buf *b, str target, const struct provider_report *r)
{
	static const char *const verdicts[] = { "untested", "absent", "met", "remarks", "failed" };
	struct json_out          o;

	json_out_init(&o, b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "provider", target);
	json_put_str(&o, "url", r->url);
	json_put_str(&o, "csaf_version", r->version);
	json_put_str(&o, "role", r->role);
	json_put_int(&o, "documents", (int64_t)r->documents);
	json_put_int(&o, "tested", (int64_t)r->tested);
	json_open(&o, "requirements", '[');
	for (int i = 1; i < REQ_COUNT; i++) {
		if (!provider_asks(r, i))
			continue;
		json_open_object(&o);
		json_put_int(&o, "number", i);
		json_put_str(&o, "title", str_of(provider_requirement_title(i)));
		json_put_str(&o, "verdict", str_of(verdicts[r->v[i]]));
		json_put_int(&o, "tested", r->tried[i]);
		json_put_int(&o, "errors", r->errors[i]);
		json_put_int(&o, "warnings", r->warnings[i]);
		put_notes(&o, b->arena, r, i);
		json_close(&o);
	}
	json_close(&o);
	json_open(&o, "roles", '[');
	for (int i = 0; i < ROLE_KINDS; i++) {
		if (!provider_may_be(r, (enum provider_role)i))
			continue;
		json_open_object(&o);
		json_put_str(&o, "role", str_of(provider_role_name((enum provider_role)i)));
		json_put_str(&o, "verdict", str_of(verdicts[r->standing[i].verdict]));
		put_bits(&o, "failed", r->standing[i].failed);
		put_bits(&o, "untested", r->standing[i].untested);
		json_close(&o);
	}
	json_close(&o);
	json_close(&o);
	buf_char(b, '\n');
}
