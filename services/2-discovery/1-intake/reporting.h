#ifndef REPORTING_H
#define REPORTING_H

/*
 * Intake of vulnerability reporting: the models of its pages.
 * FIRST PSIRT Services Framework 1.1, service 2.1.
 */

#include "gen/reporting.sql.h"

#include "platform/op/form.h"
#include "platform/op/op.h"
#include "record/report.h"
#include "services/2-discovery/1-intake/agreement.h"

/* A message of the talk, with its files, for either side. */
struct talk {
	const struct talk_list_row *m;
	bool mine;                       /* written by the side that looks */
	bool fresh;                      /* not yet read by the team */
	str  lang;
	const char *tone;                /* class of its TLP label */
	LIST(const struct file_list_row *) files;
};
typedef LIST(struct talk) talk_rows;

struct step { str label; bool done, now; };

/* Public pages. */
struct finder_form { struct form *form; str organisation; time_us ack_by; str file_max; };
struct finder_receipt { time_us ack_by, update_by; };
struct finder_page {
	const struct report_mine_row *r;
	struct form *reply;
	str  state, outcome;
	LIST(struct step) steps;
	size_t at;                       /* number of the present step */
	struct agreement_part agreement;
	bool over;                       /* not accepted or closed: no further step */
	talk_rows talk;
	struct { const struct file_list_row *v; size_t n; } files;   /* that came with the report */
};

/* The inbox. */
struct sort_option { str value, label; bool on; };
struct inbox_chip { str label, value, href; int64_t n; bool on; };
struct inbox_row { const struct inbox_list_row *r; str state, channel, lang, css; bool late, wait; };
struct inbox_page {
	LIST(struct inbox_row)  rows;
	LIST(struct inbox_chip) states;
	str q, state, channel, exploited, sort;
	str all, wordless, before, after;   /* addresses that keep all else: every state, without the words, the pages beside; none: no such page */
	LIST(struct sort_option) channels;
	int64_t from, to;                   /* of the rows shown */
	bool may_enter, cut;                /* cut: the words stand in more reports than were looked at */
};

/* One report, split: left what came in, right the facts. */
struct proof { str label; bool met; };
struct alike { str id, number, title, state, why, casefile; };
struct guess { str code, name, why; };
struct deed { str value, label, key; };
struct report_page {
	const struct report_get_row *r;
	str  state, channel, source, exploited, known, lang, outcome, css;
	bool open;                       /* can be decided */
	bool may_act, fresh;             /* fresh: something in it is unread */
	struct form *reply, *take;
	struct agreement_part agreement;
	talk_rows talk;
	struct { const struct file_list_row *v; size_t n; } files;
	LIST(struct proof) proofs;
	size_t proofs_met;
	LIST(struct alike) alikes;
	LIST(struct guess) guesses;
	LIST(struct deed)  deeds;
};
struct entry_page { struct form *form; };

/* What the case page shows. */
struct case_reports { struct { const struct case_report_list_row *v; size_t n; } rows; struct ctx *c; };
struct case_talk_part { const struct case_report_list_row *r; talk_rows talk; struct form *reply; };
struct case_talk { LIST(struct case_talk_part) parts; };

/* plan_date, plan_time and plan_zone as an instant (TIME_NONE: no date); a time that a clock change leaves out is refused. */
bool plan_read(struct ctx *c, const struct args *a, time_us *at, str *zone) MUST_CHECK;
/* finder.c */
run_fn finder_form_rows, finder_receipt_rows, finder_code_rows, finder_mine_rows;
page_fn finder_form_page, finder_receipt_page, finder_code_page, finder_mine_page;
/* inbox.c */
run_fn inbox_rows, inbox_report_rows, inbox_file_rows, inbox_entry_rows;
page_fn inbox_page, inbox_report_page, inbox_entry_page;
extern const struct panel intake_panels[];
/* The messages of a report, oldest first; inside: as the team sees them. */
bool talk_ahead(struct ctx *c, report_id id) MUST_CHECK;   /* it will be loaded (db_ahead) */
bool talk_load(struct ctx *c, report_id id, bool inside, talk_rows *out, struct file_list_rows *files) MUST_CHECK;
/* likeness.c */
/* Keep the words of a report, for the comparison. */
bool likeness_note(struct ctx *c, report_id id, const struct report_draft *d) MUST_CHECK;
/* Up to five reports that share rare words with it, and products that it names. */
bool likeness_find(struct ctx *c, struct report_page *m) MUST_CHECK;

extern const struct choice inbox_sort_choices[];
struct sort_options { struct sort_option *v; size_t n; };
struct sort_options inbox_sorts(struct ctx *c, str on);

#endif
