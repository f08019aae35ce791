from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from ...const import GROUP_LEADER
from ...logic import satisfaction as rule
from .edu_survey_campaign import METHODS
from .edu_survey_invitation import ROLES
from .survey_question import DIMENSIONS

SOURCES = [("survey", "Survey"), ("rating", "Online rating")]
BANDS = [
    ("very_low", "0–19"),
    ("low", "20–39"),
    ("middle", "40–59"),
    ("high", "60–79"),
    ("very_high", "80–100"),
]
# Whom a score is of; nothing of it is on an anonymous one.
PERSON = (
    "partner_id",
    "learner_id",
    "input_id",
    "complaint_id",
    "enrollment_id",
    "user_id",
)


class EduSatisfactionScore(models.Model):
    """What one answer says about one dimension, copied when the answer was given.

    All figures of satisfaction are made of these rows. Changing questions, customers or
    courses later changes nothing in them. Rows of an anonymous wave name nobody.
    """

    _name = "edu.satisfaction.score"
    _description = "Satisfaction score"
    _order = "date desc, id desc"
    _rec_name = "dimension"
    _check_company_auto = True

    date = fields.Date(required=True, readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    source = fields.Selection(SOURCES, required=True, readonly=True)
    dimension = fields.Selection(DIMENSIONS, required=True, readonly=True)
    # No value is no zero: what was not asked is NULL in the database. The flags tell.
    has_experience = fields.Boolean(readonly=True)
    has_expectation = fields.Boolean(readonly=True)
    experience = fields.Float(
        string="Score", readonly=True, aggregator="avg", digits=(5, 1)
    )
    expectation = fields.Float(readonly=True, aggregator="avg", digits=(5, 1))
    gap = fields.Float(
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Experience minus expectation; below zero the customer is dissatisfied.",
    )
    band = fields.Selection(BANDS, readonly=True)
    items = fields.Integer(
        string="Answers", readonly=True, help="Questions the score is the mean of."
    )
    method = fields.Selection(
        [*METHODS, ("online_rating", "Online rating")], readonly=True
    )
    role = fields.Selection(ROLES, string="Respondent", readonly=True)
    # Who: leaders only
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    learner_id = fields.Many2one(
        "res.partner",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    input_id = fields.Many2one(
        "survey.user_input",
        string="Answer sheet",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    complaint_id = fields.Many2one(
        "edu.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    # About what
    user_id = fields.Many2one(
        "res.users", string="Adviser", readonly=True, index="btree_not_null"
    )
    team_id = fields.Many2one("crm.team", readonly=True)
    teacher_id = fields.Many2one("res.partner", readonly=True)
    course_id = fields.Many2one("product.product", readonly=True)
    enrollment_id = fields.Many2one(
        "edu.enrollment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    stage_id = fields.Many2one("edu.stage", string="Education stage", readonly=True)
    type_id = fields.Many2one(
        "edu.education.type", string="Education type", readonly=True
    )
    tier_id = fields.Many2one(
        "edu.customer.tier", string="Customer tier", readonly=True
    )
    # From where
    wave_id = fields.Many2one(
        "edu.survey.wave", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    campaign_id = fields.Many2one(
        "edu.survey.campaign",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    is_reask = fields.Boolean(string="Asked again", readonly=True)

    _plausible = models.Constraint(
        "CHECK ((experience IS NULL OR experience BETWEEN 0 AND 100)"
        " AND (expectation IS NULL OR expectation BETWEEN 0 AND 100))",
        "A score is between 0 and 100.",
    )
    _once = models.UniqueIndex(
        "(input_id, dimension) WHERE input_id IS NOT NULL",
        "This answer has its scores already.",
    )
    _nobody = models.Constraint(
        "CHECK (is_anonymous IS NOT TRUE OR (partner_id IS NULL AND learner_id IS NULL"
        " AND input_id IS NULL AND complaint_id IS NULL AND enrollment_id IS NULL))",
        "An anonymous score names nobody.",
    )
    _latest_idx = models.Index(
        "(partner_id, dimension, date DESC, id DESC) WHERE partner_id IS NOT NULL"
    )
    # Whom it is about: the learner, or the contact itself.
    _about_idx = models.Index(
        "(COALESCE(learner_id, partner_id), dimension, date DESC, id DESC)"
        " WHERE partner_id IS NOT NULL"
    )
    _analysis_idx = models.Index("(company_id, dimension, date)")

    # ------------------------------------------------------------------ never changed
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise self._refused()
        # Who answered while logged in is not to be read from who made the row.
        system = super(EduSatisfactionScore, self.with_user(SUPERUSER_ID))
        return system.create(vals_list).with_env(self.env)

    def write(self, vals):
        if self:
            raise self._refused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refused()

    def _refused(self):
        return AccessError(
            self.env._("Scores follow from answers: nobody makes or changes them.")
        )

    # ------------------------------------------------------------------ from answers
    @api.model
    def _figure_vals(self, score):
        """Return a ``logic`` score as values; what is unknown is left out."""
        known = score.experience, score.expectation
        figures = {
            "experience": score.experience,
            "expectation": score.expectation,
            "gap": score.gap,
        }
        return {
            "dimension": score.dimension,
            "items": score.items,
            "has_experience": known[0] is not None,
            "has_expectation": known[1] is not None,
            "band": known[0] is not None and rule.band(known[0]),
            **{name: value for name, value in figures.items() if value is not None},
        }

    @api.model
    def _refresh_contacts(self, vals_list):
        """Bring the contacts up to date with the scores of these values."""
        ids = {
            vals.get(name)
            for vals in vals_list
            for name in ("partner_id", "learner_id")
            if vals["dimension"] == rule.OVERALL
        }
        self.env["res.partner"].browse(ids - {None, False})._refresh_satisfaction()
