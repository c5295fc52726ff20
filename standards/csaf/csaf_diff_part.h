#ifndef STANDARDS_CSAF_CSAF_DIFF_PART_H
#define STANDARDS_CSAF_CSAF_DIFF_PART_H

/* What the parts of csaf_diff share. */

#include "standards/csaf/csaf_diff.h"
#include "standards/csaf/csaf_review.h"

enum { OLD, NEW };

/* A place in both documents, from the inside out; the outermost has a pointer. */
struct place {
	const struct place *up;
	str    key[2];          /* of a member; outermost: the pointer */
	size_t at[2];           /* of an item, when key is none */
};

struct pairing;
struct pair { const struct json *v[2]; };

struct joint { uint32_t product[2]; str id; };   /* index in review.products + 1, 0: not defined there */

struct diff {
	struct ctx   *c;
	struct review side[2];
	uint32_t     *joint_of[2];      /* by product number of the side: number in both documents */
	struct joint *joints;
	uint32_t      joints_n;
	uint32_t     *bits[2];          /* by joint: a set of products each, empty between uses */
	uint32_t     *touched;
	uint32_t      touches;
	size_t        budget;           /* products that groups may still be worked out to */
	struct pairing *pairing;        /* csaf_diff_product.c */
	str           vulnerability;
	enum csaf_area area;
	bool          renamed;          /* an id stands for another product in the other document */
	bool          full;
	enum csaf_bump heaviest;
	struct csaf_diff *out;
};

#define NO_PRODUCT UINT32_MAX

/* csaf_diff.c: a change; NULL when no more are kept (it is counted). */
struct csaf_change *diff_note(struct diff *d, const struct place *at, struct pair v, enum csaf_bump bump);
/* The same without a value on the sides where `there` is false. */
struct csaf_change *diff_note_words(struct diff *d, const struct place *at, enum csaf_change_kind kind,
                                    str was, str is, enum csaf_bump bump);
/* Compare two values, members and items; a missing one is NULL. */
void diff_values(struct diff *d, const struct place *at, struct pair v);
/* Equal, but for the order of a list and the spelling of instants. */
bool diff_same(struct diff *d, struct pair v);
str  diff_pointer(struct diff *d, const struct place *at, int side);
/* The weight of a change in what is compared now; *spelling: see struct csaf_change. */
enum csaf_bump diff_weight(const struct diff *d, str key, struct pair v, bool *spelling);

/* csaf_diff_list.c */
void diff_list(struct diff *d, const struct place *at, str key, struct pair lists);
/* True for "product_ids", "group_ids" and "products". */
bool is_scope(str key);

/* csaf_diff_product.c */
bool diff_pair_products(struct diff *d);
void diff_products(struct diff *d);
uint32_t diff_joint(const struct diff *d, int side, str id);
/* Name the products of a change. */
void diff_name_products(struct diff *d, struct csaf_change *x, const uint32_t *joint, size_t n);

/* csaf_diff_scope.c */
void diff_statuses(struct diff *d, const struct place *at, struct pair status);
void diff_scores(struct diff *d, const struct place *at, struct pair scores);
/* Sets of products: clear, add, collect those whose bits differ. */
void diff_bits_clear(struct diff *d);
void diff_bits_add(struct diff *d, int side, uint32_t joint, uint32_t bits);
/* The products of an item, by id and by group; false when the budget is spent. */
bool diff_bits_scope(struct diff *d, int side, const struct json *item, uint32_t bits);
/* Same for equal scopes, whatever the order. */
uint64_t diff_scope_hash(const struct diff *d, int side, const struct json *item);
/* The item appears or goes: its products are named in the change. */
void diff_scope_name(struct diff *d, struct csaf_change *x, int side, const struct json *item);
/* An item that is in both lists: the products it lost and gained. */
void diff_scopes(struct diff *d, const struct place *at, str label, struct pair items);

#endif
