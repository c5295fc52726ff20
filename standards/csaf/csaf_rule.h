#ifndef STANDARDS_CSAF_CSAF_RULE_H
#define STANDARDS_CSAF_CSAF_RULE_H

/* The tests by their section: rule_6_1_7 is 6.1.7. */

#include "standards/csaf/csaf_review.h"
#include "standards/csaf/edition.h"

/* An item of the revision history. */
struct revision {
	const struct json *item;
	size_t         at;          /* place in the document */
	time_us        date;
	bool           known;       /* the number could be read */
	struct edition number;
	str            text;
};
struct history { struct revision *v; size_t n; };

/* By date, then by number; empty when there is none or memory is short. */
struct history sorted_history(struct review *r);
/* Date of the newest item, or TIME_NONE. */
time_us newest_revision(struct review *r);
/* The status is final or interim. */
bool document_released(const struct review *r);
/* The TLP label of a 2.1 document, and whether it is CLEAR. */
str  tlp_of(const struct review *r);
bool tlp_clear(const struct review *r);

/* Lower case, without white space, dashes, low lines and invisible characters; cut at 64 bytes. */
str  folded_name(struct arena *a, str s);

/* Terms that have a meaning as a title; the list of the TC has them in English and German. */
enum csaf_term {
	TERM_LICENSE, TERM_PRODUCT, TERM_SUPERSESSION, TERM_WITHDRAWAL, TERM_SUPERSEDING, TERM_COUNT
};
/* The term in this language, in English where none is recorded. */
str  csaf_term_name(enum csaf_term term, str language);
/*
 * The term in the language of the document: with english for documents in
 * English or without a language, else for all others; none when it is not the
 * turn of this document, or (then it is said) no translation is recorded.
 */
str  term_in(struct review *r, enum csaf_term term, bool english);
/* Exactly one document note has the term as its title, and it has the category. */
void check_term_note(struct review *r, enum csaf_term term, bool english, str category);

/* A package URL in its parts, as written; subpath, qualifiers and namespace may be empty. */
struct purl_parts { str type, namespace, name, version, qualifiers, subpath; };
/* False when it is none. */
bool purl_split(str s, struct purl_parts *out) MUST_CHECK;

/* Is an id system registered (RVISC), and has the id its form? */
enum id_state { ID_UNREGISTERED, ID_FITS, ID_MISFITS };
enum id_state id_state_of(str system_name, str text);

