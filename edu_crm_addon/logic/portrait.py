"""Does a prospect look like the customers a stage of education is meant for?"""

from collections.abc import Sequence
from datetime import date

from .people import age_on

FITS = "fits"
TOO_YOUNG = "too_young"
TOO_OLD = "too_old"
CODES = (FITS, TOO_YOUNG, TOO_OLD)


def fit(birth: date | None, ages: Sequence[tuple[int, int]], today: date) -> str | None:
    """Compare the age with the age ranges of the chosen stages; one match is enough.

    A range ends before its upper age; 0 means that it has no end. Without birth date or
    stage nothing can be said.

    >>> fit(date(2016, 5, 1), [(6, 12)], date(2026, 11, 22))
    'fits'
    >>> fit(date(2014, 11, 22), [(6, 12)], date(2026, 11, 22))
    'too_old'
    >>> fit(date(2006, 5, 1), [(3, 6), (18, 0)], date(2026, 11, 22))
    'fits'
    >>> fit(None, [(6, 12)], date(2026, 11, 22)) is None
    True
    """
    if birth is None or not ages:
        return None
    age = age_on(birth, today)
    if any(low <= age and (not high or age < high) for low, high in ages):
        return FITS
    return TOO_YOUNG if any(age < low for low, _high in ages) else TOO_OLD
