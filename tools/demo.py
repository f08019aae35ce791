"""`./dev demo`: a running Odoo with the addon and its demo school."""

import argparse
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from unicodedata import east_asian_width

from . import database, logcheck, odoo_run, paths, prepare, process
from .cluster import psql
from .locks import lock
from .odoo_run import Runner
from .ui import DevError, Steps, say

DATABASE = "edu_demo"
PERSONAS = "@sunrise.example"


def demo(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    if not options.no_serve:
        _check_port(options.port)  # sooner than after minutes of preparing
    steps = Steps(prepare.STEPS + (1 if options.no_serve else 2))
    with prepare.environment(steps) as (runner, template):
        steps(f"Database {DATABASE}: the addon with its demo school")
        with lock("demo"):
            ensure_database(runner, template)
        if options.no_serve:
            say(f"    {DATABASE} is ready")
            return 0
        steps("Odoo server")
        extra = ["--dev=reload,qweb,xml"] if options.dev else []
        with serving(runner, DATABASE, options.port, *extra) as server:
            say(_welcome(options.port))
            code = _wait(server)
    return code


def update(arguments: list[str]) -> int:
    """Bring edu_demo up to the files of the addon, whatever the stamp says."""
    argparse.ArgumentParser(prog="./dev update").parse_args(arguments)
    steps = Steps(prepare.STEPS + 1)
    with prepare.environment(steps) as (runner, template), lock("demo"):
        steps(f"Update of {DATABASE}")
        ensure_database(runner, template, always=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--no-serve", action="store_true", help="prepare and end")
    parser.add_argument(
        "--dev", action="store_true", help="reload on changes (--dev=reload,qweb,xml)"
    )
    return parser


def ensure_database(runner: Runner, template: str, *, always: bool = False) -> None:
    """Make edu_demo, or upgrade it when the addon changed, or leave it as it is.

    The stamp is `<template> <digest of the addon>`: your data stay as long as the
    template does. A killed upgrade keeps the old stamp and is done again.
    """
    addon = database.tree_digest(paths.ADDON)
    made_from, _, made_with = database.stamp(DATABASE).partition(" ")
    if made_from != template:
        prepare.install(runner, template, DATABASE, demo=True)
        prepare.ensure_bundles(runner, DATABASE)
    elif always or made_with != addon:
        say("    the addon changed: updating")
        log = odoo_run.batch(runner, DATABASE, "-u", paths.MODULE, log="update-demo")
        logcheck.report(log)
    else:
        say("    as it is, nothing changed")
        return
    database.set_stamp(DATABASE, f"{template} {addon}")


@contextmanager
def serving(runner: Runner, database_name: str, port: int, *extra: str):
    """The server on 127.0.0.1, from the moment it answers to the end of the block."""
    _check_port(port)
    command = runner.command(
        "server", "-c", runner.config, "-d", database_name, "--http-port", port, *extra
    )
    odoo_run.show_command(command)
    log = paths.LOGS / "server.log"
    child = process.popen(
        command,
        env=runner.env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is ours to pass on, once
        **odoo_run.PIPED,
    )
    odoo_run.follow(child, log)
    odoo_run.announce_log(log)
    try:
        _wait_until_it_answers(child, port)
        yield child
    finally:
        process.stop(child)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise DevError(
                f"Port {port} is taken: stop what uses it, or ./dev demo --port N."
            ) from None


def _wait_until_it_answers(child: subprocess.Popen, port: int) -> None:
    """The login page is asked for, so that the first visitor does not wait for it."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and child.poll() is None:
        try:
            url = f"http://127.0.0.1:{port}/web/login"
            with urllib.request.urlopen(url, timeout=120):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    log = paths.LOGS / "server.log"
    raise DevError(f"Odoo does not answer:\n{logcheck.tail(log)}")


def _wait(server: subprocess.Popen) -> int:
    try:
        return server.wait()
    except KeyboardInterrupt:
        say("\nstopping Odoo")
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return 0


def logins() -> list[tuple[str, str, str]]:
    """(login, password, name): admin, and the personas of the demo school."""
    sql = (
        "SELECT u.login, p.name FROM res_users u JOIN res_partner p"
        f" ON p.id = u.partner_id WHERE u.active AND u.login LIKE '%{PERSONAS}'"
        " ORDER BY u.id"
    )
    rows = [row.split("|", 1) for row in psql(DATABASE, sql).splitlines() if row]
    personas = [(login, login.removesuffix(PERSONAS), name) for login, name in rows]
    return [("admin", "admin", "Administrator"), *personas]


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)


def _welcome(port: int) -> str:
    table = [("login", "password", "who"), *logins()]
    rows = [f"{login:<28} {password:<14} {name}" for login, password, name in table]
    address = f"http://localhost:{port}"
    lines = ["", f"Odoo runs at {address}", "", *rows, "", "Ctrl-C stops it.", ""]
    width = max(_width(line) for line in lines) + 4
    border = "─" * width
    body = "\n".join(f"│  {line}{' ' * (width - 2 - _width(line))}│" for line in lines)
    return f"┌{border}┐\n{body}\n└{border}┘"
