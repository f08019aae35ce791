"""What customers are asked about, and how an answer becomes a score of 0 to 100."""

from contextlib import suppress
from dataclasses import dataclass

TEACHING = "teaching_quality"
PRODUCT = "education_product"
SERVICE = "service"
PRICE = "price"
OVERALL = "overall"
# Not a content of satisfaction: would they recommend us? It gives the NPS.
RECOMMENDATION = "recommendation"
CONTENTS = (TEACHING, PRODUCT, SERVICE, PRICE)
DIMENSIONS = (*CONTENTS, OVERALL, RECOMMENDATION)

EXPERIENCE = "experience"
EXPECTATION = "expectation"

# Of a score of 0 to 100; the last band has no end.
BANDS = ((0, "very_low"), (20, "low"), (40, "middle"), (60, "high"), (80, "very_high"))


def normalise(value: float, lowest: float, highest: float) -> float:
    """Return ``value`` of a scale as 0 to 100.

    >>> normalise(4, 1, 5), normalise(0, 0, 10)
    (75.0, 0.0)

    :raises ValueError: outside of the scale, or of a scale without values
    """
    if lowest >= highest or not lowest <= value <= highest:
        raise ValueError(f"{value} is not on the scale {lowest} to {highest}")
    return (value - lowest) * 100 / (highest - lowest)


def scale_value(answer: object, lowest: int, highest: int) -> int:
    """Return what a person chose on a scale, be it a number or the text of a form.

    >>> scale_value("4 ", 1, 5), scale_value(0, 0, 10)
    (4, 0)

    :raises ValueError: no whole number, or one outside of the scale
    """
    text = str(answer).strip()
    value = int(text) if text.isascii() and text.isdecimal() else None
    if value is None or not lowest <= value <= highest:
        raise ValueError(f"{text} is not on the scale {lowest} to {highest}")
    return value


def band(score: float) -> str:
    """Return the code of the band of a score.

    >>> band(0), band(59.9), band(100)
    ('very_low', 'middle', 'very_high')
    """
    return [code for start, code in BANDS if score >= start][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was ticked on one scale: a number between its ends, of one measure."""

    dimension: str
    measure: str
    value: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one sheet says about one dimension; ``None`` is not asked, never zero."""

    dimension: str
    experience: float | None = None
    expectation: float | None = None
    items: int = 0

    @property
    def gap(self) -> float | None:
        """Experience minus expectation, if both are known."""
        if self.experience is None or self.expectation is None:
            return None
        return self.experience - self.expectation


def scores(answers, known=None) -> list[Score]:
    """Return one score for each dimension that was answered, in their usual order.

    Each is the mean of its questions. ``known`` has what was expected before, by
    dimension; it counts where this sheet did not ask. What is not on its scale is no
    answer.

    >>> one = Answer(
    ...     dimension=SERVICE, measure=EXPERIENCE, value=4, lowest=1, highest=5
    ... )
    >>> [(s.experience, s.expectation, s.gap) for s in scores([one], {SERVICE: 90})]
    [(75.0, 90, -15.0)]
    """
    values = {}
    for answer in answers:
        with suppress(ValueError):
            value = normalise(answer.value, answer.lowest, answer.highest)
            values.setdefault((answer.dimension, answer.measure), []).append(value)
    found = []
    for dimension in DIMENSIONS:
        experiences = values.get((dimension, EXPERIENCE), ())
        expectations = values.get((dimension, EXPECTATION), ())
        if not experiences and not expectations:
            continue
        found.append(
            Score(
                dimension=dimension,
                experience=_mean(experiences),
                expectation=_mean(expectations)
                if expectations
                else (known or {}).get(dimension),
                items=len(experiences or expectations),
            )
        )
    return found


def _mean(values):
    return sum(values) / len(values) if values else None


# A contact's score that moved by less is unchanged.
TREND_STEP = 5
UP, DOWN, SAME, NONE = "up", "down", "same", "none"
# Loyalty is flat between the two ends that a company sets.
AT_RISK, INDIFFERENT, LOYAL = "at_risk", "indifferent", "loyal"


def index(values: dict, weights: dict) -> float | None:
    """Return the weighted mean of the dimensions that have a value.

    >>> index({SERVICE: 80, PRICE: 40}, {SERVICE: 3, PRICE: 1, TEACHING: 6})
    70.0
    >>> index({SERVICE: 80}, {SERVICE: 0}) is None
    True
    """
    known = {name: weights.get(name, 0) for name in values}
    total = sum(known.values())
    if not total:
        return None
    return sum(values[name] * weight for name, weight in known.items()) / total
