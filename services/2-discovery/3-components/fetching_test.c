#include "services/2-discovery/3-components/notice_test.h"

#include <openssl/evp.h>

#include "base/buf.h"
#include "record/house.h"

#include "services/2-discovery/3-components/fetching.h"

static const struct service *const only[] = { &components_service };

/* A provider in memory: what lies at which address. */
static struct { const char *url; int status; str body; const char *etag; int asked; } web[16];
static size_t web_n;

static void lay(const char *url, int status, str body, const char *etag)
{
	for (size_t i = 0; i < web_n; i++)
		if (strcmp(web[i].url, url) == 0) {
			web[i].status = status;
			web[i].body   = body;
			web[i].etag   = etag;
			return;
		}
	web[web_n].url      = url;
	web[web_n].status   = status;
	web[web_n].body     = body;
	web[web_n].asked    = 0;
	web[web_n++].etag   = etag;
}

static bool web_send(struct ctx *c, const struct sending *q, struct fetched *out)
{
	*out = (struct fetched){ .status = 404, .url = q->url, .body = S("") };
	for (size_t i = 0; i < web_n; i++) {
		if (!str_eq(q->url, str_of(web[i].url)))
			continue;
		web[i].asked++;
		if (web[i].status == 0)
			return fault(c, E_UNAVAILABLE, NULL, N_("{1} does not answer."), q->url);
		out->status = web[i].status;
		out->body   = web[i].body;
		out->etag   = web[i].etag ? str_of(web[i].etag) : STR_NONE;
		if (web[i].etag && str_eq(q->header[0].value, str_of(web[i].etag)))
			out->status = 304;
	}
	return true;
}

static int asked(const char *url)
{
	for (size_t i = 0; i < web_n; i++)
		if (strcmp(web[i].url, url) == 0)
			return web[i].asked;
	return -1;
}

#define AT "https://deepwater.example/"
static const char metadata_at[] = AT ".well-known/csaf/provider-metadata.json", feed_at[] = AT "csaf/feed.json";
static const char document_at[] = AT "csaf/2026/dw-2026-7.json", digest_at[] = AT "csaf/2026/dw-2026-7.json.sha512";

static str sha512(struct ctx *c, str bytes)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n = 0;
	struct buf    b;

	buf_init(&b, c->arena, 200);
	check(EVP_Digest(bytes.p, bytes.n, sum, &n, EVP_sha512(), NULL) == 1);
	buf_hex(&b, sum, n);
	buf_add(&b, S("  dw-2026-7.json\n"));
	return buf_str(&b);
}

static str feed(struct ctx *c, const char *updated)
{
	return STR_CAT(c->arena, S("{\"feed\":{\"id\":\"f\",\"title\":\"All\",\"link\":[{\"rel\":\"self\",\"href\":\"" AT "csaf/feed.json\"}],\"updated\":\"2026-03-02T00:00:00Z\","
		"\"category\":[{\"scheme\":\"urn:ietf:params:rolie:category:information-type\",\"term\":\"csaf\"}],\"entry\":[{\"id\":\"DW-2026-7\",\"title\":\"x\","
		"\"link\":[{\"rel\":\"self\",\"href\":\"" AT "csaf/2026/dw-2026-7.json\"},{\"rel\":\"hash\",\"href\":\"" AT "csaf/2026/dw-2026-7.json.sha512\"}],"
		"\"published\":\"2026-03-01T00:00:00Z\",\"updated\":\""), str_of(updated), S("\",\"content\":{\"type\":\"application/json\",\"src\":\"" AT
		"csaf/2026/dw-2026-7.json\"},\"format\":{\"schema\":\"https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json\",\"version\":\"2.0\"}}]}}"));
}

