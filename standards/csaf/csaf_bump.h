#ifndef STANDARDS_CSAF_CSAF_BUMP_H
#define STANDARDS_CSAF_CSAF_BUMP_H

/*
 * Which version a change of a document demands (CSAF 2.0 and 2.1, section
 * 3.1.11): integer versions count by one, semantic ones by the weight of the
 * change, and the document says whether it did.
 */

#include "base/ctx.h"

enum csaf_bump { BUMP_NONE, BUMP_PATCH, BUMP_MINOR, BUMP_MAJOR };

enum csaf_bump_verdict {
	BUMP_FITS,           /* the version made the step that the change demands */
	BUMP_MORE,           /* a greater one, or one to spare: allowed */
	BUMP_LESS,           /* a smaller step than demanded */
	BUMP_MISSING,        /* the content differs under the same version */
	BUMP_BACK,           /* the version went back */
	BUMP_UNRESET,        /* the step is right, but lower numbers were not set to 0 */
	BUMP_MIXED,          /* integer and semantic versions cannot be compared */
	BUMP_UNKNOWN,        /* a version is missing or cannot be read */
	BUMP_OTHER_DOCUMENT  /* the tracking ids differ: nothing to judge */
};

struct csaf_edition {
	str version, status;   /* /document/tracking */
	str released;          /* the last version that the history has below `version`; none: none */
};

struct csaf_judgement {
	enum csaf_bump demanded, made;
	enum csaf_bump_verdict verdict;
	bool semantic;
	str  expected;         /* the least version that would do; none: cannot be told */
	const char *clause;    /* "3.1.11.2 rule 7" */
};

/* `demanded` is the weight of the heaviest change between the two. */
void csaf_bump_judge(struct arena *a, const struct csaf_edition *was, const struct csaf_edition *is,
                     enum csaf_bump demanded, struct csaf_judgement *out);
/* "none", "patch", "minor", "major"; "fits", "less" … */
const char *csaf_bump_name(enum csaf_bump b);
const char *csaf_verdict_name(enum csaf_bump_verdict v);
/* Is the document at fault? */
bool csaf_verdict_bad(enum csaf_bump_verdict v);

/*
 * Do the texts differ as by a mended misspelling: in case, punctuation, white
 * space, or a letter or two of longer words?  A guess that errs towards "no";
 * digits, short words and words of other scripts are never spelling.
 */
bool csaf_spelling_only(str a, str b);

#endif
