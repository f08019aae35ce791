"""`./dev pot`: export the terms and carry the Chinese file along."""

import argparse
import re
from pathlib import Path

from . import apt, paths, po, prepare, testing
from .lint_addon import LANGUAGE_FILE, TEMPLATE_FILE
from .locks import lock
from .odoo_run import Runner
from .process import run
from .ui import Steps, say

# Lines that differ at every export and say nothing.
NOISE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid)'
)


def pot(arguments: list[str]) -> int:
    """Write i18n/edu_crm_addon.pot and merge it into zh_CN.po."""
    argparse.ArgumentParser(prog="./dev pot").parse_args(arguments)
    apt.ensure(apt.GETTEXT)
    steps = Steps(prepare.STEPS + 3)
    with prepare.environment(steps) as (runner, template), lock("test"):
        steps(f"Database {testing.DATABASE}: the addon")
        testing.ensure_database(runner, template)
        steps("Export of the terms")
        export(runner, testing.DATABASE, TEMPLATE_FILE)
    steps("Merge into zh_CN.po")
    _merge()
    missing = sum(not entry.translated for entry in po.read(LANGUAGE_FILE))
    say(f"    {len(po.read(TEMPLATE_FILE))} terms, {missing} without a translation")
    return 0


def export(runner: Runner, database: str, target: Path) -> None:
    """Odoo's export less the dates, so that nothing changes when nothing changed."""
    work = paths.HOME / "data" / "export.pot"
    command = runner.command(
        "i18n", "export", "-c", runner.config, "-d", database,
        "-l", "pot", "-o", work, paths.MODULE,
    )  # fmt: skip
    run(command, env=runner.env)
    lines = work.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not NOISE.match(line)).rstrip()
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{text}\n", encoding="utf-8")


def _merge() -> None:
    """Keep every translation whose term still exists; never guess one."""
    if not LANGUAGE_FILE.exists():
        header = (
            'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n'
            '"Content-Transfer-Encoding: 8bit\\n"\n'
            '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
        )
        LANGUAGE_FILE.write_text(header, encoding="utf-8")
    quiet = ["--quiet", "--no-fuzzy-matching", "--backup=none"]
    run(["msgmerge", *quiet, "--update", LANGUAGE_FILE, TEMPLATE_FILE])
    run(["msgattrib", "--no-obsolete", "-o", LANGUAGE_FILE, LANGUAGE_FILE])
    lines = LANGUAGE_FILE.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not NOISE.match(line)).rstrip()
    LANGUAGE_FILE.write_text(f"{text}\n", encoding="utf-8")
