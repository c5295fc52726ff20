#include "platform/json/schema.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena    memory;   /* lives as long as the process */

static const struct schema *compiled(struct schema_source *s)
{
	const struct schema *out = NULL;
	struct ctx c;
	str        text[SCHEMA_TEXTS];
	size_t     n;
	bool       ok;

	if (!memory.max)
		arena_init(&memory, 256 << 20);
	ctx_init(&c, &memory);
	for (n = 0; n < SCHEMA_TEXTS && s->text[n].begin; n++)
		text[n] = (str){ s->text[n].begin, (size_t)(s->text[n].end - s->text[n].begin) };
	ok = s->strict ? schema_compile_strict(&c, text, n, &out) : schema_compile(&c, text, n, &out);
	if (!ok)
		abort();
	return out;
}

const struct schema *schema_shared(struct schema_source *s)
{
	if (s->ready)
		return s->ready;
	pthread_mutex_lock(&lock);
	if (!s->ready)
		s->ready = compiled(s);
	pthread_mutex_unlock(&lock);
	return s->ready;
}
