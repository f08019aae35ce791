from ast import literal_eval
from contextlib import contextmanager

from psycopg2 import DataError, ProgrammingError

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ...logic.enrollment import SEATED

AUDIENCE = (
    "company_id",
    "asked",
    "audience_domain",
    "stage_ids",
    "type_ids",
    "tier_ids",
    "course_ids",
)
# What conditions raise that somebody typed wrongly; the last two are the database's.
MEANINGLESS = (
    SyntaxError,
    TypeError,
    ValueError,
    MemoryError,
    RecursionError,
    DataError,
    ProgrammingError,
)


class EduSurveyCampaign(models.Model):
    """Which customers a campaign is about, and who of the family is asked for them."""

    _inherit = "edu.survey.campaign"

    audience_count = fields.Integer(
        string="Matching customers",
        compute="_compute_audience_count",
        help="Customers of the audience as it is now, as far as you may see them.",
    )

    @api.depends(*AUDIENCE)
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_audience_count(self):
        for campaign in self:
            try:
                with campaign._trying_conditions():
                    domain = campaign._audience_domain()
                    count = self.env["res.partner"].search_count(domain)
            except (AccessError, *MEANINGLESS):
                count = 0
            campaign.audience_count = count

    # Whoever writes the conditions must be allowed to read what they name: later they
    # are evaluated by the job, which may read everything.
    @api.model_create_multi
    def create(self, vals_list):
        campaigns = super().create(vals_list)
        campaigns.filtered("audience_domain")._check_audience_readable()
        return campaigns

    def write(self, vals):
        result = super().write(vals)
        if vals.get("audience_domain"):
            self._check_audience_readable()
        return result

    def _check_audience_readable(self):
        for campaign in self.filtered(lambda c: c.audience_domain != "[]"):
            try:
                with campaign._trying_conditions():
                    domain = campaign._audience_domain()
                    self.env["res.partner"].search(domain, limit=1)
            except MEANINGLESS as error:
                raise ValidationError(
                    self.env._(
                        "The further conditions of %(campaign)s cannot be understood.",
                        campaign=campaign.name,
                    )
                ) from error

    @contextmanager
    def _trying_conditions(self):
        """Let the database refuse conditions without more being lost."""
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
            yield

    # ------------------------------------------------------------------ audience
    def _audience_domain(self):
        """Return the domain of the customers a campaign is about.

        Higher areas may add audiences of their own.
        """
        self.ensure_one()
        return Domain("edu_is_customer", "=", True) & self._picked_domain()

    def _picked_domain(self):
        """Return the domain of those who were picked, customers or not."""
        domain = self._company_domain() & self._written_domain()
        if self.stage_ids:
            domain &= Domain("edu_stage_ids", "in", self.stage_ids.ids)
        if self.type_ids:
            domain &= Domain("edu_type_id", "in", self.type_ids.ids)
        if self.tier_ids:
            domain &= Domain("edu_tier_id", "in", self.tier_ids.ids)
        if self.course_ids:
            domain &= Domain("edu_enrollment_ids", "any", self._course_domain())
        return domain

    def _company_domain(self):
        own = Domain("company_id", "parent_of", self.company_id.ids)
        return Domain("company_id", "=", False) | own

    def _written_domain(self):
        """Return the conditions that were put together by hand."""
        terms = literal_eval(self.audience_domain or "[]")
        if not isinstance(terms, list):
            raise ValueError("The conditions are no list")
        return Domain(terms)

    def _course_domain(self):
        return (
            Domain("course_id", "in", self.course_ids.ids)
            & Domain("state", "in", SEATED)
            & Domain("company_id", "=", self.company_id.id)
        )

    # ------------------------------------------------------------------ who is asked
    def _people_asked(self, customers):
        """Return ``{customer: who is asked}`` without those asked for others only.

        A guardian who is a customer too is asked about the learners, not once more.
        """
        self.ensure_one()
        if self.asked != "payer":
            return {customer: customer for customer in customers}
        customers = customers.with_company(self.company_id).with_context(
            allowed_company_ids=self.company_id.ids
        )
        asked = self._payers(customers)
        if learners := customers.edu_learner_link_ids.learner_id:
            domain = self._audience_domain() & Domain("id", "in", learners.ids)
            learners = learners.search(domain)
            guardians = set(self._payers(learners).values())
            asked = {
                customer: person
                for customer, person in asked.items()
                if customer not in guardians or customer != person
            }
        return asked

    def _payers(self, customers):
        """Return ``{customer: guardian who pays, else the customer}``."""
        today = self.company_id._edu_today()
        result = {}
        for customer in customers:
            payer = customer.edu_payer_id
            if payer == customer and customer._edu_needs_guardian(today):
                payer = customer.edu_guardian_link_ids[:1].guardian_id or customer
            result[customer] = payer
        return result
