from odoo import models

from ...logic import enrollment as rule
from .edu_enrollment_withdrawal import WITHDRAWAL


class SaleOrder(models.Model):
    """A withdrawal shortens what was sold; nobody signs that again."""

    _inherit = "sale.order"

    def _edu_review_changed(self, with_state=False):
        if self.env.context.get(WITHDRAWAL):
            return None
        return super()._edu_review_changed(with_state)

    def _edu_review_contract(self):
        enrollments = self.edu_enrollment_ids
        if enrollments and not enrollments.filtered(
            lambda enrollment: enrollment.state in (*rule.LIVE, rule.ENDED)
        ):
            self.edu_contract_to_sign_id.unlink()
            return None
        return super()._edu_review_contract()
