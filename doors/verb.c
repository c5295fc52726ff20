#include "doors/verb.h"

#include "doors/cli/login.h"
#include "doors/demo/demo.h"
#include "doors/keys/keys.h"
#include "doors/serve/serve.h"

static const struct verb_flag init_flags[] = {
	{ "organisation", "NAME", N_("Name of your organisation.") },
	{ "mail", "MAIL", N_("Mail address of the first administrator.") },
	{ "name", "NAME", N_("Their name.") },
	{ "lang", "en|ja", N_("Their language.") },
	{ "zone", "ZONE", N_("Their time zone, such as Asia/Tokyo.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag serve_flags[] = {
	{ "migrate", NULL, N_("Bring the schema up to date first.") },
	{ "demo", NULL, N_("Mark every page as a demo.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag backup_flags[] = {
	{ "replace", NULL, N_("Take the place of a file that exists.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag verify_flags[] = {
	{ "seal-key", "FILE", N_("Key of the seals of the copy; DATA/seal.key unless said.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag restore_flags[] = {
	{ "seal-key", "FILE", N_("Key of the seals, kept apart from the copies; DATA/seal.key when it is there.") },
	{ "replace", NULL, N_("Take the place of a database that is there; the old one is kept beside.") },
	{ "migrate", NULL, N_("Bring the schema of an older copy up to date.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag doctor_flags[] = {
	{ "json", NULL, N_("The findings as JSON.") },
	{ "online", NULL, N_("The running server also asks what is outside: CVE Services, and our files at the public address.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag demo_flags[] = {
	{ "port", "N", N_("Port on the loopback address; 8080 unless said.") },
	{ "data", "DIR", N_("Directory of its database; demo-data unless said.") },
	{ "base-url", "URL", N_("What the browser sees, behind a proxy.") },
	{ "lang", "en|ja", N_("Language of the page to open first.") },
	{ "load", "N", N_("So many more cases, such as 100k, to see it under load.") },
	{ "make", NULL, N_("Play the story and end.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag login_flags[] = {
	{ "mail", "MAIL", N_("Your mail address; asked for unless said.") },
	{ "read", NULL, N_("The token may only read.") },
	{ "days", "N", N_("Days it lasts: 1 to 30; 1 unless said.") },
	{ NULL, NULL, NULL },
};

static const struct verb_flag keys_flags[] = {
	{ "name", "NAME", N_("Whose key it is: the team's name.") },
	{ "mail", "MAIL", N_("Its mail address.") },
	{ "years", "N", N_("How long it is good for; without it, until it is revoked.") },
	{ "for", "ORIGIN", N_("Of keep: the only address that the secret is sent to, such as https://cve.example.org.") },
	{ "to", "FILE", N_("Of hand: the OpenPGP public key that the key is encrypted to.") },
	{ NULL, NULL, NULL },
};

const struct verb verbs[] = {
	{ "init", "", N_("Make the database and the first administrator"), serve_init, init_flags, true, SETUP_STORE },
	{ "serve", "", N_("Run the server: pages, API, what is due"), serve_run, serve_flags, true, SETUP_ALL },
	{ "config", "check FILE | show | default", N_("Check a configuration file, show what is in force, print the defaults"),
	  setup_run, NULL, true, SETUP_ALL },
	{ "migrate", "", N_("Bring the schema of the database up to date"), serve_migrate, NULL, true, SETUP_STORE },
	{ "reindex", "", N_("Make the search find what the records say, while the server runs"), serve_reindex, NULL, true, SETUP_STORE },
	{ "backup", "FILE", N_("Copy the database to a file while it runs"), serve_backup, backup_flags, true, SETUP_STORE },
	{ "restore", "FILE", N_("Put a copy in the place of the database"), serve_restore, restore_flags, true, SETUP_STORE },
	{ "verify", "[FILE]", N_("Check the storage and the audit chains, of the database or of a copy"), serve_verify, verify_flags, true, SETUP_STORE },
	{ "move", "postgresql://…", N_("Copy a house from SQLite into an empty PostgreSQL database, to go on there"), serve_move, NULL, true, SETUP_STORE },
	{ "doctor", "", N_("Look whether all is well, and tell the mend"), doctor_run, doctor_flags, true, SETUP_ALL },
	{ "keys", "new | import FILE | list | export [FINGERPRINT] | keep NAME | forget NAME | hand PERSON", N_("The keys that sign advisories and open encrypted mail, and secrets for services outside"),
	  keys_verb, keys_flags, true, SETUP_STORE },
	{ "login", "", N_("Sign in at a terminal: a token for the command line"), login_verb, login_flags, false, SETUP_STORE },
	{ "logout", "", N_("Give that token back"), logout_verb, NULL, false, SETUP_STORE },
	{ "demo", "", N_("Play and serve a fictional maker on the loopback address"), demo_run, demo_flags, false, SETUP_STORE },
	{ NULL, NULL, NULL, NULL, NULL, false, SETUP_STORE },
};

const struct verb *verb_find(const char *name)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}
