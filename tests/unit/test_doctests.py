"""The examples in the docstrings of the rules are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

from edu_crm_addon import logic

NAMES = [module.name for module in pkgutil.iter_modules(logic.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_doctests(name):
    module = import_module(f"edu_crm_addon.logic.{name}")
    result = doctest.testmod(module)
    assert result.attempted, "a rule without example"
    assert result.failed == 0
