#ifndef FOUNDATION_FRAMEWORK_H
#define FOUNDATION_FRAMEWORK_H

/*
 * The FIRST PSIRT Services Framework as a map: its table of contents
 * (framework_table.c), and what this program and its records show for each
 * entry.  FIRST PSIRT Services Framework 1.1, III.B.
 */

#include "platform/op/op.h"

#define FRAMEWORK_EDITION    "1.1"
#define FRAMEWORK_EDITION_JA "1.0 draft translation 2018"

/* A foundation (0.x, with its code in the framework) or a service. */
struct framework_entry { const char *number, *code, *en, *ja; };
/* ja is a proposal of ours: no official Japanese wording of functions is at hand. */
struct framework_function { const char *number, *en, *ja; };

enum { FRAMEWORK_FOUNDATIONS = 10, FRAMEWORK_SERVICES = 28, FRAMEWORK_AREAS = 6, FRAMEWORK_FUNCTIONS = 84 };

/* The foundations first, then the services in the framework's order. */
extern const struct framework_entry    framework_entries[FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES];
extern const struct framework_entry    framework_areas[FRAMEWORK_AREAS];
extern const struct framework_function framework_functions[FRAMEWORK_FUNCTIONS];

/* Evidence that is older than this does not show that something works now. */
#define EVIDENCE_FRESH (90 * DAY)

/* One entry as shown and as in JSON. state: works, starts, blank. */
struct map_row {
	str     number, kind, area, code, name_en, name_ja, state;
	int64_t operations, views, tools, metrics, tests;
	int64_t functions, shown;       /* functions, and how many of them have evidence */
	int64_t evidence;               /* things counted */
	time_us newest;
	str     name, other, note, css; /* for the page: in the reader's language, in the other one */
};

struct map_function {
	str     number, service, name_en, name_ja;
	int64_t evidence;
	time_us newest;
	str     name, other;
};

/* What was counted, for one function or a whole entry. */
struct map_proof { str number, what; int64_t n; time_us newest; };
/* What a service registers. kind: operation, view, tool, metric. href: none when it has no page of its own. */
struct map_part { str kind, label, name, help, href; };

/* A test that speaks for the entry or one of its functions (record/trace.h); name "": a whole story. */
struct map_test { str clause, name, file; };

struct map_area { str number, name; LIST(const struct map_row *) rows; };

struct framework_page {
	LIST(struct map_row)      rows;
	LIST(struct map_function) functions;
	LIST(struct map_proof)    proofs;
	LIST(const struct map_row *) foundations;
	LIST(struct map_area)     areas;
	int64_t works, starts, blank;
	str     lang;              /* of the names */
};

struct framework_service_page {
	const struct map_row *row;
	str state;                 /* the word, translated */
	str area, lang, other_lang;
	LIST(struct map_function) functions;
	LIST(struct map_proof)    proofs;
	LIST(struct map_part)     parts;
	LIST(struct map_test)     tests;
};

/* psirt facts: who tells each fact, who hears it. */
int facts_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
