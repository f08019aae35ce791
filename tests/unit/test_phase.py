"""The phase of care of an enrollment."""

import pytest

from edu_crm_addon.logic.enrollment import STATES
from edu_crm_addon.logic.phase import PHASES, phase


@pytest.mark.parametrize(
    ("state", "stage", "expected"),
    [
        ("draft", "primary", "recruitment"),
        ("onboarding", None, "recruitment"),
        ("active", "vocational", "teaching"),
        ("paused", "primary", "teaching"),
        ("ended", "primary", "tutoring"),
        ("ended", None, "tutoring"),
        ("ended", "higher", "employment"),
        ("ended", "vocational", "employment"),
        ("withdrawn", "higher", None),
        ("canceled", None, None),
    ],
)
def test_the_phase_follows_from_state_and_stage(state, stage, expected):
    assert phase(state, stage) == expected


def test_every_state_has_a_known_phase_or_none():
    assert {phase(state, None) for state in STATES} <= {*PHASES, None}
