#include "base/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/log.h"

static int begin(enum log_form form)
{
	int fd = memfd_create("log", MFD_CLOEXEC);

	check(fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) == 0);
	clock_set(civil_days(2026, 11, 24) * DAY + 1500000);
	log_aim(LEVEL_INFO, fd, form);
	return fd;
}

/* What was written; the log goes back to where it was. */
static str end(struct ctx *c, int fd)
{
	off_t   n = lseek(fd, 0, SEEK_END);
	char   *p = arena_must(c->arena, 1, (size_t)n + 1);
	ssize_t got = pread(fd, p, (size_t)n, 0);

	close(fd);
	log_aim(LEVEL_INFO, STDERR_FILENO, LOG_AUTO);
	clock_set(TIME_NONE);
	return (str){ p, got > 0 ? (size_t)got : 0 };
}

TEST(an_event_is_one_line_of_json)
{
	int fd = begin(LOG_AUTO);

	log_event(LEVEL_DEBUG, "door.opened");
	log_event(LEVEL_INFO, "door.closed");
	log_event(LEVEL_ERROR, "job.failed", LOG_TEXT("kind", S("mail")), LOG_INT("tries", -3),
	          LOG_TEXT("why", STR_NONE));
	check_str(end(c, fd), S("{\"time\":\"2026-11-24T00:00:01.500Z\",\"level\":\"info\","
	    "\"event\":\"door.closed\"}\n{\"time\":\"2026-11-24T00:00:01.500Z\",\"level\":\"error\","
	    "\"event\":\"job.failed\",\"kind\":\"mail\",\"tries\":-3,\"why\":\"\"}\n"));
}

TEST(hostile_values_stay_inside_their_field)
{
	int fd = begin(LOG_JSON);
	str got;

	log_event(LEVEL_INFO, "x", LOG_TEXT("v", S("a\"\\\n\x1b[31m脆\x80\xff\0z\xE2\x80\xAE")));
	got = end(c, fd);
	check(str_ends(got, S(",\"v\":\"a\\\"\\\\\\u000a\\u001b[31m脆\xEF\xBF\xBD\xEF\xBF\xBD\\u0000z"
	                      "\\u202e\"}\n")));
}

TEST(long_values_are_cut_and_long_lines_lose_whole_fields)
{
	int  fd = begin(LOG_JSON);
	str  big = { NEWS(c->arena, char, 5000), 5000 };
	str  got;

	log_event(LEVEL_INFO, "x", LOG_TEXT("a", big), LOG_TEXT("b", big), LOG_INT("c", 7));
	got = end(c, fd);
	check(got.n <= LOG_LINE);
	check(str_find(got, S("\\u0000…\",\"c\":7}\n"), 0) != SIZE_MAX);
	check(str_find(got, S("\"b\":"), 0) == SIZE_MAX);
}

TEST(people_read_a_plain_line)
{
	int fd = begin(LOG_HUMAN);

	log_event(LEVEL_WARNING, "disk.low", LOG_INT("mb", 5), LOG_TEXT("at", S("/a b\n")));
	check_str(end(c, fd), S("2026-11-24T00:00:01.500Z warning disk.low mb=5 at=\"/a b\\u000a\"\n"));
}

static void *chatter(UNUSED void *arg)
{
	for (int i = 0; i < 200; i++)
		log_event(LEVEL_INFO, "x", LOG_INT("i", i), LOG_TEXT("s", S("0123456789")));
	return NULL;
}

TEST(threads_do_not_mix_their_lines)
{
	int       fd = begin(LOG_JSON), lines = 0;
	pthread_t t[8];
	str       rest, line;

	for (int i = 0; i < 8; i++)
		check_int(pthread_create(&t[i], NULL, chatter, NULL), 0);
	for (int i = 0; i < 8; i++)
		pthread_join(t[i], NULL);
	rest = end(c, fd);
	while (str_cut(&rest, '\n', &line) && line.n) {
		check(str_starts(line, S("{\"time\":\"2026-11-24T")) &&
		      str_ends(line, S("\"s\":\"0123456789\"}")));
		lines++;
	}
	check_int(lines, 1600);
}

TEST(levels_have_names)
{
	enum log_level v = LEVEL_DEBUG;

	check(log_level_parse(S("warning"), &v) && v == LEVEL_WARNING);
	check(!log_level_parse(S("loud"), &v));
}
