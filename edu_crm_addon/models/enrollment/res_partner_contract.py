from odoo import fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """The contracts a person signed, or that others signed for it."""

    _inherit = "res.partner"

    edu_contract_count = fields.Integer(
        string="Number of contracts",
        compute="_compute_edu_contract_count",
        groups=GROUP_READONLY,
    )

    def _compute_edu_contract_count(self):
        contracts = self.env["edu.contract"].search(self._edu_contract_domain())
        for partner in self:
            known = partner._origin
            partner.edu_contract_count = len(
                contracts.filtered(
                    lambda c, known=known: known in c.partner_id | c.learner_ids
                )
            )

    def _edu_contract_domain(self):
        people = self._origin.ids
        return Domain("partner_id", "in", people) | Domain("learner_ids", "in", people)

    def action_edu_open_contracts(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_contract_action", list(self._edu_contract_domain()), {}
        )
