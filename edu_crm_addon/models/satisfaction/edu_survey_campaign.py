from odoo import api, fields, models

METHODS = [
    ("questionnaire", "Questionnaire"),
    ("phone_interview", "Telephone interview"),
    ("online_survey", "Online survey"),
    ("field_visit", "Field visit"),
    ("face_interview", "Face-to-face interview"),
]
FREQUENCIES = [
    ("regular", "Regular survey"),
    ("targeted", "Problem-targeted survey"),
    ("ad_hoc", "Ad hoc survey"),
]
EVENTS = [
    ("complaint_closed", "Complaint closed"),
    ("order_confirmed", "Order confirmed"),
    ("enrollment_started", "Days after the first day of an enrollment"),
    ("enrollment_ending", "Days before the last day of an enrollment"),
    ("trial_attended", "Trial lesson attended"),
]
ASKED = [
    ("contact", "The contact itself"),
    ("payer", "Who pays: the guardian of a learner"),
    ("employee", "Our employees"),
]
FOLLOW_UPS = [("activity", "Activity"), ("complaint", "Complaint")]
DRAFT, RUNNING, DONE, CANCELED = "draft", "running", "done", "canceled"


class EduSurveyCampaign(models.Model):
    """A plan of asking: whom, what, how, when and how often.

    A campaign asks in waves. A regular one begins them by itself, a targeted one has a
    wave each month for the events in it, an ad hoc one begins them by hand.
    """

    _name = "edu.survey.campaign"
    _description = "Survey campaign"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    # Identity
    name = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        [
            (DRAFT, "Draft"),
            (RUNNING, "Running"),
            (DONE, "Done"),
            (CANCELED, "Canceled"),
        ],
        required=True,
        readonly=True,
        default=DRAFT,
        copy=False,
        group_expand=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index="btree_not_null",
        domain=[("share", "=", False)],
        check_company=True,
        tracking=True,
    )
    purpose = fields.Text()
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("edu_is_satisfaction", "=", True)],
        tracking=True,
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: self.env.company._edu_today(),
        tracking=True,
    )
    date_to = fields.Date(string="Last day", tracking=True)
    # Whom
    audience_domain = fields.Char(string="Further conditions", default="[]")
    stage_ids = fields.Many2many("edu.stage", string="Education stages")
    type_ids = fields.Many2many("edu.education.type", string="Education types")
    tier_ids = fields.Many2many("edu.customer.tier", string="Customer tiers")
    course_ids = fields.Many2many(
        "product.product",
        string="Courses",
        domain=[("service_tracking", "=", "edu_course")],
        help="Only learners who are enrolled in one of these.",
    )
    asked = fields.Selection(
        ASKED,
        string="Who is asked",
        required=True,
        default="payer",
        help="A learner's guardian answers for the learner, or each contact itself.",
    )
    # How
    method = fields.Selection(
        METHODS, required=True, default="online_survey", tracking=True
    )
    is_anonymous = fields.Boolean(string="Anonymous", tracking=True)
    performed_by = fields.Selection(
        [("own", "Ourselves"), ("outside", "Outside institution")],
        required=True,
        default="own",
    )
    cost = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")
    # When
    frequency = fields.Selection(
        FREQUENCIES, required=True, default="ad_hoc", tracking=True
    )
    interval_number = fields.Integer(string="Repeat every", default=3)
    interval_unit = fields.Selection(
        [("weeks", "Weeks"), ("months", "Months")], default="months"
    )
    next_run_on = fields.Date(string="Next wave on", copy=False)
    event = fields.Selection(EVENTS)
    event_days = fields.Integer(
        string="Days", help="Days after the event, or before the last day."
    )
    answer_days = fields.Integer(
        string="Days to answer", default=14, help="A wave closes after so many days."
    )
    # Reminders
    reminder_max = fields.Integer(string="Reminders", default=2)
    reminder_days = fields.Integer(string="Days between reminders", default=4)
    # What a low score does
    low_score = fields.Integer(
        string="Low score",
        default=lambda self: self.env.company.edu_low_score,
        help="A score of 0 to 100; at or under it somebody follows up.",
    )
    follow_up = fields.Selection(FOLLOW_UPS, default="activity")
    complaint_type_id = fields.Many2one(
        "edu.complaint.type", index="btree_not_null", ondelete="restrict"
    )
    wave_ids = fields.One2many("edu.survey.wave", "campaign_id", string="Waves")

    _interval_positive = models.Constraint(
        "CHECK (frequency <> 'regular' OR interval_number BETWEEN 1 AND 120)",
        "A regular survey is repeated every week or month, or every few of them.",
    )
    _event_known = models.Constraint(
        "CHECK (frequency <> 'targeted' OR event IS NOT NULL)",
        "A targeted survey needs the event after which it asks.",
    )
    _numbers_plausible = models.Constraint(
        "CHECK (event_days BETWEEN 0 AND 365 AND answer_days BETWEEN 1 AND 365"
        " AND reminder_max BETWEEN 0 AND 5 AND reminder_days BETWEEN 1 AND 60"
        " AND low_score BETWEEN 0 AND 100)",
        "Days, reminders or low score are out of range.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A campaign does not end before it begins.",
    )

    @api.model
    def _events(self):
        """Return the codes of the events that a targeted campaign may wait for."""
        return [code for code, _label in EVENTS]
