from odoo import fields, models
from odoo.tools import SQL

from ...logic import points_expiry as rule


class LoyaltyProgram(models.Model):
    """How long before their points expire members are told."""

    _inherit = "loyalty.program"

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

    _edu_notices = models.Constraint(
        "CHECK (edu_notice_days >= 0 AND edu_last_notice_days >= 0 AND"
        " (edu_notice_days = 0 OR edu_last_notice_days < edu_notice_days))",
        "The last notice comes after the first one.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"edu_notice_days", "edu_last_notice_days"} & vals.keys():
            self._edu_replan_notices()
        return result

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
