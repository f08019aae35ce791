"""How far the care of a learner has come: from the enrollment drive to employment.

1. until the course begins                          -> recruitment
2. while it runs, or is paused                      -> teaching; tutoring is set by hand
3. afterwards, for those who study for a profession -> employment
4. afterwards, for all others                       -> tutoring
"""

from .enrollment import ACTIVE, DRAFT, ENDED, ONBOARDING, PAUSED

RECRUITMENT = "recruitment"
TEACHING = "teaching"
TUTORING = "tutoring"
EMPLOYMENT = "employment"
PHASES = (RECRUITMENT, TEACHING, TUTORING, EMPLOYMENT)
PROFESSIONAL = frozenset({"higher", "vocational"})


def phase(state: str, stage: str | None) -> str | None:
    """Return the phase of an enrollment, None once it was broken off.

    >>> phase(ACTIVE, "primary"), phase(ENDED, "vocational"), phase(ENDED, None)
    ('teaching', 'employment', 'tutoring')
    """
    if state in (DRAFT, ONBOARDING):
        return RECRUITMENT
    if state in (ACTIVE, PAUSED):
        return TEACHING
    if state == ENDED:
        return EMPLOYMENT if stage in PROFESSIONAL else TUTORING
    return None
