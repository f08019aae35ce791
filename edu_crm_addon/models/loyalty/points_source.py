"""Why points of a member card move, told by those who move them."""

from dataclasses import dataclass
from datetime import date

# Key of the context under which the host's own code finds the reason. A value that came
# by RPC is never an instance of `PointsSource`: nobody forges one.
REASON = "edu_points_source"


@dataclass(frozen=True, kw_only=True)
class PointsSource:
    """What moves points: kind of movement, record behind it, words for the customer.

    :param kind: one of ``KINDS``
    :param text: function of an environment in the customer's language
    """

    kind: str
    model: str
    record_id: int
    text: object = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One event that may be worth points; see ``edu.points.rule._award``.

    :param key: what makes the event unique, for example ``survey:12:34``
    :param partner_id: whose event it is; the family wallet says whose card gets it
    :param model, record_id: the record behind it
    :param points: instead of what the rule gives
    :param reason: words of the staff, when a person decides
    :param stage_id, course_id: what it is about, for rules that ask
    :param on: day of the event, for the dry run of a rule
    """

    key: str
    partner_id: int
    model: str = ""
    record_id: int = 0
    points: float | None = None
    reason: str = ""
    stage_id: int | None = None
    course_id: int | None = None
    on: date | None = None
