from odoo import fields, models

from .edu_survey_campaign import METHODS

OPEN, CLOSED = "open", "closed"


class EduSurveyWave(models.Model):
    """One run of a campaign: who was invited then, and what came back."""

    _name = "edu.survey.wave"
    _description = "Survey wave"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    campaign_id = fields.Many2one(
        "edu.survey.campaign",
        string="Survey campaign",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related="campaign_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    user_id = fields.Many2one(
        related="campaign_id.user_id", related_sudo=False, store=True, index=True
    )
    state = fields.Selection(
        [("draft", "Draft"), (OPEN, "Takes answers"), (CLOSED, "Concluded")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    # Copied from the campaign when the wave begins.
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    method = fields.Selection(METHODS, required=True, readonly=True)
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    date_start = fields.Date(string="First day", required=True, readonly=True)
    date_end = fields.Date(string="Last day to answer", required=True)
    period = fields.Char(
        readonly=True,
        help="What the wave is of: the day a regular one was due, the month of a "
        "targeted one. There is one of each.",
    )
    invitation_ids = fields.One2many(
        "edu.survey.invitation", "wave_id", string="Invitations"
    )

    # Two workers may begin the same wave.
    _period_unique = models.UniqueIndex(
        "(campaign_id, period) WHERE period IS NOT NULL",
        "This wave of the campaign exists already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A wave does not end before it begins."
    )
