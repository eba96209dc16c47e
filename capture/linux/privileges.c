#include "capture/privileges.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/*
 * What a recording does: read and write files, sockets and clocks, poll, make threads and wait for
 * them. Not: run programs, look into other processes, mount, load, change users or the system.
 * Names that this machine's architecture doesn't have are passed over.
 */
static const char *const CALLS[] = {
    /* files */
    "access",
    "chmod",
    "close",
    "close_range",
    "dup",
    "dup2",
    "dup3",
    "faccessat",
    "faccessat2",
    "fallocate",
    "fchmod",
    "fchmodat",
    "fcntl",
    "fdatasync",
    "flock",
    "fstat",
    "fstatfs",
    "fsync",
    "ftruncate",
    "getcwd",
    "getdents",
    "getdents64",
    "lseek",
    "lstat",
    "mkdir",
    "mkdirat",
    "newfstatat",
    "open",
    "openat",
    "pread64",
    "pwrite64",
    "read",
    "readlink",
    "readlinkat",
    "readv",
    "rename",
    "renameat",
    "renameat2",
    "rmdir",
    "stat",
    "statfs",
    "statx",
    "sync_file_range",
    "umask",
    "unlink",
    "unlinkat",
    "write",
    "writev",
    /* sockets; a new packet socket takes a capability that is gone */
    "accept",
    "accept4",
    "bind",
    "connect",
    "getpeername",
    "getsockname",
    "getsockopt",
    "ioctl",
    "listen",
    "pipe",
    "pipe2",
    "recvfrom",
    "recvmmsg",
    "recvmsg",
    "sendmmsg",
    "sendmsg",
    "sendto",
    "setsockopt",
    "shutdown",
    "socket",
    "socketpair",
    /* waiting */
    "clock_nanosleep",
    "epoll_create",
    "epoll_create1",
    "epoll_ctl",
    "epoll_pwait",
    "epoll_pwait2",
    "epoll_wait",
    "eventfd",
    "eventfd2",
    "nanosleep",
    "poll",
    "ppoll",
    "pselect6",
    "select",
    "timerfd_create",
    "timerfd_settime",
    /* memory, threads, signals, clocks */
    "brk",
    "clock_getres",
    "clock_gettime",
    "clone",
    "clone3",
    "exit",
    "exit_group",
    "futex",
    "get_robust_list",
    "getegid",
    "geteuid",
    "getgid",
    "getpgrp",
    "getpid",
    "getppid",
    "getrandom",
    "getrlimit",
    "getrusage",
    "gettid",
    "gettimeofday",
    "getuid",
    "kill",
    "madvise",
    "membarrier",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "prctl",
    "prlimit64",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigpending",
    "rt_sigprocmask",
    "rt_sigreturn",
    "rt_sigtimedwait",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
    "sysinfo",
    "tgkill",
    "time",
    "times",
    "uname",
    "wait4",
};

static int drop_capabilities(struct error *err)
{
    cap_t none = cap_init();
    int r = 0;

    if (!none)
        return error_memory(err);
    cap_reset_ambient();
    /* from the bounding set as far as we may: it takes CAP_SETPCAP, which a mere user has not */
    for (cap_value_t c = 0; c < cap_max_bits() && cap_get_bound(c) >= 0; c++)
        cap_drop_bound(c);
    if (cap_set_proc(none) < 0)
        r = error_system(err, errno, "capabilities can't be dropped");
    cap_free(none);
    return r;
}

static int limit_calls(struct error *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int r = filter ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < sizeof(CALLS) / sizeof(CALLS[0]); i++) {
        int call = seccomp_syscall_resolve_name(CALLS[i]);

        if (call != __NR_SCMP_ERROR && call >= 0)
            r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    }
    if (r == 0)
        r = seccomp_load(filter);
    seccomp_release(filter);
    if (r < 0)
        return error_system(err, -r, "system calls can't be limited");
    return 0;
}

int privileges_drop(struct error *err)
{
    const struct rlimit none = { 0, 0 };
    int r = drop_capabilities(err);

    if (r < 0)
        return r;
    /* Rings hold packets that are not cut yet: no core file may keep them, nobody may look in. */
    if (setrlimit(RLIMIT_CORE, &none) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
        return error_system(err, errno, "core files can't be forbidden");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return error_system(err, errno, "new privileges can't be given up");
    return limit_calls(err);
}
