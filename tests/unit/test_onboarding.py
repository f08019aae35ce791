"""Documents, account and schedule: what is missing on which day."""

from datetime import date

import pytest

from edu_crm_addon.logic.onboarding import (
    ACCEPTED,
    DOCUMENT_STATES,
    MISSING,
    REJECTED,
    STEPS,
    UPLOADED,
    Document,
    Facts,
    missing,
    open_steps,
)
from edu_crm_addon.logic.upload import is_allowed, is_heif

TODAY = date(2026, 9, 15)
DONE = Facts(
    documents=(Document(state=ACCEPTED),),
    has_account=True,
    is_told=True,
)


@pytest.mark.parametrize(
    ("state", "is_required", "expires_on", "is_open"),
    [
        (MISSING, True, None, True),
        (UPLOADED, True, None, True),
        (REJECTED, True, None, True),
        (ACCEPTED, True, None, False),
        (ACCEPTED, True, date(2026, 9, 15), False),
        (ACCEPTED, True, date(2026, 9, 14), True),
        (MISSING, False, None, False),
        (REJECTED, False, None, False),
        (ACCEPTED, False, date(2026, 9, 14), False),
    ],
)
def test_a_document_is_open_until_it_is_accepted_and_valid(
    state, is_required, expires_on, is_open
):
    document = Document(state=state, is_required=is_required, expires_on=expires_on)
    assert document.is_open(TODAY) is is_open


@pytest.mark.parametrize("state", DOCUMENT_STATES)
def test_only_what_was_accepted_expires(state):
    document = Document(state=state, expires_on=date(2020, 1, 1))
    assert document.is_expired(TODAY) is (state == ACCEPTED)


@pytest.mark.parametrize(
    ("facts", "todo"),
    [
        (Facts(), ("account", "schedule")),
        (DONE, ()),
        (Facts(documents=(Document(state=MISSING),), has_account=True), None),
        (Facts(has_account=True), ("schedule",)),
        (Facts(is_told=True), ("account",)),
    ],
)
def test_open_steps_are_named_in_order(facts, todo):
    expected = ("documents", "schedule") if todo is None else todo
    assert open_steps(facts, TODAY) == expected


@pytest.mark.parametrize(
    ("required", "lacking"),
    [
        ((), ()),
        (("account",), ("account",)),
        (("documents",), ("documents",)),
        (STEPS, STEPS),
    ],
)
def test_only_required_steps_hold_an_enrollment_back(required, lacking):
    facts = Facts(documents=(Document(state=UPLOADED),))
    assert missing(facts, required, TODAY) == lacking
    assert missing(DONE, required, TODAY) == ()


def test_a_leader_lets_begin_without_the_rest():
    assert missing(Facts(is_waived=True), STEPS, TODAY) == ()


@pytest.mark.parametrize(
    ("mime_type", "head", "allowed"),
    [
        ("application/pdf", b"%PDF-1.7", True),
        ("image/jpeg", b"\xff\xd8\xff\xe0", True),
        ("image/png", b"\x89PNG\r\n\x1a\n", True),
        ("application/octet-stream", bytes(4) + b"ftypheic", True),
        ("application/octet-stream", bytes(4) + b"ftypmif1", True),
        ("application/octet-stream", bytes(4) + b"ftypisom", False),
        ("application/octet-stream", b"", False),
        ("image/svg+xml", b"<svg", False),
        ("text/html", b"<html>", False),
        ("application/zip", b"PK\x03\x04", False),
        ("application/x-dosexec", b"MZ", False),
    ],
)
def test_families_upload_scans_and_pictures_only(mime_type, head, allowed):
    assert is_allowed(mime_type, head) is allowed


def test_a_short_file_is_no_picture_of_a_phone():
    assert not is_heif(b"ftyp")
