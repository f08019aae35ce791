"""File locks, so that two `./dev` at once wait for each other instead of fighting.

The kernel drops a lock with the process that held it: a killed run blocks nobody.
"""

import fcntl
from contextlib import contextmanager

from . import paths
from .ui import say


def open_lock(name: str):
    return (paths.LOCKS / f"{name}.lock").open("a")


@contextmanager
def lock(name: str, *, shared: bool = False):
    """Hold the lock `name`; say so when another run makes us wait."""
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with open_lock(name) as handle:
        try:
            fcntl.flock(handle, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"    waiting: another ./dev works on {name}")
            fcntl.flock(handle, mode)
        yield
