"""What the user sees: numbered steps with the seconds gone, and the commands run."""

import os
import shlex
import sys
import time
from pathlib import Path

from . import paths


class DevError(Exception):
    """Something the user has to know or do; printed as one sentence, no traceback."""


class Steps:
    """Numbered steps of one verb: `[3/7  12 s] Python packages`."""

    def __init__(self, total: int):
        self.total = total
        self.done = 0
        self.start = time.monotonic()

    def __call__(self, title: str) -> None:
        self.done += 1
        say(f"[{self.done}/{self.total} {self.elapsed:4.0f} s] {title}")

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.start


def say(text: str = "") -> None:
    print(text, flush=True)


def show_command(command: list) -> None:
    """Print a command as one would type it, with the long folders shortened."""
    text = shlex.join(str(part) for part in command)
    text = text.replace(str(paths.HOME), "$EDU_DEV_HOME")
    text = text.replace(f"{paths.REPO}/", "").replace(str(Path.home()), "~")
    say(f"    $ {text if len(text) < 160 else text[:157] + '...'}")


class Ticker:
    """A line that moves on a terminal, and comes every ten seconds in a log."""

    def __init__(self):
        self.tty = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.last = time.monotonic()
        self.dirty = False

    def __call__(self, text: str) -> None:
        if self.tty:
            sys.stdout.write(f"\r    {text[:90]:<90}")
            sys.stdout.flush()
            self.dirty = True
        elif time.monotonic() - self.last >= 10:
            self.last = time.monotonic()
            say(f"    {text}")

    def close(self) -> None:
        if self.dirty:
            sys.stdout.write("\r" + " " * 94 + "\r")
            self.dirty = False
