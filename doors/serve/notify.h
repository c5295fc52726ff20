#ifndef DOORS_NOTIFY_H
#define DOORS_NOTIFY_H

/*
 * To the service manager that started the server, in the form of sd_notify(3):
 * "READY=1".  Without NOTIFY_SOCKET in the environment nobody asked, and nothing is said.
 */

void notify_say(const char *state);

#endif
