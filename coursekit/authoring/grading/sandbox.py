"""Walls around code of others: what Linux has for it, as far as it lets us.

The warm process is in a `coursekit.authoring.bubblewrap`. Inside, each worker shuts itself in with
`enter`: own user, processes, network, messages and mounts, Landlock, and limits. What is refused is
left out and named by `missing`.
"""

import ctypes
import os
import re
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

from coursekit.authoring.bubblewrap import shown

NOBODY = 65534
# Memory of all processes of a submission, which Linux does not count; one may have half of it, for
# the copy of it in which answers are called counts in full too.
MEMORY, FILE, FILES, SECONDS = 4 << 30, 64 << 20, 256, 600
# Where all that a user runs is counted, an instructor may well have more than the first.
PROCESSES, PROCESSES_OF_ALL = 64, 4096
NEW = {"user": 0x10000000, "mount": 0x20000, "pid": 0x20000000, "net": 0x40000000}
NEW |= {"ipc": 0x8000000, "uts": 0x4000000}
READ_ONLY, NO_SUID, NO_DEV, NO_EXEC, RECURSIVE, PRIVATE = 1, 2, 4, 8, 1 << 14, 1 << 18
NO_NEW_PRIVILEGES, DUMPABLE, SUBREAPER, CAPABILITIES = 38, 4, 36, 0x20080522


def _libc():
    return ctypes.CDLL(None, use_errno=True)


def prepared(bubble: bool) -> str:
    """Try which way into own namespaces is open: ``"user"``, ``"root"`` or none, an empty text."""
    if sys.platform != "linux":
        return ""
    for way in ("user", "root"):
        pid = os.fork()
        if not pid:
            with suppress(BaseException):
                _separate(way, None, bubble)
                os._exit(0)
            os._exit(1)
        if os.waitpid(pid, 0)[1] == 0:
            return way
    return ""


def enter(way: str, home: str, bubble: bool) -> None:
    """Shut this process in, for good; its children are in own namespaces."""
    if sys.platform == "linux":
        libc = _libc()
        with suppress(OSError):  # Where memory runs out, Linux ends these processes first.
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="utf-8")
        if way:
            _separate(way, home, bubble)
        libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.capset((ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)())
        _landlock(libc, home, [] if bubble else shown())
        _refuse_hidden_memory(libc)
    _limit(_counted_apart(way))


def missing(way: str, bubble: bool, landlock: bool) -> list[str]:
    """Name what is not shut out."""
    found = [] if bubble else ["names" if landlock else "files"]
    return found if way else [*found, "processes", "network"]


def _drop(libc, bubble):
    """Become nobody, where root started it: root's processes are not counted by any limit.

    Outside a bubblewrap nobody may not be able to read Python itself; there root loses its rights.
    """
    if os.geteuid() == 0 and bubble:
        with suppress(OSError):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            libc.prctl(DUMPABLE, 1, 0, 0, 0)


def _separate(way, home, bubble):
    libc = _libc()
    flags = sum(NEW.values())
    if way == "user":
        _drop(libc, bubble)
        user, group = os.geteuid(), os.getegid()
    else:
        flags -= NEW["user"]
    if libc.unshare(flags):
        raise OSError(ctypes.get_errno(), "unshare")
    if way == "user":
        maps = {"uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}
        for file, text in ({"setgroups": "deny"} | maps).items():
            Path("/proc/self", file).write_text(text, encoding="utf-8")
    _mount(libc, None, "/", None, RECURSIVE | PRIVATE)
    if home is not None:
        own = NO_SUID | NO_DEV
        _mount(libc, "tmpfs", home, "tmpfs", own, "size=100m,nr_inodes=20000,mode=777")
        _mount(libc, "tmpfs", "/proc", "tmpfs", own | READ_ONLY | NO_EXEC)
        os.chdir(home)
    if way == "root":
        _drop(libc, bubble)


def _mount(libc, source, target, kind, flags, data=None):
    parts = [each and each.encode() for each in (source, target, kind)]
    if libc.mount(*parts, ctypes.c_ulong(flags), data and data.encode()):
        raise OSError(ctypes.get_errno(), f"mount {target}")


def adopt() -> None:
    """Become the parent of whatever a worker leaves behind."""
    if sys.platform == "linux":
        _libc().prctl(SUBREAPER, 1, 0, 0, 0)


def sweep() -> None:
    """End all that is left below this process, sessions of their own and all."""
    stopped: set[int] = set()
    for _ in range(200):
        found = _below(os.getpid(), _running())
        # Stopped first: what still runs could start another while the list is worked through.
        for pid in found - stopped or found:
            with suppress(OSError):
                os.kill(pid, signal.SIGSTOP if found - stopped else signal.SIGKILL)
        stopped = found
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.01)


