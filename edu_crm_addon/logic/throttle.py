"""At most so many times in so long, for each key; nothing of it is stored."""

from collections import deque
from threading import Lock

MAX_KEYS = 10_000


class Throttle:
    """Counts in the memory of one process; forgets the keys that wait longest.

    >>> from datetime import datetime, timedelta
    >>> noon = datetime(2026, 3, 6, 12)
    >>> throttle = Throttle(times=2, within=timedelta(hours=1))
    >>> [throttle.allows("here", noon) for _ in range(3)]
    [True, True, False]
    >>> throttle.allows("there", noon)
    True
    >>> throttle.allows("here", noon + timedelta(hours=1))
    True
    """

    def __init__(self, *, times, within):
        self.times = times
        self.within = within
        self._seen = {}
        self._lock = Lock()

    def allows(self, key, now):
        """Return whether ``key`` may once more, and count it if so."""
        with self._lock:
            moments = self._seen.pop(key, None) or deque()
            while moments and now - moments[0] >= self.within:
                moments.popleft()
            if is_allowed := len(moments) < self.times:
                moments.append(now)
            self._seen[key] = moments
            while len(self._seen) > MAX_KEYS:
                del self._seen[next(iter(self._seen))]
            return is_allowed

    def clear(self):
        with self._lock:
            self._seen.clear()
