from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..logic import loyalty_measure as rule

_lt = LazyTranslate(__name__)

WITHOUT_ADVISER = _lt("Without adviser")
WITHOUT_LEVEL = _lt("Without level")
ATTITUDES = {name: f"edu_{name}" for name in rule.ATTITUDES}


class EduLoyaltyMeasure(models.Model):
    """The five signs of loyalty of each customer, by company.

    What orders and leads say is counted here; what a person said or an agent judged is
    copied from the contact. ``logic/loyalty_measure.py`` says what each sign is worth,
    and a test holds this query against it. The repeat purchase rate of a group is
    weighted: repeat purchases of all its purchases.
    """

    _name = "edu.loyalty.measure"
    _description = "Loyalty measures"
    _auto = False
    _order = "score desc, id"
    _rec_name = "partner_id"
    _depends = {
        "res.partner": ["edu_is_customer", "user_id", "grade_id", *ATTITUDES.values()],
        "sale.order": ["partner_id", "company_id", "state", "opportunity_id"],
        "crm.lead": ["create_date"],
    }

    # Measures
    partner_count = fields.Integer(string="Customers", readonly=True)
    orders = fields.Integer(string="Purchases", readonly=True)
    repeat_orders = fields.Integer(string="Repeat purchases", readonly=True)
    repeat_rate = fields.Float(
        string="Repeat purchase rate",
        aggregator="avg",
        readonly=True,
        help="Purchases after the first, of all purchases.",
    )
    choosing_days = fields.Float(
        string="Choosing time (days)",
        aggregator="avg",
        readonly=True,
        help="From the lead to its first order.",
    )
    price_sensitivity = fields.Float(aggregator="avg", readonly=True)
    attitude_quality = fields.Float(
        string="Attitude to quality problems", aggregator="avg", readonly=True
    )
    attitude_competitor = fields.Float(
        string="Attitude to competing brands", aggregator="avg", readonly=True
    )
    score = fields.Float(
        string="Loyalty score",
        aggregator="avg",
        readonly=True,
        help="Mean of the signs that are known, 0 to 100.",
    )
    known = fields.Integer(
        string="Signs known", aggregator="avg", readonly=True, help="Of five."
    )
    # Dimensions
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    grade_id = fields.Many2one(
        "res.partner.grade",
        string="Member level",
        readonly=True,
        falsy_value_label=WITHOUT_LEVEL,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        falsy_value_label=WITHOUT_ADVISER,
    )
    company_id = fields.Many2one("res.company", readonly=True)

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "repeat_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s)::float / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "repeat_orders", query),
            self._field_to_sql(self._table, "orders", query),
        )

    @property
    def _table_query(self):
        signs = [SQL.identifier(f"{name}_score") for name in rule.MEASURES]
        return SQL(
            """
            SELECT facts.*, 1 AS partner_count,
                   num_nonnulls(%(signs)s) AS known,
                   (SELECT avg(sign) FROM unnest(ARRAY[%(signs)s]) sign) AS score
              FROM (%(facts)s) facts
             WHERE num_nonnulls(%(signs)s) > 0
            """,
            signs=SQL(", ").join(signs),
            facts=self._facts_query(),
        )

    def _facts_query(self):
        """Return each sign as it is, and as a score (``logic/loyalty_measure.py``)."""
        attitudes = [
            SQL(
                "partner.%(field)s::int AS %(name)s,"
                " (partner.%(field)s::int - 1) * 100.0 / %(steps)s AS %(score)s",
                field=SQL.identifier(field),
                name=SQL.identifier(name),
                score=SQL.identifier(f"{name}_score"),
                steps=rule.STEPS - 1,
            )
            for name, field in ATTITUDES.items()
        ]
        return SQL(
            """
            SELECT row_number() OVER (ORDER BY partner.id, company.id)::int AS id,
                   partner.id AS partner_id, partner.grade_id, partner.user_id,
                   COALESCE(company.id, partner.company_id) AS company_id,
                   COALESCE(bought.orders, 0) AS orders,
                   GREATEST(bought.orders - 1, 0) AS repeat_orders,
                   (bought.orders - 1)::float / bought.orders AS repeat_rate,
                   (bought.orders - 1) * 100.0 / bought.orders
                        AS repeat_purchase_score,
                   bought.days AS choosing_days,
                   CASE WHEN bought.days IS NOT NULL THEN 100.0
                        * GREATEST(0, 1 - GREATEST(bought.days, 0) / %(longest)s)
                        END AS choosing_time_score,
                   %(attitudes)s
              FROM res_partner partner
         LEFT JOIN (%(bought)s) bought ON bought.partner_id = partner.id
         LEFT JOIN res_company company ON company.id = bought.company_id
             WHERE partner.edu_is_customer
            """,
            longest=float(rule.LONGEST_CHOICE),
            attitudes=SQL(", ").join(attitudes),
            bought=self._bought_query(),
        )

    def _bought_query(self):
        """Return how often each customer bought, and how long it took to choose.

        A lead counts once, by its first order.
        """
        return SQL(
            """
            SELECT partner_id, company_id, sum(orders)::int AS orders,
                   avg(days) AS days
              FROM (SELECT o.partner_id, o.company_id, count(*) AS orders,
                           EXTRACT(EPOCH FROM min(o.date_order) - min(l.create_date))
                               / 86400.0 AS days
                      FROM sale_order o
                 LEFT JOIN crm_lead l ON l.id = o.opportunity_id
                     WHERE o.state = 'sale'
                  GROUP BY o.partner_id, o.company_id, l.id) choices
          GROUP BY partner_id, company_id
            """
        )
