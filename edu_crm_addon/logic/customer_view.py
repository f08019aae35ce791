"""How far a complaint is, as its customer sees it: four stages instead of seven steps.

Source: requirement CMP-44 (a customer follows complaints on-line). What goes on inside
is not the customer's business; whether somebody is at it, and what came of it, is.
"""

from . import complaint as step

RECEIVED = "received"
HANDLED = "handled"
RESULT = "result"
CLOSED = "closed"

STAGES = {
    step.RECEIVE: RECEIVED,
    step.RECORD: RECEIVED,
    step.ASSESS: HANDLED,
    step.PLAN: HANDLED,
    step.IMPLEMENT: HANDLED,
    step.FEEDBACK: RESULT,
    step.SUMMARISE: RESULT,
    step.CLOSED: CLOSED,
    step.WITHDRAWN: CLOSED,
    step.MERGED: CLOSED,
}
TOLD = (step.UPHELD, step.PARTLY, step.NOT_UPHELD)


def stage(state):
    """Return the stage of a complaint in the step ``state``.

    >>> stage(step.RECORD), stage(step.IMPLEMENT), stage(step.SUMMARISE)
    ('received', 'handled', 'result')
    """
    return STAGES[state]


def told_verdict(state, verdict):
    """Return the verdict once the customer was told it, else ``None``.

    >>> told_verdict(step.FEEDBACK, step.PARTLY)
    'partly'

    What is only being considered is told to nobody, and a refused result is past.

    >>> told_verdict(step.IMPLEMENT, step.UPHELD)
    >>> told_verdict(step.PLAN, step.NOT_ACCEPTED)
    """
    return verdict if state in step.DECIDED and verdict in TOLD else None
