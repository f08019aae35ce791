"""Birthdays; who was born on the 29th of February has it on the 1st of March, too."""

from calendar import isleap
from datetime import date

LEAP_DAY = (2, 29)


def birthday(born, year):
    """Return the birthday in ``year``.

    >>> birthday(date(2012, 2, 29), 2026), birthday(date(2012, 2, 29), 2028)
    (datetime.date(2026, 3, 1), datetime.date(2028, 2, 29))
    """
    if (born.month, born.day) == LEAP_DAY and not isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def birthdays(born, date_from, date_to):
    """Return the birthdays in a period; the day of birth is none."""
    days = [birthday(born, year) for year in range(date_from.year, date_to.year + 1)]
    return [day for day in days if date_from <= day <= date_to and day > born]


def birth_days(day):
    """Return the ``(month, day)`` of whose birthday ``day`` is.

    >>> birth_days(date(2026, 3, 1)), birth_days(date(2028, 3, 1))
    ([(3, 1), (2, 29)], [(3, 1)])
    """
    days = [(day.month, day.day)]
    if days == [(3, 1)] and not isleap(day.year):
        days.append(LEAP_DAY)
    return days
