#ifndef PLATFORM_MOMENT_H
#define PLATFORM_MOMENT_H

/*
 * moment: instants and lengths of time for people, in the language and the
 * zone of the ctx.  English 22 Nov 2026, 18:00 (JST); Japanese
 * 2026年11月22日(日) 18:00 (JST).  TIME_NONE is written as nothing.
 */

#include "platform/html/html.h"

str moment_text(struct ctx *c, time_us t);
str moment_utc(struct ctx *c, time_us t);      /* the same in UTC */
str moment_both(struct ctx *c, time_us t);     /* viewer's zone and UTC; once when they are the same */
str moment_date(struct ctx *c, time_us t);     /* 22 Nov 2026; 2026年11月22日(日) */
/* A date that is no instant (a day in a calendar): y, m, d as given. */
str moment_day(struct ctx *c, const struct civil *day);
/* 令和8年11月22日; English date before 平成 (1989-01-08). For forms that want it. */
str moment_era(struct ctx *c, const struct civil *day);

/* One unit, rounded down: 45 s, 12 min, 3 h, 2 d, 5 mo, 2 y; 45秒 12分 3時間 2日 5か月 2年. */
str moment_span(struct ctx *c, time_us length);
/* Two units: 2 d 3 h; 2日3時間. */
str moment_length(struct ctx *c, time_us length);
/* How long ago (or how far ahead) of c->now, as moment_span. */
str moment_age(struct ctx *c, time_us t);
/* To a due time: "3 h left", "2 d late"; 「残り3時間」「2日超過」. */
str moment_left(struct ctx *c, time_us due);

/*
 * <time datetime="…Z" title="…">…</time>, text and title together giving the
 * viewer's zone and UTC.  _html shows moment_text, _date_html moment_date, _age_html moment_age,
 * _left_html moment_left, _both_html (for embargoes) both zones in the text.
 */
html moment_html(struct page *w, time_us t);
html moment_date_html(struct page *w, time_us t);
html moment_age_html(struct page *w, time_us t);
html moment_left_html(struct page *w, time_us t);
html moment_both_html(struct page *w, time_us t);

#endif
