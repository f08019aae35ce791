from odoo import api, models
from odoo.exceptions import UserError

from .sale_order_line import SYNCED


class SaleOrderLine(models.Model):
    """Who signs for a minor, and lines that change after the signature."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._edu_review_changed()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not SYNCED.isdisjoint(vals):
            self.order_id._edu_review_changed()
        return result

    def unlink(self):
        signed = self.order_id.filtered("signed_on")
        result = super().unlink()
        signed._edu_review_contracts()
        return result

    def _edu_check_learners(self):
        """The contract of a minor is signed by a guardian, or by an organization."""
        result = super()._edu_check_learners()
        # sudo: a salesperson without education role sells courses too
        for line in self.sudo():
            learner, customer = line.edu_learner_id, line.order_partner_id
            signers = customer | customer.commercial_partner_id
            if any(signers.mapped("is_company")):
                continue
            if not learner._edu_needs_guardian(line.company_id._edu_today()):
                continue
            if not signers & learner.edu_guardian_link_ids.guardian_id:
                raise UserError(
                    self.env._(
                        "%(learner)s is under age, and %(customer)s is no guardian. "
                        "Make a guardian the customer of the order, or enter the "
                        "guardianship first.",
                        learner=learner.display_name,
                        customer=customer.display_name,
                    )
                )
        return result
