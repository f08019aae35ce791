"""How complete a customer's file is, and what is missing.

Each item that applies to the customer weighs the same. What applies depends on who it
is: a person is asked for background, interests and birth date, an organization for
type, nature, size and industry; a learner under age also for a guardian; a mere
supplier buys no education and is not asked for stage and needs.
"""

from dataclasses import dataclass

PERSON = (
    "contact",
    "address",
    "stage",
    "need",
    "background",
    "interests",
    "birth_date",
)
ORGANIZATION = (
    "contact",
    "address",
    "nature",
    "type",
    "stage",
    "need",
    "industry",
    "size",
)
GUARDIAN = "guardian"
ITEMS = tuple(dict.fromkeys((*PERSON, *ORGANIZATION, GUARDIAN)))
BUYER_ONLY = frozenset({"stage", "need"})


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is known about one customer."""

    is_organization: bool = False
    is_supplier_only: bool = False
    needs_guardian: bool = False
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whole percent, and the codes of what is missing in the order asked."""

    percent: int
    missing: tuple[str, ...]


def items_for(file: File) -> tuple[str, ...]:
    """Return the codes that apply to this customer.

    >>> items_for(File(is_organization=True, is_supplier_only=True))
    ('contact', 'address', 'nature', 'type', 'industry', 'size')
    """
    items = ORGANIZATION if file.is_organization else PERSON
    if file.is_supplier_only:
        items = tuple(item for item in items if item not in BUYER_ONLY)
    return (*items, GUARDIAN) if file.needs_guardian else items


def assess(file: File) -> Completeness:
    """Return the share of known items, rounded down, so 100 means nothing is missing.

    >>> assess(File(known=frozenset({"contact", "address", "stage"})))
    Completeness(percent=42, missing=('need', 'background', 'interests', 'birth_date'))
    """
    items = items_for(file)
    missing = tuple(item for item in items if item not in file.known)
    percent = 100 * (len(items) - len(missing)) // len(items)
    return Completeness(percent=percent, missing=missing)
