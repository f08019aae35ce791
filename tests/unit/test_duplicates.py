"""Groups of likely duplicates, and which company sees which."""

import pytest

from edu_crm_addon.logic.duplicates import reopens, split_by_company


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], {}),
        ([(1, None)], {}),
        ([(1, 7)], {}),
        ([(1, None), (2, None)], {None: (1, 2)}),
        ([(1, 7), (2, 7)], {7: (1, 2)}),
        # One contact in each of two companies: nobody may learn of the other.
        ([(1, 7), (2, 8)], {}),
        ([(1, 7), (2, 8), (3, 8)], {8: (2, 3)}),
        # A shared contact is seen by every company that has a double of it.
        ([(1, None), (2, 7)], {7: (1, 2)}),
        ([(1, None), (2, 7), (3, 8)], {7: (1, 2), 8: (1, 3)}),
        (
            [(1, None), (2, None), (3, 7), (4, 8)],
            {None: (1, 2), 7: (1, 2, 3), 8: (1, 2, 4)},
        ),
    ],
)
def test_split_by_company(members, expected):
    assert split_by_company(members) == expected


def test_contacts_are_listed_in_order_whatever_the_order_found():
    assert split_by_company([(9, 7), (3, None), (5, 7)]) == {7: (3, 5, 9)}


def test_members_may_come_from_a_generator():
    assert split_by_company((n, 7) for n in (1, 2)) == {7: (1, 2)}


@pytest.mark.parametrize(
    ("ignored", "found", "expected"),
    [
        ([1, 2], [1, 2], False),
        ([1, 2], [2, 1], False),
        ([1, 2, 3], [1, 2], False),
        ([1, 2], [1, 2, 3], True),
        # One left, another joined: a new pair to look at.
        ([1, 2], [1, 3], True),
        ([], [1, 2], True),
    ],
)
def test_an_ignored_group_reopens_when_somebody_joins(ignored, found, expected):
    assert reopens(ignored, found) is expected
