from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_reask_days = fields.Integer(related="company_id.edu_reask_days", readonly=False)
