"""May a recommendation be rewarded, or does somebody have to look at it first?

What is looked at, for who recommends and who is recommended, each with the family:

1. the same person, or people of one household
2. the same phone number, email or address
3. staff on either side
4. a loop: who is recommended has brought who recommends, or those before
5. who is recommended was known already: a customer, or an inquiry made before
6. more recommendations of one person in a month than the school thinks plausible

Nothing is refused by itself: a person decides, with the reasons before the eyes.
"""

from dataclasses import dataclass

# States
INVITED = "invited"
LEAD = "lead"
ENROLLED = "enrolled"
REWARDED = "rewarded"
BLOCKED = "blocked"
CLAWED_BACK = "clawed_back"
CANCELED = "canceled"
# An enrollment takes these on; of two for one person, the first in this order counts.
OPEN = (INVITED, LEAD)
WAITING = (*OPEN, CLAWED_BACK)
GIVEN = (ENROLLED, REWARDED)
FURTHEST_FIRST = (REWARDED, ENROLLED, BLOCKED, LEAD, INVITED, CLAWED_BACK, CANCELED)

# Reasons
SELF = "self"
HOUSEHOLD = "household"
PHONE = "phone"
EMAIL = "email"
ADDRESS = "address"
STAFF = "staff"
LOOP = "loop"
KNOWN = "known"
VELOCITY = "velocity"
REASONS = (SELF, HOUSEHOLD, PHONE, EMAIL, ADDRESS, STAFF, LOOP, KNOWN, VELOCITY)

NOTHING = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who recommends, or who is recommended.

    :param people: ids of the person's contacts; empty while there is none
    :param family: ids of these and of their household
    :param phones, emails, addresses: of all of them, in comparable form
    """

    people: frozenset = NOTHING
    family: frozenset = NOTHING
    phones: frozenset = NOTHING
    emails: frozenset = NOTHING
    addresses: frozenset = NOTHING
    is_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One recommendation.

    :param brought_by: ids of who brought the one who recommends, and of those before
    :param is_known: who is recommended was a customer, or inquired, before
    :param in_month: recommendations of the same person in a month, this one included
    :param limit: how many are plausible; 0: any number
    """

    referrer: Side
    referred: Side
    brought_by: frozenset = NOTHING
    is_known: bool = False
    in_month: int = 1
    limit: int = 0


def check(facts):
    """Return the reasons to look at it, none if all is well.

    >>> wang = Side(people=frozenset({1}), phones=frozenset({"+8613912345678"}))
    >>> zhao = Side(people=frozenset({2}), phones=frozenset({"+8613912345678"}))
    >>> check(Facts(referrer=wang, referred=zhao))
    ('phone',)
    >>> check(Facts(referrer=wang, referred=wang))
    ('self', 'phone')
    """
    one, other = facts.referrer, facts.referred
    is_same = bool(one.people & other.people)
    found = {
        SELF: is_same,
        HOUSEHOLD: not is_same and bool(one.family & other.family),
        PHONE: bool(one.phones & other.phones),
        EMAIL: bool(one.emails & other.emails),
        ADDRESS: bool(one.addresses & other.addresses),
        STAFF: one.is_staff or other.is_staff,
        LOOP: not is_same and bool(facts.brought_by & other.family),
        KNOWN: facts.is_known,
        VELOCITY: bool(facts.limit) and facts.in_month > facts.limit,
    }
    return tuple(code for code in REASONS if found[code])


def address_key(street, city="", zip_code=""):
    """Return an address in comparable form, nothing without a street.

    >>> address_key("12, Nanjing Rd.", "Shanghai"), address_key("", "Shanghai")
    ('12nanjingrdshanghai', '')
    """
    if not _letters(street):
        return ""
    return "".join(_letters(part) for part in (street, city, zip_code))


def _letters(text):
    return "".join(char for char in (text or "").casefold() if char.isalnum())