static const char metadata[] =
	"{\"canonical_url\":\"" AT ".well-known/csaf/provider-metadata.json\",\"distributions\":[{\"rolie\":{\"feeds\":[{\"summary\":\"All\",\"tlp_label\":\"WHITE\","
	"\"url\":\"" AT "csaf/feed.json\"}]}}],\"last_updated\":\"2026-03-02T00:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\","
	"\"mirror_on_CSAF_aggregators\":true,\"publisher\":{\"category\":\"vendor\",\"name\":\"Deepwater Parts\",\"namespace\":\"https://deepwater.example\"},"
	"\"role\":\"csaf_provider\"}";

/* All pieces of work that are due now; how many. */
static int work(struct ctx *c)
{
	const struct chore *h = components_service.chores;
	bool                done = true;
	int                 n = 0;

	while (strcmp(h->name, "supplier.fetch") != 0)
		h++;
	c->actor = &house_actor;
	while (done && n < 50) {
		c->fault = (struct fault){ 0 };
		check_ok(c, chore_run(c, h, &done));
		n += done;
	}
	return n;
}

static const char *open_house(struct ctx *c, struct house *h)
{
	struct sheet out;

	house_open(c, h, only, 1);
	h->front.send = web_send;
	web_n         = 0;
	c->now        = civil_days(2026, 4, 1) * DAY;
	lay(metadata_at, 200, str_of(metadata), NULL);
	lay(feed_at, 200, feed(c, "2026-03-02T00:00:00Z"), "\"one\"");
	lay(document_at, 200, str_of(notice_document), NULL);
	lay(digest_at, 200, sha512(c, str_of(notice_document)), NULL);
	check_ok(c, house_do(c, &h->lead, "supplier.add", &out, "name", "Deepwater Parts", "address", "deepwater.example", NULL));
	return cstr(c->arena, str_dup(c->arena, out.object));
}

static int64_t notices(struct ctx *c, const struct house *h)
{
	struct sheet out;

	check_ok(c, house_see(c, &h->lead, "notice.list", &out, NULL));
	return (int64_t)house_count(&out, "notices");
}

/* meets FIRST-1.1 2.3.2; CSAF-2.0 7.3.2 */
TEST(a_suppliers_documents_are_fetched_once_and_again_only_when_they_changed)
{
	struct house h;
	struct sheet out;
	const char  *id = open_house(c, &h);

	check_int(work(c), 2);
	check_int(notices(c, &h), 1);
	check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "supplier", 0, "notices"), S("1"));
	check_str(house_cell(c, &out, "supplier", 0, "trouble"), S(""));
	check_int(work(c), 0);
	c->now += FETCH_EVERY;
	check_int(work(c), 1);   /* the feed says 304 */
	check_int(asked(document_at), 1);
	c->now += FETCH_EVERY;
	lay(feed_at, 200, feed(c, "2026-03-05T00:00:00Z"), "\"two\"");
	lay(document_at, 200, notice_version(c, "3", "Two overflows"), NULL);
	lay(digest_at, 200, sha512(c, notice_version(c, "3", "Two overflows")), NULL);
	check_int(work(c), 2);
	check_ok(c, house_see(c, &h.lead, "notice.list", &out, NULL));
	check_str(house_cell(c, &out, "notices", 0, "title"), S("Two overflows"));
	check_int(house_count(&out, "notices"), 1);
	house_close(c);
}

TEST(a_document_whose_digest_is_wrong_is_not_read_and_tried_again)
{
	struct house h;
	struct sheet out;
	const char  *id = open_house(c, &h);

	lay(digest_at, 200, S("00ff  dw-2026-7.json\n"), NULL);
	check_int(work(c), 2);
	check_int(notices(c, &h), 0);
	check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
	check(house_has(house_cell(c, &out, "documents", 0, "why"), "Its digest is not that of the file " AT "csaf/2026/dw-2026-7.json.sha512"));
	check(house_has(house_page(c, "supplier.show", &out), "Its digest is not"));
	lay(digest_at, 200, sha512(c, str_of(notice_document)), NULL);
	check_int(work(c), 0);
	c->now += FETCH_AGAIN;
	check_int(work(c), 1);
	check_int(notices(c, &h), 1);
	house_close(c);
}

