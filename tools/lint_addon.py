"""Checks that no ready-made linter has: the manifest's lists and the translations."""

import re
from pathlib import Path

from . import odoo_run, paths, po

LISTED_FOLDERS = ("security", "data", "demo", "views", "wizard", "report")
LISTED_TYPES = {".xml", ".csv"}
LANGUAGE_FILE = paths.ADDON / "i18n" / f"{odoo_run.LANGUAGE}.po"
TEMPLATE_FILE = paths.ADDON / "i18n" / f"{paths.MODULE}.pot"


def manifest_problems() -> list[str]:
    """Data files that the manifest forgot, names twice, or that do not exist."""
    content = odoo_run.manifest()
    listed = [*content.get("data", ()), *content.get("demo", ())]
    missing = [name for name in listed if not (paths.ADDON / name).is_file()]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    forgotten = sorted(_data_files() - set(listed))
    return [
        *(f"{name} is in the manifest and does not exist" for name in missing),
        *(f"{name} is in the manifest twice" for name in twice),
        *(f"{name} is not in the manifest" for name in forgotten),
    ]


def _data_files() -> set[str]:
    return {
        str(path.relative_to(paths.ADDON))
        for folder in LISTED_FOLDERS
        for path in (paths.ADDON / folder).rglob("*")
        if path.suffix in LISTED_TYPES and "static" not in path.parts
    }


def translation_problems() -> list[str]:
    """Every term of the .pot has a translation that nobody guessed."""
    for file in (TEMPLATE_FILE, LANGUAGE_FILE):
        if not file.exists():
            return [f"{_short(file)} is missing: ./dev pot makes it"]
    template, language = po.read(TEMPLATE_FILE), po.read(LANGUAGE_FILE)
    terms, known = ({entry.key for entry in file} for file in (template, language))
    return [
        *(f"not in zh_CN: {_term(e)}" for e in template if e.key not in known),
        *(f"not in the .pot: {_term(e)}" for e in language if e.key not in terms),
        *(f"not translated: {_term(e)}" for e in language if not e.translated),
        *(f"fuzzy: {_term(e)}" for e in language if e.fuzzy),
    ]


def template_problems(fresh: Path) -> list[str]:
    """How the committed .pot differs from what Odoo exports now."""
    if not TEMPLATE_FILE.exists():
        return [f"{_short(TEMPLATE_FILE)} is missing: ./dev pot makes it"]
    old, new = _uses(TEMPLATE_FILE), _uses(fresh)
    changes = [("new", *use) for use in new - old]
    changes += [("gone", *use) for use in old - new]
    return [f"{what}: {key[1][:70]!r} ({at})" for what, key, at in sorted(changes)]


def _uses(file: Path) -> set[tuple]:
    """Every term with every place of use, less line numbers, which any edit moves."""
    return {
        (entry.key, re.sub(r"^(code:[^:]+):\d+$", r"\1", place))
        for entry in po.read(file)
        for place in entry.references
    }


def _term(entry: po.Entry) -> str:
    return repr(entry.texts["msgid"][:80])


def _short(file: Path) -> str:
    return str(file.relative_to(paths.REPO))
