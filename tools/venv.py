"""Virtual environments made from lock files, rebuilt when the lock changes."""

import hashlib
import shutil
from pathlib import Path

from . import paths
from .locks import lock
from .process import run

RUNTIME = paths.TOOLS / "requirements.txt"
LINT = paths.TOOLS / "requirements-lint.txt"
SYSTEM_PYTHON = Path("/usr/bin/python3")


def key(requirements: Path) -> str:
    """Names a venv after its lock and its Python, so that a new pin is a new folder."""
    python = SYSTEM_PYTHON.resolve().name
    return hashlib.sha256(requirements.read_bytes() + python.encode()).hexdigest()[:10]


def ensure(requirements: Path) -> Path:
    """The venv's bin folder. A venv cannot be moved: a stamp says it is complete."""
    name = f"venv-{requirements.stem}"
    folder = paths.HOME / f"{name}-{key(requirements)}"
    stamp = folder / "complete"
    with lock(name):
        if not stamp.exists():
            _remove_others(name)
            run([SYSTEM_PYTHON, "-m", "venv", folder])
            pip = [folder / "bin/pip", "install", "--use-pep517", "--no-input"]
            quiet = ["--quiet", "--disable-pip-version-check"]
            run([*pip, *quiet, "-r", requirements])
            stamp.touch()
    return folder / "bin"


def _remove_others(name: str) -> None:
    """Venvs of earlier locks, and a half-made one of this lock."""
    for folder in paths.HOME.glob(f"{name}-??????????"):
        shutil.rmtree(folder)
