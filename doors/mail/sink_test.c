#include "doors/mail/sink.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"
#include "platform/mail/mail.h"

TEST(a_folder_for_letters_is_made_and_one_that_takes_none_is_told_at_the_start)
{
	char        room[] = "/tmp/psirt-sink-XXXXXX";
	str         folder, letter;
	struct post p;
	struct mail m = { .id = S("a"), .to = S("b@example.org"), .subject = S("C"), .body = S("D"), .lang = S("en") };

	check(mkdtemp(room) != NULL);
	folder = STR_CAT(c->arena, str_of(room), S("/out"));
	check_ok(c, sink_open(c, folder, S(""), S("https://psirt.example.org:8443/x"), &p));
	check_str(p.from, S("no-reply@psirt.example.org"));
	check_ok(c, sink_leave(c, &p, &m));
	letter = STR_CAT(c->arena, folder, S("/a.eml"));
	check(!sink_open(c, letter, S(""), S("https://psirt.example.org"), &p));   /* a file */
	check_fault(c, E_IO, NULL);
	check(!sink_open(c, STR_CAT(c->arena, folder, S("/none/out")), S(""), S("https://psirt.example.org"), &p));
	check_fault(c, E_IO, NULL);
	check(unlink(cstr(c->arena, letter)) == 0 && rmdir(cstr(c->arena, folder)) == 0 && rmdir(room) == 0);
}
