#include "platform/cage/wall.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- Landlock, in the terms of ABI 7, whatever the headers know ---- */

#define FS_EXECUTE     (1ull << 0)
#define FS_WRITE_FILE  (1ull << 1)
#define FS_READ_FILE   (1ull << 2)
#define FS_READ_DIR    (1ull << 3)
#define FS_MAKE        (0x1FF0ull)      /* remove and make anything: bits 4 … 12 */
#define FS_REFER       (1ull << 13)     /* ABI 2 */
#define FS_TRUNCATE    (1ull << 14)     /* ABI 3 */
#define FS_IOCTL_DEV   (1ull << 15)     /* ABI 5 */
#define FS_OF_FILES    (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE)
#define NET_BIND       (1ull << 0)      /* ABI 4 */
#define NET_CONNECT    (1ull << 1)
#define SCOPE_ALL      3ull             /* ABI 6: abstract sockets, signals */
#define FS_DEVICES     ((1ull << 6) | (1ull << 11))

enum { RULE_PATH = 1, RULE_PORT = 2, PLACE_OF_PID = 0x7e57c0de };

struct ruleset { uint64_t files, net, scoped; };
struct rule_path { uint64_t allowed; int32_t fd; } __attribute__((packed));
struct rule_port { uint64_t allowed, port; };

int wall_landlock(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);

	return abi > 0 ? (int)abi : 0;
}

static struct ruleset known(int abi)
{
	struct ruleset r = { .files = 0x1FFF };

	if (abi >= 2)
		r.files |= FS_REFER;
	if (abi >= 3)
		r.files |= FS_TRUNCATE;
	if (abi >= 4)
		r.net = NET_BIND | NET_CONNECT;
	if (abi >= 5)
		r.files |= FS_IOCTL_DEV;
	if (abi >= 6)
		r.scoped = SCOPE_ALL;
	return r;
}

static uint64_t rights_of(unsigned rights, bool folder)
{
	uint64_t out = 0;

	if (rights & WALL_READ)
		out |= FS_READ_FILE | FS_READ_DIR;
	if (rights & WALL_WRITE)
		out |= FS_WRITE_FILE | FS_TRUNCATE;
	if (rights & WALL_MAKE)
		out |= (FS_MAKE & ~FS_DEVICES) | FS_REFER;
	if (rights & WALL_RUN)
		out |= FS_EXECUTE;
	return folder ? out : out & FS_OF_FILES;
}

static bool path_add(int set, const struct ruleset *r, const struct wall_path *p)
{
	struct rule_path rule = { .fd = open(p->path, O_PATH | O_CLOEXEC) };
	struct stat      st;
	bool             ok = rule.fd >= 0 && fstat(rule.fd, &st) == 0;

	if (!ok)
		return errno == ENOENT || errno == EACCES;
	rule.allowed = rights_of(p->rights, S_ISDIR(st.st_mode)) & r->files;
	ok = rule.allowed == 0 || syscall(SYS_landlock_add_rule, set, RULE_PATH, &rule, 0) == 0;
	close(rule.fd);
	return ok;
}

static bool ports_add(int set, uint64_t right, const struct ruleset *r, const int *ports, size_t n)
{
	for (size_t i = 0; (r->net & right) && i < n; i++) {
		struct rule_port port = { right, (uint64_t)ports[i] };
		if (syscall(SYS_landlock_add_rule, set, RULE_PORT, &port, 0) != 0)
			return false;
	}
	return true;
}

static bool landlock_raise(const struct wall *w, int abi)
{
	struct ruleset r    = known(abi);
	size_t         size = abi >= 6 ? sizeof(r) : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
	int            set;
	bool           ok;

	if (w->connects)
		r.net &= ~NET_CONNECT;
	set = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
	ok  = set >= 0;
	for (size_t i = 0; ok && i < w->paths_n; i++)
		ok = path_add(set, &r, &w->paths[i]);
	ok = ok && ports_add(set, NET_CONNECT, &r, w->ports, w->ports_n) && ports_add(set, NET_BIND, &r, w->binds, w->binds_n);
	ok = ok && syscall(SYS_landlock_restrict_self, set, 0) == 0;
	if (set >= 0)
		close(set);
	return ok;
}

/* ---- seccomp ---- */

/* What no door needs. */
static const char *const dangerous[] = {
	"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp",
	"mount", "umount2", "mount_setattr", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick",
	"pivot_root", "chroot", "unshare", "setns", "init_module", "finit_module", "delete_module", "kexec_load",
	"kexec_file_load", "reboot", "swapon", "swapoff", "bpf", "perf_event_open", "userfaultfd", "add_key",
	"request_key", "keyctl", "io_uring_setup", "io_uring_enter", "io_uring_register", "personality",
	"name_to_handle_at", "open_by_handle_at", "quotactl", "quotactl_fd", "acct", "settimeofday", "clock_settime",
	"clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "modify_ldt", "syslog", "vhangup",
	"lookup_dcookie", "nfsservctl", "uselib", "ustat", "sysfs", "_sysctl", "mknod", "mknodat", "setuid", "setgid",
	"setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset", "memfd_secret",
	"fanotify_init", "mbind", "set_mempolicy", "move_pages", "migrate_pages", "vmsplice", "remap_file_pages",
};
static const char *const opening[] = { "open", "openat", "openat2", "creat", "truncate", "unlink", "unlinkat", "rename",
	"renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "rmdir", "chmod", "fchmodat",
	"chown", "lchown", "fchownat", "chdir", "fchdir", "inotify_init1" };
static const char *const running[] = { "execve", "execveat" };
static const char *const calling[] = { "socket", "connect", "bind", "listen", "accept", "accept4" };

