#define BASE_OS /* reads the program's own file */
#include "doors/serve/build.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <unistd.h>

enum { DIGITS = 12, PIECE = 1 << 16 };

const char *program_build(void)
{
	static char   text[DIGITS + 1];
	static char   room[PIECE];
	unsigned char out[32];
	ssize_t       got;
	EVP_MD_CTX   *md;
	int           fd;

	if (text[0])
		return text;
	fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return "unknown";
	md = EVP_MD_CTX_new();
	EVP_DigestInit_ex(md, EVP_sha256(), NULL);
	while ((got = read(fd, room, sizeof(room))) > 0)
		EVP_DigestUpdate(md, room, (size_t)got);
	EVP_DigestFinal_ex(md, out, NULL);
	EVP_MD_CTX_free(md);
	close(fd);
	for (int i = 0; i < DIGITS; i++)
		text[i] = "0123456789abcdef"[out[i / 2] >> (i % 2 ? 0 : 4) & 15];
	return text;
}
