"""`./dev check-install`: in, up and out again, without a warning and without a trace.

Three databases: an empty company, the demo school, and a company that already worked
with the host. Each is installed, upgraded and uninstalled; every log has to be clean,
and afterwards the database has to be what it was before.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from . import (
    apt,
    database,
    lint_addon,
    logcheck,
    odoo_run,
    paths,
    prepare,
    snapshot,
    translations,
)
from .locks import lock
from .odoo_run import Runner
from .ui import DevError, Steps, say

DATABASE = "edu_check"
UNINSTALL = f"""
module = env["ir.module.module"].search([("name", "=", "{paths.MODULE}")])
module.button_immediate_uninstall()
env.cr.commit()
"""
# Posted invoices cannot be deleted, and hold their customer, product and company. So
# the host keeps such rows of the demo school, and logs that it tried to delete them.
# Only its own tables are excused: a row of ours that cannot go is an error.
KEPT_BY_HOST = (
    "odoo.sql_db",
    "\n".join(
        (
            r"bad query: b'DELETE FROM \"(?!edu_).*",
            r'ERROR: update or delete on table "(?!edu_).* on table "(?!edu_)',
        )
    ),
)


@dataclass(frozen=True)
class Scenario:
    title: str
    install: Callable[[Runner, str], dict]
    demo: bool = False


def check(arguments: list[str]) -> int:
    scenarios = _scenarios()
    parser = argparse.ArgumentParser(prog="./dev check-install", description=__doc__)
    parser.add_argument("scenario", nargs="*", help=f"of {', '.join(scenarios)}")
    chosen = parser.parse_args(arguments).scenario or list(scenarios)
    if unknown := set(chosen) - set(scenarios):
        raise DevError(f"There is no scenario {', '.join(sorted(unknown))}.")
    apt.ensure(apt.GETTEXT)
    steps = Steps(prepare.STEPS + 3 * len(chosen))
    failed = 0
    with prepare.environment(steps) as (runner, template), lock("check"):
        for name in chosen:
            failed += _fails(steps, runner, template, scenarios[name])
        database.drop(DATABASE)
    say(f"check-install: {len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _scenarios() -> dict[str, Scenario]:
    return {
        "empty": Scenario("empty company", _install_plain),
        "demo": Scenario("demo school", _install_demo, demo=True),
        "data": Scenario("company with data", _install_on_data),
    }


def _fails(steps: Steps, runner: Runner, template: str, scenario: Scenario) -> bool:
    """Run one scenario; the others shall have their turn when it fails."""
    end = steps.done + 3
    try:
        _run(steps, runner, template, scenario)
    except DevError as error:
        say(f"FAILED: {scenario.title}: {error}")
        steps.done = end
        return True
    return False


def _run(steps: Steps, runner: Runner, template: str, scenario: Scenario) -> None:
    steps(f"{scenario.title}: install")
    before = scenario.install(runner, template)
    steps(f"{scenario.title}: upgrade")
    arguments = ["-u", paths.MODULE]
    logcheck.check(odoo_run.batch(runner, DATABASE, *arguments, log="check-upgrade"))
    steps(f"{scenario.title}: uninstall")
    log = odoo_run.script(runner, DATABASE, UNINSTALL, log="check-uninstall")
    logcheck.check(log, [KEPT_BY_HOST] if scenario.demo else [])
    after = snapshot.take(DATABASE)
    traces = snapshot.differences(before, after, demo=scenario.demo)
    if traces:
        listing = "\n".join(f"  {trace}" for trace in traces)
        raise DevError(f"{len(traces)} traces after uninstalling:\n{listing}")


def _install_plain(runner: Runner, template: str) -> dict:
    """Also the place where the committed .pot is compared with the addon."""
    before = _before(template)
    prepare.install(runner, template, DATABASE, demo=False)
    fresh = paths.DATA / "fresh.pot"
    translations.export(runner, DATABASE, fresh)
    problems = lint_addon.template_problems(fresh)
    if problems:
        listing = "\n".join(f"  {problem}" for problem in problems[:40])
        raise DevError(f"The .pot is out of date, run ./dev pot:\n{listing}")
    return before


def _install_demo(runner: Runner, template: str) -> dict:
    before = _before(template)
    prepare.install(runner, template, DATABASE, demo=True)
    return before


def _before(template: str) -> dict:
    database.copy(template, DATABASE)
    return snapshot.take(DATABASE)


def _install_on_data(runner: Runner, template: str) -> dict:
    """Rows that were there first: contacts, leads, orders, answers, bookings."""
    database.copy(template, DATABASE)
    code = (paths.TOOLS / "check_install_data.py").read_text()
    odoo_run.script(runner, DATABASE, code, log="check-data")
    before = snapshot.take(DATABASE)
    log = odoo_run.batch(runner, DATABASE, "-i", paths.MODULE, log="check-install")
    logcheck.check(log)
    return before
