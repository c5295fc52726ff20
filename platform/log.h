#ifndef PLATFORM_LOG_H
#define PLATFORM_LOG_H

/*
 * The program's own diary, for those who run it: one JSON object a line on
 * standard error, or a readable line when that is a terminal.
 *
 *	log_event(LEVEL_INFO, "server.started", LOG_TEXT("address", a), LOG_INT("port", 80));
 *
 * Never the text of reports, letters or passwords: names, ids, counts and
 * reasons only.  Safe from any thread; a line is one write of at most
 * LOG_LINE bytes, what is longer is cut.
 */

#include "base/instant.h"
#include "base/str.h"

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };
enum { LOG_LINE = 4096, LOG_VALUE = 400 /* bytes of one text */ };

struct log_field {
	const char *name;        /* a word of the program: a-z, 0-9, _ */
	str         text;        /* p != NULL: a text */
	int64_t     number;
};
#define LOG_TEXT(name, s) ((struct log_field){ (name), (s).p ? (s) : S(""), 0 })
#define LOG_INT(name, v)  ((struct log_field){ (name), STR_NONE, (v) })

/* `event` is a constant of the program, "noun.verbed". */
#define log_event(level, ...) \
	log_write_((level), LOG_FIRST_(__VA_ARGS__, ""), \
	           (const struct log_field[]){ { 0 }, LOG_REST_(__VA_ARGS__) }, \
	           sizeof((const struct log_field[]){ { 0 }, LOG_REST_(__VA_ARGS__) }) / \
	           sizeof(struct log_field))
#define LOG_FIRST_(event, ...) (event)
#define LOG_REST_(event, ...) __VA_ARGS__
void log_write_(enum log_level level, const char *event, const struct log_field *f, size_t n);

enum log_form { LOG_AUTO, LOG_JSON, LOG_HUMAN };

/* Least level written, where to, and how; at the start LEVEL_INFO, 2, LOG_AUTO. */
void log_aim(enum log_level least, int fd, enum log_form form);
/* "debug" "info" "warning" "error" */
bool log_level_parse(str s, enum log_level *out) MUST_CHECK;

#endif
