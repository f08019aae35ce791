from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_LEADER
from ...logic import low_score as rule

STATES = [
    (rule.OPEN, "To do"),
    (rule.DONE, "Done"),
    (rule.ASKED, "Asked again"),
    (rule.RECOVERED, "Recovered"),
    (rule.NOT_RECOVERED, "Still dissatisfied"),
]
HANDLING_STEPS = [
    (rule.PERCEIVE, "Perceive dissatisfaction"),
    (rule.IDENTIFY, "Identify dissatisfaction"),
    (rule.HANDLE, "Handle dissatisfaction properly"),
]


class EduSatisfactionFollowUp(models.Model):
    """What was done about one answer with a low score, and whether it helped.

    Made of an answer, never by hand. open -> done -> asked again; the new score says
    whether the customer is won back. Still dissatisfied, it may be taken up again.
    """

    _name = "edu.satisfaction.follow.up"
    _description = "Follow-up of a low score"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    # Identity
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default=rule.OPEN,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    # Who is dissatisfied, with what
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    learner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # The answer itself is the leader's; the adviser knows what is low, and calls.
    input_id = fields.Many2one(
        "survey.user_input",
        string="Answer sheet",
        readonly=True,
        ondelete="set null",
        groups=GROUP_LEADER,
    )
    words = fields.Text(
        string="In the customer's words", readonly=True, groups=GROUP_LEADER
    )
    campaign_id = fields.Many2one(
        "edu.survey.campaign",
        string="Survey campaign",
        readonly=True,
        index="btree_not_null",
    )
    wave_id = fields.Many2one("edu.survey.wave", readonly=True, index="btree_not_null")
    score = fields.Float(
        string="Lowest score", readonly=True, aggregator="avg", digits=(5, 1)
    )
    low_score = fields.Integer(
        string="Low up to",
        readonly=True,
        aggregator=None,
        help="The low score of the campaign when the answer was given.",
    )
    # Codes, the lowest first; words are made for whoever reads them.
    low_dimensions = fields.Char(string="Low dimensions", readonly=True)
    dimension_text = fields.Char(string="Low in", compute="_compute_dimension_text")
    # What is done about it
    date = fields.Date(string="Answered on", required=True, readonly=True)
    date_due = fields.Date(string="Due date")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    complaint_id = fields.Many2one(
        "edu.complaint", readonly=True, index="btree_not_null", ondelete="set null"
    )
    cause = fields.Text(
        string="What is behind it",
        help="What the customer said when asked: why the score is low.",
    )
    result = fields.Text(help="What was done, and what the customer said to it.")
    handling_step = fields.Selection(
        HANDLING_STEPS,
        string="Step of handling",
        compute="_compute_handling_step",
        store=True,
        precompute=True,
        help="Perceived by the score, identified by what is behind it, handled once "
        "there is a result.",
    )
    date_done = fields.Date(string="Done on", readonly=True)
    # Did it help?
    reask_count = fields.Integer(
        string="Times asked again", readonly=True, aggregator=None
    )
    reask_id = fields.Many2one(
        "edu.survey.invitation",
        string="Second question",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    new_score = fields.Float(readonly=True, aggregator="avg", digits=(5, 1))
    date_new_score = fields.Date(string="Answered again", readonly=True)

    _answer_once = models.UniqueIndex(
        "(input_id) WHERE input_id IS NOT NULL",
        "This answer is followed up already.",
    )
    _result_given = models.Constraint(
        "CHECK (state = 'open' OR COALESCE(btrim(result), '') <> '')",
        "Say what was done before a follow-up is done.",
    )
    _done_dated = models.Constraint(
        "CHECK (state = 'open' OR date_done IS NOT NULL)",
        "A follow-up that is done says since when.",
    )
    _open_idx = models.Index("(date_due, id) WHERE state = 'open'")
    _done_idx = models.Index("(date_done, id) WHERE state = 'done'")

    @api.depends("low_dimensions")
    @api.depends_context("lang")
    def _compute_dimension_text(self):
        dimension = self.env["edu.satisfaction.score"]._fields["dimension"]
        labels = dict(dimension._description_selection(self.env))
        comma = self.env._(", ")
        for follow_up in self:
            codes = (follow_up.low_dimensions or "").split(",")
            follow_up.dimension_text = comma.join(labels.get(c, c) for c in codes)

    @api.depends("cause", "result")
    def _compute_handling_step(self):
        for follow_up in self:
            follow_up.handling_step = rule.handling_step(
                follow_up.cause, follow_up.result
            )

    @api.depends("date_due", "state")
    def _compute_is_overdue(self):
        today = {company: company._edu_today() for company in self.company_id}
        for follow_up in self:
            follow_up.is_overdue = bool(
                follow_up.state == rule.OPEN
                and follow_up.date_due
                and follow_up.date_due < today[follow_up.company_id]
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", rule.OPEN) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_due", "<", company._edu_today())
            for company in self.env.companies
        )
