"""`./dev test` and `./dev unit`: pytest, in the tier that the arguments name."""

import os
import shutil
from pathlib import Path

from . import apt, database, paths, prepare, process, venv
from .locks import lock
from .odoo_run import Runner
from .ui import DevError, Steps, say

DATABASE = "edu_test"
TESTS = paths.REPO / "tests"
UNIT = TESTS / "unit"
WEB = TESTS / "web"
TIERS = [TESTS / "orm", WEB]
WORKERS = min(4, os.cpu_count() or 1)
NO_TESTS = 5  # pytest's exit code when nothing was collected or selected
# Options whose value is the next word, which therefore is no path.
TAKE_VALUE = {"-k", "-m", "-p", "-o", "-c", "-W", "-n", "--tb", "--maxfail", "--lfnf"}
KEEP = "--keep-db"


def unit(arguments: list[str]) -> int:
    """The pure tier: no Odoo, no database, about a second."""
    python = venv.ensure(venv.RUNTIME) / "python"
    return _run_unit(python, *_split(arguments, [UNIT]))


def test(arguments: list[str]) -> int:
    """All tests, or those that the arguments name, each in its tier."""
    keep = KEEP in arguments
    arguments = [argument for argument in arguments if argument != KEEP]
    named, rest = _split(arguments, [UNIT, *TIERS, TESTS])
    in_unit = [path for path in named if _file(path).is_relative_to(UNIT)]
    in_odoo = [path for path in named if path not in in_unit]
    if in_unit and not in_odoo:
        return unit(arguments)
    codes = []
    steps = Steps(prepare.STEPS + 2 + (bool(in_unit) or not named))
    if in_unit or not named:
        steps("Unit tests (no Odoo)")
        python = venv.ensure(venv.RUNTIME) / "python"
        codes.append(_run_unit(python, in_unit, rest))
    apt.ensure(apt.CHROMIUM)
    with prepare.environment(steps) as (runner, template), lock("test"):
        steps(f"Database {DATABASE}: the addon, installed without warnings")
        ensure_database(runner, template, keep=keep)
        if not in_odoo:
            in_odoo = [str(tier) for tier in TIERS if tier.exists()]
            rest = [*_parallel(rest), *rest]
        if any(_file(path).is_relative_to(WEB) for path in in_odoo):
            prepare.ensure_bundles(runner, DATABASE)
        steps("Tests in Odoo: pytest's output")
        codes.append(_run_odoo(runner, in_odoo, rest))
    return _verdict(codes)


def _parallel(rest: list[str]) -> list[str]:
    """The whole suite by several workers: pytest-odoo copies the database for each.

    A copy and another registry cost ten seconds, which a few named tests do not.
    """
    if WORKERS == 1 or "-n" in rest:
        return []
    return ["-n", str(WORKERS), "--dist", "loadfile"]


def _split(arguments: list[str], roots: list[Path]) -> tuple[list[str], list[str]]:
    """Part test paths from options; `customer/test_x.py::T` may leave out its tier."""
    named, rest = [], []
    previous = ""
    for argument in arguments:
        found = [] if previous in TAKE_VALUE else _locate(argument, roots)
        named += found
        if not found:
            rest.append(argument)
        previous = argument
    return named, rest


def _locate(argument: str, roots: list[Path]) -> list[str]:
    """What an argument means among the tests; a folder may be in two tiers."""
    name, *inside = argument.split("::")
    if name.startswith("-") or not name:
        return []
    if (paths.REPO / name).exists():
        roots = [paths.REPO]
    found = [root / name for root in roots if (root / name).exists()]
    if not found and name.endswith(".py"):
        raise DevError(f"There is no test file {name} in tests/.")
    return ["::".join([str(path.resolve()), *inside]) for path in found]


def _file(path: str) -> Path:
    return Path(path.split("::")[0])


def _run_unit(python: Path, named: list[str], rest: list[str]) -> int:
    if not UNIT.exists():
        say("    there is no tests/unit yet")
        return NO_TESTS
    plugins = ["-p", "no:odoo", "-p", "no:cacheprovider"]
    if "--lf" in rest or "--ff" in rest:
        plugins = plugins[:2]
    return process.call([python, "-m", "pytest", *plugins, *rest, *(named or [UNIT])])


def ensure_database(runner: Runner, template: str, *, keep: bool = False) -> None:
    """Installed again whenever a file of the addon changed, unless told to keep it."""
    found = database.stamp(DATABASE)
    wanted = prepare.addon_stamp(template)
    if found == wanted:
        say("    as it is, nothing changed")
        return
    if found and keep:
        say("    kept, although the addon changed")
        return
    prepare.install(runner, template, DATABASE, demo=False)
    database.set_stamp(DATABASE, wanted)


def _run_odoo(runner: Runner, named: list[str], rest: list[str]) -> int:
    if not named:
        say("    there is no tests/orm and no tests/web yet")
        return NO_TESTS
    options = [f"--odoo-database={DATABASE}", f"--odoo-config={runner.config}"]
    command = [runner.bin / "python", "-m", "pytest", *options, "--odoo-http"]
    env = {**runner.env, "PATH": f"{browser().parent}:{runner.env['PATH']}"}
    return process.call([*command, *rest, *named], env=env)


def browser() -> Path:
    """A Chromium that dies with its parent, named as Odoo looks for it first."""
    folder = paths.HOME / "bin"
    folder.mkdir(exist_ok=True)
    real = shutil.which("chromium") or "/usr/bin/chromium"
    script = f'#!/bin/sh\nexec setpriv --pdeathsig TERM -- {real} "$@"\n'
    file = folder / "google-chrome"
    work = file.with_suffix(".new")
    work.write_text(script)
    work.chmod(0o755)
    work.rename(file)
    return file


def _verdict(codes: list[int]) -> int:
    """A tier without a selected test is no failure as long as another had some."""
    bad = [code for code in codes if code not in (0, NO_TESTS)]
    if bad:
        return bad[0]
    return 0 if 0 in codes else NO_TESTS
