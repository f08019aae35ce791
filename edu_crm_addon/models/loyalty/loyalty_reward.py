from odoo import fields, models

from ...const import GROUP_MANAGER, GROUP_READONLY


class LoyaltyReward(models.Model):
    """A reward may be a coupon: a code by mail, for a later order of the member's."""

    _name = "loyalty.reward"
    _inherit = ["loyalty.reward", "edu.role.mixin"]
    # As for the program it belongs to.
    _edu_write_group = GROUP_MANAGER

    edu_coupon_program_id = fields.Many2one(
        "loyalty.program",
        string="Coupons given",
        domain=[("program_type", "=", "coupons")],
        ondelete="restrict",
        groups=GROUP_READONLY,
        help="When the order is confirmed the member gets a coupon of this program.",
    )
