"""The few Node programs we use, installed from a lock file into the state folder."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from . import apt, paths
from .locks import lock
from .process import clean_environment, run


def ensure() -> Path:
    """The node_modules folder, made under a temporary name and then renamed."""
    apt.ensure_node()
    content = (paths.TOOLS / "package-lock.json").read_bytes()
    folder = paths.HOME / f"node-{hashlib.sha256(content).hexdigest()[:10]}"
    with lock("node"):
        if not folder.exists():
            for old in paths.HOME.glob("node-??????????"):
                shutil.rmtree(old)
            _install(folder)
    return folder / "node_modules"


def _install(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="npm-", dir=paths.HOME) as name:
        work = Path(name) / "tree"
        work.mkdir()
        for file in ("package.json", "package-lock.json"):
            shutil.copy(paths.TOOLS / file, work)
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        run(["npm", "ci", *quiet], cwd=work)
        work.rename(folder)


def environment() -> dict:
    """`NODE_PATH` lets a file of the checkout `require` what lies elsewhere."""
    return clean_environment(NODE_PATH=ensure())
