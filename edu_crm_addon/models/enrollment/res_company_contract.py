from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # Two fields, not a translation: both languages are printed in every contract.
    edu_contract_rules_en = fields.Html(string="Rules in the contract (English)")
    edu_contract_rules_zh = fields.Html(string="Rules in the contract (Chinese)")
