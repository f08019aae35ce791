from odoo import api, fields, models

from ...logic import complaint as rule

STATES = [
    (rule.RECEIVE, "Received"),
    (rule.RECORD, "Recording"),
    (rule.ASSESS, "Assessment"),
    (rule.PLAN, "Planning"),
    (rule.IMPLEMENT, "Implementation"),
    (rule.FEEDBACK, "Feedback"),
    (rule.SUMMARISE, "Summary"),
    (rule.CLOSED, "Closed"),
    (rule.WITHDRAWN, "Withdrawn"),
    (rule.MERGED, "Merged"),
]
KINDS = [("complaint", "Complaint"), ("suggestion", "Suggestion")]
CHANNELS = [
    ("phone", "Telephone"),
    ("email", "Mailbox"),
    ("online_service", "Online customer service"),
    ("portal", "Customer portal"),
    ("web", "Public form"),
    ("visit", "Visit"),
    ("other", "Other"),
]
WANTS = [
    ("attention", "To be taken seriously"),
    ("warm_reception", "Warm reception"),
    ("excellent_service", "Excellent service"),
    ("satisfying_solution", "Satisfying solution"),
]
REMEDIES = [
    ("unstated", "Not stated"),
    ("explanation", "Explanation"),
    ("apology", "Apology"),
    ("correction", "Correction"),
    ("replacement", "Another teacher or course"),
    ("refund", "Refund"),
    ("free_course", "Free lessons"),
    ("other", "Other"),
]
LEVELS = [
    (rule.AGENT, "Agent"),
    (rule.LEADER, "Team leader"),
    (rule.MANAGER, "Supervisor"),
]


class EduComplaint(models.Model):
    """One complaint (or suggestion) of a customer, from the first word to the lesson.

    It goes through the seven steps of ``logic/complaint.py``; what it was promised is
    in ``edu.complaint.deadline``, what is done for the customer in
    ``edu.complaint.measure``. Whoever it is about sees nothing of it.
    """

    _name = "edu.complaint"
    _description = "Complaint"
    _inherit = ["portal.mixin", "rating.mixin", "mail.activity.mixin"]
    _order = "received_at desc, id desc"
    _rec_names_search = ["name", "subject", "partner_id.complete_name"]
    _check_company_auto = True
    _mail_post_access = "read"
    _primary_email = "email_from"

    # Identity
    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    state = fields.Selection(
        STATES,
        string="Step",
        required=True,
        default=rule.RECEIVE,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    kind = fields.Selection(
        KINDS, string="Complaint or suggestion", required=True, default="complaint"
    )
    subject = fields.Char(required=True, index="trigram")
    description = fields.Text(string="What happened", index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    # Reception
    channel = fields.Selection(CHANNELS, required=True, default="phone")
    received_at = fields.Datetime(
        string="Received on",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        tracking=True,
        help="When the customer complained; promises count from here.",
    )
    received_note = fields.Char(
        string="Why recorded later",
        copy=False,
        tracking=True,
        help="Needed when it was received more than a day before it is recorded.",
    )
    # Who complains
    is_anonymous = fields.Boolean(string="Anonymous", copy=False, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Complainant",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    partner_name = fields.Char(string="Name of the caller")
    phone = fields.Char(
        compute="_compute_contact", store=True, readonly=False, precompute=True
    )
    email_from = fields.Char(
        string="Email",
        compute="_compute_contact",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    learner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
    )
    payer_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", check_company=True
    )
    # What about
    type_id = fields.Many2one(
        "edu.complaint.type",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    matter_id = fields.Many2one(
        "edu.complaint.matter",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('type_id', '=?', type_id)]",
    )
    want = fields.Selection(WANTS, string="What the customer wants")
    remedy = fields.Selection(REMEDIES, string="Remedy asked for", default="unstated")
    course_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("service_tracking", "=", "edu_course")],
        check_company=True,
    )
    enrollment_id = fields.Many2one(
        "edu.enrollment",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="restrict", check_company=True
    )
    invoice_id = fields.Many2one(
        "account.move",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("move_type", "=", "out_invoice")],
        check_company=True,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    accused_partner_ids = fields.Many2many(
        "res.partner",
        "edu_complaint_accused_rel",
        "complaint_id",
        "partner_id",
        string="Staff concerned",
        copy=False,
        help="Colleagues and teachers it is about. They see nothing of it.",
    )
    # Who handles it
    team_id = fields.Many2one(
        "edu.complaint.team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handler",
        index="btree_not_null",
        domain=[("share", "=", False)],
        check_company=True,
        copy=False,
        tracking=True,
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        index="btree_not_null",
    )
    level = fields.Selection(
        LEVELS, required=True, default=rule.AGENT, copy=False, tracking=True
    )
    delegate_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        check_company=True,
        copy=False,
        help="May close it for the leader once it was escalated.",
    )
    # Other complaints
    merged_into_id = fields.Many2one(
        "edu.complaint",
        string="Merged into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    previous_id = fields.Many2one(
        "edu.complaint",
        string="Follows from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The earlier complaint, closed too long ago to be opened again.",
    )
    round = fields.Integer(default=1, readonly=True, copy=False)

    _name_unique = models.UniqueIndex(
        "(name, company_id)", "This complaint number is already used."
    )
    _merged_has_target = models.Constraint(
        "CHECK ((state = 'merged') = (merged_into_id IS NOT NULL)"
        " AND merged_into_id <> id)",
        "A merged complaint names another one, into which it was merged.",
    )
    _list_idx = models.Index("(received_at DESC, id DESC)")
    _team_idx = models.Index("(team_id, state, user_id)")

    @api.depends("partner_id")
    def _compute_contact(self):
        for complaint in self:
            partner = complaint.partner_id
            complaint.phone = complaint.phone or partner.phone
            complaint.email_from = complaint.email_from or partner.email

    @api.depends("type_id", "company_id")
    def _compute_team_id(self):
        for complaint in self:
            if not complaint.team_id:
                complaint.team_id = self.env["edu.complaint.team"]._find(
                    complaint.company_id, complaint.type_id
                )

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            parts = (complaint.name, complaint.subject)
            complaint.display_name = " · ".join(filter(None, parts))

    def _compute_access_url(self):
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
