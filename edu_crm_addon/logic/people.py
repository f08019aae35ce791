"""Ages, as the law counts them."""

from datetime import date


def age_on(birth: date, today: date) -> int:
    """Return the full years a person has lived on ``today``.

    Someone born on 29 February turns a year older on 1 March of a common year.

    >>> age_on(date(2010, 9, 1), date(2026, 8, 31))
    15
    >>> age_on(date(2008, 2, 29), date(2026, 2, 28))
    17
    >>> age_on(date(2008, 2, 29), date(2026, 3, 1))
    18
    """
    had_birthday = (today.month, today.day) >= (birth.month, birth.day)
    return today.year - birth.year - (not had_birthday)


def is_minor(birth: date | None, today: date, adult_age: int) -> bool:
    """Tell whether the person is known to be under ``adult_age`` years.

    >>> is_minor(date(2010, 9, 1), date(2026, 8, 31), 18)
    True
    >>> is_minor(None, date(2026, 8, 31), 18)
    False
    """
    return birth is not None and age_on(birth, today) < adult_age


def born_after_to_be_minor(today: date, adult_age: int) -> date:
    """Return the date such that exactly those born after it are minors today.

    >>> born_after_to_be_minor(date(2026, 8, 31), 18)
    datetime.date(2008, 8, 31)
    >>> born_after_to_be_minor(date(2026, 2, 28), 18)
    datetime.date(2008, 2, 28)
    >>> born_after_to_be_minor(date(2028, 2, 29), 18)
    datetime.date(2010, 2, 28)
    """
    try:
        return today.replace(year=today.year - adult_age)
    except ValueError:
        return date(today.year - adult_age, 2, 28)
