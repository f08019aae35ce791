"""Which figures of people who were promised anonymity may be shown.

A figure of few people tells what each of them said, above all to somebody who knows
the others. It must not follow from other figures either: the total less everything else
that is shown is a figure as well.
"""

from collections.abc import Hashable, Mapping

# The fewest people a figure may be of.
LEAST = 5


def may_show(count: int, least: int = LEAST) -> bool:
    """Tell whether a figure of ``count`` people may be shown by itself.

    >>> may_show(4), may_show(5)
    (False, True)
    """
    return count >= least


def may_show_gap(
    experience: int, expectation: int, gap: int, least: int = LEAST
) -> bool:
    """Tell whether the mean gap may be shown beside the means it is the difference of.

    Gap and expectation together tell the experience of those who have both; the mean of
    all less that is of the others, who must not be a few.

    >>> may_show_gap(20, 20, 20), may_show_gap(20, 14, 14), may_show_gap(20, 18, 18)
    (True, True, False)
    """
    rests = experience - gap, expectation - gap
    return all(not rest or may_show(rest, least) for rest in rests)


def visible(counts: Mapping[Hashable, int], least: int = LEAST) -> set[Hashable]:
    """Return the cells that may be shown beside the total of all of them.

    ``counts`` says how many people are in each cell; nobody is in two. Small cells are
    hidden. As long as those hidden are fewer than ``least`` people together, the
    smallest of the others is hidden as well: the total less the rest would be theirs.

    >>> sorted(visible({"primary": 20, "junior": 9, "senior": 6}))
    ['junior', 'primary', 'senior']
    >>> sorted(visible({"primary": 20, "junior": 9, "senior": 3}))
    ['primary']
    >>> sorted(visible({"primary": 20, "junior": 3, "senior": 3}))
    ['primary']
    """
    hidden, shown = 0, set()
    for key, count in counts.items():
        if may_show(count, least):
            shown.add(key)
        else:
            hidden += count
    # By size, and among equals as they came: the same answers give the same table.
    order = sorted((key for key in counts if key in shown), key=counts.__getitem__)
    for key in order:
        if not 0 < hidden < least:
            break
        shown.remove(key)
        hidden += counts[key]
    return shown
