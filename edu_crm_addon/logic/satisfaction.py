"""What customers are asked about, and how an answer becomes a score of 0 to 100."""

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


def band(score: float) -> str:
    """Return the code of the band of a score.

    >>> band(0), band(59.9), band(100)
    ('very_low', 'middle', 'very_high')
    """
    return [code for start, code in BANDS if score >= start][-1]
