from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...const import GROUP_MANAGER
from ...logic import referral as rule

STATES = [
    (rule.INVITED, "Invited"),
    (rule.LEAD, "Inquiry"),
    (rule.ENROLLED, "Enrolled"),
    (rule.REWARDED, "Rewarded"),
    (rule.BLOCKED, "Blocked"),
    (rule.CLAWED_BACK, "Taken back"),
    (rule.CANCELED, "Canceled"),
]
CHANNELS = [
    ("link", "Link"),
    ("staff", "Entered by staff"),
    ("story", "Success story"),
]
# What people say of a referral; everything else follows from what happens.
SAID = frozenset(
    {
        "company_id",
        "date",
        "referrer_id",
        "lead_id",
        "partner_name",
        "phone",
        "email",
        "note",
    }
)
# What they may still say later.
CHANGED = frozenset({"note", "review_reason", "partner_name", "phone", "email"})


class EduReferral(models.Model):
    """One person whom a customer recommends to us, and what became of it.

    invited: somebody was told of us. lead: inquired. enrolled: began a course; the
    points of both sides wait for the payment and the refund window. rewarded: both have
    them. clawed_back: the enrollment came to nothing, and the points went back; another
    enrollment earns anew. blocked: somebody has to look at it first, see
    ``logic/referral.py``. canceled: does not count. A person is recommended once.
    """

    _name = "edu.referral"
    _description = "Referral"
    _inherit = ["mail.thread", "mail.activity.mixin", "edu.points.source"]
    _order = "date desc, id desc"
    _check_company_auto = True

    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default=rule.INVITED,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        required=True,
        index=True,
        default=lambda self: self.env.company._edu_today(),
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True, default="staff")
    # People
    referrer_id = fields.Many2one(
        "res.partner",
        string="Recommended by",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("edu_is_customer", "=", True)],
        tracking=True,
    )
    referred_id = fields.Many2one(
        "res.partner",
        string="New customer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    partner_name = fields.Char(string="Name")
    phone = fields.Char()
    email = fields.Char()
    # What came of it
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
    )
    enrollment_id = fields.Many2one(
        "edu.enrollment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    award_round = fields.Integer(string="Award round", readonly=True, copy=False)
    note = fields.Text(string="Notes")
    # Agreed to on the page behind the link
    consent_at = fields.Datetime(string="Agreed at", readonly=True, copy=False)
    consent_text = fields.Text(string="Agreed to", readonly=True, copy=False)
    form_key = fields.Char(string="Form key", readonly=True, copy=False)

    _referred_unique = models.UniqueIndex(
        "(referred_id, company_id)"
        " WHERE referred_id IS NOT NULL AND state <> 'canceled'",
        "This person was recommended by somebody already.",
    )
    _lead_unique = models.UniqueIndex(
        "(lead_id) WHERE lead_id IS NOT NULL AND state <> 'canceled'",
        "This opportunity was recommended by somebody already.",
    )
    _form_unique = models.UniqueIndex(
        "(form_key) WHERE form_key IS NOT NULL", "This form was sent already."
    )

    @api.depends("referrer_id.name", "referred_id.name", "partner_name")
    def _compute_display_name(self):
        for referral in self:
            name = referral.referred_id.name or referral.partner_name
            lead = referral.lead_id.contact_name or referral.lead_id.name
            parts = (referral.referrer_id.name, name or lead)
            referral.display_name = " → ".join(filter(None, parts))

    @api.model
    def _search_display_name(self, operator, value):
        names = ("referrer_id.name", "referred_id.name", "partner_name")
        return Domain.OR(Domain(name, operator, value) for name in names)

    # ------------------------------------------------------------------ guards
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_said(vals_list)
        for vals in vals_list:
            if vals.get("lead_id"):
                vals.setdefault("state", rule.LEAD)
        # What was canceled just now stands in nobody's way.
        self.flush_model(["state", "lead_id", "referred_id"])
        referrals = super().create(vals_list)
        referrals._after_created()
        return referrals

    def write(self, vals):
        if not self.env.su and not vals.keys() <= CHANGED | self._thread_fields():
            raise self._follows()
        if not self.env.su and "review_reason" in vals:
            self._check_deciding()
        return super().write(vals)

    def _check_said(self, vals_list):
        """Import and RPC may not say what only follows."""
        defaults = {
            name.removeprefix("default_")
            for name in self.env.context
            if name.startswith("default_")
        }
        said = set().union(*vals_list) | (defaults & self._fields.keys())
        if not said <= SAID | self._thread_fields():
            raise self._follows()
        default = self.env.context.get("default_date")
        self._check_dates([vals.get("date", default) for vals in vals_list])

    def _check_dates(self, dates):
        """What is dated back is not counted with the recommendations of the month."""
        if self.env.user.has_group(GROUP_MANAGER):
            return
        first = self.env.company._edu_today() - relativedelta(months=1)
        if any(date and fields.Date.to_date(date) <= first for date in dates):
            raise AccessError(
                self.env._("Only managers enter recommendations of long ago.")
            )

    @api.model
    def _thread_fields(self):
        """Return the fields of the chatter and of activities."""
        return {
            name
            for name in self._fields
            if name.startswith(("message_", "activity_", "my_activity_"))
        }

    def _follows(self):
        return AccessError(
            self.env._(
                "The state of a referral follows from the inquiry, the enrollment and "
                "its payment. To change who recommended, cancel it and enter another."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted(self):
        for referral in self:
            if referral.state not in (rule.INVITED, rule.CANCELED):
                raise UserError(
                    self.env._("%s counts. Cancel it instead.", referral.display_name)
                )

    @api.constrains("referrer_id")
    def _check_referrer(self):
        for referral in self:
            if referral.referrer_id.is_company:
                raise UserError(self.env._("People recommend us, not organizations."))

    # ------------------------------------------------------------------ actions
    def action_cancel(self):
        """Let it count no longer; on a blocked one a leader decides."""
        self.check_access("write")
        self._update_state(rule.OPEN, rule.CANCELED)

    def action_open_lead(self):
        self.ensure_one()
        return self.lead_id._get_records_action()
