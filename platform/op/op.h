#ifndef PLATFORM_OP_H
#define PLATFORM_OP_H

/*
 * Operations, views, tools and services: one description for every door.
 *
 * An operation changes the world, a view reads it, a tool turns bytes into
 * bytes.  A service lists its own in one table; the web, the API and the CLI
 * are made from these tables, so they cannot drift apart.  The dispatcher
 * (op_call, view_call) owns authorization, argument checks, the transaction,
 * the audit entry and replays; nobody else begins or ends a transaction.
 */

#include "base/ctx.h"
#include "base/list.h"
#include "platform/cage/wire.h"
#include "platform/db/db.h"
#include "platform/html/html.h"
#include "platform/op/lector.h"
#include "platform/op/reach.h"

/* ---- who asks ---- */

enum channel { CHANNEL_WEB, CHANNEL_API, CHANNEL_CLI, CHANNEL_JOB };

struct actor {
	str      id;        /* user id; "" for nobody */
	str      name;      /* shown and journalled */
	uint32_t roles;     /* bits; their meaning is the application's */
	str      sight;     /* words for viewer_sees(); "*" for the house itself */
	enum channel channel;
	str      csrf;      /* token that the session's forms carry; none without a session */
	str      session;   /* session id; none without one */
	str      zone;
	str      agent;     /* what the client calls itself; none when it does not */
	str      from;      /* the network of the client, behind trusted proxies too; none: not known */
};

/* `may` of an operation or view: an OR of role bits, or one of these. */
#define MAY_ANYONE  0x80000000u   /* no account needed */
#define MAY_MEMBER  0x40000000u   /* anybody who is known, those outside too */

/* ---- arguments ---- */

enum arg_kind {
	ARG_LINE,     /* one line of text */
	ARG_TEXT,     /* several lines */
	ARG_ID,       /* a random id of the house */
	ARG_INT,
	ARG_BOOL,     /* 1/0, true/false, on/absent */
	ARG_TIME,     /* RFC 3339 instant, or local "YYYY-MM-DDThh:mm" in the viewer's zone */
	ARG_DATE,     /* YYYY-MM-DD */
	ARG_CHOICE,   /* one of choices */
	ARG_FILE,
	ARG_SECRET,   /* never journalled, never echoed; the memory of the work is wiped after it */
};

struct choice { const char *value, *label, *hint; };   /* hint: N_() or NULL, beside a tick */

struct arg {
	const char   *name;
	enum arg_kind kind;
	size_t        max;        /* bytes; 0: the kind's own (line 500, text 65536) */
	bool          must;       /* may not be empty */
	bool          many;       /* may be given several times */
	bool          hidden;     /* filled by the path or the page, not by the person */
	const struct choice *choices;   /* ends with a NULL value */
	const char   *label;      /* N_() */
	const char   *hint;       /* N_(), or NULL */
	const char   *fill;       /* autocomplete of HTML (WCAG 2.2 1.3.5), such as "username"; or NULL */
};

struct file_part { str name, type; int fd; int64_t size; };

struct given { const struct arg *arg; str value; struct file_part *file; };

struct args {
	const struct arg *defs;          /* ends with a NULL name */
	LIST(struct given) given;
};

enum { ARGS_MAX = 4096 };   /* values a request may carry */

void args_init(struct args *a, const struct arg *defs);
/* Take one named value; an unknown name is E_INVALID when strict, else ignored. */
bool args_take(struct ctx *c, struct args *a, str name, str value, bool strict) MUST_CHECK;
bool args_take_file(struct ctx *c, struct args *a, str name, struct file_part *f) MUST_CHECK;
/* Is the value of an ARG_ID a number such as PSIRT-2026-0123? Ids have no capital letters. */
bool arg_is_number(str v);
/* Every value against its definition: presence, kind, size, UTF-8, control characters. */
bool args_check(struct ctx *c, struct args *a) MUST_CHECK;
/* Bytes that one value may have at most (of a file: of its name). */
size_t arg_max(const struct arg *d);

bool    arg_given(const struct args *a, const char *name);
str     arg_str(const struct args *a, const char *name);      /* none when absent or empty */
int64_t arg_int(const struct args *a, const char *name);      /* INT_NONE when absent */
bool    arg_bool(const struct args *a, const char *name);
time_us arg_time(struct ctx *c, const struct args *a, const char *name);  /* TIME_NONE when absent; a date is its midnight UTC */
/* The nth value of a repeated argument; false past the last. */
bool    arg_nth(const struct args *a, const char *name, size_t n, str *value);
struct file_part *arg_file(const struct args *a, const char *name, size_t n);
/* The bytes of an uploaded file, into the arena. point: its name when it fails on purpose. E_LIMIT and E_IO at "file". */
bool file_load(struct ctx *c, const struct file_part *f, size_t most, const char *point, str *bytes) MUST_CHECK;

