"""Owns the PostgreSQL server and stops it when no `./dev` uses it any more.

A process of its own, because the server is shared: the run that needed it first may be
the first to end. Its lock is the only thing it waits for; the kernel frees a user's
share of that lock even when the user was killed.
"""

import fcntl
import signal
import subprocess
import threading

from . import apt, cluster
from .locks import open_lock
from .process import clean_environment, die_with_parent


def main() -> None:
    with open_lock("cluster-keeper") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_EX)  # an earlier keeper may still be stopping
        folder = cluster.folder()
        server = subprocess.Popen(
            [apt.postgresql_bin() / "postgres", "-D", folder / "data",
             "-k", folder / "socket"],
            cwd="/",
            env=clean_environment(),
            preexec_fn=die_with_parent(signal.SIGINT),
            **cluster.owner(),
        )  # fmt: skip
        threading.Thread(target=_stop_when_unused, args=(server,), daemon=True).start()
        server.wait()


def _stop_when_unused(server: subprocess.Popen) -> None:
    with open_lock(cluster.USERS_LOCK) as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        server.send_signal(signal.SIGINT)  # "fast": drop the clients, write, end
        server.wait()


if __name__ == "__main__":
    main()
