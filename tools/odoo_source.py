"""Odoo 19 Community: the one you have (`ODOO_HOME`), or Debian unstable's package.

The package is unpacked, never installed: installing it would drag unstable's Python
in. It comes from the mirror that this machine's apt already uses, through lists of our
own, so the machine's package lists stay as they were.
"""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import apt, paths
from .locks import lock
from .process import as_root, run
from .ui import DevError, say

PACKAGE = "odoo-19"
HINT = (
    "Get Odoo 19 Community yourself (a checkout of branch 19.0) and call"
    " ODOO_HOME=/path/to/odoo ./dev …"
)
# Cut from Debian's package for its licence. Without the file every backend page logs
# an error, which fails every browser tour; nothing but background blur needs it.
CUT_FILE = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Odoo:
    home: Path
    version: str

    @property
    def addons_paths(self) -> list[Path]:
        """Folders besides `odoo/addons`, which Odoo finds by itself.

        The package has a top-level `addons` too, but only with Python files.
        """
        folder = self.home / "addons"
        return [folder] if (folder / "web/static").is_dir() else []


def ensure() -> Odoo:
    home = os.environ.get("ODOO_HOME")
    if home:
        return _given(Path(home).absolute())
    apt.ensure(apt.ODOO_FILES)
    apt.ensure_optional(apt.PDF)
    current = paths.HOME / "odoo"
    with lock("odoo"):
        if not current.exists():
            _download(current)
    return Odoo(current / "usr/lib/python3/dist-packages", os.readlink(current))


def _given(home: Path) -> Odoo:
    """`ODOO_HOME`: a source checkout or an unpacked package."""
    for folder in (home, home / "usr/lib/python3/dist-packages"):
        release = folder / "odoo/release.py"
        if release.exists():
            numbers = re.search(r"version_info = \((\d+), *(\d+)", release.read_text())
            if not numbers or numbers[1] != "19":
                raise DevError(f"ODOO_HOME={home} is no Odoo 19.")
            return Odoo(folder, f"{folder}-{release.stat().st_mtime_ns}")
    raise DevError(f"ODOO_HOME={home} holds no Odoo (odoo/release.py is missing).")


def _download(current: Path) -> None:
    """Unpack under a temporary name; the link `odoo` appears when all is done."""
    with tempfile.TemporaryDirectory(prefix="odoo-", dir=paths.HOME) as folder:
        work = Path(folder)
        work.chmod(0o755)
        package = _fetch(work)
        version = package.name.split("_")[1].replace("%3a", ":")
        target = paths.HOME / f"odoo-{version}"
        say(f"    unpacking {PACKAGE} {version} (1.2 GB)")
        run(["dpkg", "-x", package, work / "tree"])
        _repair(work / "tree")
        shutil.rmtree(target, ignore_errors=True)
        (work / "tree").rename(target)
        (work / "link").symlink_to(target.name)
        (work / "link").rename(current)


def _fetch(work: Path) -> Path:
    """`apt-get download` with our own source list, list folder and cache."""
    lists, cache, source = work / "lists", work / "cache", work / "unstable.list"
    for folder in (lists / "partial", cache / "archives/partial"):
        folder.mkdir(parents=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    source.write_text(f"deb [signed-by={keyring}] {_mirror()} unstable main\n")
    options = [
        f"-oDir::Etc::sourcelist={source}",
        "-oDir::Etc::sourceparts=/dev/null",
        f"-oDir::State::Lists={lists}",
        f"-oDir::Cache={cache}",
        "-oAPT::Sandbox::User=root",
        "-oAcquire::Languages=none",
        "-qq",
    ]
    try:
        run(["apt-get", *options, "update"])
        run(["apt-get", *options, "download", PACKAGE], cwd=work)
    except DevError as error:
        raise DevError(f"{error}\nDebian's {PACKAGE} is out of reach. {HINT}") from None
    return next(work.glob(f"{PACKAGE}_*.deb"))


def _mirror() -> str:
    """The Debian mirror of this machine's apt, whose lists may have to come first."""
    for attempt in ("as it is", "after an update"):
        rows = run(
            ["apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)",
             "Created-By: Packages"],
            show=False,
        )  # fmt: skip
        for row in rows.splitlines():
            origin, label, uri = row.split(" ", 2)
            if (origin, label) == ("Debian", "Debian"):
                return uri
        if attempt == "as it is":
            run(as_root(["apt-get", "update", "-qq"]), outlive=True)
    raise DevError(f"apt knows no Debian mirror on this machine. {HINT}")


def _repair(tree: Path) -> None:
    """The package's links lead to usr/share: let them find the machine's own files."""
    share = tree / "usr/share"
    shutil.rmtree(share, ignore_errors=True)
    share.symlink_to("/usr/share")
    cut = tree / "usr/lib/python3/dist-packages" / CUT_FILE
    cut.parent.mkdir(parents=True, exist_ok=True)
    if not cut.exists():
        cut.write_text("")
