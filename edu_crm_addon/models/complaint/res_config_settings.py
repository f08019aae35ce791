from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Who gets the complaints that nobody else may see."""

    _inherit = "res.config.settings"

    edu_compliance_user_id = fields.Many2one(
        related="company_id.edu_compliance_user_id", readonly=False
    )
