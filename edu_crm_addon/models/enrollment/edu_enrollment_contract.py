from odoo import api, fields, models
from odoo.fields import Domain

from .edu_contract import TO_SIGN

AGREED = frozenset({"learner_id", "run_id", "date_start", "date_end"})


class EduEnrollment(models.Model):
    """The contract of the order that made the enrollment."""

    _inherit = "edu.enrollment"

    contract_ids = fields.Many2many(
        "edu.contract", string="Contracts", compute="_compute_contracts"
    )
    contract_id = fields.Many2one(
        "edu.contract",
        string="Valid contract",
        compute="_compute_contracts",
    )
    contract_to_sign_id = fields.Many2one(
        "edu.contract",
        string="Contract to sign",
        compute="_compute_contracts",
        search="_search_contract_to_sign_id",
    )

    @api.depends("order_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_contracts(self):
        """As far as the reader may see them."""
        contracts = self.env["edu.contract"]
        readable = contracts.has_access("read") and contracts.search(
            [("order_id", "in", self.sudo().order_id.ids)]
        )
        by_order = (readable or contracts).grouped("order_id")
        for enrollment in self:
            found = by_order.get(enrollment.sudo().order_id, contracts)
            enrollment.contract_ids = found
            enrollment.contract_id = found.filtered(lambda c: c.state == "signed")[:1]
            enrollment.contract_to_sign_id = found.filtered(
                lambda c: c.state == TO_SIGN
            )[:1]

    @api.model
    def _search_contract_to_sign_id(self, operator, value):
        """As far as the reader may see contracts; the order is only the way there."""
        if operator not in ("in", "any"):
            return NotImplemented
        domain = Domain("state", "=", TO_SIGN)
        if operator == "any":
            domain &= Domain(value)
        elif wanted := [key for key in value if key]:
            domain &= Domain("id", "in", wanted)
        orders = self.env["edu.contract"].search(domain).sudo().order_id
        found = Domain("order_id", "in", orders.ids)
        return ~found if operator == "in" and not any(value) else found

    def write(self, vals):
        result = super().write(vals)
        if not AGREED.isdisjoint(vals):
            # sudo: an adviser who does not see the order changes what it promised
            self.sudo().order_id._edu_review_changed(with_state=True)
        return result

    def action_open_contracts(self):
        self.ensure_one()
        # sudo: only to find its contracts, which are read by one's own rights
        return self.sudo().order_id.with_env(self.env).action_edu_open_contracts()