/* For readers: memory, their descriptors, the clock, the end. */
static const char *const plain[] = {
	"read", "readv", "pread64", "write", "writev", "lseek", "close", "fstat", "recvfrom", "recvmsg", "sendto", "sendmsg",
	"poll", "ppoll", "munmap", "mremap", "brk", "madvise", "exit", "exit_group", "rt_sigreturn", "rt_sigaction",
	"rt_sigprocmask", "sigaltstack", "clock_gettime", "gettimeofday", "time", "getrandom", "futex", "getpid", "gettid",
	"sched_yield", "restart_syscall",
};
/* Innocent questions that libraries ask; the answer is no. */
static const char *const asked[] = { "open", "openat", "stat", "lstat", "newfstatat", "statx", "access", "faccessat",
	"faccessat2", "readlink", "readlinkat", "ioctl", "fcntl", "uname", "getcwd", "getrlimit", "prlimit64", "sysinfo",
	"sched_getaffinity", "prctl", "getuid", "geteuid", "getgid", "getegid", "rseq", "set_robust_list", "membarrier" };

static bool rule(scmp_filter_ctx f, uint32_t action, const char *name)
{
	int call = seccomp_syscall_resolve_name(name);

	/* A call that this library or machine does not know cannot be made by its name. */
	return call == __NR_SCMP_ERROR || seccomp_rule_add(f, action, call, 0) == 0;
}

static bool rules(scmp_filter_ctx f, uint32_t action, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!rule(f, action, names[i]))
			return false;
	return true;
}
#define RULES(f, action, names) rules((f), (action), (names), sizeof(names) / sizeof((names)[0]))

/* New user namespaces, and sockets of a family that is not given. */
static bool rules_arguments(scmp_filter_ctx f, const struct wall *w)
{
	struct scmp_arg_cmp space = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER);
	struct scmp_arg_cmp kinds[] = { SCMP_A0(SCMP_CMP_EQ, AF_NETLINK), SCMP_A0(SCMP_CMP_EQ, AF_INET),
		SCMP_A0(SCMP_CMP_EQ, AF_INET6) };
	struct scmp_arg_cmp above = SCMP_A0(SCMP_CMP_GT, AF_NETLINK);

	if (seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &space) != 0)
		return false;
	if (!w->sockets)
		return true;
	if (seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1, &above) != 0)
		return false;
	for (size_t i = 0; i < 3 && !w->inet; i++)
		if (seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1, &kinds[i]) != 0)
			return false;
	return true;
}

static bool refuse(const struct wall *w)
{
	scmp_filter_ctx f  = seccomp_init(SCMP_ACT_ALLOW);
	bool            ok = f && RULES(f, SCMP_ACT_ERRNO(EPERM), dangerous) && rules_arguments(f, w);

	ok = ok && (w->runs || RULES(f, SCMP_ACT_ERRNO(EPERM), running));
	ok = ok && (w->opens || RULES(f, SCMP_ACT_ERRNO(EACCES), opening));
	ok = ok && (w->sockets || RULES(f, SCMP_ACT_ERRNO(EACCES), calling));
	ok = ok && seccomp_load(f) == 0;
	if (f)
		seccomp_release(f);
	return ok;
}

bool wall_raise(struct ctx *c, const struct wall *w, struct wall_state *s)
{
	int abi = wall_landlock();

	*s = (struct wall_state){ 0 };
	if (w->landlock_most && w->landlock_most < abi)
		abi = w->landlock_most;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fault(c, E_STATE, NULL, N_("The kernel does not let this process confine itself."));
	if (abi > 0 && landlock_raise(w, abi))
		s->landlock = abi;
	s->seccomp = refuse(w);
	return (s->seccomp && (abi <= 0 || s->landlock)) || fault(c, E_STATE, NULL, N_("The kernel does not let this process confine itself."));
}

/* ---- the filter of readers ---- */

static bool reader_rules(scmp_filter_ctx f)
{
	struct scmp_arg_cmp no_code[] = { SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0) };
	struct scmp_arg_cmp code[]    = { SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC) };
	struct scmp_arg_cmp myself[]  = { SCMP_A0(SCMP_CMP_EQ, PLACE_OF_PID) };

	return RULES(f, SCMP_ACT_ALLOW, plain) && RULES(f, SCMP_ACT_ERRNO(EACCES), asked) &&
	       seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0 &&
	       seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0 &&
	       seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mmap), 1, code) == 0 &&
	       seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(mprotect), 1, code) == 0 &&
	       seccomp_rule_add_array(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, myself) == 0;
}

static bool exported(struct ctx *c, scmp_filter_ctx f, struct wall_filter *out)
{
	int         fd = memfd_create("filter", MFD_CLOEXEC);
	struct stat st;
	bool        ok = fd >= 0 && seccomp_export_bpf(f, fd) == 0 && fstat(fd, &st) == 0 && st.st_size > 0;

	if (ok) {
		out->program.len    = (unsigned short)((size_t)st.st_size / sizeof(struct sock_filter));
		out->program.filter = NEWS(c->arena, struct sock_filter, out->program.len);
		ok = pread(fd, out->program.filter, (size_t)st.st_size, 0) == st.st_size;
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

bool wall_filter_make(struct ctx *c, struct wall_filter *out)
{
	scmp_filter_ctx f  = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool            ok = f && reader_rules(f) && exported(c, f, out);

	if (f)
		seccomp_release(f);
	return ok || fault(c, E_STATE, NULL, N_("The kernel does not let this process confine itself."));
}

bool wall_filter_raise(struct wall_filter *f)
{
	for (size_t i = 0; i < f->program.len; i++)
		if (f->program.filter[i].k == PLACE_OF_PID)
			f->program.filter[i].k = (uint32_t)getpid();
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &f->program, 0, 0) == 0;
}
