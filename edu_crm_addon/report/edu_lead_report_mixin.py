from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ..models.pipeline.edu_intent_policy import INTENTS
from ..models.pipeline.utm_source import ROUTES

_lt = LazyTranslate(__name__)

WITHOUT_SOURCE = _lt("Without source")
WITHOUT_ROUTE = _lt("Without route")
WITHOUT_MEDIUM = _lt("Without medium")
WITHOUT_CAMPAIGN = _lt("Without campaign")
WITHOUT_ADVISER = _lt("Without adviser")
WITHOUT_TEAM = _lt("Without team")
WITHOUT_INTENT = _lt("Without intent")
WITHOUT_EDUCATION_STAGE = _lt("Without education stage")


class EduLeadReportMixin(models.AbstractModel):
    """What all reports on the leads of education teams have in common.

    The columns that come from the lead, which leads count, amounts in the currency of
    the user's company, and rates. A rate is the quotient of two aggregates of a group,
    never an average of rates; it is empty where there is nothing to divide by.
    """

    _name = "edu.lead.report.mixin"
    _description = "Report on leads"
    _rec_name = "lead_id"
    _order = "id"
    # Rates in percent: {field: (aggregate above the line, aggregate below it)}
    _percentages = {
        "enrollment_rate": ("won_count:count_distinct", "lead_count:count_distinct"),
    }
    # Quotients in their own unit, likewise.
    _quotients = {}

    # Measures
    lead_count = fields.Integer(
        string="Distinct leads", aggregator="count_distinct", readonly=True
    )
    won_count = fields.Integer(
        string="Enrolled", aggregator="count_distinct", readonly=True
    )
    enrollment_rate = fields.Float(
        string="Enrolled (%)",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="Leads that were won, of all leads.",
    )
    expected_revenue = fields.Monetary(
        readonly=True, help="Of the leads still open; each counts once."
    )
    won_revenue = fields.Monetary(
        string="Revenue won", readonly=True, help="Of the leads that were won."
    )
    # Dimensions
    lead_id = fields.Many2one("crm.lead", readonly=True)
    source_id = fields.Many2one(
        "utm.source", readonly=True, falsy_value_label=WITHOUT_SOURCE
    )
    route = fields.Selection(
        ROUTES,
        readonly=True,
        falsy_value_label=WITHOUT_ROUTE,
        help="To compare online and offline sources.",
    )
    medium_id = fields.Many2one(
        "utm.medium",
        string="Marketing medium",
        readonly=True,
        falsy_value_label=WITHOUT_MEDIUM,
    )
    campaign_id = fields.Many2one(
        "utm.campaign",
        readonly=True,
        falsy_value_label=WITHOUT_CAMPAIGN,
    )
    intent = fields.Selection(INTENTS, readonly=True, falsy_value_label=WITHOUT_INTENT)
    # Related, so that a lead of several stages counts in each of them, and once in
    # totals. Sudo (the default): SQL can follow no other; the roles see these stages.
    edu_stage_ids = fields.Many2many(
        "edu.stage",
        string="Education stages",
        related="lead_id.edu_stage_ids",
        falsy_value_label=WITHOUT_EDUCATION_STAGE,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales team",
        readonly=True,
        falsy_value_label=WITHOUT_TEAM,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        falsy_value_label=WITHOUT_ADVISER,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    def action_open_lead(self):
        """Open the lead itself: a line of the report has no form of its own."""
        self.ensure_one()
        return self.lead_id.get_formview_action()

    def action_open_leads(self):
        """List the leads of these lines."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads"),
            "res_model": "crm.lead",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", self.lead_id.ids)],
            "context": {"active_test": False, "create": False},
        }

    # ------------------------------------------------------------------ rates
    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        factor, parts = 100, self._percentages.get(name)
        if not parts:
            factor, parts = 1, self._quotients.get(name)
        if not parts or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[name], "read")
        above, below = (self._read_group_select(part, query) for part in parts)
        return SQL("%s * (%s)::float / NULLIF(%s, 0)", factor, above, below)

    # ------------------------------------------------------------------ SQL
    @api.model
    def _select_lead(self):
        return SQL(
            """
            l.id AS lead_id, l.id AS lead_count,
            CASE WHEN l.won_status = 'won' THEN l.id END AS won_count,
            CASE WHEN l.won_status = 'won' THEN 100.0 ELSE 0.0 END AS enrollment_rate,
            l.source_id, u.edu_route AS route, l.medium_id, l.campaign_id,
            l.edu_intent AS intent, l.team_id, l.user_id, l.company_id,
            %s AS currency_id
            """,
            self.env.company.currency_id.id,
        )

    @api.model
    def _revenue_of_lead(self):
        return SQL("l.expected_revenue * COALESCE(money.rate, 1)")

    @api.model
    def _from_lead(self):
        """Leads as ``l``, and as ``money.rate`` what an amount of theirs is worth."""
        return SQL(
            """
            FROM crm_lead l
            JOIN crm_team t ON t.id = l.team_id AND t.edu_is_education
            LEFT JOIN utm_source u ON u.id = l.source_id
            LEFT JOIN (VALUES %s) AS money (company_id, rate)
                   ON money.company_id = l.company_id
            """,
            SQL(", ").join(self._company_rates()),
        )

    @api.model
    def _where_lead(self):
        """Archived leads count only if they were lost or won."""
        return SQL("WHERE (l.active OR l.won_status <> 'pending')")

    @api.model
    def _company_rates(self):
        """Return pairs of a company and today's rate of its currency into ours."""
        own = self.env.company
        # sudo: the rates of companies whose leads the rules hide do no harm
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        companies = companies.search([("currency_id", "!=", False)])
        today = own._edu_today()
        rates = {
            currency: currency._get_conversion_rate(
                currency, own.currency_id, own, today
            )
            for currency in companies.currency_id
        }
        return [
            SQL("(%s, %s::float)", company.id, rates[company.currency_id])
            for company in companies
        ]
