from odoo import fields, models


class ResCompany(models.Model):
    """Who gets the complaints that nobody else of the school may see."""

    _inherit = "res.company"

    edu_compliance_user_id = fields.Many2one(
        "res.users",
        string="Last resort for complaints",
        domain=[("share", "=", False)],
        help="Gets complaints about the agent, the leader and the manager.",
    )