TEST(a_document_that_never_comes_is_given_up_until_somebody_asks)
{
	struct house h;
	struct sheet out;
	const char  *id = open_house(c, &h);

	lay(document_at, 503, S(""), NULL);
	(void)work(c);
	for (int i = 0; i < 2 * FETCH_TRIES; i++) {
		c->now += DAY;
		(void)work(c);
	}
	check_int(asked(document_at), FETCH_TRIES);
	check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
	check_str(house_cell(c, &out, "documents", 0, "state"), S("failed"));
	lay(document_at, 200, str_of(notice_document), NULL);
	check_ok(c, house_do(c, &h.lead, "supplier.fetch", &out, "id", id, NULL));
	(void)work(c);
	check_int(notices(c, &h), 1);
	house_close(c);
}

TEST(a_provider_that_fails_is_seen_with_the_reason_and_since_when)
{
	static const struct { const char *at; int status; const char *body, *says; } ways[] = {
		{ metadata_at, 404, "", "no provider-metadata.json at https://deepwater.example" }, { metadata_at, 0, "", "does not answer" },
		{ metadata_at, 200, "{", "cannot be read" }, { metadata_at, 200, "\xff", "cannot be read" }, { feed_at, 500, "", "feed.json answers 500" },
		{ feed_at, 404, "", "feed.json answers 404" }, { feed_at, 200, "{\"feed\":7}", "cannot be read" },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct house h;
		struct sheet out;
		const char  *id = open_house(c, &h);
		str          since;

		lay(ways[i].at, ways[i].status, str_of(ways[i].body), NULL);
		check_int(work(c), 1);
		check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
		check(house_has(house_cell(c, &out, "supplier", 0, "trouble"), ways[i].says));
		since = house_cell(c, &out, "supplier", 0, "failing_at");
		c->now += FETCH_AGAIN;
		check_int(work(c), 1);
		check_ok(c, house_see(c, &h.lead, "supplier.list", &out, NULL));
		check_str(house_cell(c, &out, "suppliers", 0, "failing_at"), since);
		check(house_has(house_page(c, "supplier.list", &out), "Failing since"));
		lay(metadata_at, 200, str_of(metadata), NULL);
		lay(feed_at, 200, feed(c, "2026-03-02T00:00:00Z"), NULL);
		c->now += FETCH_AGAIN;
		check_int(work(c), 2);
		check_int(notices(c, &h), 1);
		check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
		check_str(house_cell(c, &out, "supplier", 0, "trouble"), S(""));
		house_close(c);
	}
}

TEST(nothing_is_fetched_from_another_host_or_for_a_supplier_that_is_not_watched)
{
	struct house h;
	struct sheet out;
	const char  *id = open_house(c, &h);

	lay(feed_at, 200, feed(c, "2026-03-02T00:00:00Z"), NULL);
	check_ok(c, house_do(c, &h.lead, "supplier.stop", &out, "id", id, NULL));
	check_int(work(c), 0);
	check(!house_do(c, &h.lead, "supplier.fetch", &out, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &h.lead, "supplier.start", &out, "id", id, NULL));
	{
		str text = feed(c, "2026-03-02T00:00:00Z"), other = S("");
		while (text.n) {
			size_t at = str_find(text, S("deepwater.example/csaf/2026"), 0);
			if (at == SIZE_MAX)
				break;
			other = STR_CAT(c->arena, other, str_slice(text, 0, at), S("elsewhere.example/csaf/2026"));
			text  = str_slice(text, at + 27, text.n);
		}
		lay(feed_at, 200, STR_CAT(c->arena, other, text), NULL);
	}
	lay("https://elsewhere.example/csaf/2026/dw-2026-7.json", 200, str_of(notice_document), NULL);
	check_int(work(c), 1);
	check_int(asked("https://elsewhere.example/csaf/2026/dw-2026-7.json"), 0);
	house_close(c);
}

