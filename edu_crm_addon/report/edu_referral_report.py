from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

_lt = LazyTranslate(__name__)

WITHOUT_ADVISER = _lt("Without adviser")


class EduReferralReport(models.Model):
    """Who recommends us, and what it brings: one row per customer and company.

    Active is who ordered within the days after which a customer counts as lost. The
    recommendation rate is active customers with a recommendation, of all active ones.
    Revenue is what those who were recommended and enrolled ordered, untaxed, in the
    currency of the company. Canceled recommendations do not count.
    """

    _name = "edu.referral.report"
    _description = "Referrals by customer"
    _auto = False
    _order = "revenue desc, id"
    _rec_name = "partner_id"
    _depends = {
        "edu.referral": [
            "state",
            "referrer_id",
            "referred_id",
            "lead_id",
            "company_id",
        ],
        "sale.order": [
            "partner_id",
            "opportunity_id",
            "company_id",
            "state",
            "date_order",
            "amount_untaxed",
            "currency_rate",
        ],
        "res.partner": ["user_id", "grade_id"],
        "res.company": ["edu_lost_after_days"],
    }

    # Measures
    active_count = fields.Integer(string="Active customers", readonly=True)
    recommending_count = fields.Integer(
        string="Active customers who recommend us", readonly=True
    )
    recommendation_rate = fields.Float(
        string="Recommendation rate",
        aggregator="avg",
        readonly=True,
        help="Active customers who recommend us, of all active customers.",
    )
    referral_count = fields.Integer(string="Referrals", readonly=True)
    enrolled_count = fields.Integer(string="Enrolled by them", readonly=True)
    revenue = fields.Monetary(
        string="Revenue of the recommended", aggregator="sum", readonly=True
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    # Who
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        falsy_value_label=WITHOUT_ADVISER,
    )
    grade_id = fields.Many2one("res.partner.grade", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    def action_open_referrals(self):
        self.ensure_one()
        return self.partner_id.action_edu_open_referrals()

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "recommendation_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s)::float / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "recommending_count", query),
            self._field_to_sql(self._table, "active_count", query),
        )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY f.partner_id, f.company_id)::int AS id,
                   f.partner_id, f.company_id, p.user_id, p.grade_id,
                   c.currency_id, f.active_count,
                   LEAST(f.active_count, f.referral_count) AS recommending_count,
                   LEAST(f.active_count, f.referral_count)::float
                       / NULLIF(f.active_count, 0) AS recommendation_rate,
                   f.referral_count, f.enrolled_count, f.revenue
              FROM (
                  SELECT COALESCE(b.partner_id, r.partner_id) AS partner_id,
                         COALESCE(b.company_id, r.company_id) AS company_id,
                         COALESCE(b.active_count, 0) AS active_count,
                         COALESCE(r.referral_count, 0) AS referral_count,
                         COALESCE(r.enrolled_count, 0) AS enrolled_count,
                         COALESCE(r.revenue, 0) AS revenue
                    FROM (%(buyers)s) b
               FULL JOIN (%(referrers)s) r USING (partner_id, company_id)
              ) f
              JOIN res_partner p ON p.id = f.partner_id
              JOIN res_company c ON c.id = f.company_id
            """,
            buyers=self._buyers_query(),
            referrers=self._referrers_query(),
        )

    def _buyers_query(self):
        return SQL(
            """
            SELECT o.partner_id, o.company_id,
                   (c.edu_lost_after_days = 0 OR max(o.date_order) >=
                       now() AT TIME ZONE 'UTC'
                       - make_interval(days => c.edu_lost_after_days)
                   )::int AS active_count
              FROM sale_order o
              JOIN res_company c ON c.id = o.company_id
             WHERE o.state = 'sale'
             GROUP BY o.partner_id, o.company_id, c.edu_lost_after_days
            """
        )

    def _referrers_query(self):
        return SQL(
            """
            SELECT r.referrer_id AS partner_id, r.company_id,
                   count(*)::int AS referral_count,
                   (count(*) FILTER (WHERE r.state IN ('enrolled', 'rewarded')))::int
                       AS enrolled_count,
                   sum(CASE WHEN r.state IN ('enrolled', 'rewarded')
                            THEN bought.revenue END) AS revenue
              FROM edu_referral r
              LEFT JOIN LATERAL (
                  SELECT sum(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1))
                         AS revenue
                    FROM sale_order o
                   WHERE o.state = 'sale' AND o.company_id = r.company_id
                     AND (o.partner_id = r.referred_id OR o.opportunity_id = r.lead_id)
              ) bought ON TRUE
             WHERE r.state <> 'canceled'
             GROUP BY r.referrer_id, r.company_id
            """
        )
