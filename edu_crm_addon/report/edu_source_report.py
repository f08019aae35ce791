from odoo import api, fields, models
from odoo.tools import SQL

from ..const import GROUP_LEADER


class EduSourceReport(models.Model):
    """What the sources of prospects bring, and what they cost.

    One row per lead of an education team, by the day it was made, and one per
    acquisition cost, by its date. A source with leads and no costs appears, as does one
    with costs and no leads. Amounts are in the currency of the user's company: those of
    leads by today's rate, costs by that of their day.

    Costs are for team leaders and managers. These see all leads here, since a cost per
    lead of some leads only would be wrong; others see their leads without costs.
    """

    _name = "edu.source.report"
    _description = "Source analysis"
    _inherit = "edu.lead.report.mixin"
    _auto = False
    _order = "date desc, id desc"
    _percentages = {
        "enrollment_rate": ("won_count:count_distinct", "lead_count:count_distinct"),
        "return_rate": ("profit:sum", "cost:sum"),
    }
    # Without any cost there is none to divide, so that nobody takes unknown for free.
    _quotients = {
        "cost_per_lead": ("cost:sum", "lead_count:count_distinct"),
        "cost_per_enrollment": ("cost:sum", "won_count:count_distinct"),
    }
    _depends = {
        "crm.lead": [
            "active",
            "campaign_id",
            "company_id",
            "create_date",
            "edu_intent",
            "edu_stage_ids",
            "expected_revenue",
            "medium_id",
            "source_id",
            "team_id",
            "user_id",
            "won_status",
        ],
        "crm.team": ["edu_is_education"],
        "edu.acquisition.cost": [
            "amount",
            "campaign_id",
            "company_id",
            "currency_id",
            "date",
            "source_id",
        ],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
        "utm.source": ["edu_route"],
    }

    # Measures
    cost = fields.Monetary(readonly=True, groups=GROUP_LEADER)
    cost_per_lead = fields.Monetary(
        string="Cost per lead",
        aggregator="avg",
        readonly=True,
        groups=GROUP_LEADER,
        help="All costs of the group, divided by its leads.",
    )
    cost_per_enrollment = fields.Monetary(
        string="Cost per enrollment",
        aggregator="avg",
        readonly=True,
        groups=GROUP_LEADER,
        help="All costs of the group, divided by its leads that were won.",
    )
    profit = fields.Monetary(
        string="Revenue less cost", readonly=True, groups=GROUP_LEADER
    )
    return_rate = fields.Float(
        string="Return (%)",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        groups=GROUP_LEADER,
        help="Revenue won less cost, divided by the cost.",
    )
    # Dimensions
    cost_id = fields.Many2one(
        "edu.acquisition.cost",
        string="Acquisition cost",
        readonly=True,
        groups=GROUP_LEADER,
    )
    date = fields.Date(
        readonly=True, help="The day a lead was made, or the date of a cost."
    )

    def action_open_record(self):
        """Open the lead or the cost: a line of the report has no form of its own."""
        self.ensure_one()
        return (self.lead_id or self.cost_id).get_formview_action()

    @property
    def _table_query(self):
        leads = SQL("%s %s %s", self._select(), self._from_lead(), self._where_lead())
        if not self._sees_costs():
            return leads
        return SQL("%s UNION ALL %s %s", leads, self._select_cost(), self._from_cost())

    @api.model
    def _sees_costs(self):
        return self.env.su or self.env.user.has_group(GROUP_LEADER)

    # ------------------------------------------------------------------ SQL
    @api.model
    def _select(self):
        zone = self.env.tz.zone
        return SQL(
            """
            SELECT 2 * l.id AS id, %(lead)s,
                   CASE WHEN l.won_status = 'pending' THEN %(revenue)s END
                        AS expected_revenue,
                   CASE WHEN l.won_status = 'won' THEN %(revenue)s END AS won_revenue,
                   NULL::float AS cost, NULL::float AS cost_per_lead,
                   NULL::float AS cost_per_enrollment,
                   CASE WHEN l.won_status = 'won' THEN %(revenue)s END AS profit,
                   NULL::float AS return_rate, NULL::int AS cost_id,
                   (l.create_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                        AS date
            """,
            lead=self._select_lead(),
            revenue=self._revenue_of_lead(),
            zone=zone,
        )

    @api.model
    def _select_cost(self):
        """The columns of ``_select``, in its order."""
        return SQL(
            """
            SELECT 2 * c.id + 1, NULL, NULL, NULL, NULL,
                   c.source_id, u.edu_route, NULL, c.campaign_id,
                   NULL, NULL, NULL, c.company_id, %(currency)s,
                   NULL, NULL,
                   %(cost)s, NULL, NULL, -%(cost)s, NULL, c.id, c.date
            """,
            currency=self.env.company.currency_id.id,
            cost=SQL("c.amount * money.rate"),
        )

    @api.model
    def _from_cost(self):
        own = self.env.company.currency_id.id
        return SQL(
            """
            FROM edu_acquisition_cost c
            JOIN utm_source u ON u.id = c.source_id
            CROSS JOIN LATERAL (
                SELECT CASE WHEN c.currency_id = %(own)s THEN 1
                            ELSE %(to_rate)s / %(from_rate)s END AS rate
            ) money
            """,
            own=own,
            to_rate=self._rate_at(SQL("%s", own), SQL("c.date")),
            from_rate=self._rate_at(SQL("c.currency_id"), SQL("c.date")),
        )

    @api.model
    def _rate_at(self, currency, date):
        """Return the rate of a day as ``_get_rates`` of the host finds it.

        That is the last one until then, else the first one after it, else 1.
        """
        rates = SQL(
            """
            SELECT r.rate FROM res_currency_rate r
             WHERE r.currency_id = %s
               AND (r.company_id IS NULL OR r.company_id = %s)
            """,
            currency,
            self.env.company.root_id.id,
        )
        return SQL(
            """
            COALESCE(
                (%(rates)s AND r.name <= %(date)s
                 ORDER BY r.company_id, r.name DESC LIMIT 1),
                (%(rates)s ORDER BY r.company_id, r.name LIMIT 1),
                1.0
            )
            """,
            rates=rates,
            date=date,
        )
