#define BASE_OS /* maps the operator's file */
#include "record/deny.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

/*
 * A password is cut into pieces from the left, the longest known piece first.  What a
 * guesser has to try for each piece is told in half points: a word of the list 4, something
 * nearer (own word, walk, year, repetition) 2, a letter or sign 2, a digit 1.
 */
enum { ENOUGH = 16, WORD = 4, NEAR = 2, LETTER = 2, DIGIT = 1, TEXT_MAX = 256, PIECES_MAX = 64, WALK_MIN = 4, OWN_MIN = 3 };

static const char *const words[] = {
	/* what people type when a program asks for a password */
	"password", "passwort", "passphrase", "passcode", "pass", "secret", "secure", "security", "access", "login", "logon",
	"signin", "admin", "administrator", "root", "user", "guest", "test", "testing", "tester", "temp", "temporary", "default",
	"changeme", "change", "letmein", "welcome", "hello", "trustno", "master", "superman", "batman", "dragon", "monkey",
	"shadow", "sunshine", "princess", "flower", "iloveyou", "lovely", "love", "baby", "angel", "freedom", "whatever",
	"qazwsx", "starwars", "pokemon", "naruto", "football", "baseball", "soccer", "hockey", "basketball", "tennis",
	"michael", "jordan", "jennifer", "jessica", "charlie", "thomas", "robert", "daniel", "george", "andrew", "hunter",
	"summer", "winter", "spring", "autumn", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
	"computer", "internet", "server", "system", "network", "database", "google", "windows", "linux", "ubuntu", "debian",
	"microsoft", "oracle", "cisco", "company", "office", "business", "money", "silver", "golden", "diamond", "orange",
	"banana", "apple", "cheese", "coffee", "cookie", "pepper", "ginger", "chocolate", "purple", "yellow", "green",
	"black", "white", "blue", "killer", "ninja", "samurai", "tiger", "eagle", "falcon", "phoenix", "mustang", "ferrari",
	"please", "thanks", "thankyou", "goodbye", "forever", "family", "mother", "father", "brother", "sister", "friend",
	"abcd", "abc", "asdf", "zxcv", "qwer", "qwerty", "azerty", "qwertz", "aaaa", "work", "home", "japan", "tokyo", "osaka",
	/* of our own trade */
	"psirt", "csirt", "cert", "incident", "vulnerability", "exploit", "hacker", "hacking", "cyber", "advisory", "product",
	/* the same in romanised Japanese */
	"sakura", "himawari", "tanpopo", "momiji", "arigatou", "arigato", "konnichiwa", "konnitiwa", "ohayou", "sayonara",
	"aishiteru", "aisiteru", "daisuki", "suki", "kawaii", "nihon", "nippon", "toukyou", "kyoto", "kyouto", "oosaka", "nagoya",
	"hokkaido", "hokkaidou", "yokohama", "fukuoka", "fujisan", "anpanman", "doraemon", "pikachu", "totoro", "kitty",
	"takahashi", "tanaka", "suzuki", "watanabe", "yamamoto", "nakamura", "kobayashi", "satou", "sato", "ito", "itou", "kato",
	"katou", "yoshida", "yamada", "sasaki", "yamaguchi", "matsumoto", "inoue", "kimura", "hayashi", "shimizu",
	"hiroshi", "takashi", "kenji", "yuki", "yuuki", "haruka", "ayumi", "misaki", "natsumi", "tomoko", "keiko", "yoko",
	"hana", "neko", "inu", "usagi", "sora", "umi", "yama", "kaze", "hikari", "hoshi", "tsuki", "taiyou", "yume", "kokoro",
	"mirai", "heiwa", "kazoku", "tomodachi", "sensei", "gakusei", "kaisha", "shachou", "bucho", "himitsu", "angou", "ango",
	"pasuwado", "pasuwaado", "kanri", "kanrisha", "kanrisya", "shoki", "syoki", "reiwa", "heisei", "showa", "shouwa",
	"haru", "natsu", "aki", "fuyu", "yakyu", "yakyuu", "hanshin", "tigers", "giants", "arashi", "nihongo", "ramen", "sushi",
};

/* Rows and columns of keyboards, the alphabet, the digits; read in both directions. */
static const char *const walks[] = {
	"1234567890-=", "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
	"qwertzuiop", "azertyuiop", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p",
	"qazwsxedcrfvtgbyhnujmikolp", "qwaszxerdfcvtyghbnuiopjklm", "!@#$%^&*()_+", "!\"#$%&'()=~|", "aiueo", "kakikukeko", "sasisuseso", "147258369", "159357", "789456123",
};

struct text { char p[TEXT_MAX]; size_t n; };

static char lower(char x)
{
	return x >= 'A' && x <= 'Z' ? (char)(x + 32) : x;
}

/* Letters for their look-alikes: p4$$w0rd. */
static char alike(char x)
{
	static const char from[] = "0134578@$!|+", to[] = "oieastbasilt";
	const char       *at     = memchr(from, x, sizeof(from) - 1);

	return at ? to[at - from] : x;
}

static struct text fold(str s, char (*by)(char))
{
	struct text t = { .n = s.n < TEXT_MAX ? s.n : TEXT_MAX };

	for (size_t i = 0; i < t.n; i++)
		t.p[i] = by(lower(s.p[i]));
	return t;
}

static char same(char x)
{
	return x;
}

static bool starts(const char *p, size_t n, const char *piece, size_t k)
{
	return k <= n && memcmp(p, piece, k) == 0;
}

