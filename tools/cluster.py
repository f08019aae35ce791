"""The private PostgreSQL: a socket in the state folder, no port, nothing global.

Every `./dev` that needs it holds a shared lock. The keeper process (`keeper.py`) owns
the server and waits for the exclusive lock: it gets it when the last user has ended,
however that ended, and then stops the server.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from . import apt, paths
from .locks import lock
from .process import account, clean_environment, run
from .ui import DevError

ROLE = "odoo"  # Odoo refuses to work as `postgres`
USERS_LOCK = "cluster-users"
# A cluster that can be made again in two minutes need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "max_connections": "100",
    "max_locks_per_transaction": "256",
    "jit": "off",
}


def folder() -> Path:
    """One cluster per major version: another server cannot read it."""
    return paths.HOME / f"cluster-{apt.postgresql_bin().parent.name}"


def socket_folder() -> Path:
    return folder() / "socket"


@contextmanager
def running():
    """The server, for as long as the block lasts."""
    apt.ensure(apt.POSTGRESQL)
    _check_socket_length()
    with lock(USERS_LOCK, shared=True):
        with lock("cluster-start"):
            if not _answers():
                _create()
                _start()
        yield


def psql(database: str, sql: str) -> str:
    """Run SQL and return its rows, columns parted by `|`."""
    command = [apt.postgresql_bin() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
    env = clean_environment(**connection())
    return run([*command, "-d", database, "-f", "-"], env=env, input=sql, show=False)


def connection() -> dict:
    """libpq's variables, for psql and for scripts."""
    return {"PGHOST": socket_folder(), "PGPORT": "5432", "PGUSER": ROLE}


def owner() -> dict:
    """`subprocess` options to become the cluster's user: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    entry = account("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _check_socket_length() -> None:
    longest = socket_folder() / ".s.PGSQL.5432.lock"
    if len(str(longest)) > 100:
        raise DevError(
            f"{paths.HOME} is too long for a PostgreSQL socket:"
            " set EDU_DEV_HOME to a shorter folder."
        )


def _answers() -> bool:
    command = [apt.postgresql_bin() / "pg_isready", "-q"]
    return (
        subprocess.run(command, env=clean_environment(**connection())).returncode == 0
    )


def _create() -> None:
    """Make the cluster under a temporary name; its right name means it is complete."""
    if folder().exists():
        return
    work = folder().with_name(f"{folder().name}-new")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    if os.geteuid() == 0:
        entry = account("postgres")
        os.chown(work, entry.pw_uid, entry.pw_gid)
    _check_reachable(work)
    initdb = [apt.postgresql_bin() / "initdb", "-D", work / "data", "-A", "trust"]
    options = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    run([*initdb, *options], cwd="/", **owner())
    run(["mkdir", "-m", "700", work / "socket"], show=False, cwd="/", **owner())
    lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
    with (work / "data/postgresql.conf").open("a") as conf:
        conf.write("\n".join([*lines, ""]))
    single = [apt.postgresql_bin() / "postgres", "--single", "-D", work / "data"]
    run(
        [*single, "postgres"],
        input=f"CREATE ROLE {ROLE} LOGIN CREATEDB\n",
        show=False,
        cwd="/",
        **owner(),
    )
    work.rename(folder())


def _check_reachable(work: Path) -> None:
    """Root's state folder must let the postgres user through."""
    test = subprocess.run(["test", "-w", str(work)], cwd="/", **owner())
    if test.returncode:
        raise DevError(
            f"The user postgres cannot enter {work}: set EDU_DEV_HOME to a folder that"
            " others may pass (not under /root)."
        )


def _start() -> None:
    """Start the keeper in its own session and wait until the server answers."""
    log = paths.LOGS / "postgresql.log"
    keeper = subprocess.Popen(
        [sys.executable, "-B", "-m", "tools.keeper"],
        cwd=paths.REPO,
        env=clean_environment(EDU_DEV_HOME=paths.HOME),
        stdin=subprocess.DEVNULL,
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not _answers():
        if keeper.poll() is not None or time.monotonic() > deadline:
            tail = "\n".join(log.read_text().splitlines()[-10:])
            raise DevError(
                f"PostgreSQL does not start ({log}):\n{tail}\n"
                "If its files are damaged, ./dev reset --all makes new ones."
            )
        time.sleep(0.1)