def lighten() -> None:
    """End what a guard below this process watches over once it holds too much memory."""
    running = _running()
    for guard in [pid for pid, (parent, _) in running.items() if parent == os.getpid()]:
        held = _below(guard, running)
        # A fork shares what it has from here until it writes there.
        if sum(max(0, running[pid][1] - running[os.getpid()][1]) for pid in held) > MEMORY:
            for pid in held:
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)


def _running():
    """Find of each process its parent, and the bytes of memory that it holds."""
    found, page = {}, os.sysconf("SC_PAGE_SIZE")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            found[int(stat.parent.name)] = int(rest[1]), int(rest[21]) * page
    return found


def _below(own, running):
    """List the processes that descend from one."""
    found = {own}
    while more := {pid for pid, (parent, _) in running.items() if parent in found} - found:
        found |= more
    return found - {own}


def end_all_of(home: str) -> None:
    """End what has the home of a submission in its environment: all that is known of a stray."""
    import psutil

    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get("HOME") == home:
                process.kill()


def _counted_apart(way):
    """Say whether Linux counts the processes of this namespace alone, as it does since 5.14."""
    release = [int(part) for part in re.findall(r"\d+", os.uname().release)[:2]] if way else []
    return way == "user" and release >= [5, 14]


def _limit(apart):
    with suppress(ImportError):
        import resource

        limits = {"AS": MEMORY // 2, "FSIZE": FILE, "NOFILE": FILES, "CPU": SECONDS, "CORE": 0}
        limits["NPROC"] = PROCESSES if apart else PROCESSES_OF_ALL
        for name, most in limits.items():
            with suppress(ValueError, OSError, AttributeError):
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


# Memory that belongs to no process, so that no limit counts it: shmget, memfd_create, memfd_secret,
# with the number of the machine in front.
HIDDEN = {"x86_64": (0xC000003E, 29, 319, 447), "aarch64": (0xC00000B7, 194, 279, 447)}
FILTER, BY_PROGRAM, ALLOW, REFUSE = 22, 2, 0x7FFF0000, 0x50001
LOAD, IS, AND, RETURN, PLAIN = 0x20, 0x15, 0x54, 0x06, 0xBFFFFFFF


def _refuse_hidden_memory(libc):
    """Let Linux refuse these calls, under whatever number."""
    machine, *calls = HIDDEN.get(os.uname().machine, (0,))
    last = len(calls)
    steps = [(LOAD, 0, 0, 4), (IS, 0, last + 3, machine), (LOAD, 0, 0, 0), (AND, 0, 0, PLAIN)]
    steps += [(IS, last - n, 0, call) for n, call in enumerate(calls)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    if calls:
        said = struct.pack("@HP", len(steps), ctypes.cast(program, ctypes.c_void_p).value)
        libc.prctl(FILTER, BY_PROGRAM, said, 0, 0)


# Numbers of linux/landlock.h; the system calls have the same ones on all machines.
CREATE, ADD, RESTRICT, ASK_VERSION, PATH_BENEATH = 444, 445, 446, 1, 1
EXECUTE, READ, LIST = 1, 4, 8
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
NETWORK, SCOPES = 3, 3


def landlock_version() -> int:
    """Ask how much of Landlock this Linux has; 0 if none."""
    if sys.platform != "linux":
        return 0
    return max(0, _libc().syscall(CREATE, None, ctypes.c_size_t(0), ASK_VERSION))


def _landlock(libc, home, more):
    """Allow to read what is shown and to write into the own folder alone."""
    version = landlock_version()
    if not version:
        return
    rights = RIGHTS[max(known for known in RIGHTS if known <= version)]
    rules = (ctypes.c_uint64 * 3)(rights, NETWORK if version >= 4 else 0, SCOPES * (version >= 6))
    size = ctypes.c_size_t(8 if version < 4 else 16 if version < 6 else 24)
    made = libc.syscall(CREATE, rules, size, 0)
    if made < 0:
        return
    look = EXECUTE | READ | LIST
    places = [(home, rights), ("/dev/null", rights & 0b110 | 1 << 14 & rights)]
    places += [(str(path), look) for path in (more or [Path("/")])]
    places += [("/dev/urandom", READ)]
    for path, allowed in places:
        with suppress(OSError):
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            if not Path(path).is_dir():
                allowed &= EXECUTE | READ | 2 | (1 << 14) | (1 << 15)
            rule = (ctypes.c_char * 12)()
            rule[:8] = allowed.to_bytes(8, sys.byteorder)
            rule[8:] = opened.to_bytes(4, sys.byteorder)
            libc.syscall(ADD, made, PATH_BENEATH, rule, 0)
            os.close(opened)
    libc.syscall(RESTRICT, made, 0)
    os.close(made)
