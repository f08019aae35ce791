"""Start other programs so that nothing outlives a `./dev` that ended or was killed."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

from . import paths
from .ui import DevError, show_command

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
_FOREIGN = ("PG", "PIP_USER", "ODOO_", "PYTHON", "PYTEST_", "VIRTUAL_ENV", "OPENERP_")


def die_with_parent(signum: int = signal.SIGKILL):
    """A `preexec_fn`: the kernel sends `signum` to the child when we are gone.

    To kill is safe: whatever a child was making is made again, and a database
    survives its clients.
    """
    return lambda: _libc.prctl(PR_SET_PDEATHSIG, signum)


def clean_environment(**extra) -> dict:
    """The user's environment less what would point Python, Odoo or psql elsewhere."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    env.update({"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"})
    env.update({k: str(v) for k, v in extra.items()})
    return env


def popen(
    command: list, *, env=None, cwd=paths.REPO, outlive=False, **options
) -> subprocess.Popen:
    """`outlive` is for apt: to kill dpkg would leave the machine half-configured."""
    return subprocess.Popen(
        [str(part) for part in command],
        env=env or clean_environment(),
        cwd=cwd,
        preexec_fn=None if outlive else die_with_parent(),
        **options,
    )


def call(command: list, *, show: bool = True, **options) -> int:
    """Run in the foreground with the user's terminal; return the exit code."""
    if show:
        show_command(command)
    child = popen(command, **options)
    with stopping(child):
        return child.wait()


def interact(command: list, **options) -> int:
    """Hand the terminal over to an interactive program."""
    if sys.stdin.isatty():
        show_command(command)
    with ignoring_interrupts():
        return popen(command, **options).wait()


def run(command: list, *, show: bool = True, log: Path | None = None, **options) -> str:
    """Run quietly and return the output; a failure shows the end of it."""
    if show:
        show_command(command)
    stdin = subprocess.PIPE if "input" in options else subprocess.DEVNULL
    text = options.pop("input", None)
    child = popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    )
    with stopping(child):
        output = child.communicate(text)[0]
    if log:
        log.write_text(output)
    if child.returncode:
        tail = "\n".join(output.splitlines()[-25:])
        raise DevError(f"{command[0]} ended with {child.returncode}:\n{tail}")
    return output


@contextmanager
def stopping(child: subprocess.Popen):
    """Leave no child behind when we are interrupted: ask it, then insist.

    Ctrl-C reached the child too: it gets some seconds to end by itself.
    """
    try:
        yield
    except KeyboardInterrupt:
        with suppress(subprocess.TimeoutExpired):
            child.wait(8)
        stop(child)
        raise
    except BaseException:
        stop(child)
        raise


def stop(child: subprocess.Popen, seconds: float = 15) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


@contextmanager
def ignoring_interrupts():
    """Ctrl-C belongs to the interactive program in front, not to us.

    A handler that does nothing, since the child would inherit `SIG_IGN`.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def exit_on_signals() -> None:
    """Turn a polite kill into a normal exit, so that every `finally` runs."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda number, frame: sys.exit(128 + number))


def as_root(command: list) -> list:
    if os.geteuid() == 0:
        return command
    if not shutil.which("sudo"):
        line = " ".join(str(part) for part in command)
        raise DevError(f"This needs root and there is no sudo; run as root: {line}")
    return ["sudo", *command]


def account(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise DevError(f"There is no user {name}, which its package makes.") from None
