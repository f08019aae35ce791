from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic import loyalty_measure as rule

PRICE_STEPS = [
    ("1", "1: leaves for a small difference"),
    ("2", "2: compares prices first"),
    ("3", "3: price counts like the rest"),
    ("4", "4: pays more for what is good"),
    ("5", "5: price hardly counts"),
]
QUALITY_STEPS = [
    ("1", "1: leaves at the first problem"),
    ("2", "2: tells others before us"),
    ("3", "3: complains and waits"),
    ("4", "4: tells us and gives us time"),
    ("5", "5: helps us to do better"),
]
COMPETITOR_STEPS = [
    ("1", "1: prefers another school"),
    ("2", "2: is looking at others"),
    ("3", "3: knows others, without preference"),
    ("4", "4: prefers us"),
    ("5", "5: does not look at others"),
]


class ResPartner(models.Model):
    """The five signs of loyalty of a customer, and what they come to together.

    The attitudes are set by an agent or by an answer to a questionnaire, the last one
    counts; the chatter keeps those before.
    """

    _inherit = "res.partner"

    # What somebody says or judges
    edu_price_sensitivity = fields.Selection(
        PRICE_STEPS,
        string="Price sensitivity",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_attitude_quality = fields.Selection(
        QUALITY_STEPS,
        string="Attitude to quality problems",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_attitude_competitor = fields.Selection(
        COMPETITOR_STEPS,
        string="Attitude to competing brands",
        tracking=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    # What orders and leads say
    edu_order_count = fields.Integer(
        string="Confirmed orders",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
    )
    edu_repeat_rate = fields.Float(
        string="Repeat purchase rate",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
        help="Purchases after the first, of all purchases.",
    )
    edu_choosing_days = fields.Float(
        string="Choosing time (days)",
        compute="_compute_edu_loyalty",
        digits=(16, 1),
        groups=GROUP_READONLY,
        help="From the lead to its first order, on average.",
    )
    edu_has_choosing_days = fields.Boolean(
        string="Choosing time known",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
    )
    # Together
    edu_loyalty_score = fields.Float(
        string="Loyalty score",
        compute="_compute_edu_loyalty",
        digits=(5, 1),
        groups=GROUP_READONLY,
        help="Mean of the signs that are known, 0 to 100. What is unknown is no zero.",
    )
    edu_loyalty_known = fields.Integer(
        string="Signs known",
        compute="_compute_edu_loyalty",
        groups=GROUP_READONLY,
        help="Of five. The fewer, the less the score says.",
    )

    @api.depends(
        "edu_price_sensitivity", "edu_attitude_quality", "edu_attitude_competitor"
    )
    @api.depends_context("company")
    def _compute_edu_loyalty(self):
        bought = self._loyalty_facts()
        for partner in self:
            orders, days = bought.get(partner._origin.id, (0, None))
            known = rule.scores(orders, days, partner._loyalty_attitudes())
            partner.edu_order_count = orders
            partner.edu_repeat_rate = rule.repeat_rate(orders) or 0.0
            partner.edu_choosing_days = days or 0.0
            partner.edu_has_choosing_days = days is not None
            partner.edu_loyalty_score = rule.total(known) or 0.0
            partner.edu_loyalty_known = len(known)

    def _loyalty_attitudes(self):
        """Return ``{code: step or None}``, as the rule takes them."""
        return {
            name: int(self[f"edu_{name}"]) if self[f"edu_{name}"] else None
            for name in rule.ATTITUDES
        }

    def _loyalty_facts(self):
        """Return ``{id: (orders, days to choose)}`` in the current company."""
        if not self._origin:
            return {}
        # sudo: how often a customer bought is shown to who may read the customer
        orders = self.env["sale.order"].sudo()
        groups = orders._read_group(
            [
                ("partner_id", "in", self._origin.ids),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "sale"),
            ],
            ["partner_id", "opportunity_id"],
            ["__count", "date_order:min"],
        )
        groups_of = {}
        for partner, lead, count, ordered_at in groups:
            days = lead and (ordered_at - lead.create_date).total_seconds() / 86400
            groups_of.setdefault(partner.id, []).append((count, lead and days))
        return {id_: self._loyalty_totals(rows) for id_, rows in groups_of.items()}

    @api.model
    def _loyalty_totals(self, rows):
        days = [days for _count, days in rows if isinstance(days, float)]
        return sum(count for count, _days in rows), (
            sum(days) / len(days) if days else None
        )
