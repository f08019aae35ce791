"""How old a public form is when it comes back: people need time to write."""

from datetime import timedelta

FASTEST = timedelta(seconds=3)
SLOWEST = timedelta(days=1)

TOO_FAST = "too_fast"
TOO_OLD = "too_old"


def refusal(age, *, fastest=FASTEST):
    """Return why a form of this age is not taken, or ``None``.

    >>> refusal(timedelta(seconds=1)), refusal(timedelta(days=2))
    ('too_fast', 'too_old')
    >>> refusal(timedelta(minutes=5))
    """
    if age < fastest:
        return TOO_FAST
    return TOO_OLD if age > SLOWEST else None
