"""Databases and their filestores: copy, drop, and a stamp that says what is inside.

The stamp is the database's comment. It is written last, so a database without the
expected stamp is half-made or out of date, and is simply made again.
"""

import hashlib
import os
import shutil
from pathlib import Path

from . import paths
from .cluster import psql
from .ui import DevError


def digest(*parts: object) -> str:
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def exists(name: str) -> bool:
    return name in names()


def names(prefix: str = "edu_") -> list[str]:
    """Our databases, oldest first."""
    rows = psql("postgres", "SELECT datname FROM pg_database ORDER BY oid")
    return [row for row in rows.split() if row.startswith(prefix)]


def stamp(name: str) -> str:
    """What was built into the database, or nothing."""
    sql = (
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = '{name}'"
    )
    return psql("postgres", sql).strip()


def set_stamp(name: str, value: str) -> None:
    psql("postgres", f"COMMENT ON DATABASE \"{name}\" IS '{value}'")


def drop(name: str) -> None:
    """Also closes the connections that a killed run may have left."""
    psql("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(paths.FILESTORE / name, ignore_errors=True)


def copy(source: str, target: str) -> None:
    """Copy a database with its filestore, under the target's name but unstamped."""
    drop(target)
    files = paths.FILESTORE / source
    if files.exists():
        # Filestore files are named after their content and never rewritten.
        shutil.copytree(files, paths.FILESTORE / target, copy_function=_link)
    # Odoo makes its databases this way: byte order, whatever the machine's language.
    try:
        psql("postgres", f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    except DevError as error:
        if "being accessed" not in str(error):
            raise
        message = f"{source} is in use and cannot be copied: stop ./dev demo or shell."
        raise DevError(message) from None
    # A copy with the same identity would share things between databases.
    psql(target, _NEW_IDENTITY)


_NEW_IDENTITY = """
UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key = 'database.uuid'
"""


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def tree_digest(folder: Path) -> str:
    """The content of every file that Odoo may read from the addon."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
