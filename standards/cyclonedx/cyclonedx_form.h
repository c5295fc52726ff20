#ifndef STANDARDS_CYCLONEDX_CYCLONEDX_FORM_H
#define STANDARDS_CYCLONEDX_CYCLONEDX_FORM_H

/* The members of the objects below `vulnerabilities`, as a table. */

#include "standards/cyclonedx/cyclonedx_vex.h"

enum member_kind { IS_TEXT, IS_DATE, IS_NUMBER, IS_CWE, IS_WORD, IS_OBJECT, IS_FREE };

struct member {
	const char *object;      /* "analysis" */
	const char *name;        /* "state" */
	enum member_kind kind;
	bool list;               /* an array of such */
	bool required;
	int  since;              /* minor version of 1.x */
	const char *of;          /* IS_OBJECT: its name; IS_WORD: the words, spaces between */
};

extern const struct member cyclonedx_members[];
extern const size_t cyclonedx_member_count;

struct form {
	struct ctx *c;
	struct findings *f;
	int  minor;
	bool full;
};

/* An object of the table and all below it. */
void form_check(struct form *l, const struct json *v, const char *object, str pointer);
void form_find(struct form *l, const char *test, enum finding_class class, const char *text, str one, str two,
               str pointer);

#endif
