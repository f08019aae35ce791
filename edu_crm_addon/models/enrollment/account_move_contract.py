from odoo import api, fields, models

from ...const import GROUP_READONLY


class AccountMove(models.Model):
    """The contracts that an invoice charges for; nothing here can be written."""

    _inherit = "account.move"

    edu_contract_ids = fields.Many2many(
        "edu.contract",
        string="Contracts",
        compute="_compute_edu_contract_ids",
        groups=GROUP_READONLY,
    )

    @api.depends("invoice_line_ids.sale_line_ids.order_id")
    def _compute_edu_contract_ids(self):
        for move in self:
            # sudo: the valid contract of the orders, whoever may see these
            orders = move.sudo().invoice_line_ids.sale_line_ids.order_id
            move.edu_contract_ids = orders.edu_contract_id

    def action_edu_open_contracts(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_contract_action", [("id", "in", self.edu_contract_ids.ids)], {}
        )
