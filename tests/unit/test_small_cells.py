"""Figures of few people stay hidden, and do not follow from what is shown."""

import random
from itertools import chain, combinations

import pytest

from edu_crm_addon.logic.small_cells import LEAST, may_show, visible


def subsets(keys):
    return chain.from_iterable(combinations(keys, n) for n in range(len(keys) + 1))


@pytest.mark.parametrize(("count", "expected"), [(0, False), (4, False), (5, True)])
def test_five_people_are_enough(count, expected):
    assert may_show(count) is expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, ""),
        ({"a": 5}, "a"),
        ({"a": 4}, ""),
        ({"a": 5, "b": 5}, "ab"),
        # The other one goes as well: the total less it is the small one.
        ({"a": 50, "b": 1}, ""),
        ({"a": 50, "b": 9, "c": 1}, "a"),
        # The smallest goes, among equals the first.
        ({"a": 50, "b": 9, "c": 9, "d": 1}, "ac"),
        # Two small ones hide each other only if they are five together.
        ({"a": 50, "b": 3, "c": 2}, "a"),
        ({"a": 50, "b": 40, "c": 2, "d": 2}, "a"),
        # One is enough as soon as the hidden ones are five.
        ({"a": 6, "b": 5, "c": 4}, "a"),
        # Nobody is no small cell.
        ({"a": 8, "b": 0, "c": 7}, "ac"),
        ({"a": 3, "b": 3, "c": 3}, ""),
    ],
)
def test_cells_shown(counts, expected):
    assert "".join(sorted(visible(counts))) == expected


def test_no_difference_tells_about_few_people():
    """Whatever is taken off whatever: a figure is of nobody or of at least five."""
    source = random.Random(35)
    for _number in range(400):
        counts = {key: source.randrange(12) for key in range(source.randrange(1, 8))}
        total, shown = sum(counts.values()), visible(counts)
        for keys in subsets(sorted(shown)):
            part = sum(counts[key] for key in keys)
            assert part == 0 or part >= LEAST
            if total >= LEAST:
                assert total - part == 0 or total - part >= LEAST


def test_an_attacker_cannot_solve_for_a_small_cell():
    """With every figure shown as an equation, no small cell has one solution."""
    counts = {"a": 30, "b": 12, "c": 7, "d": 2, "e": 1}
    shown = visible(counts)
    hidden = counts.keys() - shown
    # The sum of the hidden ones is the only equation that has them in it.
    assert len(hidden) >= 2
    assert sum(counts[key] for key in hidden) >= LEAST
    assert {"d", "e"} <= hidden


def test_what_is_hidden_does_not_depend_on_the_order_of_the_keys():
    counts = {"a": 30, "b": 12, "c": 7, "d": 2}
    assert visible(counts) == visible(dict(reversed(counts.items())))
