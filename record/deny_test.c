#include "record/deny.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"

static const str own[] = { S_INIT("Rei Kanda 神田 玲"), S_INIT("rkanda@aozora-instruments.example"), S_INIT("Aozora Instruments") };

static bool guessed(const char *s)
{
	return deny_guessed(str_of(s), own, 3);
}

TEST(what_is_guessed_first_is_refused)
{
	static const char *const weak[] = {
		"password1234", "Password2026!", "P@ssw0rd1234", "p4$$w0rd!!!!", "passwordpassword", "qwertyuiop123", "1qaz2wsx3edc",
		"asdfghjkl;12", "zxcvbnm,./12", "poiuytrewq99", "123456789012", "111111111111", "abcabcabcabc", "abcdefghijkl",
		"aaaaaaaaaaaaaaaaaaaa", "Summer2026!!", "winter20252026", "letmeinplease", "iloveyou12345", "trustno1trustno1",
		"sakura123456", "arigatou2026", "himitsu!2026", "Nihon20262026", "tanaka198501", "kanrisha1234", "reiwa8reiwa8",
		"administrator", "Admin123Admin", "psirt-psirt-2026", "welcome welcome", "!@#$%^&*()_+", "193847561928",
		"Rei.Kanda.2026", "aozora-instruments1", "AozoraAozora!!", "kanda19850401", "changeme2026", "qwerty123456!",
		"monkey dragon", "daisuki-daisuki", "1q2w3e4r5t6y", "           x", "",
	};

	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++)
		check_str(guessed(weak[i]) ? S("") : str_of(weak[i]), S(""));
}

TEST(what_is_hard_to_guess_is_accepted)
{
	static const char *const good[] = {
		"correct horse battery staple", "a long enough secret lead", "tGk29-vmPq7!", "umi de oyoida kurage", "kestrels over the mill pond",
		"青い鳥は三時に眠る窓辺", "vexing-quartz-bolt", "my cat hums Bach badly", "xkqvzjwmpfyd", "seven damp violins",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		check_str(guessed(good[i]) ? str_of(good[i]) : S(""), S(""));
}

TEST(own_words_count_for_their_owner_alone)
{
	check(guessed("kanda-aozora-1"));
	check(!deny_guessed(S("kanda-aozora-1"), NULL, 0));
}

TEST(hostile_passwords_end)
{
	char *big = arena_must(c->arena, 1, 1024);

	memset(big, 'a', 1024);
	check(deny_guessed((str){ big, 1024 }, own, 3));
	for (size_t i = 0; i < 1024; i++)
		big[i] = (char)(i * 7 + i / 3);
	check(!deny_guessed((str){ big, 1024 }, own, 3));
	check(deny_guessed(STR_NONE, NULL, 0));
	check(deny_guessed(S("\0\0\0\0\0\0\0\0\0\0\0\0"), own, 3));
	check(deny_guessed(S("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), own, 3));
}

TEST(the_operators_file_is_looked_up_by_line)
{
	char  path[] = "/tmp/deny-test-XXXXXX";
	int   fd     = mkstemp(path);
	const char text[] = "correct horse\r\nBattery Staple Nine\n\nlast line without end";

	check(fd >= 0 && write(fd, text, sizeof(text) - 1) == (ssize_t)sizeof(text) - 1);
	close(fd);
	deny_file_set(str_of(path));
	check(deny_listed(c, S("correct horse")));
	check(deny_listed(c, S("battery staple nine")));
	check(deny_listed(c, S("last line without end")));
	check(!deny_listed(c, S("correct")));
	check(!deny_listed(c, S("correct horse battery")));
	unlink(path);
	check(!deny_listed(c, S("correct horse")));
	deny_file_set(S(""));
}
