from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...const import GROUP_MANAGER, GROUP_READONLY
from ...logic import points_expiry as rule

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
    Partners are firms that give and redeem the points, and who stands on the card.
    Promotions may be for members only, or for those of a level.
    """

    _name = "loyalty.program"
    _inherit = ["loyalty.program", "edu.role.mixin", "edu.fetch.mixin"]
    # The host lets every sales manager change programs.
    _edu_write_group = GROUP_MANAGER
    # Every order asks its programs for the first, who earns or spends for the others.
    _edu_host_fields = frozenset(
        {
            "edu_members_only",
            "edu_mode",
            "edu_hold_until_paid",
            "edu_expiry_months",
            "edu_grace_days",
            "edu_debt_policy",
        }
    )

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
    # Telling before
    edu_notice_days = fields.Integer(
        string="First notice (days before)",
        default=30,
        help="Days before points expire on which the member is told by mail. 0: not.",
    )
    edu_last_notice_days = fields.Integer(
        string="Last notice (days before)",
        default=7,
        help="Days before points expire on which the member is told again. 0: not.",
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
    # Partners
    edu_firm_ids = fields.Many2many(
        "res.partner",
        "edu_loyalty_program_firm_rel",
        "program_id",
        "firm_id",
        string="Partner firms",
        domain=[("is_company", "=", True)],
        help="Where members collect and redeem the points, too. They are settled with "
        "month by month.",
    )
    edu_institution_id = fields.Many2one(
        "res.partner",
        string="Partner institution",
        domain=[("is_company", "=", True)],
        ondelete="restrict",
        help="Stands on the cards of new members.",
    )
    edu_benefits = fields.Text(
        string="What members get",
        translate=True,
        help="Members read it in the portal.",
    )
    # Members only
    edu_members_only = fields.Boolean(
        string="Members only",
        help="The promotion applies to orders of members and, in a family wallet, of "
        "their learners.",
    )
    edu_min_grade_id = fields.Many2one(
        "res.partner.grade",
        string="From level",
        ondelete="restrict",
        help="Only for members of this level or a better one.",
    )

    _edu_terms = models.Constraint(
        "CHECK (edu_refund_days >= 0 AND edu_expiry_months >= 0 AND edu_grace_days >= 0"
        " AND edu_point_cost >= 0 AND edu_adjust_limit >= 0)",
        "Days, months, costs and limits cannot be negative.",
    )
    _edu_notices = models.Constraint(
        "CHECK (edu_notice_days >= 0 AND edu_last_notice_days >= 0 AND"
        " (edu_notice_days = 0 OR edu_last_notice_days < edu_notice_days))",
        "The last notice comes after the first one.",
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

    # ------------------------------------------------------------------ writing
    def write(self, vals):
        if "company_id" in vals:
            self._edu_check_company(vals["company_id"])
        result = super().write(vals)
        if {"edu_notice_days", "edu_last_notice_days"} & vals.keys():
            self._edu_replan_notices()
        return result

    def _edu_check_company(self, company_id):
        """What is in the ledger is of its company, for good."""
        moved = self.filtered(lambda p: p.edu_mode and p.company_id.id != company_id)
        # sudo: cards nobody may read as well
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        if moved and cards.search_count([("program_id", "in", moved.ids)], limit=1):
            raise UserError(
                self.env._("%s has members: it stays with its company.", moved[0].name)
            )

    # ------------------------------------------------------------------ buttons
    def action_open_loyalty_cards(self):
        action = super().action_open_loyalty_cards()
        if not self.edu_mode or not self.env.user.has_group(GROUP_READONLY):
            return action
        return self.env["ir.actions.act_window"]._edu_open(
            "loyalty_card_action_members", [("program_id", "=", self.id)]
        )

    def action_edu_check_ledger(self):
        """Check all cards of these programs, archived ones as well."""
        self.check_access("read")
        cards = self.env["loyalty.card"].with_context(active_test=False)
        members = cards.search(
            [("program_id", "in", self.ids), ("edu_is_member", "=", True)]
        )
        return members.action_edu_check_ledger()

    # ------------------------------------------------------------------ terms
    def _edu_last_day(self, start):
        """Return the last day of points that can be spent from ``start``, if any."""
        self.ensure_one()
        months = self.edu_expiry_months
        return start + relativedelta(months=months) if months else None

    def _edu_expiry_day(self):
        """Return the last day of points given today, False if they never expire."""
        self.ensure_one()
        months = self.edu_expiry_months
        return months and self.company_id._edu_today() + relativedelta(months=months)

    def _edu_notice_plan(self):
        # sudo: whoever books points plans their notices
        program = self.sudo()
        return rule.Plan(
            first=program.edu_notice_days, last=program.edu_last_notice_days
        )

    def _edu_replan_notices(self):
        """Have the next job look at all cards on which something expires."""
        cards = self.env["loyalty.card"]
        cards.flush_model(["edu_next_expiry", "edu_next_notice", "program_id"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card SET edu_next_notice = %s
                 WHERE program_id IN %s AND edu_next_expiry IS NOT NULL
                """,
                fields.Date.today(),
                tuple(self.ids),
            )
        )
        cards.invalidate_model(["edu_next_notice"], flush=False)

    # ------------------------------------------------------------------ partners
    def _edu_partners(self):
        """Return the firms that may give and redeem points of this program."""
        self.ensure_one()
        return self.edu_firm_ids | self.edu_institution_id

    def _edu_check_partner(self, firm):
        if firm not in self._edu_partners():
            raise ValidationError(
                self.env._(
                    "%(firm)s is no partner of %(program)s.",
                    firm=firm.display_name,
                    program=self.name,
                )
            )

    # ------------------------------------------------------------------ members only
    def _edu_applies_to(self, partner, company):
        """Tell whether ``partner`` may use this promotion."""
        self.ensure_one()
        if not self.edu_members_only:
            return True
        # sudo: who is a member does not depend on who sells
        partner = partner.sudo().with_company(company)
        people = partner | partner._edu_wallet_owners(company)[partner]
        return any(
            not self.edu_min_grade_id
            or person.grade_id._edu_reaches(self.edu_min_grade_id)
            for person in people
            if person._edu_is_member(company)
        )
