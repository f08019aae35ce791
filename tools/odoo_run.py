"""Run Odoo's own command line: configuration, progress, and the log it leaves."""

import ast
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from . import cluster, logcheck, odoo_source, paths, venv
from .database import digest
from .odoo_source import Odoo
from .process import clean_environment, popen, stopping
from .ui import DevError, Ticker, say, show_command

LANGUAGE = "zh_CN"
PIPED = {
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
    "text": True,
    "errors": "replace",
}
LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")


@dataclass(frozen=True)
class Runner:
    """Odoo, its Python and its configuration file."""

    odoo: Odoo
    bin: Path
    config: Path

    @property
    def env(self) -> dict:
        return clean_environment(PYTHONPATH=self.odoo.home, **cluster.connection())

    def command(self, *arguments: object) -> list:
        """`odoo server …`; other commands of Odoo name themselves first."""
        return [self.bin / "python", "-m", "odoo", *arguments]


def ensure() -> Runner:
    """Needs a running cluster. Odoo and Python are made before, by the verb's steps."""
    odoo = odoo_source.ensure()
    return Runner(odoo, venv.ensure(venv.RUNTIME), write_config(odoo))


def write_config(odoo: Odoo) -> Path:
    """One file per checkout, rewritten each time: it follows the checkout."""
    addons = [*odoo.addons_paths, paths.REPO]
    options = {
        "addons_path": ",".join(str(folder) for folder in addons),
        "data_dir": paths.DATA,
        "db_host": cluster.socket_folder(),
        "db_port": "5432",
        "db_user": cluster.ROLE,
        "http_interface": "127.0.0.1",
        "list_db": "False",
        "max_cron_threads": "1",
        "limit_time_real": "1200",
    }
    text = "".join(f"{name} = {value}\n" for name, value in options.items())
    file = paths.HOME / f"odoo-{digest(paths.REPO)[:8]}.conf"
    work = file.with_suffix(".new")
    work.write_text(f"[options]\n{text}")
    work.rename(file)
    return file


def manifest() -> dict:
    """The addon's manifest, read without running it."""
    file = paths.ADDON / "__manifest__.py"
    if not file.exists():
        raise DevError(f"{paths.MODULE}/__manifest__.py is missing.")
    return ast.literal_eval(file.read_text())


def batch(runner: Runner, database: str, *arguments: str, log: str) -> Path:
    """One `odoo … --stop-after-init` with its log in a file; raise when it failed."""
    file = paths.LOGS / f"{log}.log"
    command = runner.command(
        "server", "-c", runner.config, "-d", database, *arguments,
        "--stop-after-init", "--no-http", "--max-cron-threads=0",
    )  # fmt: skip
    show_command(command)
    code = _watch(popen(command, env=runner.env, **PIPED), file)
    if code:
        raise DevError(f"Odoo ended with {code}:\n{logcheck.tail(file)}")
    return file


def script(runner: Runner, database: str, code: str, *, log: str) -> Path:
    """Run Python in `odoo shell`; an exception fails the command."""
    file = paths.LOGS / f"{log}.log"
    command = runner.command(
        "shell", "-c", runner.config, "-d", database, "--no-http", "--shell-interface",
        "python",
    )  # fmt: skip
    show_command(command)
    child = popen(command, env=runner.env, stdin=subprocess.PIPE, **PIPED)
    child.stdin.write(code)
    child.stdin.close()
    if _watch(child, file):
        raise DevError(f"The script in Odoo's shell failed:\n{logcheck.tail(file)}")
    return file


def _watch(child: subprocess.Popen, file: Path) -> int:
    """Copy the output into the file and show which module is being loaded."""
    ticker = Ticker()
    with stopping(child), file.open("w") as log:
        for line in child.stdout:
            log.write(line)
            if found := LOADING.search(line):
                ticker("loading {} ({} of {})".format(*found.groups()))
        code = child.wait()
    ticker.close()
    return code


def follow(child: subprocess.Popen, file: Path) -> threading.Thread:
    """Copy a server's output to a file in the background."""

    def pump():
        with file.open("w", buffering=1) as log:
            log.writelines(child.stdout)

    thread = threading.Thread(target=pump, daemon=True)
    thread.start()
    return thread


def announce_log(file: Path) -> None:
    say(f"    log: {file}")
