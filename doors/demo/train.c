#include "doors/demo/train.h"

#include "base/buf.h"
#include "doors/demo/cast.h"
#include "doors/demo/demo.h"

time_us train_at(const struct stage *s, size_t goods, int i)
{
	int n = cast_goods[goods].versions, before = (n + 1) / 2;

	if (i >= n)
		return TIME_NONE;
	if (i < before)
		return s->from - (before - i) * 61 * DAY;
	return s->from + (s->to - s->from) / (20 * (n - before)) * (20 * (i - before) + 15 + (time_us)goods % 5);
}

str train_name(struct stage *s, int i)
{
	return str_fmt(&s->kept, "%d.%d.0", 2 + i / 4, i % 4);
}

bool train_ship(struct stage *s, size_t goods, time_us at)
{
	int          i   = s->shipped[goods], n = cast_goods[goods].versions;
	struct civil day = time_civil(train_at(s, goods, i));

	TRY(ACT(s, story_player(s, "lead"), at, "release.add", NULL, { "id", s->products[goods] },
	        { "name", train_name(s, i) },
	        { "released_on", str_fmt(&s->kept, "%04d-%02d-%02d", day.year, day.month, day.day) },
	        { "support_ends", str_fmt(&s->kept, "%04d-12-31", day.year + (i + 3 > n ? 8 : 2)) }));
	s->shipped[goods]++;
	return true;
}

size_t train_next(const struct stage *s, time_us until)
{
	size_t first = SIZE_MAX;

	for (size_t g = 0; g < cast_goods_n; g++) {
		time_us at = train_at(s, g, s->shipped[g]);
		if (at == TIME_NONE || at > until)
			continue;
		first = g;
		until = at;
	}
	return first;
}
