"""What is to be booked of an order, by hand-computed cases."""

import pytest

from edu_crm_addon.logic.order_points import (
    Ledger,
    Sale,
    due,
    plan,
    reissued,
    taken,
)

PAID = Sale(total=1000, invoiced=1000, paid=1000)
OPEN = Sale(total=1000)


@pytest.mark.parametrize(
    ("sale", "paid", "kept"),
    [
        (Sale(total=1000), 0, 1),
        (Sale(total=0), 1, 1),
        (Sale(total=1000, invoiced=1000, paid=250), 0.25, 1),
        (Sale(total=1000, invoiced=400, paid=400), 0.4, 1),
        # Credited: not set off, set off against the open invoice, paid out.
        (Sale(total=1000, invoiced=1000, credited=300), 0, 0.7),
        (Sale(total=1000, invoiced=1000, credited=300, paid=1000), 0.7, 0.7),
        (Sale(total=1000, invoiced=1000, credited=300, paid=700), 0.7, 0.7),
        (Sale(total=1000, invoiced=300, credited=300, paid=300), 0, 0.7),
        # Credited and billed again; the order made smaller or larger since.
        (Sale(total=1000, invoiced=2000, credited=1000, paid=1000), 1, 1),
        (Sale(total=700, invoiced=1000, credited=300, paid=700), 1, 1),
        (Sale(total=3000, invoiced=1000, paid=1000), 1 / 3, 1),
        (Sale(total=1000, invoiced=1000, credited=1200, paid=1000), 0, 0),
        # Paid online: before there is an invoice, of a part billed, credited.
        (Sale(total=1000, online=1000), 1, 1),
        (Sale(total=1000, invoiced=300, paid=300, online=1000), 1, 1),
        (
            Sale(total=1000, invoiced=1000, credited=300, paid=1000, online=1000),
            0.7,
            0.7,
        ),
    ],
)
def test_shares_of_the_money(sale, paid, kept):
    assert sale.share_paid == pytest.approx(paid)
    assert sale.share_kept == pytest.approx(kept)


@pytest.mark.parametrize(
    ("ledger", "sale", "values", "booked"),
    [
        # Confirmed, paid in parts, paid.
        ({}, OPEN, {"issued": 1000}, {"wait": 1000}),
        (
            {"pending": 1000},
            Sale(total=1000, invoiced=1000, paid=333.33),
            {"issued": 1000},
            {"release": 333},
        ),
        (
            {"given": 333, "pending": 667},
            PAID,
            {"issued": 1000},
            {"release": 667},
        ),
        ({"given": 1000}, PAID, {"issued": 1000}, {}),
        # Nothing waits: at once.
        ({}, OPEN, {"issued": 1000, "is_held": False}, {"issue": 1000}),
        # Canceled: before, between and after the payment.
        ({"pending": 1000}, OPEN, {}, {"void": 1000}),
        (
            {"given": 333, "pending": 667, "spent": 100},
            OPEN,
            {},
            {"void": 667, "take_back": 333, "give_back": 100},
        ),
        # Credited in part, when paid and when not.
        (
            {"given": 1000},
            Sale(total=1000, invoiced=1000, credited=400, paid=1000),
            {"issued": 1000},
            {"take_back": 400},
        ),
        (
            {"pending": 1000},
            Sale(total=1000, invoiced=1000, credited=400),
            {"issued": 1000},
            {"void": 400},
        ),
        # The payment bounces: it waits again.
        (
            {"given": 1000},
            Sale(total=1000, invoiced=1000),
            {"issued": 1000},
            {"wait": 1000, "take_back": 1000},
        ),
        # Made larger and smaller after it was paid.
        (
            {"given": 1000},
            Sale(total=3000, invoiced=1000, paid=1000),
            {"issued": 3000},
            {"wait": 2000},
        ),
        (
            {"given": 1000},
            Sale(total=500, invoiced=1000, paid=1000),
            {"issued": 500},
            {"take_back": 500},
        ),
        # Written off before: first no longer so, then given.
        (
            {"given": 0, "written_off": 900},
            PAID,
            {"issued": 1000},
            {"restore": 900, "issue": 100},
        ),
        # Rewards.
        ({}, OPEN, {"spent": 100}, {"spend": 100}),
        ({"spent": 300}, OPEN, {"spent": 100}, {"give_back": 200}),
    ],
)
def test_plan(ledger, sale, values, booked):
    values = {"is_held": True, **values}
    assert dict(plan(Ledger(**ledger), sale, **values)) == pytest.approx(booked)


def test_a_plan_carried_out_leaves_nothing_to_do():
    for paid in (0, 250, 333.33, 999.99, 1000):
        for credited in (0, 100, 333.33, 1000):
            sale = Sale(total=1000, invoiced=1000, credited=credited, paid=paid)
            first = plan(Ledger(), sale, issued=777.5, is_held=True)
            given = first.issue + first.release + first.restore
            done = Ledger(given=given, pending=first.wait)
            assert not plan(done, sale, issued=777.5, is_held=True)


def test_shares_are_whole_points_but_all_is_all():
    assert [due(99.99, share) for share in (0, 0.3333, 0.9999, 1)] == [0, 33, 99, 99.99]


@pytest.mark.parametrize(
    ("arguments", "scale", "points"),
    [
        ((1000, 1000, 3000), 3, 3000),
        ((1000, 2000, 6000), 3, 3000),
        ((1000, 2000, 0), 0, 0),
        ((1000, 0, 0), 0.5, 500),
        ((1000, 0, 0), 3, 1000),
        ((0, 500, 1000), 2, 0),
    ],
)
def test_points_of_changed_lines(arguments, scale, points):
    assert reissued(*arguments, scale=scale) == pytest.approx(points)


@pytest.mark.parametrize(
    ("balance", "policy", "there", "lost"),
    [
        (100, "debt", 60, 0),
        (10, "debt", 60, 0),
        (100, "write_off", 60, 0),
        (10, "write_off", 10, 50),
        (-5, "write_off", 0, 60),
        (10, "block", 60, 0),
    ],
)
def test_what_is_taken_of_60_points(balance, policy, there, lost):
    assert taken(60, balance, policy) == pytest.approx((there, lost))
