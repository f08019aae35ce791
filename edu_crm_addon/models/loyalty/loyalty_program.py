from odoo import api, fields, models
from odoo.exceptions import ValidationError

MODES = [
    ("independent_points", "Independent points"),
    ("alliance_points", "Alliance points"),
    ("cobranded_affinity_card", "Co-branded or affinity card"),
    ("member_club", "Member club"),
]
DEBT_POLICIES = [
    ("debt", "The member owes the points"),
    ("write_off", "What was spent is written off"),
    ("block", "The order cannot be canceled"),
]


class LoyaltyProgram(models.Model):
    """A program with a mode keeps a ledger: its cards are member cards.

    Earning and redeeming on sales stays with the host; the ledger mirrors it, and adds
    what a school needs: points that count when paid, that expire, that are taken back.
    """

    _inherit = "loyalty.program"

    edu_mode = fields.Selection(
        MODES,
        string="Loyalty mode",
        index="btree_not_null",
        help="Members of this program have one card each, with a ledger of points.",
    )
    edu_rule_ids = fields.One2many(
        "edu.points.rule", "program_id", string="Earning rules", copy=True
    )
    # Earning
    edu_hold_until_paid = fields.Boolean(
        string="Spendable when paid",
        default=True,
        help="Points of an order can be spent in the proportion it is paid. Without it "
        "they can be spent when the order is confirmed.",
    )
    edu_refund_days = fields.Integer(
        string="Refund window (days)",
        default=7,
        help="Days after the payment before a reward that waits for it can be spent.",
    )
    # Losing
    edu_expiry_months = fields.Integer(
        string="Points expire after (months)",
        default=24,
        help="Of points from orders, or of rules without an own term. 0: never.",
    )
    edu_grace_days = fields.Integer(
        string="Grace period (days)",
        default=30,
        help="Points given back by a canceled order whose term is over can be used for "
        "as long.",
    )
    edu_debt_policy = fields.Selection(
        DEBT_POLICIES,
        string="Points already spent",
        default="debt",
        required=True,
        help="What happens when points have to be taken back that were spent before.",
    )
    # What it costs
    edu_point_cost = fields.Float(
        string="Cost of a point",
        digits=(16, 4),
        default=0.01,
        help="In the currency of the program, to value points nobody has used yet.",
    )
    edu_adjust_limit = fields.Integer(
        string="Points by hand without approval",
        default=500,
        help="Larger awards and adjustments wait for a manager.",
    )

    _edu_terms = models.Constraint(
        "CHECK (edu_refund_days >= 0 AND edu_expiry_months >= 0 AND edu_grace_days >= 0"
        " AND edu_point_cost >= 0 AND edu_adjust_limit >= 0)",
        "Days, months, costs and limits cannot be negative.",
    )

    @api.constrains("edu_mode", "program_type", "company_id", "applies_on")
    def _check_edu_mode(self):
        for program in self.filtered("edu_mode"):
            if program.program_type != "loyalty" or program.applies_on != "both":
                raise ValidationError(
                    self.env._("Only programs of loyalty cards have members.")
                )
            if not program.company_id and not program.edu_is_template:
                raise ValidationError(
                    self.env._("A program with members belongs to one company.")
                )

    @api.constrains("edu_mode")
    def _check_edu_ledger(self):
        """A ledger is begun with a program, and never given up while it has cards."""
        cards = self.env["loyalty.card"].with_context(active_test=False)
        odd = cards.search(
            [
                ("program_id", "in", self.ids),
                ("partner_id", "!=", False),
                "|",
                "&",
                ("program_id.edu_mode", "=", False),
                ("edu_is_member", "=", True),
                "&",
                ("program_id.edu_mode", "!=", False),
                ("edu_is_member", "=", False),
            ],
            limit=1,
        )
        if odd:
            raise ValidationError(
                self.env._(
                    "%s has cards already. Choose the loyalty mode of a new program.",
                    odd.program_id.name,
                )
            )
