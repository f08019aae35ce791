"""`./dev lint` looks, `./dev fix` repairs. Each check runs, then all verdicts come."""

from collections.abc import Callable
from pathlib import Path

from . import lint_addon, node, paths, process, venv
from .ui import DevError, Steps, say

PRETTIER_TYPES = {".xml", ".js", ".mjs", ".cjs", ".css", ".scss"}
# In .pylintrc, `enable=odoolint` would turn it on again.
PYLINT_OFF = "--disable=consider-merging-classes-inherited"


def lint(arguments: list[str]) -> int:
    """All checks; the exit code is 1 when one of them found something."""
    checks = _checks()
    steps = Steps(len(checks) + 1)
    steps("Linters")
    bin_folder = venv.ensure(venv.LINT)
    failed = []
    for title, check in checks:
        steps(title)
        if check(bin_folder):
            failed.append(title)
    for title in failed:
        say(f"FAILED: {title}")
    say(f"{len(checks) - len(failed)} checks passed, {len(failed)} failed")
    return 1 if failed else 0


def fix(arguments: list[str]) -> int:
    """What machines can repair: Python, XML, JavaScript and style sheets."""
    bin_folder = venv.ensure(venv.LINT)
    process.call([bin_folder / "ruff", "check", "--fix", "--quiet", "."])
    process.call([bin_folder / "ruff", "format", "."])
    return _prettier("--write")


def _checks() -> list[tuple[str, Callable[[Path], int]]]:
    """What there is to check: without the addon folder only the tools remain."""
    checks = [("ruff check", _ruff), ("ruff format", _ruff_format)]
    checks.append(("Prettier", lambda _: _prettier("--check")))
    if not paths.ADDON.exists():
        say(f"    there is no {paths.MODULE} yet")
        return checks
    return [
        *checks,
        ("Layers (import-linter)", _imports),
        ("pylint-odoo", _pylint),
        ("OCA checks: module", _oca_module),
        ("OCA checks: translations", _oca_po),
        ("Manifest lists every file", _reporting(lint_addon.manifest_problems)),
        ("zh_CN is complete", _reporting(lint_addon.translation_problems)),
    ]


def _ruff(bin_folder: Path) -> int:
    return process.call([bin_folder / "ruff", "check", "--quiet", "."])


def _ruff_format(bin_folder: Path) -> int:
    return process.call([bin_folder / "ruff", "format", "--check", "--quiet", "."])


def _imports(bin_folder: Path) -> int:
    env = process.clean_environment(PYTHONPATH=paths.REPO)
    options = ["--config", "pyproject.toml", "--no-cache", "--no-logo"]
    return process.call([bin_folder / "lint-imports", *options], env=env)


def _pylint(bin_folder: Path) -> int:
    options = ["--rcfile=.pylintrc", PYLINT_OFF, "-j2"]
    return process.call([bin_folder / "pylint", *options, paths.MODULE])


def _oca_module(bin_folder: Path) -> int:
    command = [bin_folder / "oca-checks-odoo-module", "--config=.oca_hooks.cfg"]
    return process.call([*command, paths.ADDON])


def _oca_po(bin_folder: Path) -> int:
    files = sorted(paths.ADDON.glob("i18n/*.po*"))
    if not files:
        return 0
    command = [bin_folder / "oca-checks-po", "--config=.oca_hooks.cfg"]
    return process.call([*command, "--disable=po-pretty-format", *files])


def _prettier(mode: str) -> int:
    modules = node.ensure()
    files = [file for file in _source_files() if file.suffix in PRETTIER_TYPES]
    command = ["node", modules / "prettier/bin/prettier.cjs", mode]
    options = ["--log-level=warn", "--config=prettier.config.cjs"]
    process.show_command([*command[1:], *options, f"({len(files)} files)"])
    if not files:
        return 0
    return process.call(
        [*command, *options, *files], env=node.environment(), show=False
    )


def _source_files() -> list[Path]:
    """Files that git knows or would take, so that no cache is looked at."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = process.run(command, show=False).split("\0")
        found = [paths.REPO / name for name in names if name]
    except (DevError, FileNotFoundError):  # an exported tree, or no git
        found = list(paths.REPO.rglob("*"))
    return sorted({file for file in found if file.is_file()})


def _reporting(problems: Callable[[], list[str]]) -> Callable[[Path], int]:
    def check(_: Path) -> int:
        found = problems()
        for problem in found:
            say(f"    {problem}")
        return len(found)

    return check
