"""Which recommendations are looked at: a table of cases, each reason by itself."""

from dataclasses import replace

import pytest

from edu_crm_addon.logic import referral as rule
from edu_crm_addon.logic.referral import Facts, Side


def ids(*values):
    return frozenset(values)


WANG = Side(
    people=ids(1),
    family=ids(1, 11),
    phones=ids("+8613900000001"),
    emails=ids("wang@example.com"),
    addresses=ids("12nanjingrd"),
)
ZHAO = Side(
    people=ids(2),
    family=ids(2, 12),
    phones=ids("+8613900000002"),
    emails=ids("zhao@example.com"),
    addresses=ids("3westlake"),
)
PLAIN = Facts(referrer=WANG, referred=ZHAO, brought_by=ids(3), in_month=5, limit=5)


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"referred": WANG}, ("self", "phone", "email", "address")),
        ({"referred": replace(ZHAO, family=ids(2, 11))}, ("household",)),
        ({"referred": replace(ZHAO, phones=WANG.phones)}, ("phone",)),
        ({"referred": replace(ZHAO, emails=WANG.emails)}, ("email",)),
        ({"referred": replace(ZHAO, addresses=WANG.addresses)}, ("address",)),
        ({"referred": replace(ZHAO, is_staff=True)}, ("staff",)),
        ({"referrer": replace(WANG, is_staff=True)}, ("staff",)),
        ({"brought_by": ids(3, 2)}, ("loop",)),
        ({"brought_by": ids(12)}, ("loop",)),
        ({"is_known": True}, ("known",)),
        ({"in_month": 6}, ("velocity",)),
        ({"in_month": 600, "limit": 0}, ()),
        ({"is_known": True, "in_month": 6}, ("known", "velocity")),
        ({"referred": Side()}, ()),
    ],
)
def test_reasons(change, reasons):
    assert rule.check(replace(PLAIN, **change)) == reasons


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("12 Nanjing Rd", "Shanghai"), ("12, nanjing rd.", "SHANGHAI"), True),
        (("南京路 12号", "上海"), ("南京路12号", "上海"), True),
        (("12 Nanjing Rd", "Shanghai"), ("12 Nanjing Rd", "Beijing"), False),
        (("12 Nanjing Rd", "", "200001"), ("12 Nanjing Rd", "", "200002"), False),
    ],
)
def test_addresses_are_compared_by_letters_and_digits(one, other, is_same):
    assert (rule.address_key(*one) == rule.address_key(*other)) is is_same


def test_who_has_no_street_lives_nowhere():
    assert not rule.address_key("", "Shanghai", "200001")
    assert not rule.address_key(False, "Shanghai", False)
    assert not rule.address_key(" - ", "Shanghai")
