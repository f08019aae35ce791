import pytest

from edu_crm_addon.logic import robot_mail as rule

ROBOTS = [
    ("Auto-Submitted", "auto-replied", rule.AUTO_SUBMITTED),
    ("Auto-Submitted", "auto-generated; type=vacation", rule.AUTO_SUBMITTED),
    ("Auto-Submitted", "auto-notified", rule.AUTO_SUBMITTED),
    ("AUTO-SUBMITTED", "Auto-Generated", rule.AUTO_SUBMITTED),
    ("Auto-Submitted", "", rule.AUTO_SUBMITTED),
    ("X-Auto-Response-Suppress", "All", rule.SUPPRESS),
    ("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply", rule.SUPPRESS),
    ("x-auto-response-suppress", "oof", rule.SUPPRESS),
    ("X-Auto-Response-Suppress", "autoreply", rule.SUPPRESS),
    ("Precedence", "bulk", rule.PRECEDENCE),
    ("Precedence", "List", rule.PRECEDENCE),
    ("precedence", "junk", rule.PRECEDENCE),
    ("Precedence", "auto_reply", rule.PRECEDENCE),
    ("List-Id", "<parents.example.com>", rule.LIST),
    ("List-Unsubscribe", "<mailto:off@example.com>", rule.LIST),
    ("LIST-POST", "", rule.LIST),
    ("X-Loop", "complaints@example.com", rule.LOOP),
    ("Return-Path", "<>", rule.RETURN_PATH),
    ("Return-Path", " ", rule.RETURN_PATH),
    ("return-path", "< >", rule.RETURN_PATH),
    ("Content-Type", "multipart/report; report-type=delivery-status", rule.REPORT),
    ("Content-Type", "Multipart/Report", rule.REPORT),
    ("From", "MAILER-DAEMON@mx.example.com", rule.SENDER),
    ("From", "Mail Delivery <mailer-daemon@mx.example.com>", rule.SENDER),
    ("From", '"Postmaster" <postmaster@example.com>', rule.SENDER),
    ("Message-Id", "<1.2-openerp-7@own.example.com>", rule.OWN),
    ("MESSAGE-ID", "<1.2@OWN.example.com>", rule.OWN),
]
PEOPLE = [
    ("Auto-Submitted", "no"),
    ("Auto-Submitted", "No (a person)"),
    ("X-Auto-Response-Suppress", "None"),
    ("X-Auto-Response-Suppress", "DR, RN"),
    ("Precedence", "first-class"),
    ("Precedence", ""),
    ("Return-Path", "<wang@example.com>"),
    ("Content-Type", "multipart/alternative; boundary=report"),
    ("From", '"postmaster of nothing" <wang@example.com>'),
    ("From", "old-postmaster@example.com"),
    ("From", ""),
    ("Message-Id", "<1.2@other.example.com>"),
    ("Message-Id", ""),
    ("Listening", "yes"),
]


@pytest.mark.parametrize(("name", "value", "code"), ROBOTS)
def test_a_robot_is_known_by(name, value, code):
    person = [("From", "wang@example.com"), ("Subject", "My lessons")]
    assert rule.robot([*person, (name, value)], ["own.example.com"]) == code


@pytest.mark.parametrize(("name", "value"), PEOPLE)
def test_a_person_is_not_taken_for_a_robot(name, value):
    assert rule.robot([(name, value)], ["own.example.com"]) is None


def test_a_mail_without_headers_is_a_persons():
    assert rule.robot([]) is None
    assert rule.robot([("Subject", None), ("Precedence", None)]) is None


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("CMP/2026/00001", ["CMP/2026/00001"]),
        ("RE: CMP/2026/00001 · My lessons", ["CMP/2026/00001"]),
        ("Re: AW: [cmp/2026/00001]", ["CMP/2026/00001"]),
        ("回复：【ＣＭＰ／２０２６／００００１】", ["CMP/2026/00001"]),
        ("回复:CMP/2026/00001", ["CMP/2026/00001"]),
        ("转发：（CMP/2026/00012）投诉", ["CMP/2026/00012"]),
        ("CMP/2026/00001, CMP/2026/00002", ["CMP/2026/00001", "CMP/2026/00002"]),
        ("CMP/2026/00001 cmp/2026/00001", ["CMP/2026/00001"]),
        ("CMP/2026/100000", ["CMP/2026/100000"]),
        ("CMP 2026 00001", []),
        ("1CMP/2026/00001", []),
        ("12/2026/00001", []),
        ("", []),
        (False, []),
    ],
)
def test_numbers_are_found_in_a_subject(subject, numbers):
    assert rule.numbers_in(subject) == numbers