#define PRINT "0123012301230123012301230123012301230123"
/* Good is what says so, or is by another key; a proof needs the key. */
static bool prove_by_word(struct ctx *c, str keys, str signature, str bytes, struct reach_seal *out)
{
	(void)bytes;
	if (str_eq(signature, S("broken")))
		return fault(c, E_UNAVAILABLE, NULL, N_("{1} does not answer."), S("gpg"));
	*out = (struct reach_seal){ .good = str_starts(keys, S("KEY")) && !str_eq(signature, S("bad")), .why = S("bad"),
		.key = str_eq(signature, S("other")) ? S("FFFF") : S(PRINT) };
	return true;
}

/* meets CSAF-2.0 7.1.19 */
TEST(the_documents_of_a_trusted_provider_are_taken_with_a_good_signature_alone)
{
	static const char trusted[] =
		"{\"canonical_url\":\"" AT ".well-known/csaf/provider-metadata.json\",\"distributions\":[{\"rolie\":{\"feeds\":[{\"summary\":\"All\",\"tlp_label\":\"WHITE\","
		"\"url\":\"" AT "csaf/feed.json\"}]}}],\"last_updated\":\"2026-03-02T00:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\","
		"\"mirror_on_CSAF_aggregators\":true,\"publisher\":{\"category\":\"vendor\",\"name\":\"Deepwater Parts\",\"namespace\":\"https://deepwater.example\"},"
		"\"role\":\"csaf_trusted_provider\",\"public_openpgp_keys\":[{\"url\":\"" AT "key.asc\",\"fingerprint\":\"" PRINT "\"}]}";
	static const struct { int status; const char *signature, *says; } ways[] = {
		{ 200, "other", "by the key FFFF, which the metadata does not name" }, { 404, "", "It has no signature" },
		{ 200, "bad", "Its signature is not good: bad." }, { 200, "broken", "does not answer" }, { 500, "", "answers 500" },
	};
	struct house h;
	struct sheet out;
	const char  *id;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		id = open_house(c, &h);
		h.front.prove = prove_by_word;
		lay(metadata_at, 200, str_of(trusted), NULL);
		lay(AT "key.asc", 200, S("KEY"), NULL);
		lay(AT "csaf/2026/dw-2026-7.json.asc", ways[i].status, str_of(ways[i].signature), NULL);
		check_int(work(c), 2);
		check_int(notices(c, &h), 0);
		check_ok(c, house_see(c, &h.lead, "supplier.show", &out, "id", id, NULL));
		check(house_has(house_cell(c, &out, "documents", 0, "why"), ways[i].says));
		house_close(c);
	}
	id = open_house(c, &h);
	h.front.prove = prove_by_word;
	lay(metadata_at, 200, str_of(trusted), NULL);
	lay(AT "key.asc", 200, S("KEY"), NULL);
	lay(AT "csaf/2026/dw-2026-7.json.asc", 200, S("good"), NULL);
	check_int(work(c), 2);
	check_int(notices(c, &h), 1);
	check_ok(c, house_see(c, &h.lead, "notice.list", &out, NULL));
	check_ok(c, house_see(c, &h.lead, "notice.show", &out, "id", cstr(c->arena, house_cell(c, &out, "notices", 0, "id")), NULL));
	check_str(house_cell(c, &out, "documents", 0, "signed_by"), S(PRINT));
	house_close(c);
}

