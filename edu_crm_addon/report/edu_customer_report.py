from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..models.customer.res_partner_relationship import RELATIONSHIPS

_lt = LazyTranslate(__name__)

WITHOUT_STAGE = _lt("Without stage")
WITHOUT_NATURE = _lt("Without nature")
WITHOUT_TYPE = _lt("Without type")
WITHOUT_TIER = _lt("Without tier")


class EduCustomerReport(models.Model):
    """Customers by classification.

    One row per customer, education stage and nature, so that a customer of two stages
    is counted in both. The measure counts different customers, not rows: within a stage
    each counts once, and so it does in every total.
    """

    _name = "edu.customer.report"
    _description = "Customer classification"
    _auto = False
    _order = "id"
    _rec_name = "partner_id"
    _depends = {
        "res.partner": [
            "active",
            "is_company",
            "company_id",
            "user_id",
            "create_date",
            "country_id",
            "edu_is_customer",
            "edu_relationship",
            "edu_stage_ids",
            "edu_nature_ids",
            "edu_type_id",
            "edu_tier_id",
            "edu_completeness",
        ]
    }

    customer_count = fields.Integer(
        string="Distinct customers",
        aggregator="count_distinct",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    stage_id = fields.Many2one(
        "edu.stage",
        string="Education stage",
        readonly=True,
        falsy_value_label=WITHOUT_STAGE,
    )
    nature_id = fields.Many2one(
        "edu.customer.nature",
        string="Customer nature",
        readonly=True,
        falsy_value_label=WITHOUT_NATURE,
    )
    type_id = fields.Many2one(
        "edu.education.type",
        string="Education type",
        readonly=True,
        falsy_value_label=WITHOUT_TYPE,
    )
    tier_id = fields.Many2one(
        "edu.customer.tier",
        string="Customer tier",
        readonly=True,
        falsy_value_label=WITHOUT_TIER,
    )
    relationship = fields.Selection(RELATIONSHIPS, readonly=True)
    is_company = fields.Boolean(string="Organization", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    create_date = fields.Datetime(string="Created on", readonly=True)

    def action_open_customer(self):
        """Open the customer itself: a line of the report has no form of its own."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY p.id, s.stage_id, n.nature_id) AS id,
                   p.id AS customer_count, p.id AS partner_id,
                   s.stage_id, n.nature_id, p.edu_type_id AS type_id,
                   p.edu_tier_id AS tier_id, p.edu_relationship AS relationship,
                   p.is_company, p.country_id, p.user_id, p.company_id, p.create_date
            """
        )

    def _from(self):
        return SQL(
            """
            FROM res_partner p
            LEFT JOIN edu_partner_stage_rel s ON s.partner_id = p.id
            LEFT JOIN edu_partner_nature_rel n ON n.partner_id = p.id
            """
        )

    def _where(self):
        return SQL(
            """
            WHERE p.active
              AND (p.edu_is_customer OR p.edu_relationship <> 'non_customer')
            """
        )
