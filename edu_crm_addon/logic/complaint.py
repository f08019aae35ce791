"""The seven steps of a complaint: what each must hold before the next.

Source: requirements CMP-05…11 (steps), CMP-19 (a refusal is explained).
"""

from dataclasses import dataclass

RECEIVE = "receive"
RECORD = "record"
ASSESS = "assess"
PLAN = "plan"
IMPLEMENT = "implement"
FEEDBACK = "feedback"
SUMMARISE = "summarise"
CLOSED = "closed"
WITHDRAWN = "withdrawn"
MERGED = "merged"

STEPS = (RECEIVE, RECORD, ASSESS, PLAN, IMPLEMENT, FEEDBACK, SUMMARISE)
# Nothing is owed to the customer any more.
DONE = (CLOSED, WITHDRAWN, MERGED)
# The decision stands and was told.
DECIDED = (FEEDBACK, SUMMARISE, CLOSED)

UPHELD = "upheld"
PARTLY = "partly"
NOT_UPHELD = "not_upheld"
NOT_ACCEPTED = "not_accepted"
# These are explained to the customer.
EXPLAINED = (PARTLY, NOT_UPHELD)

# How far up a complaint is, lowest first.
AGENT = "agent"
LEADER = "team_leader"
MANAGER = "supervisor"
LEVELS = (AGENT, LEADER, MANAGER)

# Codes of what a step must hold.
WHO = "who"
TYPE = "type"
WHAT = "what"
SEVERITY = "severity"
SCOPE = "scope"
PLANNED = "plan"
RESPONSIBLE = "responsible"
MEASURES = "measures"
VERDICT = "verdict"
REASON = "reason"
ANSWER = "answer"
CAUSE = "cause"
LESSON = "lesson"

HELD = {
    RECEIVE: (),
    RECORD: (WHO, TYPE, WHAT),
    ASSESS: (SEVERITY, SCOPE),
    PLAN: (PLANNED, RESPONSIBLE),
    IMPLEMENT: (MEASURES, VERDICT, REASON),
    FEEDBACK: (ANSWER,),
    SUMMARISE: (CAUSE, LESSON),
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one complaint; each says whether it is there."""

    who: bool = False
    type: bool = False
    what: bool = False
    severity: bool = False
    scope: bool = False
    plan: bool = False
    responsible: bool = False
    # No measure of the handling is open.
    measures: bool = True
    verdict: str | None = None
    # The customer can read why.
    explained: bool = False
    # The customer accepted, or gave no answer in time.
    answer: bool = False
    cause: bool = False
    lesson: bool = False


def missing(state, facts):
    """Return the codes of what the steps before ``state`` should hold and do not.

    >>> missing(ASSESS, Facts(who=True, type=True))
    ('what',)
    >>> missing(RECORD, Facts())
    ()

    Whoever withdraws or whose complaint was merged owes us nothing more.

    >>> missing(WITHDRAWN, Facts())
    ()
    """
    if state in (WITHDRAWN, MERGED):
        return ()
    passed = STEPS if state == CLOSED else STEPS[: STEPS.index(state)]
    there = {
        **vars(facts),
        VERDICT: facts.verdict in (UPHELD, PARTLY, NOT_UPHELD),
        REASON: facts.explained or facts.verdict not in EXPLAINED,
    }
    return tuple(code for step in passed for code in HELD[step] if not there[code])


def next_step(state):
    """Return the step after ``state``; after the last one it is closed.

    >>> next_step(RECEIVE), next_step(SUMMARISE)
    ('record', 'closed')
    """
    steps = (*STEPS, CLOSED)
    return steps[steps.index(state) + 1]


def is_before(state, other):
    """Return whether ``state`` is one of the steps before the step ``other``.

    >>> is_before(IMPLEMENT, FEEDBACK), is_before(CLOSED, FEEDBACK)
    (True, False)
    """
    return state in STEPS[: STEPS.index(other)]


def level_above(level):
    """Return the next level of responsibility; the highest has none above it.

    >>> level_above(AGENT), level_above(MANAGER)
    ('team_leader', 'supervisor')
    """
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]