static bool is_digit(char x)
{
	return x >= '0' && x <= '9';
}

static bool is_letter(char x)
{
	return (x >= 'a' && x <= 'z') || (unsigned char)x >= 0x80;
}

/* The longest start of p that lies on a walk, forwards or backwards. */
static size_t walk_length(const char *p, size_t n)
{
	size_t best = 0;

	for (size_t w = 0; w < sizeof(walks) / sizeof(walks[0]); w++) {
		size_t len = strlen(walks[w]);
		for (size_t at = 0; at < len; at++) {
			size_t on = 0, back = 0;
			while (on < n && at + on < len && p[on] == walks[w][at + on])
				on++;
			while (back < n && back <= at && p[back] == walks[w][at - back])
				back++;
			best = on > best ? on : best;
			best = back > best ? back : best;
		}
	}
	return best >= WALK_MIN || (best == 3 && is_digit(p[0])) ? best : 0;
}

static size_t repeat_length(const char *p, size_t n)
{
	size_t k = 1;

	while (k < n && p[k] == p[0])
		k++;
	return k >= 3 ? k : 0;
}

static size_t year_length(const char *p, size_t n)
{
	bool century = starts(p, n, "19", 2) || starts(p, n, "20", 2);

	return century && n >= 4 && is_digit(p[2]) && is_digit(p[3]) ? 4 : 0;
}

static size_t word_length(const char *p, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t k = strlen(words[i]);
		if (k > best && starts(p, n, words[i], k))
			best = k;
	}
	return best;
}

/* The longest of the person's own words that p begins with. */
static size_t own_length(const char *p, size_t n, const str *own, size_t own_n)
{
	size_t best = 0;

	for (size_t i = 0; i < own_n; i++) {
		struct text t = fold(own[i], same);
		for (size_t from = 0, to; from < t.n; from = to + 1) {
			for (to = from; to < t.n && (is_letter(t.p[to]) || is_digit(t.p[to])); to++)
				;
			if (to - from >= OWN_MIN && to - from > best && starts(p, n, t.p + from, to - from))
				best = to - from;
		}
	}
	return best;
}

struct piece { size_t n; int cost; };

static struct piece piece_at(const struct text *plain, const struct text *folded, size_t at, const str *own, size_t own_n)
{
	const char *p = plain->p + at, *q = folded->p + at;
	size_t      n = plain->n - at, own_p = own_length(p, n, own, own_n), own_q = own_length(q, n, own, own_n);
	size_t      word_p = word_length(p, n), word_q = word_length(q, n);
	struct piece best = { 1, is_digit(*p) ? DIGIT : LETTER };
	const struct piece known[] = {
		{ own_p > own_q ? own_p : own_q, NEAR }, { walk_length(p, n), NEAR }, { repeat_length(p, n), NEAR },
		{ year_length(p, n), NEAR }, { word_p > word_q ? word_p : word_q, WORD },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].n > best.n)
			best = known[i];
	return best;
}

/* The shortest text of which it is a repetition: "abcabcabc" is "abc". */
static size_t period(const struct text *t)
{
	for (size_t k = 1; k <= t->n / 2; k++)
		if (memcmp(t->p, t->p + k, t->n - k) == 0)
			return k;
	return t->n;
}

bool deny_guessed(str password, const str *own, size_t n)
{
	struct text plain = fold(password, same), folded = fold(password, alike);
	size_t      seen[PIECES_MAX], spans[PIECES_MAX], pieces = 0;
	int         cost = 0;

	plain.n = folded.n = period(&plain);
	for (size_t at = 0; at < plain.n && cost < ENOUGH;) {
		struct piece x = piece_at(&plain, &folded, at, own, n);
		bool         again = false;
		for (size_t i = 0; i < pieces && x.n > 1; i++)
			again = again || (spans[i] == x.n && memcmp(plain.p + seen[i], plain.p + at, x.n) == 0);
		if (x.n > 1 && pieces < PIECES_MAX) {
			seen[pieces]    = at;
			spans[pieces++] = x.n;
		}
		if (!again && plain.p[at] != ' ')
			cost += x.cost;
		at += x.n;
	}
	return cost < ENOUGH;
}

/* ---- the operator's file ---- */

static char file_path[4096];

void deny_file_set(str path)
{
	if (path.n < sizeof(file_path)) {
		memcpy(file_path, path.p, path.n);
		file_path[path.n] = 0;
	}
}

static bool line_is(const char *p, size_t n, str s)
{
	if (n && p[n - 1] == '\r')
		n--;
	for (size_t i = 0; n == s.n && i < n; i++)
		if (lower(p[i]) != lower(s.p[i]))
			return false;
	return n == s.n;
}

static bool search(const char *p, size_t n, str s)
{
	while (n) {
		const char *end = memchr(p, '\n', n);
		size_t      len = end ? (size_t)(end - p) : n;
		if (line_is(p, len, s))
			return true;
		if (!end)
			return false;
		p += len + 1;
		n -= len + 1;
	}
	return false;
}

bool deny_listed(UNUSED struct ctx *c, str password)
{
	struct stat st;
	int         fd    = file_path[0] ? open(file_path, O_RDONLY | O_CLOEXEC) : -1;
	bool        found = false;
	void       *all;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		all = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (all != MAP_FAILED) {
			found = search(all, (size_t)st.st_size, password);
			munmap(all, (size_t)st.st_size);
		}
	}
	close(fd);
	return found;
}
