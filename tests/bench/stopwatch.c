/*
 * stopwatch RUNS COMMAND…: runs a command so many times, its output thrown
 * away, and prints in one line, between tabs: processor time (least, middle),
 * time by the clock (least, middle), the most memory, all in seconds and
 * MB, and the exit status of the last run.
 */
#define BASE_PRINTF /* a bench talks to a terminal */
#define BASE_OS
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 100 };

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void child(char **command)
{
	int none = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (none < 0 || dup2(none, 1) < 0 || dup2(none, 2) < 0)
		_exit(126);
	execvp(command[0], command);
	_exit(127);
}

int main(int argc, char **argv)
{
	static double cpu[RUNS], wall[RUNS];
	struct rusage u;
	double        most = 0, from;
	int           runs = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0, status = 0;

	if (runs < 1 || runs > RUNS) {
		fprintf(stderr, "usage: stopwatch RUNS COMMAND…\n");
		return 2;
	}
	for (int i = 0; i < runs; i++) {
		pid_t pid;

		from = seconds();
		pid  = fork();
		if (pid == 0)
			child(argv + 2);
		if (pid < 0 || wait4(pid, &status, 0, &u) != pid)
			return 2;
		wall[i] = seconds() - from;
		cpu[i]  = of(u.ru_utime) + of(u.ru_stime);
		if ((double)u.ru_maxrss / 1e3 > most)
			most = (double)u.ru_maxrss / 1e3;
	}
	qsort(cpu, (size_t)runs, sizeof(*cpu), by_size);
	qsort(wall, (size_t)runs, sizeof(*wall), by_size);
	printf("%.4f\t%.4f\t%.4f\t%.4f\t%.1f\t%d\n", cpu[0], cpu[runs / 2], wall[0], wall[runs / 2], most,
	       WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