void rule_6_1_1(struct review *r);
void rule_6_1_2(struct review *r);
void rule_6_1_3(struct review *r);
void rule_6_1_4(struct review *r);
void rule_6_1_5(struct review *r);
void rule_6_1_6(struct review *r);
void rule_6_1_7(struct review *r);
void rule_6_1_8(struct review *r);
void rule_6_1_9(struct review *r);
void rule_6_1_10(struct review *r);
void rule_6_1_11(struct review *r);
void rule_6_1_12(struct review *r);
void rule_6_1_13(struct review *r);
void rule_6_1_14(struct review *r);
void rule_6_1_15(struct review *r);
void rule_6_1_16(struct review *r);
void rule_6_1_17(struct review *r);
void rule_6_1_18(struct review *r);
void rule_6_1_19(struct review *r);
void rule_6_1_20(struct review *r);
void rule_6_1_21(struct review *r);
void rule_6_1_22(struct review *r);
void rule_6_1_23(struct review *r);
void rule_6_1_24(struct review *r);
void rule_6_1_25(struct review *r);
void rule_6_1_26(struct review *r);
void rule_6_1_27_1(struct review *r);
void rule_6_1_27_2(struct review *r);
void rule_6_1_27_3(struct review *r);
void rule_6_1_27_4(struct review *r);
void rule_6_1_27_5(struct review *r);
void rule_6_1_27_6(struct review *r);
void rule_6_1_27_7(struct review *r);
void rule_6_1_27_8(struct review *r);
void rule_6_1_27_9(struct review *r);
void rule_6_1_27_10(struct review *r);
void rule_6_1_27_11(struct review *r);
void rule_6_1_27_12(struct review *r);
void rule_6_1_27_13(struct review *r);
void rule_6_1_27_14(struct review *r);
void rule_6_1_27_15(struct review *r);
void rule_6_1_27_16(struct review *r);
void rule_6_1_27_17(struct review *r);
void rule_6_1_27_18(struct review *r);
void rule_6_1_27_19(struct review *r);
void rule_6_1_28(struct review *r);
void rule_6_1_29(struct review *r);
void rule_6_1_30(struct review *r);
void rule_6_1_31(struct review *r);
void rule_6_1_32(struct review *r);
void rule_6_1_33(struct review *r);
void rule_6_1_34(struct review *r);
void rule_6_1_35(struct review *r);
void rule_6_1_36(struct review *r);
void rule_6_1_37(struct review *r);
void rule_6_1_38(struct review *r);
void rule_6_1_39(struct review *r);
void rule_6_1_40(struct review *r);
void rule_6_1_41(struct review *r);
void rule_6_1_42(struct review *r);
void rule_6_1_43(struct review *r);
void rule_6_1_44(struct review *r);
void rule_6_1_45(struct review *r);
void rule_6_1_46(struct review *r);
void rule_6_1_47(struct review *r);
void rule_6_1_48(struct review *r);
void rule_6_1_49(struct review *r);
void rule_6_1_50(struct review *r);
void rule_6_1_51(struct review *r);
void rule_6_1_52(struct review *r);
void rule_6_1_53(struct review *r);
void rule_6_1_54(struct review *r);
void rule_6_1_55(struct review *r);
void rule_6_1_56(struct review *r);
void rule_6_1_57(struct review *r);
void rule_6_1_58(struct review *r);
void rule_6_1_59(struct review *r);
void rule_6_1_60_1(struct review *r);
void rule_6_1_60_2(struct review *r);
void rule_6_1_60_3(struct review *r);
void rule_6_1_61(struct review *r);
void rule_6_2_1(struct review *r);
void rule_6_2_2(struct review *r);
void rule_6_2_3(struct review *r);
void rule_6_2_4(struct review *r);
void rule_6_2_5(struct review *r);
void rule_6_2_6(struct review *r);
void rule_6_2_7(struct review *r);
void rule_6_2_8(struct review *r);
void rule_6_2_9(struct review *r);
void rule_6_2_10(struct review *r);
void rule_6_2_11(struct review *r);
void rule_6_2_12(struct review *r);
void rule_6_2_13(struct review *r);
void rule_6_2_14(struct review *r);
void rule_6_2_15(struct review *r);
void rule_6_2_16(struct review *r);
void rule_6_2_17(struct review *r);
void rule_6_2_18(struct review *r);
void rule_6_2_19(struct review *r);
void rule_6_2_20(struct review *r);
void rule_6_2_21(struct review *r);
void rule_6_2_22(struct review *r);
void rule_6_2_23(struct review *r);
void rule_6_2_24(struct review *r);
void rule_6_2_25(struct review *r);
void rule_6_2_26(struct review *r);
void rule_6_2_27(struct review *r);
void rule_6_2_28(struct review *r);
void rule_6_2_29(struct review *r);
void rule_6_2_30(struct review *r);
void rule_6_2_31(struct review *r);
void rule_6_2_32(struct review *r);
void rule_6_2_33(struct review *r);
void rule_6_2_34(struct review *r);
void rule_6_2_35(struct review *r);
void rule_6_2_36(struct review *r);
void rule_6_2_37(struct review *r);
void rule_6_2_38(struct review *r);
void rule_6_2_39_1(struct review *r);
void rule_6_2_39_2(struct review *r);
void rule_6_2_39_3(struct review *r);
void rule_6_2_39_4(struct review *r);
void rule_6_2_39_5(struct review *r);
void rule_6_2_40(struct review *r);
void rule_6_2_41(struct review *r);
void rule_6_2_42(struct review *r);
void rule_6_2_43(struct review *r);
void rule_6_2_44(struct review *r);
void rule_6_2_45(struct review *r);
void rule_6_2_46(struct review *r);
void rule_6_2_47(struct review *r);
void rule_6_2_48(struct review *r);
void rule_6_2_49(struct review *r);
void rule_6_2_50_1(struct review *r);
void rule_6_2_50_2(struct review *r);
void rule_6_2_50_3(struct review *r);
void rule_6_2_51(struct review *r);
void rule_6_2_52(struct review *r);
void rule_6_2_53(struct review *r);
void rule_6_2_54_1(struct review *r);
void rule_6_2_54_2(struct review *r);
void rule_6_2_54_3(struct review *r);
void rule_6_2_54_4(struct review *r);
void rule_6_3_1(struct review *r);
void rule_6_3_2(struct review *r);
void rule_6_3_3(struct review *r);
void rule_6_3_4(struct review *r);
void rule_6_3_5(struct review *r);
void rule_6_3_6(struct review *r);
void rule_6_3_7(struct review *r);
void rule_6_3_8(struct review *r);
void rule_6_3_9(struct review *r);
void rule_6_3_10(struct review *r);
void rule_6_3_11(struct review *r);
void rule_6_3_12(struct review *r);
void rule_6_3_13(struct review *r);
void rule_6_3_14(struct review *r);
void rule_6_3_15(struct review *r);
void rule_6_3_16(struct review *r);
void rule_6_3_17(struct review *r);
void rule_6_3_18(struct review *r);
void rule_6_3_19_1(struct review *r);
void rule_6_3_19_2(struct review *r);
void rule_6_3_19_3(struct review *r);
void rule_6_3_19_4(struct review *r);
void rule_6_3_19_5(struct review *r);
void rule_6_3_20(struct review *r);
void rule_6_3_21_1(struct review *r);
void rule_6_3_21_2(struct review *r);
void rule_6_3_21_3(struct review *r);
void rule_6_3_21_4(struct review *r);
void rule_6_3_21_5(struct review *r);
void rule_6_3_21_6(struct review *r);
void rule_6_3_21_7(struct review *r);
void rule_6_3_21_8(struct review *r);
void rule_6_3_21_9(struct review *r);
void rule_6_3_22(struct review *r);

#endif
