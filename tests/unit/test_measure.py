"""Who approves what, and what mends a relation: hand-computed tables."""

import pytest

from edu_crm_addon.logic import measure as rule
from edu_crm_addon.logic.measure import Limits


@pytest.mark.parametrize(
    ("amount", "agent", "leader", "level"),
    [
        (0, 0, 0, "agent"),
        (0.01, 0, 0, "supervisor"),
        (0.01, 0, 10, "team_leader"),
        (200, 200, 2000, "agent"),
        (200.01, 200, 2000, "team_leader"),
        (2000, 200, 2000, "team_leader"),
        (2000.01, 200, 2000, "supervisor"),
    ],
)
def test_who_approves(amount, agent, leader, level):
    assert rule.approval_level(amount, Limits(agent=agent, leader=leader)) == level


@pytest.mark.parametrize(
    ("severity", "done", "kinds"),
    [
        (None, (), ("return_visit",)),
        ("minor", ("return_visit",), ()),
        ("moderate", ("comp_refund",), ("return_visit",)),
        ("serious", (), ("communicate", "apologise", "compensate", "return_visit")),
        ("critical", ("comp_coupon",), ("communicate", "apologise", "return_visit")),
        ("critical", ("compensate", "return_visit"), ("communicate", "apologise")),
    ],
)
def test_what_mends_the_relation(severity, done, kinds):
    assert rule.repair_kinds(severity, done) == kinds


def test_every_kind_is_known_once():
    assert len(set(rule.KINDS)) == len(rule.KINDS)
    assert set(rule.WITH_DOCUMENT) < set(rule.COMPENSATIONS) < set(rule.KINDS)
    assert set(rule.PLAN) < set(rule.KINDS)
