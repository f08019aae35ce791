"""Debian packages: ask which are missing, install only those."""

import os
import shutil
import subprocess
from pathlib import Path

from .locks import lock
from .process import as_root, clean_environment, run
from .ui import DevError

# Odoo's package links to these instead of shipping copies. Font Awesome has to be the
# 4.7 of Debian stable, and the CJK font is for Chinese screens and PDF files.
ODOO_FILES = [
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "debian-archive-keyring",
]
POSTGRESQL = ["postgresql"]
CHROMIUM = ["chromium"]
GETTEXT = ["gettext"]
PDF = "wkhtmltopdf"  # gone from Debian 13; without it reports print as HTML only


def ensure(packages: list[str]) -> None:
    """Install what is missing of `packages`; no root is needed when nothing is."""
    missing = [name for name in packages if not _installed(name)]
    if not missing:
        return
    with lock("apt"):
        if not all(_candidate(name) for name in missing):
            _apt_get("update", "-qq")
        _install(missing)


def ensure_optional(package: str) -> None:
    """Install a package that not every Debian has."""
    if not _installed(package) and _candidate(package):
        ensure([package])


def ensure_node() -> None:
    """Any Node with npm will do; Debian's is taken when there is none."""
    if not (shutil.which("node") and shutil.which("npm")):
        ensure(["nodejs", "npm"])


def postgresql_bin() -> Path:
    """The newest server's programs, which Debian keeps out of PATH."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    versions = sorted((int(path.parts[4]), path.parent) for path in found)
    if not versions:
        raise DevError("There is no PostgreSQL server in /usr/lib/postgresql.")
    return versions[-1][1]


def _installed(package: str) -> bool:
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    done = subprocess.run(query, capture_output=True, text=True)
    return done.stdout == "installed"


def _candidate(package: str) -> bool:
    """Whether apt's present lists know the package (a bare image has no lists)."""
    query = ["apt-cache", "--quiet=0", "policy", package]
    env = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(query, capture_output=True, text=True, env=env)
    return "Candidate:" in done.stdout and "Candidate: (none)" not in done.stdout


def _install(packages: list[str]) -> None:
    options = ["install", "-y", "-qq", "--no-install-recommends"]
    try:
        _apt_get(*options, *packages)
    except DevError:  # the lists may be older than the mirror
        _apt_get("update", "-qq")
        _apt_get(*options, *packages)


def _apt_get(*arguments: str) -> None:
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
    run(as_root(command), env=clean_environment(), outlive=True)
