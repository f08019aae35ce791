"""`./dev bench NAME`: a script of bench/ with two databases, with and without us."""

import argparse

from . import database, paths, prepare, process, testing
from .locks import lock
from .ui import DevError, Steps

HOST = "edu_bench_host"
ADDON = "edu_bench_addon"
FOLDER = paths.REPO / "bench"


def bench(arguments: list[str]) -> int:
    """Fresh copies for every run, so that one measurement never sees another's rows."""
    known = ", ".join(
        sorted(p.stem.replace("_", "-") for p in FOLDER.glob("[a-z]*.py"))
    )
    parser = argparse.ArgumentParser(
        prog="./dev bench", epilog=f"Known: {known or 'none yet'}"
    )
    parser.add_argument("name")
    name, rest = parser.parse_known_args(arguments)
    script = FOLDER / f"{name.name.replace('-', '_')}.py"
    if not script.exists():
        raise DevError(f"There is no bench/{script.name}. Known: {known or 'none yet'}")
    steps = Steps(prepare.STEPS + 2)
    with prepare.environment(steps) as (runner, template), lock("bench"):
        steps(f"Databases {HOST} and {ADDON}")
        with lock("test"):
            testing.ensure_database(runner, template)
            database.copy(testing.DATABASE, ADDON)
        database.copy(template, HOST)
        steps(f"bench/{script.name}")
        env = {
            **runner.env,
            "PYTHONPATH": f"{runner.odoo.home}:{paths.REPO}",
            "EDU_BENCH_CONFIG": str(runner.config),
            "EDU_BENCH_HOST_DB": HOST,
            "EDU_BENCH_ADDON_DB": ADDON,
        }
        return process.call([runner.bin / "python", script, *rest], env=env)
