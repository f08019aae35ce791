"""Who may see which group of likely duplicates.

A contact without company is everybody's, one with a company is that company's only. So
one group of contacts with the same key becomes one group per company that takes part,
each with the shared contacts in it, and no company learns of another's customers.
"""

from collections.abc import Iterable

Member = tuple[int, int | None]


def split_by_company(members: Iterable[Member]) -> dict[int | None, tuple[int, ...]]:
    """Return the contact ids of each group, by company id (None: shared contacts only).

    Groups of fewer than two contacts are no duplicates. A company whose group holds
    nothing but the shared contacts gets none of its own: it sees the shared one.

    >>> split_by_company([(1, None), (2, 7), (3, 8), (4, 8)])
    {7: (1, 2), 8: (1, 3, 4)}
    >>> split_by_company([(1, None), (2, None), (3, 7)])
    {None: (1, 2), 7: (1, 2, 3)}
    >>> split_by_company([(1, 7), (2, 8)])
    {}
    """
    ids_by_company: dict[int | None, list[int]] = {None: []}
    for contact, company in members:
        ids_by_company.setdefault(company, []).append(contact)
    shared = ids_by_company[None]
    groups = {
        company: tuple(sorted(ids if company is None else {*shared, *ids}))
        for company, ids in ids_by_company.items()
    }
    return {company: ids for company, ids in groups.items() if len(ids) > 1}


def reopens(ignored: Iterable[int], found: Iterable[int]) -> bool:
    """Tell whether an ignored group must be shown again: somebody new joined it.

    >>> reopens([1, 2], [1, 2]), reopens([1, 2, 3], [1, 2]), reopens([1, 2], [1, 2, 3])
    (False, False, True)
    """
    return not set(found) <= set(ignored)
