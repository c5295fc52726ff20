#include "platform/cage/parcel.h"

void parcel_int(struct buf *b, int64_t v)
{
	buf_add(b, (str){ (const char *)&v, sizeof(v) });
}

void parcel_str(struct buf *b, str s)
{
	parcel_int(b, (int64_t)s.n);
	buf_add(b, s);
}

bool parcel_take_int(str *rest, int64_t *v)
{
	if (rest->n < sizeof(*v))
		return false;
	memcpy(v, rest->p, sizeof(*v));
	*rest = str_slice(*rest, sizeof(*v), rest->n);
	return true;
}

bool parcel_take_str(str *rest, str *out)
{
	int64_t n;

	if (!parcel_take_int(rest, &n) || n < 0 || (uint64_t)n > rest->n)
		return false;
	*out  = str_slice(*rest, 0, (size_t)n);
	*rest = str_slice(*rest, (size_t)n, rest->n);
	return true;
}
