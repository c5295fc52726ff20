#ifndef QUALIFICATION_H
#define QUALIFICATION_H

/*
 * Vulnerability qualification: the models of its pages.
 * FIRST PSIRT Services Framework 1.1, service 3.1; ISO/IEC 30111:2019 7.1.4.
 */

#include "gen/qualification.sql.h"
#include "gen/vuln.sql.h"

#include "platform/op/form.h"
#include "platform/op/op.h"
#include "record/report.h"
#include "standards/cvss/cvss.h"

struct verdict { const struct decision_list_row *d; str outcome; };
struct outcome_link { str value, label; bool on; };

struct decision_page {
	const struct judged_get_row *r;
	str  state, lang;
	str  outcome, clause;     /* the chosen one and the clause that names it, or none */
	bool open, chosen;
	bool opens, joins;        /* it may open a case; it may join another report or case */
	struct form *form, *reopen;
	LIST(struct outcome_link) outcomes;
	LIST(struct verdict) past;
};

/* One row of choices of a calculator. */
struct gauge_value { const char *key, *name; bool on; };
struct gauge { const char *key, *name; struct { const struct gauge_value *v; size_t n; } values; };
struct calculator {
	str  casefile, vuln, csrf, standard;
	int64_t version;
	str  title, prefix, vector, number, word, css, error, typed;
	bool scored;
	LIST(struct gauge) gauges, threat;
};
struct past_score { const struct score_list_row *s; str number, severity; };
struct vuln_line { const struct vuln_list_row *v; str title, number, severity, weakness, css; bool here; };
struct assess_page {
	const struct case_states_row *k;
	LIST(struct vuln_line) vulns;
	const struct vuln_of_row *v;          /* NULL: the case has none yet */
	str title;                            /* in the reader's language, if it has one there */
	str  number, severity, css, weakness, own_word;
	bool differs, may_write;
	struct calculator v4, v31;
	struct form *rate, *edit, *add;
	LIST(struct past_score) past;
};
struct vuln_lines { const struct vuln_line *v; size_t n; };
static inline struct vuln_lines vuln_lines(const struct vuln_line *v, size_t n)
{
	return (struct vuln_lines){ v, n };
}
struct case_qualification { str casefile; LIST(struct vuln_line) vulns; bool may_write; };

/* assess.c */
run_fn assess_rows, assess_run, rate_run, vuln_add_run, vuln_edit_run, score_rows;
page_fn assess_page;
extern const struct panel assess_panels[];

#endif
