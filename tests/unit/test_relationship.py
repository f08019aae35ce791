"""How close a customer is: all six codes, and the day on which a buyer is lost."""

from datetime import date

import pytest

from edu_crm_addon.logic.relationship import CODES, Facts, decide, is_lost

BOUGHT = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), "non_customer"),
        (Facts(open_leads=1), "potential"),
        (Facts(open_leads=7), "potential"),
        (Facts(is_target=True), "target"),
        (Facts(is_target=True, open_leads=1), "target"),
        (Facts(orders=1, last_order_on=BOUGHT), "first"),
        (Facts(orders=1, last_order_on=BOUGHT, is_target=True), "first"),
        (Facts(orders=1, last_order_on=BOUGHT, open_leads=1), "first"),
        (Facts(orders=2, last_order_on=BOUGHT), "repeat"),
        (Facts(orders=9, last_order_on=BOUGHT, is_target=True), "repeat"),
    ],
)
def test_code_of_the_documents(facts, expected):
    assert decide(facts, BOUGHT) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 1), "first"),
        (date(2026, 1, 30), "first"),
        # The thirtieth day still counts, the day after no longer.
        (date(2026, 1, 31), "first"),
        (date(2026, 2, 1), "lost"),
        (date(2030, 1, 1), "lost"),
    ],
)
def test_lost_on_the_day_after_the_limit(today, expected):
    facts = Facts(orders=1, last_order_on=BOUGHT, lost_after_days=30)
    assert decide(facts, today) == expected


def test_a_repeat_customer_is_lost_too():
    facts = Facts(orders=5, last_order_on=BOUGHT, lost_after_days=30)
    assert decide(facts, date(2026, 2, 1)) == "lost"


def test_an_open_lead_keeps_a_silent_buyer():
    facts = Facts(orders=1, open_leads=1, last_order_on=BOUGHT, lost_after_days=30)
    assert decide(facts, date(2030, 1, 1)) == "first"


def test_zero_days_means_never_lost():
    facts = Facts(orders=2, last_order_on=BOUGHT, lost_after_days=0)
    assert decide(facts, date(2099, 1, 1)) == "repeat"


def test_a_target_mark_does_not_save_a_lost_buyer():
    facts = Facts(orders=1, is_target=True, last_order_on=BOUGHT, lost_after_days=30)
    assert decide(facts, date(2026, 2, 1)) == "lost"


def test_who_never_bought_is_never_lost():
    facts = Facts(is_target=True, lost_after_days=1)
    assert not is_lost(facts, date(2099, 1, 1))
    assert decide(facts, date(2099, 1, 1)) == "target"


def test_the_limit_counts_days_over_a_leap_day():
    facts = Facts(orders=1, last_order_on=date(2028, 2, 28), lost_after_days=1)
    assert not is_lost(facts, date(2028, 2, 29))
    assert is_lost(facts, date(2028, 3, 1))


def test_the_codes_are_those_of_the_documents():
    assert CODES == ("non_customer", "potential", "target", "first", "repeat", "lost")
