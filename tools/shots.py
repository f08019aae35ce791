"""`./dev shots`: pictures of the screens in `shots.json`, in English and Chinese.

It works on a copy of the demo database, because it switches the languages of users.
"""

import argparse
import json

from . import apt, database, demo, node, odoo_run, paths, prepare, process, testing
from .cluster import psql
from .locks import lock
from .odoo_run import Runner
from .ui import Steps

DATABASE = "edu_shots"
TABLE = paths.TOOLS / "shots.json"
LANGUAGES = ("en_US", odoo_run.LANGUAGE)


def shots(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev shots", description=__doc__)
    parser.add_argument("filter", nargs="?", default="", help="part of a screen's name")
    parser.add_argument("--lang", choices=LANGUAGES, help="only this language")
    parser.add_argument("--out", default=paths.REPO / "docs/images")
    options = parser.parse_args(arguments)
    languages = [options.lang] if options.lang else list(LANGUAGES)
    steps = Steps(prepare.STEPS + 2 + len(languages))
    apt.ensure(apt.CHROMIUM)
    with prepare.environment(steps) as (runner, template), lock("shots"):
        steps(f"Database {demo.DATABASE}, and its copy {DATABASE}")
        with lock("demo"):
            demo.ensure_database(runner, template)
            database.copy(demo.DATABASE, DATABASE)
        steps("Browser driver")
        node.ensure()
        codes = []
        for language in languages:
            steps(f"Screens in {language}")
            codes.append(_pictures(runner, language, options))
        database.drop(DATABASE)
    return max(codes)


def _pictures(runner: Runner, language: str, options) -> int:
    """One server per language: a running one would remember the old one."""
    psql(DATABASE, f"UPDATE res_partner SET lang = '{language}' WHERE id IN"
                   " (SELECT partner_id FROM res_users)")  # fmt: skip
    port = demo.free_port()
    with demo.serving(runner, DATABASE, port):
        job = {
            "base": f"http://127.0.0.1:{port}",
            "chromium": str(testing.browser()),
            "filter": options.filter,
            "language": language,
            "out": str(options.out),
            "table": str(TABLE),
        }
        command = ["node", paths.TOOLS / "shots.cjs", json.dumps(job)]
        process.show_command(command[:2])
        return process.call(command, env=node.environment(), show=False)