TEST(a_folder_is_read_by_its_changes_and_a_bad_document_is_kept)
{
	static const char folders[] =
		"{\"canonical_url\":\"" AT ".well-known/csaf/provider-metadata.json\",\"distributions\":[{\"directory_url\":\"" AT "csaf\"}],\"last_updated\":\"2026-03-02T00:00:00Z\","
		"\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\",\"mirror_on_CSAF_aggregators\":true,\"publisher\":{\"category\":\"vendor\","
		"\"name\":\"Deepwater Parts\",\"namespace\":\"https://deepwater.example\"},\"role\":\"csaf_provider\"}";
	struct house h;
	struct sheet out;

	(void)open_house(c, &h);
	lay(metadata_at, 200, str_of(folders), NULL);
	lay(AT "csaf/changes.csv", 200, S("\"2026/dw-2026-7.json\",\"2026-03-02T00:00:00Z\"\r\n\"../etc/passwd\",\"2026-03-02T00:00:00Z\"\n\"2026/bad.json\",\"2026-03-01T00:00:00Z\"\n"), NULL);
	lay(AT "csaf/2026/bad.json", 200, S("{\"document\":7}"), NULL);
	check_int(work(c), 3);
	check_int(notices(c, &h), 1);
	check_ok(c, house_see(c, &h.lead, "received.list", &out, "refused", "1", NULL));
	check_int(house_count(&out, "documents"), 1);
	check_str(house_cell(c, &out, "documents", 0, "file"), S("bad.json"));
	check_str(house_cell(c, &out, "documents", 0, "supplier_name"), S("Deepwater Parts"));
	house_close(c);
}

static const char security_at[] = AT ".well-known/security.txt", dns_at[] = "https://csaf.data.security.deepwater.example";
static const char hosted_at[] = AT "elsewhere/metadata.json";

/* meets CSAF-2.0 7.1.8, 7.3.1; CSAF-2.1 7.3.1; RFC 9116 */
TEST(the_metadata_is_looked_for_at_the_well_known_place_then_by_security_txt_then_by_name)
{
	struct house h;

	(void)open_house(c, &h);
	lay(metadata_at, 404, S(""), NULL);
	lay(security_at, 200, S("Contact: mailto:p@deepwater.example\nExpires: 2027-01-01T00:00:00Z\n"
		"CSAF: http://deepwater.example/plain.json\nCSAF: " AT "gone.json\nCSAF: " AT "elsewhere/metadata.json\n"), NULL);
	lay(AT "gone.json", 404, S(""), NULL);
	lay("http://deepwater.example/plain.json", 200, str_of(metadata), NULL);
	lay(hosted_at, 200, str_of(metadata), NULL);
	lay(dns_at, 200, str_of(metadata), NULL);
	check_int(work(c), 2);
	check_int(notices(c, &h), 1);
	check_int(asked(metadata_at), 1);
	check_int(asked(AT "gone.json"), 1);   /* the first that is there is taken */
	check_int(asked(hosted_at), 1);
	check_int(asked("http://deepwater.example/plain.json"), 0);
	check_int(asked(dns_at), 0);
	house_close(c);
}

TEST(a_security_txt_without_csaf_leads_on_to_the_name)
{
	static const char *const texts[] = { "", "Contact: mailto:p@deepwater.example\n", "\xff", "-----BEGIN PGP SIGNED MESSAGE-----\nCSAF: " AT "elsewhere/metadata.json\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct house h;

		(void)open_house(c, &h);
		lay(metadata_at, 0, S(""), NULL);   /* does not answer */
		lay(security_at, 200, str_of(texts[i]), NULL);
		lay(hosted_at, 200, str_of(metadata), NULL);
		lay(dns_at, 200, str_of(metadata), NULL);
		(void)work(c);
		check_int(asked(dns_at), 1);
		check_int(asked(hosted_at), 0);
		house_close(c);
	}
}

TEST(the_places_of_a_security_txt_are_told_by_a_tool)
{
	struct tool_answer a = { 0 };
	struct house       h;

	(void)open_house(c, &h);
	check_ok(c, tool_here(c, S("csaf places"), S("# ours\ncsaf: https://a.example/x\nContact: y\nCSAF: https://b.example/\x1b z\n"), &a));
	check_int(a.status, 0);
	check(house_has(a.out, "{\"places\":[\"https://a.example/x\",\"https://b.example/"));
	check(!house_has(a.out, "\x1b") && !house_has(a.out, "u001b"));   /* no text that moves a terminal */
	check_ok(c, tool_here(c, S("csaf places"), S("\xff\n"), &a));
	check_int(a.status, 1);
	house_close(c);
}
