"""Refunds of early leavers, reckoned by hand."""

from datetime import date

import pytest

from edu_crm_addon.logic.refund import Facts, most, reckon, term_days, used_days

RESULTS = ("used_value", "credit", "paid_back", "still_to_pay", "to_invoice")

REFUNDS = {
    # price, invoiced, paid, total, used -> used value, credit, back, to pay, to invoice
    "all paid, 6 of 20 lessons": (1000, 1000, 1000, 20, 6, 300, 700, 700, 0, 0),
    "half paid, 6 of 20 lessons": (1000, 1000, 500, 20, 6, 300, 700, 200, 0, 0),
    "half paid, 16 of 20 lessons": (1000, 1000, 500, 20, 16, 800, 200, 0, 300, 0),
    "half paid, half used": (1000, 1000, 500, 20, 10, 500, 500, 0, 0, 0),
    "nothing paid, nothing used": (1000, 1000, 0, 20, 0, 0, 1000, 0, 0, 0),
    "withdrawn before the start": (1000, 1000, 1000, 90, 0, 0, 1000, 1000, 0, 0),
    "everything used": (1000, 1000, 1000, 20, 20, 1000, 0, 0, 0, 0),
    "gift lessons used too": (1000, 1000, 1000, 20, 22, 1000, 0, 0, 0, 0),
    "everything used, half paid": (1000, 1000, 500, 20, 20, 1000, 0, 0, 500, 0),
    "nothing invoiced, nothing used": (1000, 0, 0, 20, 0, 0, 0, 0, 0, 0),
    "nothing invoiced, 6 used": (1000, 0, 0, 20, 6, 300, 0, 0, 0, 300),
    "a deposit of 400, 6 used": (1000, 400, 400, 20, 6, 300, 100, 100, 0, 0),
    "a deposit of 400, 10 used": (1000, 400, 400, 20, 10, 500, 0, 0, 0, 100),
    "a deposit unpaid, 6 used": (1000, 400, 0, 20, 6, 300, 100, 0, 300, 0),
    "overpaid by 100": (1000, 1000, 1100, 20, 6, 300, 700, 800, 0, 0),
    "partly credited before": (1000, 800, 800, 20, 6, 300, 500, 500, 0, 0),
    "a third is rounded": (10000, 10000, 10000, 3, 1, 3333, 6667, 6667, 0, 0),
    "two thirds": (10000, 10000, 10000, 3, 2, 6667, 3333, 3333, 0, 0),
    "half a cent is charged": (101, 101, 101, 2, 1, 51, 50, 50, 0, 0),
    "yen: 1 of 3 lessons of 1,000": (1000, 1000, 1000, 3, 1, 333, 667, 667, 0, 0),
    "free course": (0, 0, 0, 20, 6, 0, 0, 0, 0, 0),
    "neither lessons nor days are known": (1000, 1000, 1000, 0, 5, 1000, 0, 0, 0, 0),
    "lessons cannot be negative": (1000, 1000, 1000, 20, -1, 0, 1000, 1000, 0, 0),
}


@pytest.mark.parametrize("name", REFUNDS)
def test_refund(name):
    price, invoiced, paid, total, used, *expected = REFUNDS[name]
    refund = reckon(
        Facts(price=price, invoiced=invoiced, paid=paid, total=total, used=used)
    )
    assert [getattr(refund, result) for result in RESULTS] == expected
    assert refund.used_value + refund.unused_value == price
    assert refund.used + refund.unused == max(total, 0)


@pytest.mark.parametrize("invoiced", [0, 1, 400, 1000])
@pytest.mark.parametrize("paid_share", [0, 1, 2])
@pytest.mark.parametrize("used", [0, 1, 7, 19, 20])
def test_the_family_ends_up_paying_what_it_used(invoiced, paid_share, used):
    paid = invoiced * paid_share // 2
    refund = reckon(
        Facts(price=1000, invoiced=invoiced, paid=paid, total=20, used=used)
    )
    pays = paid - refund.paid_back + refund.still_to_pay + refund.to_invoice
    assert pays == refund.used_value
    assert 0 <= refund.credit <= invoiced


def test_a_typed_credit_replaces_the_reckoned_one():
    facts = Facts(price=1000, invoiced=1000, paid=500, total=20, used=6)
    assert reckon(facts, 900).paid_back == 400
    assert reckon(facts, 0).still_to_pay == 500
    assert reckon(facts, 1000).paid_back == 500
    assert most(facts) == 1000


MARCH = date(2026, 3, 1), date(2026, 3, 31)
TWO_WEEKS = [(date(2026, 3, 9), date(2026, 3, 22))]


@pytest.mark.parametrize(
    ("until", "pauses", "expected"),
    [
        (date(2026, 2, 28), [], 0),
        (date(2026, 3, 1), [], 1),
        (date(2026, 3, 15), [], 15),
        (date(2026, 3, 31), [], 31),
        (date(2026, 5, 1), [], 31),
        (date(2026, 3, 8), TWO_WEEKS, 8),
        (date(2026, 3, 9), TWO_WEEKS, 8),
        (date(2026, 3, 22), TWO_WEEKS, 8),
        (date(2026, 3, 23), TWO_WEEKS, 9),
        (date(2026, 3, 20), [(date(2026, 3, 11), None)], 10),
        (date(2026, 3, 5), [(date(2026, 2, 1), date(2026, 3, 2))], 3),
    ],
)
def test_used_days(until, pauses, expected):
    assert used_days(*MARCH, until, pauses) == expected


def test_closed_pauses_had_moved_the_last_day():
    """March with a pause of 14 days ends on 14 April, and has 31 days still."""
    assert term_days(date(2026, 3, 1), date(2026, 4, 14), TWO_WEEKS) == 31


def test_an_open_pause_has_moved_nothing_yet():
    """The family pays for the 10 days before the pause, of 31."""
    pause = [(date(2026, 3, 11), None)]
    assert term_days(*MARCH, pause) == 31
    assert used_days(*MARCH, date(2026, 3, 20), pause) == 10


def test_without_a_last_day_there_is_no_number_of_days():
    assert term_days(date(2026, 3, 1), None) == 0
