#include "standards/epss/epss.h"

enum { DECIMALS = 9, LINE_MAX_BYTES = 1000 };

static bool wrong(struct ctx *c, const struct epss *e, size_t column, const char *text)
{
	(void)fault(c, E_SYNTAX, "epss", text);
	c->fault.line   = e->line;
	c->fault.column = (long)column;
	return false;
}

static bool line_next(struct epss *e, str *line)
{
	if (!str_cut(&e->rest, '\n', line))
		return false;
	e->line++;
	if (str_ends(*line, S("\r")))
		line->n--;
	return true;
}

/* "2025-02-20T00:00:00+0000", and the offset with a colon. */
static bool date_read(struct ctx *c, str s, time_us *out)
{
	size_t n = s.n;

	if (n > 5 && (s.p[n - 5] == '+' || s.p[n - 5] == '-') && s.p[n - 3] != ':')
		s = STR_CAT(c->arena, str_slice(s, 0, n - 2), S(":"), str_slice(s, n - 2, n));
	return time_parse(s, out);
}

bool epss_open(struct ctx *c, str text, struct epss *out)
{
	str line, cell;

	*out = (struct epss){ .model = STR_NONE, .date = TIME_NONE, .rest = text };
	if (!line_next(out, &line) || !str_starts(line, S("#")))
		return wrong(c, out, 1, N_("The first line must name the model and the date of the scores."));
	line = str_slice(line, 1, line.n);
	while (str_cut(&line, ',', &cell)) {
		if (str_starts(cell, S("model_version:")))
			out->model = str_slice(cell, 14, cell.n);
		else if (str_starts(cell, S("score_date:")) && !date_read(c, str_slice(cell, 11, cell.n), &out->date))
			return wrong(c, out, 1, N_("The date of the scores cannot be read."));
	}
	if (out->model.n == 0 || out->model.n > 100 || !utf8_check(out->model, NULL) || out->date == TIME_NONE)
		return wrong(c, out, 1, N_("The first line must name the model and the date of the scores."));
	if (!line_next(out, &line) || !str_eq(line, S("cve,epss,percentile")))
		return wrong(c, out, 1, N_("The columns must be cve, epss and percentile."));
	return true;
}

static bool cve_form(str s)
{
	if (s.n < 13 || s.n > 28 || !str_starts(s, S("CVE-")) || s.p[8] != '-')
		return false;
	for (size_t i = 4; i < s.n; i++)
		if (i != 8 && (s.p[i] < '0' || s.p[i] > '9'))
			return false;
	return true;
}

/* 0 … 1, at most nine decimals. */
static bool share_read(str s, int64_t *out)
{
	int64_t n = 0;
	size_t  i = 1, decimals = 0;

	if (s.n == 0 || (s.p[0] != '0' && s.p[0] != '1'))
		return false;
	n = s.p[0] - '0';
	if (s.n > 1 && s.p[i++] != '.')
		return false;
	for (; i < s.n; i++, decimals++) {
		if (s.p[i] < '0' || s.p[i] > '9' || decimals == DECIMALS)
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	if (s.n == 2)
		return false;
	for (; decimals < DECIMALS; decimals++)
		n *= 10;
	*out = n;
	return n <= EPSS_SCALE;
}

bool epss_next(struct ctx *c, struct epss *e, struct epss_row *row)
{
	str line = STR_NONE, rest;

	*row = (struct epss_row){ .cve = STR_NONE };
	do {
		if (!line_next(e, &line))
			return true;
	} while (line.n == 0);
	rest = line;
	if (line.n > LINE_MAX_BYTES || !str_cut(&rest, ',', &row->cve) || !cve_form(row->cve))
		return wrong(c, e, 1, N_("A CVE number was expected."));
	if (!str_cut(&rest, ',', &row->probability) || !share_read(row->probability, &row->probability_n))
		return wrong(c, e, row->cve.n + 2, N_("A number from 0 to 1 was expected."));
	row->percentile = rest;
	if (!share_read(row->percentile, &row->percentile_n))
		return wrong(c, e, row->cve.n + row->probability.n + 3, N_("A number from 0 to 1 was expected."));
	return true;
}
