from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...const import GROUP_AGENT, GROUP_READONLY
from ...logic import completeness as rule
from ...logic.relationship import NON_CUSTOMER
from ..settings.res_company import DEFAULT_ADULT_AGE
from .edu_customer_nature import SUPPLIER

_lt = LazyTranslate(__name__)

MISSING_LABELS = {
    "contact": _lt("Phone or email"),
    "address": _lt("Address"),
    "stage": _lt("Education stage"),
    "need": _lt("Customer needs"),
    "background": _lt("Education background"),
    "interests": _lt("Hobbies and interests"),
    "birth_date": _lt("Birth date"),
    "guardian": _lt("Guardian of a learner under age"),
    "nature": _lt("Customer nature"),
    "type": _lt("Education type"),
    "industry": _lt("Industry"),
    "size": _lt("Number of learners or employees"),
}
# A learner is reached, and lives, where its guardians do.
KNOWN_BY = {
    "contact": (
        "phone",
        "email",
        "edu_guardian_link_ids.guardian_id.phone",
        "edu_guardian_link_ids.guardian_id.email",
    ),
    "address": ("street", "city", "edu_guardian_link_ids.guardian_id.city"),
    "stage": ("edu_stage_ids",),
    "need": ("edu_need_ids",),
    "background": ("edu_background",),
    "interests": ("edu_interests",),
    "birth_date": ("edu_birth_date",),
    "guardian": ("edu_guardian_link_ids",),
    "nature": ("edu_nature_ids",),
    "type": ("edu_type_id",),
    "industry": ("industry_id",),
    "size": ("edu_learner_count", "edu_employee_count"),
}
FILE_FIELDS = (
    "is_company",
    "edu_is_customer",
    "company_id.edu_adult_age",
    *(name for names in KNOWN_BY.values() for name in names),
)
VERIFY_ACTIVITY = "edu_crm_addon.mail_activity_type_verify"