/* ---- answers ---- */

enum { PARTS_MAX = 24 };

/* A named part of an answer: a row or a list of rows, with its columns. */
struct part {
	const char *name;
	const struct db_col *cols;
	size_t      cols_n;
	const void *rows;
	size_t      n, stride;
	bool        one;
};

/* What a view or an operation answers, before it is HTML, JSON, CSV or a table. */
struct sheet {
	struct part parts[PARTS_MAX];
	size_t      n;
	const void *model;       /* for the view's page function */
	str         title;       /* of the page; none: the view's help */
	str         casefile;    /* id of the case it belongs to; the journal keeps a chain for each */
	str         report;      /* id of the report it belongs to: wins, for it is seen as the report is */
	str         object;      /* id of what was opened or changed */
	str         note;        /* short line for the journal; never report text */
	int64_t     version;     /* of what is shown, for If-Match; 0: none */
	str         next;        /* after an operation: path to show next */
	str         said;        /* after an operation: one sentence (English message id) on what happened */
	int64_t     refused;     /* after an operation that was carried out: of what was given, so much was not accepted; the API
	                          * says so in the header Psirt-Refused, and the command line ends as with E_INVALID */
	str         cookie;      /* set by session operations only; "" removes it */
	str         secret;      /* shown once and never kept: receipt code, invitation link */
	str         once;        /* set before prepare: replay key and digest of what is sent with it, or none; a secret that
	                          * prepare makes of it is the same whenever it is answered */
	str         raw, raw_type, raw_name;   /* bytes as they are (documents, files); win over parts */
	time_us     raw_at;      /* when they last changed; 0: not said */
};

void sheet_add(struct sheet *s, const char *name, bool one, const struct db_col *cols,
               size_t cols_n, const void *rows, size_t n, size_t stride);
