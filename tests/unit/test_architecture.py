"""The rules of the house that no linter checks.

Models are named by strings, so an import linter sees neither ``env["edu.stage"]`` nor
``comodel="edu.stage"``: an area must name models of its own and of lower areas only.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ADDON = Path(__file__).parents[2] / "edu_crm_addon"
MODELS = ADDON / "models"
AREAS = re.findall(r"^from \. import (\w+)", (MODELS / "__init__.py").read_text(), re.M)
ORDER = [
    "settings",
    "customer",
    "pipeline",
    "enrollment",
    "complaint",
    "satisfaction",
    "loyalty",
    "value",
    "care",
    "evaluation",
]
RULES = sorted((ADDON / "logic").glob("*.py"))


def strings(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def declared(area):
    source = "\n".join(path.read_text() for path in (MODELS / area).glob("*.py"))
    names = set(re.findall(r'^    _name = "(edu\.[\w.]+)"', source, re.M))
    # Extended by a mixin, which needs the name as well.
    return names - set(re.findall(r'_name = "([\w.]+)"\n    _inherit = \["\1"', source))


def host_fields(area):
    """Yield the fields an area adds to a model of the host, with their file."""
    for path in (MODELS / area).glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not _is_own(_model(node)):
                for statement in node.body:
                    if _is_field(statement):
                        yield path.name, statement.targets[0].id


def constraints():
    """Yield each constraint or index as ``(model, name)``."""
    for path in MODELS.glob("*/*.py"):
        for node in ast.parse(path.read_text()).body:
            for statement in node.body if isinstance(node, ast.ClassDef) else ():
                if re.match(r"_\w+ = models\.\w+\(", ast.unparse(statement)):
                    yield _model(node), statement.targets[0].id


def _model(node):
    """Return the model a class defines or extends; a plain class has none."""
    values = {
        s.targets[0].id: s.value.value
        for s in node.body
        if isinstance(s, ast.Assign) and isinstance(s.value, ast.Constant)
    }
    return values.get("_name") or values.get("_inherit")


def _is_own(model):
    return model is None or model.startswith("edu.")


def _is_field(statement):
    return (
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Attribute)
        and getattr(statement.value.func.value, "id", "") == "fields"
        # One more choice for a field of the host is no field of ours; nor is its
        # translation.
        and not any(k.arg == "selection_add" for k in statement.value.keywords)
        and [k.arg for k in statement.value.keywords] != ["translate"]
    )


OWNER = {model: area for area in AREAS for model in declared(area)}


def test_areas_are_those_of_the_house_lowest_first():
    assert [area for area in ORDER if area in AREAS] == AREAS


@pytest.mark.parametrize("area", AREAS)
def test_area_names_only_areas_above_it(area):
    above = AREAS[: AREAS.index(area) + 1]
    wrong = [
        f"{path.name}:{line} names {text}"
        for path in (MODELS / area).glob("*.py")
        for text, line in strings(path)
        if text in OWNER and OWNER[text] not in above
    ]
    assert not wrong


@pytest.mark.parametrize("area", AREAS)
def test_fields_on_host_models_carry_the_prefix(area):
    assert not [
        f"{file}: {name}" for file, name in host_fields(area) if name[:4] != "edu_"
    ]


def test_no_slice_of_a_model_takes_the_constraint_of_another():
    """Of two with one name, the later replaces the earlier, and says nothing."""
    twice = [found for found, count in Counter(constraints()).items() if count > 1]
    assert not twice


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_a_rule_reads_no_clock(path):
    """``today`` and ``now`` are arguments, so that every day can be tested."""
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"today", "now", "utcnow", "fromtimestamp", "time"}


@pytest.mark.parametrize(
    "path", sorted(ADDON.glob("models/**/*.py")), ids=lambda path: path.name
)
def test_a_model_file_stays_readable(path):
    assert len(path.read_text().splitlines()) <= 350
