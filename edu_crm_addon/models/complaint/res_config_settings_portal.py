from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_complaint_public_form = fields.Boolean(
        related="company_id.edu_complaint_public_form", readonly=False
    )