/* SHEET_ONE(s, "report", report_get, &row): a row struct made by mksql. */
#define SHEET_ONE(s, name, q, row) \
	sheet_add((s), (name), true, q##_cols, q##_cols_n, (row), 1, sizeof(*(row)))
#define SHEET_MANY(s, name, q, rows) \
	sheet_add((s), (name), false, q##_cols, q##_cols_n, (rows)->v, (rows)->n, sizeof(*(rows)->v))

/* ---- descriptions ---- */

typedef bool run_fn(struct ctx *c, const struct args *a, struct sheet *out);
typedef void page_fn(struct page *w, const void *model);

enum op_flags {
	OP_ONCE   = 1,   /* replays with the same key answer the first result */
	OP_QUIET  = 2,   /* writes no journal entry of its own (drafts being typed) */
	OP_FILES  = 4,   /* takes large bodies */
	OP_DRAFT  = 8,   /* what is typed into its form is kept until it is done */
	OP_BESIDE = 16,  /* with a file X.json come X.json.asc and what else lies beside it */
};

/* How the names of such files end: signature, SHA-256, SHA-512, NULL. */
extern const char *const beside_ends[];

struct op {
	const char *name;         /* "report.submit": noun.verb */
	const char *path;         /* "POST /reports" */
	uint32_t    may;
	const struct arg *args;
	run_fn     *prepare;      /* outside the transaction: hash, render, spool; or NULL */
	run_fn     *run;          /* inside it; no outside effects */
	const char *form;         /* view that shows the form again with the fault, or NULL */
	const char *help;         /* N_() one line; also the button */
	unsigned    flags;
};

struct view {
	const char *name;         /* "report.list" */
	const char *path;         /* "GET /reports" */
	uint32_t    may;
	const struct arg *args;
	run_fn     *rows;         /* fills the sheet, inside a reading transaction */
	page_fn    *page;         /* NULL: no page of its own */
	const char *help;         /* N_() title */
	const char *opens;        /* noun whose opening is journalled ("case", "report"), or NULL */
	const char *area;         /* navigation area ("reports"); NULL: none */
	bool        outside;      /* a page of the public site: its own frame */
};

/* A pure tool: bytes in, bytes out; no actor, no database. */
/* How a tool is called on the command line, and what its exit status means. */
struct tool_flag { const char *flag, *value, *help; };   /* "preset", "NAME", N_(); value NULL: a switch; help NULL: not told */
struct tool_exit { int status; const char *help; };      /* N_() */
struct tool_manual {
	const char *words;                /* what follows the name, a line for each way of calling it */
	const struct tool_flag *flags;    /* ends with a NULL flag; or NULL */
	const struct tool_exit *exits;    /* ends with a NULL help */
};

struct tool {
	const char *name;         /* "csaf check" */
	const char *help;         /* N_() */
	/* argv holds what follows the name; returns the exit status. */
	int (*run)(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
	const struct tool_manual *manual; /* NULL: a tool between the parts of the house */
	bool terminal;            /* reaches the network or writes files: not over the API */
};

/* What a service shows on the case page. */
struct panel {
	const char *name;         /* anchor in the page and name of the JSON part */
	const char *title;        /* N_() */
	/* Rows into the sheet and *model for page; *model NULL: not shown. */
	bool (*rows)(struct ctx *c, str case_id, struct sheet *s, const void **model);
	page_fn *page;
	/* What rows will ask, as far as the case says it: all panels' questions travel together (db_ahead). NULL: nothing. */
	bool (*ahead)(struct ctx *c, str case_id);
};

/* A fact this service hears, delivered in the same transaction. */
struct hears {
	const char *name;         /* "case.qualified" */
	bool (*run)(struct ctx *c, str case_id, str object);
};

/* Evidence that a function is performed: rows of work done and the newest instant. */
struct evidence {
	const char *name;         /* framework function it speaks for, "2.1.2" */
	const char *what;         /* N_() what is counted */
	bool (*count)(struct ctx *c, int64_t *n, time_us *newest);
};

/*
 * Work that is slow or speaks with another process, and is done by a thread of
 * the node, again and again, without anybody waiting: sign, send, fetch.
 */
struct chore {
	const char *name;         /* "advisory.sign" */
	/* In a reading transaction: *work is what is due next; NULL: nothing. */
	bool (*due)(struct ctx *c, void **work);
	/* Outside any transaction. *keep false: it cannot be done now, and that is no fault. */
	bool (*act)(struct ctx *c, void *work, bool *keep);
	/* In a writing transaction, perhaps several times: what came of it. */
	bool (*keep)(struct ctx *c, void *work);
};

struct metric {
	const char *name;         /* "2.5.2.1" */
	const char *title;        /* N_() */
	bool (*value)(struct ctx *c, time_us from, time_us to, double *out, bool *known);
};

struct service {
	const char *number;       /* "2.1"; foundations "0.7" */
	const char *title;        /* N_() */
	const struct op       *ops;       /* each table ends with a zero entry */
	const struct view     *views;
	const struct tool     *tools;
	const struct panel    *panels;
	const struct hears    *hears;
	const struct evidence *evidence;
	const struct metric   *metrics;
	const struct chore    *chores;
	const struct probe    *probes;   /* platform/op/probe.h */
	const struct search_source *const *sources;   /* of the search: record/search.h; ends with NULL */
};

/* ---- the application ---- */

struct journal_entry {
	const char *verb;         /* operation or view name */
	bool        read;
	str         chain;        /* id of the case or report that it belongs to; none: the system's chain */
	str         object, note;
};

/* What a tool said of a document (exit status as on the command line). */
struct tool_answer { int status; str out, err; };

/*
 * What came from outside. A status of 400 or more is an answer too; etag, modified and retry
 * (Retry-After) as sent, or none.  taken: the secret that the answer held is in the process keys.
 */
struct fetched { int status; str url, type, body, etag, modified, retry; bool taken; };

/*
 * A request to somebody outside.  secret: the name of a key that another process
 * keeps, and the header in which it is sent; the caller never sees it.
 */
enum { SENDING_HEADERS = 4 };
struct sending {
	str method, url, type, body;
	struct { str name, value; } header[SENDING_HEADERS];
	str secret, secret_in;
	/*
	 * A secret in the answer, as a JSON pointer, or none: it goes to the process keys, in place of `secret`, or, when
	 * take_for is given, to be handed to that person by the operator.  The caller gets asterisks, or no body.
	 */
	str take, take_for;
	int64_t max, seconds;     /* of the answer; 0: the usual */
	int redirects;            /* followed at most; none with a secret */
};

/* The way out for letters.  Faults: E_INVALID, this letter will never leave; others: not now. */
struct mail;
struct post {
	str folder, from, host;   /* host: the part of message ids after the @ */
	bool (*leave)(struct ctx *c, const struct post *p, struct mail *m);
};

/* The application: its services, and the hooks that record/ fills. */
struct front {
	const struct service *const *services;   /* sorted by number */
	size_t services_n;
	/* Views by a path without variables, a hash table of a power of two; NULL: all are walked (front_index). */
	const struct view *const *places;
	size_t places_n;
	struct db *db;
	const struct wires *wires;   /* to the other processes of the server; NULL: there are none */
	/* Append to the audit chain; inside the transaction of the work. */
	bool (*journal)(struct ctx *c, const struct journal_entry *e);
	/* Replay store for OP_ONCE; a key used with another digest is E_REPLAY. */
	bool (*once_find)(struct ctx *c, str key, str op, str digest, bool *found, str *result);
	bool (*once_keep)(struct ctx *c, str key, str op, str digest, str result);
	/* The id of what has this number, as far as the viewer sees it; inside the transaction. NULL: numbers are no ids. */
	bool (*numbered)(struct ctx *c, str number, bool *found, str *id);
	/* The actor's draft of an OP_DRAFT operation is done with; NULL: no drafts. */
	bool (*draft_drop)(struct ctx *c, str place);
	/* The keys of the house, in another process; NULL: there is none. E_STATE: no key. */
	bool (*sign)(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out);
	bool (*public_key)(struct ctx *c, str fingerprint, str *out);
	/* A detached signature of others, with their public keys; NULL: nobody can look. */
	bool (*prove)(struct ctx *c, str keys, str signature, str bytes, struct reach_seal *out);
	/* GET over the process that connects out, at most max bytes; NULL: there is none. Faults: doors/fetch/fetch.h. */
	bool (*fetch)(struct ctx *c, str url, int64_t max, struct fetched *out);
	/*
	 * Any request over it; NULL: there is none.  E_STATE (no such secret), E_INVALID, E_FORBIDDEN, E_RATE and
	 * E_BUSY: it did not leave; after any other fault it may have been carried out.
	 */
	bool (*send)(struct ctx *c, const struct sending *what, struct fetched *out);
	const struct post  *post;    /* NULL: letters wait */
	const struct reach *reach;   /* of a tool on a terminal; NULL: there is none */
	const struct lector *lector; /* the same: dictionaries and grammars */
	/* A tool on a document of strangers, in the cage; NULL: there is none, and nothing is read. */
	bool (*tool)(struct ctx *c, str name, str body, struct tool_answer *out);
	str  base_url;            /* configured, never from Host */
	str  organisation;        /* its name; house_name is what people read */
	str  organisation_ja;     /* and in Japanese, or none */
	str  zone;                /* of the house: what people without an account read times in; none: UTC */
	int64_t file_max;         /* bytes of one attachment */
	bool two_persons;         /* publishing needs a second person */
	bool demo;
};

const struct front *front_of(const struct ctx *c);
/* The name of the organisation in the language of the work. */
str house_name(const struct ctx *c);

const struct op   *op_find(const struct front *f, str name);
const struct view *view_find(const struct front *f, str name);
struct path_var { str name, value; };
struct path_vars { struct path_var v[8]; size_t n; };
/* The entry for a method and path; of several the one with the fewest variables. */
const struct op   *op_route(const struct front *f, str method, str path, struct path_vars *vars);
const struct view *view_route(const struct front *f, str path, struct path_vars *vars);
/* Fills f->places, which makes finding a view quick; the services do not change after it. */
void front_index(struct arena *a, struct front *f);
/* True when the actor's roles allow it. */
bool may(const struct actor *who, uint32_t allowed);
/* The actor as viewer of a transaction; nobody without one. */
struct db_viewer viewer_of(const struct ctx *c);

/* Is the argument a variable of the operation's path? */
bool op_in_path(const struct op *o, const char *name);
/*
 * Where an operation's draft is kept: its name and the variables of its path,
 * which say what it is about ("report.reply?id=x"); value_of gives them.
 */
str op_place(struct ctx *c, const struct op *o, str (*value_of)(const void *arg, const char *name), const void *arg);

/*
 * Run one operation as c->actor.  key: the replay key or none.
 * Faults: E_AUTH, E_FORBIDDEN, E_INVALID (args), E_REPLAY, and what run reports.
 */
bool op_call(struct ctx *c, const struct op *o, struct args *a, str key, struct sheet *out) MUST_CHECK;
bool view_call(struct ctx *c, const struct view *v, struct args *a, struct sheet *out) MUST_CHECK;

/*
 * Do the chore's next piece of work as the house; *done says whether there was
 * one and it was kept.
 */
bool chore_run(struct ctx *c, const struct chore *h, bool *done) MUST_CHECK;

/* Deliver a fact to all who hear it, in this transaction. */
bool fact_tell(struct ctx *c, const char *name, str case_id, str object) MUST_CHECK;

#endif
