#ifndef DOORS_TRAIN_H
#define DOORS_TRAIN_H
/*
 * The release train of the demo: when the versions of the fictional products
 * come out. A fix travels with the version that comes next. Products are
 * told by their place in cast_goods.
 */
#include "doors/demo/stage.h"

/*
 * When the i-th version of a product comes out: half of them before the
 * story, one every other month, and the others spread over it. TIME_NONE
 * when there is no such version.
 */
time_us train_at(const struct stage *s, size_t goods, int i);
/* Its name, such as 2.3.0. Kept. */
str     train_name(struct stage *s, int i);
/* The next version joins the catalogue; the older ones leave support. */
bool    train_ship(struct stage *s, size_t goods, time_us at) MUST_CHECK;
/* The product whose next version comes out first, not after until; SIZE_MAX: none. */
size_t  train_next(const struct stage *s, time_us until);

#endif