class ResPartner(models.Model):
    """Quality of a customer's file: what is missing, and when it was last verified."""

    _inherit = "res.partner"

    edu_completeness = fields.Integer(
        string="Completeness",
        compute="_compute_edu_completeness",
        store=True,
        aggregator="avg",
        groups=GROUP_READONLY,
        help="Percent of what we should know of this customer; 0 until the contact is "
        "made an education customer.",
    )
    edu_missing = fields.Char(
        string="Missing",
        compute="_compute_edu_missing",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    edu_verified_on = fields.Date(
        string="Verified on", copy=False, tracking=True, groups=GROUP_READONLY
    )
    edu_verified_by_id = fields.Many2one(
        "res.users",
        string="Verified by",
        copy=False,
        ondelete="set null",
        groups=GROUP_READONLY,
    )
    edu_to_verify = fields.Boolean(
        string="To verify",
        compute="_compute_edu_to_verify",
        search="_search_edu_to_verify",
        groups=GROUP_READONLY,
        help="Not verified for longer than the company's settings allow.",
    )

    @api.depends(*FILE_FIELDS)
    def _compute_edu_completeness(self):
        customers = self.filtered("edu_is_customer")
        (self - customers).edu_completeness = 0
        today = customers and fields.Date.context_today(self)
        for partner in customers:
            file = partner._customer_file(today)
            partner.edu_completeness = rule.assess(file).percent

    @api.depends(*FILE_FIELDS)
    @api.depends_context("lang")
    def _compute_edu_missing(self):
        for partner in self:
            partner.edu_missing = ", ".join(
                self.env._(MISSING_LABELS[item])
                for item in partner._edu_missing_codes()
            )

    @api.depends("edu_verified_on", "company_id.edu_review_days")
    @api.depends_context("company")
    def _compute_edu_to_verify(self):
        today = fields.Date.context_today(self)
        for partner in self:
            partner.edu_to_verify = (
                partner._is_edu_customer() and partner._is_verification_overdue(today)
            )

    def _is_verification_overdue(self, today):
        """Tell by the interval of the customer's company; a test pins the search to it.

        Who was never verified counts from the day of creation.
        """
        self.ensure_one()
        company = self.company_id.sudo() or self.env.company
        known_on = self.edu_verified_on
        if not known_on and self.create_date:
            known_on = fields.Datetime.context_timestamp(self, self.create_date).date()
        if not known_on or not company.edu_review_days:
            return False
        return known_on < today - timedelta(days=company.edu_review_days)

    def _search_edu_to_verify(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = self._to_verify_domain()
        return Domain.OR(overdue if wanted else ~overdue for wanted in value)

    @api.model
    def _to_verify_domain(self):
        """Return the customers to verify; a shared one follows the current company."""
        overdue = Domain.FALSE
        today = fields.Date.context_today(self)
        # sudo: the interval is no secret, and a user need not be allowed to companies
        companies = self.env["res.company"].sudo()
        for company in companies.search([("edu_review_days", ">", 0)]):
            limit = today - timedelta(days=company.edu_review_days)
            own = [False, company.id] if company == self.env.company else [company.id]
            never = Domain("edu_verified_on", "=", False)
            overdue |= Domain("company_id", "in", own) & (
                Domain("edu_verified_on", "<", limit)
                | never & Domain("create_date", "<", limit)
            )
        return overdue & self._edu_customer_domain()

    @api.model
    def _edu_customer_domain(self):
        """Return who the Customers menu shows; ``_is_edu_customer`` says the same."""
        return Domain("edu_is_customer", "=", True) | Domain(
            "edu_relationship", "!=", NON_CUSTOMER
        )

    def _is_edu_customer(self):
        self.ensure_one()
        return self.edu_is_customer or self.edu_relationship != NON_CUSTOMER

    def _edu_missing_codes(self):
        """Return the codes of what this customer's file still lacks."""
        if not self.edu_is_customer:
            return []
        today = fields.Date.context_today(self)
        return list(rule.assess(self._customer_file(today)).missing)

    def _customer_file(self, today):
        self.ensure_one()
        natures = self.edu_nature_ids.mapped("code")
        return rule.File(
            is_organization=self.is_company,
            is_supplier_only=natures == [SUPPLIER],
            needs_guardian=self._edu_needs_guardian(today),
            known=frozenset(
                item
                for item, names in KNOWN_BY.items()
                if any(any(self.mapped(name)) for name in names)
            ),
        )

    def action_edu_verify(self):
        """Stamp the data as checked by the current user today; close the reminder."""
        self.check_access("write")
        self._check_field_access(self._fields["edu_is_customer"], "write")
        # sudo: who may change the customer may stamp it, by this button only
        self.sudo().write(
            {
                "edu_verified_on": fields.Date.context_today(self),
                "edu_verified_by_id": self.env.uid,
            }
        )
        self.activity_feedback([VERIFY_ACTIVITY])

    @api.model
    def _cron_edu_upkeep(self):
        """Nightly: what only the calendar changes. Safe to repeat."""
        run = self.env["edu.job.failure"]._run_job
        for job, records, step in (
            (
                "customer_relationship",
                self._buyers_to_review,
                type(self)._refresh_relationship,
            ),
            (
                "customer_completeness",
                self._come_of_age,
                type(self)._refresh_completeness,
            ),
            (
                "customer_verification",
                self._without_verify_activity,
                type(self)._schedule_verification,
            ),
        ):
            if not run(job, records(), step):
                break

    @api.model
    def _come_of_age(self):
        """Return the incomplete people around the age of majority."""
        today = fields.Date.context_today(self)
        ages = self.env["res.company"]._read_group(
            [], [], ["edu_adult_age:min", "edu_adult_age:max"]
        )[0]
        youngest = min(DEFAULT_ADULT_AGE, *ages)
        oldest = max(DEFAULT_ADULT_AGE, *ages)
        return self.search(
            Domain("edu_completeness", "<", 100)
            & Domain("edu_birth_date", "<=", today - timedelta(days=365 * youngest))
            & Domain("edu_birth_date", ">", today - timedelta(days=366 * oldest + 60))
        )

    def _refresh_completeness(self):
        self.env.add_to_compute(self._fields["edu_completeness"], self)
        self.flush_recordset(["edu_completeness"])

    @api.model
    def _without_verify_activity(self):
        """Return the customers whose owner can verify them and is not yet asked to."""
        activity_type = self.env.ref(VERIFY_ACTIVITY)
        agents = self.env.ref(GROUP_AGENT)
        customers = self.browse()
        for company in self.env["res.company"].search([("edu_review_days", ">", 0)]):
            customers |= self.with_company(company).search(
                self._to_verify_domain()
                & Domain("user_id.active", "=", True)
                & Domain("user_id.all_group_ids", "in", agents.ids)
                & ~Domain("activity_ids.activity_type_id", "in", activity_type.ids)
            )
        return customers

    def _schedule_verification(self):
        for owner, customers in self.grouped("user_id").items():
            # The activity is in the owner's list; one email each would be a flood.
            customers.with_context(mail_activity_quick_update=True).activity_schedule(
                VERIFY_ACTIVITY, user_id=owner.id
            )
