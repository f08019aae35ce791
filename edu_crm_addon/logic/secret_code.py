"""The code with which somebody unknown follows a complaint, and its lock."""

from datetime import timedelta

# No letter that is taken for a digit, and no vowels that spell words.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 12
GROUP = 4
MAX_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)


def spell(secret: bytes) -> str:
    """Return the code of random bytes, in groups that are easily read aloud.

    >>> spell(bytes(range(32)))
    'PR6N-VBMB-CG9F'
    """
    number = int.from_bytes(secret, "big")
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    text = "".join(letters)
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def normalize(code: str) -> str:
    """Return what counts of a code as somebody types it.

    >>> normalize(" pr6n vbmb-CG9F ")
    'PR6NVBMBCG9F'
    """
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def after_wrong(tries, now):
    """Return ``(tries, locked until)`` after one more wrong code.

    >>> from datetime import datetime
    >>> after_wrong(3, datetime(2026, 3, 6, 12))
    (4, None)
    >>> after_wrong(4, datetime(2026, 3, 6, 12))
    (0, datetime.datetime(2026, 3, 6, 12, 15))
    """
    if tries + 1 < MAX_TRIES:
        return tries + 1, None
    return 0, now + LOCKED_FOR
