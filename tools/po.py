"""Read gettext files with no more than the standard library."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")


@dataclass
class Entry:
    references: list[str] = field(default_factory=list)
    fuzzy: bool = False
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple:
        return (self.texts.get("msgctxt", ""), self.texts.get("msgid", ""))

    @property
    def translated(self) -> bool:
        return bool(self.texts.get("msgstr"))


def read(file: Path) -> list[Entry]:
    """The entries of a .po or .pot file, without its header and obsolete ones."""
    blocks = file.read_text(encoding="utf-8").split("\n\n")
    entries = [_entry(block) for block in blocks]
    return [entry for entry in entries if entry.texts.get("msgid")]


def _entry(block: str) -> Entry:
    entry, current = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#:"):
            entry.references += line[2:].split()
        elif line.startswith("#,"):
            entry.fuzzy = "fuzzy" in line
        elif line.startswith("#"):
            continue
        elif line.startswith('"'):
            entry.texts[current] += ast.literal_eval(line)
        elif line:
            keyword, text = line.split(" ", 1)
            current = keyword.split("[")[0]
            entry.texts[current] = entry.texts.get(current, "") + ast.literal_eval(text)
    return entry
