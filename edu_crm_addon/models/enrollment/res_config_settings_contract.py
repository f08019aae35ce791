from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_contract_rules_en = fields.Html(
        related="company_id.edu_contract_rules_en", readonly=False
    )
    edu_contract_rules_zh = fields.Html(
        related="company_id.edu_contract_rules_zh", readonly=False
    )
