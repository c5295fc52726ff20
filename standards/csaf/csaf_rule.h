#ifndef STANDARDS_CSAF_CSAF_RULE_H
#define STANDARDS_CSAF_CSAF_RULE_H

/* The tests by their section: rule_6_1_7 is 6.1.7. */

#include "standards/csaf/csaf_review.h"

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
void rule_6_1_28(struct review *r);
void rule_6_1_29(struct review *r);
void rule_6_1_30(struct review *r);
void rule_6_1_31(struct review *r);
void rule_6_1_32(struct review *r);
void rule_6_1_33(struct review *r);
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

#endif
