#include "capture/notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

static int manager = -1;

void notify_open(void)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    const char *path = getenv("NOTIFY_SOCKET");
    size_t n = path ? strlen(path) : 0;

    /* standard error is the journal already where the manager set JOURNAL_STREAM */
    if (!getenv("JOURNAL_STREAM"))
        openlog("lmpathd", LOG_PID | LOG_NDELAY, LOG_DAEMON);
    if (n < 2 || n >= sizeof(to.sun_path) || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@') /* the abstract namespace */
        to.sun_path[0] = '\0';
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (manager < 0)
        return;
    if (connect(manager, (struct sockaddr *)&to,
                (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)) < 0) {
        close(manager);
        manager = -1;
    }
}

void notify_say(const char *state)
{
    if (manager >= 0)
        send(manager, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT);
}

uint64_t notify_watchdog_ms(void)
{
    const char *text = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

    if (!text || (pid && strtol(pid, NULL, 10) != (long)getpid()))
        return 0;
    return strtoull(text, NULL, 10) / 1000;
}

void notify_log(const char *line)
{
    fprintf(stderr, "lmpathd: %s\n", line);
    if (!getenv("JOURNAL_STREAM"))
        syslog(LOG_INFO, "%s", line);
}
