"""`./dev shell`, `./dev psql` and `./dev reset`: look into the state, or remove it."""

import argparse
import shutil

from . import apt, cluster, database, demo, odoo_run, paths, process
from .cluster import psql as query
from .locks import lock
from .ui import DevError, say

# All that ./dev ever makes in its state folder; anything else there is not ours.
OURS = ("odoo*", "venv-*", "node-*", "npm-*", "cluster-*", "data", "logs", "bin")


def shell(arguments: list[str]) -> int:
    """Odoo's own Python prompt."""
    name = _database_argument("shell", arguments)
    with cluster.running():
        _check_exists(name)
        runner = odoo_run.ensure()
        command = runner.command("shell", "-c", runner.config, "-d", name, "--no-http")
        return process.interact(command, env=runner.env)


def psql(arguments: list[str]) -> int:
    name = _database_argument("psql", arguments)
    with cluster.running():
        _check_exists(name)
        env = process.clean_environment(**cluster.connection())
        return process.interact([apt.postgresql_bin() / "psql", name], env=env)


def reset(arguments: list[str]) -> int:
    """Drop the databases (templates stay), or everything with `--all`."""
    parser = argparse.ArgumentParser(prog="./dev reset", description=reset.__doc__)
    parser.add_argument("--all", action="store_true", help="Odoo, Python, everything")
    if parser.parse_args(arguments).all:
        return _remove_everything()
    with cluster.running():
        for name in database.names():
            if not name.startswith("edu_template_"):
                say(f"    dropping {name}")
                database.drop(name)
    return 0


def _remove_everything() -> int:
    with lock("cluster-keeper"):  # free when the server has stopped
        for pattern in OURS:
            for path in paths.HOME.glob(pattern):
                say(f"    removing {path}")
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
    return 0


def _database_argument(verb: str, arguments: list[str]) -> str:
    parser = argparse.ArgumentParser(prog=f"./dev {verb}")
    parser.add_argument("database", nargs="?", default=demo.DATABASE)
    return parser.parse_args(arguments).database


def _check_exists(name: str) -> None:
    rows = query("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate")
    if name not in rows.split():
        known = ", ".join(database.names()) or "none yet"
        raise DevError(
            f"There is no database {name} ({known}). ./dev demo makes edu_demo."
        )
