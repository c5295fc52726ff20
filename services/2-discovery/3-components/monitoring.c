#include "services/2-discovery/3-components/monitoring.h"

#include "record/role.h"
#include "services/2-discovery/3-components/component.h"
#include "services/2-discovery/3-components/fetching.h"
#include "services/2-discovery/3-components/notice.h"
#include "services/2-discovery/3-components/notice_digest.h"
#include "services/2-discovery/3-components/maker.h"

/* ---- evidence ---- */

/* meets FIRST-1.1 2.3.1 */
static bool count_components(struct ctx *c, int64_t *n, time_us *newest)
{
	struct component_evidence_row r;

	TRY(sql_component_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 2.3.2 */
static bool count_notices(struct ctx *c, int64_t *n, time_us *newest)
{
	struct notice_evidence_row r;

	TRY(sql_notice_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 1.3.1.1: who supplies us */
static bool count_suppliers(struct ctx *c, int64_t *n, time_us *newest)
{
	struct supplier_evidence_row r;

	TRY(sql_supplier_evidence(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 2.3.5 */
static bool count_decisions(struct ctx *c, int64_t *n, time_us *newest)
{
	struct notice_decisions_row r;

	TRY(sql_notice_decisions(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- tables ---- */

#define MAY_PARTS (MAY_TEAM | ROLE_ADMIN | ROLE_ENGINEER)

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "supplier.add", .path = "POST /suppliers", .may = MAY_TEAM, .args = supplier_add_args,
	  .run = supplier_add, .form = "supplier.list", .help = N_("Add the supplier"), .flags = OP_ONCE },
	{ .name = "supplier.edit", .path = "POST /suppliers/:id", .may = MAY_TEAM, .args = supplier_edit_args,
	  .run = supplier_edit, .form = "supplier.show", .help = N_("Save the supplier") },
	{ .name = "supplier.stop", .path = "POST /suppliers/:id/stop", .may = MAY_TEAM, .args = supplier_id_args,
	  .run = supplier_stop, .form = "supplier.show", .help = N_("Stop watching") },
	{ .name = "supplier.start", .path = "POST /suppliers/:id/start", .may = MAY_TEAM, .args = supplier_id_args,
	  .run = supplier_start, .form = "supplier.show", .help = N_("Watch again") },
	{ .name = "supplier.fetch", .path = "POST /suppliers/:id/fetch", .may = MAY_TEAM, .args = supplier_id_args,
	  .run = supplier_fetch, .form = "supplier.show", .help = N_("Fetch now") },
	{ .name = "notice.import", .path = "POST /notices", .may = MAY_TEAM, .args = notice_import_args,
	  .prepare = notice_import_prepare, .run = notice_import, .form = "notice.list", .help = N_("Take in"), .flags = OP_FILES | OP_QUIET },
	{ .name = "notice.decide", .path = "POST /notices/:id/decide", .may = MAY_TEAM, .args = notice_decide_args,
	  .run = notice_decide, .form = "notice.show", .help = N_("Decide"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "component.add", .path = "POST /products/:id/components", .may = MAY_PARTS, .args = component_add_args,
	  .run = component_add, .form = "component.list", .help = N_("Add the component"), .flags = OP_ONCE },
	{ .name = "component.import", .path = "POST /products/:id/components/import", .may = MAY_PARTS, .args = component_import_args,
	  .prepare = component_import_prepare, .run = component_import, .form = "component.list", .help = N_("Read the components"), .flags = OP_FILES },
	{ .name = "component.drop", .path = "POST /products/:id/components/:component/drop", .may = MAY_PARTS, .args = component_drop_args,
	  .run = component_drop, .form = "component.list", .help = N_("Remove the component") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "notice.list", .path = "GET /notices", .may = MAY_NOTICES, .args = notice_list_args,
	  .rows = notice_list_fill, .page = notice_list_show, .help = N_("Suppliers' advisories"), .area = "intelligence" },
	{ .name = "notice.show", .path = "GET /notices/:id", .may = MAY_NOTICES, .args = notice_id_args,
	  .rows = notice_show_fill, .page = notice_show, .help = N_("Supplier's advisory"), .area = "intelligence" },
	{ .name = "notice.csaf", .path = "GET /notices/:id/csaf", .may = MAY_NOTICES, .args = notice_id_args,
	  .rows = notice_csaf, .help = N_("The document of a supplier's advisory"), .opens = "notice" },
	{ .name = "received.list", .path = "GET /notices/received", .may = MAY_NOTICES, .args = paper_list_args,
	  .rows = paper_list_fill, .page = paper_list_show, .help = N_("Received documents"), .area = "intelligence" },
	{ .name = "received.file", .path = "GET /received/:id", .may = MAY_NOTICES, .args = paper_id_args,
	  .rows = paper_bytes, .help = N_("A document as it was received"), .opens = "document" },
	{ .name = "supplier.list", .path = "GET /suppliers", .may = MAY_NOTICES, .args = none,
	  .rows = supplier_list_fill, .page = supplier_list_show, .help = N_("Suppliers"), .area = "intelligence" },
	{ .name = "supplier.show", .path = "GET /suppliers/:id", .may = MAY_NOTICES, .args = supplier_id_args,
	  .rows = supplier_show_fill, .page = supplier_show, .help = N_("Supplier"), .area = "intelligence" },
	{ .name = "component.list", .path = "GET /products/:id/components", .may = MAY_CASES | ROLE_ADMIN, .args = component_list_args,
	  .rows = component_list_fill, .page = component_list_show, .help = N_("Components"), .area = "products" },
	{ 0 },
};

static const struct tool tools[] = {
	{ "csaf notice", N_("What the house keeps of a supplier's CSAF document"), csaf_notice_run },
	{ "csaf listing", N_("What the metadata or a list of a CSAF provider names"), csaf_listing_run },
	{ "csaf places", N_("Where a security.txt says that CSAF metadata lies"), csaf_places_run },
	{ "csaf revision", N_("What the second of two editions in a JSON array says otherwise"), csaf_notice_changes_run },
	{ 0 },
};

static const struct panel panels[] = {
	{ "notices", N_("Suppliers' advisories"), notice_panel_rows, notice_panel_show, notice_panel_ahead },
	{ 0 },
};

static const struct chore chores[] = {
	{ "notice.compare", notice_compare_due, notice_compare_act, notice_compare_keep },
	{ "notice.find", notice_find_due, notice_find_act, notice_find_done },
	{ "supplier.fetch", fetching_due, fetching_act, fetching_keep },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "1.3.1", N_("Suppliers that are watched"), count_suppliers },
	{ "2.3.1", N_("Components of our products"), count_components },
	{ "2.3.2", N_("Suppliers' advisories taken in"), count_notices },
	{ "2.3.5", N_("Suppliers' advisories decided on"), count_decisions },
	{ 0 },
};

static const struct search_source *const sources[] = { &notice_source, NULL };

const struct service components_service = {
	.number   = "2.3",
	.title    = N_("Monitoring for Product Component Vulnerabilities"),
	.ops      = ops,
	.views    = views,
	.tools    = tools,
	.panels   = panels,
	.evidence = proof,
	.chores   = chores,
	.sources  = sources,
};
