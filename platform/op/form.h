#ifndef PLATFORM_OP_FORM_H
#define PLATFORM_OP_FORM_H

/*
 * HTML forms made from an operation's argument table: labels, hints, limits,
 * choices, the value that was typed, and the error at the field.
 *
 * In a view's rows():       m->form = form_new(c, "report.decide");
 *                           form_set(c, m->form, "id", id);
 * In its template:          {{call form(m->form)}}                the whole form
 * or piece by piece:        {{call form_open(m->form)}} {{call field(m->form, "reason")}}
 *                           {{call form_close(m->form)}}
 *
 * A path variable (:id) is filled from the value of that name.  Hidden fields
 * (CSRF token, replay key, hidden arguments) are written by form_open.  When
 * an operation refused its arguments the view named in op.form is shown again
 * and its form carries what was typed and the fault, and what came hidden with
 * it: a version stays the one that the person saw.  Only after E_CONFLICT is it
 * the present one, and then each field that differs shows what stands there
 * now.  After a fault of ours (5xx) the replay key stays, so that a change
 * that was stored after all is not stored twice.
 */

#include "platform/op/op.h"

/* What was refused; the door puts it into ctx.pending. */
struct pending {
	const struct op    *op;
	const struct args  *args;
	const struct fault *fault;
	str                 key;     /* the replay key that came with it, or none */
};

struct preset { str name, value; };
/* What a field offers on this page, beside (or instead of) the argument's own choices. */
struct offer { str name; const struct choice *choices; };
/* What is said of a field as it stands: shown below it, with aria-invalid when it is bad. */
struct remark { str name, text; bool bad; };
/* need: when a field that may be left empty is wanted after all (translated); lang: the language of what is typed. */
struct about { str name, need, lang; };

struct form {
	const struct op      *op;
	const struct pending *pending;   /* NULL on the first showing */
	LIST(struct preset)   presets;
	LIST(struct offer)    offers;
	LIST(struct remark)   remarks;
	LIST(struct about)    about;
	str                   csrf, key;
	str                   place;        /* where its draft is kept; none: drafts are not kept */
	time_us               drafted_at;   /* TIME_NONE unless it shows a draft */
};

/* The operation must exist. */
struct form *form_new(struct ctx *c, const char *op);
/* What a field holds before anybody typed; several times for repeated ones. */
void form_set(struct ctx *c, struct form *f, const char *name, str value);
void form_set_int(struct ctx *c, struct form *f, const char *name, int64_t value);
/* For drafts: takes presets away and puts in what was typed; what the operation does not know is left out. */
void form_unset(struct form *f, str name);
void form_type(struct ctx *c, struct form *f, str name, str value);
/* op_place of the form, from its presets. */
str  form_place(struct ctx *c, const struct form *f);
/* Show the field as a choice of these (ends with a NULL value; labels are shown as they are). */
void form_offer(struct ctx *c, struct form *f, const char *name, const struct choice *choices);
/* Say something of a field (translated); several times for several things. Not shown beside what was refused. */
void form_remark(struct ctx *c, struct form *f, const char *name, str text, bool bad);
/* What its label says in place of "optional", and the language of what is typed; either may be none. */
void form_about(struct ctx *c, struct form *f, const char *name, str need, str lang);
/* True when the actor may run it at all: templates hide what cannot be done. */
bool form_may(const struct ctx *c, const struct form *f);

void html_form(struct page *w, const struct form *f);
void html_form_open(struct page *w, const struct form *f);
void html_field(struct page *w, const struct form *f, const char *name);
/* The submit button (label: the operation's help) and the end. */
void html_form_close(struct page *w, const struct form *f);
/* The same for one row of a list: not what the page is for. */
void html_form_close_small(struct page *w, const struct form *f);
/* The same with another label. */
void html_form_close_as(struct page *w, const struct form *f, const char *label);

/* For form.html. */
struct option { str value, label, hint; bool on; };
struct form_field {
	const struct arg *arg;
	str   name, id, label, hint, value, now, error, css, type, fill, described, need, lang;
	bool  must, on, hints, bad;   /* hints: options have some */
	size_t rows;
	LIST(struct option) options;
	LIST(struct remark) remarks;
};
struct form_head { str error; bool ours, doubt, files; };
struct form_foot { str label, css, slot; };   /* slot: the script puts the time there */
struct form_draft { str place, back; time_us at; };

#endif
