"""Which steps of the onboarding an enrollment still lacks.

Documents, account and schedule are the steps; the company says which are required. A
document counts while it is accepted and not expired; until it has been checked it does
not. Who leads may let a learner begin without the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DOCUMENTS = "documents"
ACCOUNT = "account"
SCHEDULE = "schedule"
STEPS = (DOCUMENTS, ACCOUNT, SCHEDULE)

MISSING = "missing"
UPLOADED = "uploaded"
ACCEPTED = "accepted"
REJECTED = "rejected"
DOCUMENT_STATES = (MISSING, UPLOADED, ACCEPTED, REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document that an enrollment asks for; valid up to ``expires_on`` included."""

    state: str
    is_required: bool = True
    expires_on: date | None = None

    def is_expired(self, today: date) -> bool:
        """Tell whether it was accepted once and is no longer valid.

        >>> paper = Document(state=ACCEPTED, expires_on=date(2026, 9, 1))
        >>> paper.is_expired(date(2026, 9, 1)), paper.is_expired(date(2026, 9, 2))
        (False, True)
        """
        return (
            self.state == ACCEPTED
            and self.expires_on is not None
            and self.expires_on < today
        )

    def is_open(self, today: date) -> bool:
        """Tell whether the onboarding waits for it."""
        return self.is_required and (self.state != ACCEPTED or self.is_expired(today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one enrollment's onboarding."""

    documents: tuple[Document, ...] = ()
    has_account: bool = False
    is_told: bool = False
    is_waived: bool = False


def open_steps(facts: Facts, today: date) -> tuple[str, ...]:
    """Return the steps that are not done, required or not.

    >>> open_steps(Facts(has_account=True), date(2026, 9, 1))
    ('schedule',)
    """
    done = {
        DOCUMENTS: not any(document.is_open(today) for document in facts.documents),
        ACCOUNT: facts.has_account,
        SCHEDULE: facts.is_told,
    }
    return tuple(step for step in STEPS if not done[step])


def missing(facts: Facts, required: Iterable[str], today: date) -> tuple[str, ...]:
    """Return the required steps without which the enrollment does not begin."""
    if facts.is_waived:
        return ()
    wanted = frozenset(required)
    return tuple(step for step in open_steps(facts, today) if step in wanted)
