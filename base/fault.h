#ifndef BASE_FAULT_H
#define BASE_FAULT_H

/*
 * Faults: what a function that returned false has to say.  Codes, statuses
 * and titles stand in faults.def.  The text is an English message id with
 * {1}…{4} in it, translated where it is shown.
 */

#include "base/str.h"

enum fault_code {
#define FAULT(code, http, exit, retry, title) code,
#include "base/faults.def"
#undef FAULT
	FAULT_COUNT
};

enum { FAULT_ARGS = 4 };

struct fault {
	enum fault_code code;
	str  where;              /* argument name or JSON pointer; none if not one */
	const char *text;        /* message id, or NULL: the code's title */
	str  arg[FAULT_ARGS];    /* {1}… */
	long line, column;       /* in the input, from 1; 0 when unknown */
	const char *file;        /* source place that reported it (for the log) */
	int  at;
};

const char *fault_name(enum fault_code code);    /* "E_INVALID" */
const char *fault_title(enum fault_code code);
int         fault_http(enum fault_code code);
int         fault_exit(enum fault_code code);
bool        fault_retryable(enum fault_code code);

/* Marks a message for translation; xgettext keyword. */
#define N_(text) text

#endif
