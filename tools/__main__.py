"""The table of verbs, and what happens when one fails."""

import sys

from . import (
    bench,
    check_install,
    consoles,
    demo,
    lint,
    paths,
    process,
    shots,
    testing,
    translations,
)
from .ui import DevError

VERBS = {
    "demo": (demo.demo, "a running Odoo with the addon and a demo school"),
    "test": (testing.test, "all tests, or the named: ./dev test customer/test_x.py"),
    "unit": (testing.unit, "only the tests that need no Odoo, in about a second"),
    "lint": (lint.lint, "every check that needs no database"),
    "fix": (lint.fix, "let ruff and Prettier repair what they can"),
    "check-install": (
        check_install.check,
        "install, upgrade, uninstall; no trace",
    ),
    "update": (demo.update, "bring the demo database up to the addon's files"),
    "shell": (consoles.shell, "Odoo's Python prompt: ./dev shell [database]"),
    "psql": (consoles.psql, "an SQL prompt: ./dev psql [database]"),
    "pot": (translations.pot, "export the terms, merge them into zh_CN.po"),
    "shots": (shots.shots, "pictures of the screens: ./dev shots [part of a name]"),
    "bench": (bench.bench, "measure with and without the addon: ./dev bench NAME"),
    "reset": (consoles.reset, "drop the databases; --all removes everything made"),
}


def usage() -> str:
    lines = [f"  {name:<14} {text}" for name, (_, text) in VERBS.items()]
    return "\n".join(
        ["usage: ./dev VERB [options]", "", *lines, "",
         f"Everything it makes is in {paths.HOME} (EDU_DEV_HOME)."]
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    name, *rest = arguments
    if name not in VERBS:
        print(f"./dev knows no verb {name!r}\n\n{usage()}", file=sys.stderr)
        return 2
    process.exit_on_signals()
    try:
        paths.prepare()
        return VERBS[name][0](rest)
    except DevError as error:
        print(f"\n./dev {name}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


sys.exit(main(sys.argv[1:]))
