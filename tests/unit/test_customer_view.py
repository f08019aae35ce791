"""What customers see of a complaint; the limits of forms, files and secret codes."""

from datetime import datetime, timedelta

import pytest

from edu_crm_addon.logic import complaint as step
from edu_crm_addon.logic import complaint_files, customer_view, form_stamp, secret_code
from edu_crm_addon.logic.throttle import Throttle

NOON = datetime(2026, 3, 6, 12)
PDF = (b"%PDF-1.7", "application/pdf")
BIG = bytes(complaint_files.MAX_BYTES)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("receive", "received"),
        ("record", "received"),
        ("assess", "handled"),
        ("plan", "handled"),
        ("implement", "handled"),
        ("feedback", "result"),
        ("summarise", "result"),
        ("closed", "closed"),
        ("withdrawn", "closed"),
        ("merged", "closed"),
    ],
)
def test_each_step_has_a_stage(state, stage):
    assert customer_view.stage(state) == stage


def test_no_step_is_without_a_stage():
    assert set(customer_view.STAGES) == {*step.STEPS, *step.DONE}


@pytest.mark.parametrize("state", [*step.STEPS, *step.DONE])
def test_a_verdict_is_told_with_the_result_only(state):
    told = customer_view.told_verdict(state, "upheld")
    assert told == ("upheld" if state in ("feedback", "summarise", "closed") else None)


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ([], None),
        ([("a", *PDF)] * 5, None),
        ([("a", *PDF)] * 6, ("too_many", "")),
        ([("a", b"", "application/pdf")], ("empty", "a")),
        ([("a", BIG, "application/pdf")], None),
        ([("a", BIG + b"!", "application/pdf")], ("too_large", "a")),
        ([("a", *PDF), ("b.pdf", b"<html>", "text/html")], ("kind", "b.pdf")),
        ([("a", b"<svg/>", "image/svg+xml")], ("kind", "a")),
    ],
)
def test_files_have_limits(files, refusal):
    assert complaint_files.refusal(files) == refusal


@pytest.mark.parametrize(
    ("age", "refusal"),
    [
        (timedelta(seconds=-5), "too_fast"),
        (timedelta(seconds=2), "too_fast"),
        (timedelta(seconds=3), None),
        (timedelta(days=1), None),
        (timedelta(days=1, seconds=1), "too_old"),
    ],
)
def test_people_need_time_and_forms_grow_old(age, refusal):
    assert form_stamp.refusal(age) == refusal


def test_five_wrong_codes_lock():
    tries, until, history = 0, None, []
    for _wrong in range(5):
        tries, until = secret_code.after_wrong(tries, NOON)
        history.append((tries, until))
    quarter = NOON + timedelta(minutes=15)
    assert history == [(1, None), (2, None), (3, None), (4, None), (0, quarter)]


def test_codes_differ_and_read_well():
    codes = {secret_code.spell(bytes([n]) * 32) for n in range(256)}
    assert len(codes) == 256
    assert all(len(secret_code.normalize(code)) == 12 for code in codes)


def test_the_throttle_forgets_the_oldest_keys():
    throttle = Throttle(times=1, within=timedelta(hours=1))
    for number in range(10_001):
        assert throttle.allows(number, NOON)
    assert throttle.allows(0, NOON)
    assert not throttle.allows(10_000, NOON)
