"""What a lead is worth calling first: its points, and the intent they propose.

Every rule a lead meets adds its points, or takes them away. The points are measured
against the levels, highest first; who reaches none is of low intent. A lead is screened
once one of the three MAN questions (money, authority, need) is answered, and says why:
the strongest reasons for and against, and what nobody has asked yet.
"""

from dataclasses import dataclass

HIGH, MEDIUM, LOW = INTENTS = ("high", "medium", "low")
MONEY, AUTHORITY, NEED = MAN = ("money", "authority", "need")
NEED_TEXT = "need_text"
CONTACT = "contact"
MISSING = (*MAN, NEED_TEXT, CONTACT)
REASONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that the lead meets, by its id, and the points it gives."""

    rule: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Points from which a lead is of high or of medium intent."""

    high: int
    medium: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was asked so far; a question without answer is an empty text."""

    money: str = ""
    authority: str = ""
    need: str = ""
    has_need_text: bool = False
    can_be_reached: bool = False

    @property
    def is_screened(self) -> bool:
        """Whether one question of MAN at least is answered."""
        return bool(self.money or self.authority or self.need)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Result: an intent is empty, and the points are zero, while not screened."""

    score: int = 0
    intent: str = ""
    strengths: tuple[Reason, ...] = ()
    weaknesses: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def propose(score: int, levels: Levels) -> str:
    """Return the highest level that the points reach.

    >>> [propose(score, Levels(high=80, medium=40)) for score in (80, 79, 40, 39, -9)]
    ['high', 'medium', 'medium', 'low', 'low']
    """
    if score >= levels.high:
        return HIGH
    return MEDIUM if score >= levels.medium else LOW


def missing(answers: Answers) -> tuple[str, ...]:
    """Return the codes of what is still to be found out, most important first.

    >>> missing(Answers(money="yes", need="yes"))
    ('authority', 'need_text', 'contact')
    """
    known = {
        MONEY: answers.money,
        AUTHORITY: answers.authority,
        NEED: answers.need,
        # A need that is not there wants no words.
        NEED_TEXT: answers.has_need_text or answers.need in ("", "no"),
        CONTACT: answers.can_be_reached,
    }
    return tuple(code for code in MISSING if not known[code])


def screen(answers: Answers, met: list[Reason], levels: Levels) -> Screening:
    """Return points, proposal and reasons of one lead.

    ``met`` holds the rules the lead meets in the order of their importance, which
    decides between equal points.

    >>> screen(Answers(), [Reason(rule=1, points=50)], Levels(high=80, medium=40))
    Screening(score=0, intent='', strengths=(), weaknesses=(), \
missing=('money', 'authority', 'need', 'contact'))
    """
    if not answers.is_screened:
        return Screening(missing=missing(answers))
    score = sum(reason.points for reason in met)
    return Screening(
        score=score,
        intent=propose(score, levels),
        strengths=strongest([reason for reason in met if reason.points > 0]),
        weaknesses=strongest([reason for reason in met if reason.points < 0]),
        missing=missing(answers),
    )


def strongest(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Return the few reasons that weigh most, in either direction.

    >>> [r.rule for r in strongest([Reason(rule=n, points=n % 4) for n in range(1, 8)])]
    [3, 7, 2]
    """
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.points))[:REASONS])
