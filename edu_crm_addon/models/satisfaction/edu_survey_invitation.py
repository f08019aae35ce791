import secrets

from odoo import fields, models

from .edu_survey_campaign import METHODS

WAITING, SENT, OPENED, PARTIAL, DONE, SKIPPED = (
    "waiting",
    "sent",
    "opened",
    "partial",
    "done",
    "skipped",
)
STATES = [
    (WAITING, "To invite"),
    (SENT, "Invited"),
    (OPENED, "Link opened"),
    (PARTIAL, "Partly answered"),
    (DONE, "Answered"),
    (SKIPPED, "Not asked"),
]
SKIP_REASONS = [
    ("capped", "Asked too recently"),
    ("opted_out", "Does not want surveys"),
    ("no_address", "No address"),
    ("archived", "Archived contact"),
    ("event_asked", "Already asked about this event"),
    ("not_delivered", "Invitation not delivered"),
]
ROLES = [
    ("guardian", "Guardian"),
    ("learner", "Learner"),
    ("organization", "Organization"),
    ("customer", "Customer"),
    ("employee", "Employee"),
]


class EduSurveyInvitation(models.Model):
    """One person to be asked in a wave, also if in the end nobody was asked.

    The personal link carries ``token``. The answer is made when the link is opened, or
    when staff begins an interview. In an anonymous wave nothing leads from here to it.
    """

    _name = "edu.survey.invitation"
    _description = "Survey invitation"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    wave_id = fields.Many2one(
        "edu.survey.wave", required=True, readonly=True, index=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(
        string="Survey campaign",
        related="wave_id.campaign_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related="wave_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    is_anonymous = fields.Boolean(
        related="wave_id.is_anonymous", related_sudo=False, store=True, precompute=True
    )
    state = fields.Selection(STATES, required=True, readonly=True, default=WAITING)
    skip_reason = fields.Selection(SKIP_REASONS, string="Why not", readonly=True)
    # Who is asked, about whom
    partner_id = fields.Many2one(
        "res.partner",
        string="Person asked",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    learner_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    role = fields.Selection(ROLES, string="Respondent", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        index="btree_not_null",
        help="Who looks after the customer.",
    )
    enrollment_id = fields.Many2one(
        "edu.enrollment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    event_key = fields.Char(
        readonly=True, help="The record that is the event, as model,id."
    )
    # How it went
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(18),
        groups="base.group_system",
    )
    method = fields.Selection(METHODS, required=True, readonly=True)
    # sudo by nature: whoever may read the invitation may know whether there is one
    input_id = fields.Many2one(
        "survey.user_input",
        string="Answer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    sent_at = fields.Datetime(string="Invited on", readonly=True)
    reminders = fields.Integer(string="Reminders sent", readonly=True)
    next_reminder_on = fields.Date(string="Next reminder", readonly=True)
    is_reask = fields.Boolean(
        string="Asked again", readonly=True, help="Asked once more after a low score."
    )

    _token_unique = models.Constraint(
        "UNIQUE (token)", "A link leads to one invitation."
    )
    # One of each: two workers, or a job run twice, ask nobody twice.
    _asked_once = models.UniqueIndex(
        "(wave_id, partner_id, COALESCE(learner_id, 0), COALESCE(event_key, ''))",
        "This person is in the wave already.",
    )
    _event_once = models.UniqueIndex(
        "(campaign_id, event_key, partner_id)"
        " WHERE event_key IS NOT NULL AND state <> 'skipped'",
        "This event was asked about already.",
    )
    _todo_idx = models.Index("(wave_id, id) WHERE state = 'waiting'")
    _reminder_idx = models.Index(
        "(next_reminder_on, id) WHERE state IN ('sent', 'opened', 'partial')"
    )
    # When was this person asked last, by whatever campaign?
    _cap_idx = models.Index("(partner_id, sent_at) WHERE sent_at IS NOT NULL")
