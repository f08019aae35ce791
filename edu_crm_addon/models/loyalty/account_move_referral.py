from odoo import models


class AccountMove(models.Model):
    """All of an enrollment was credited: its points are taken back."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        notes = posted.filtered(lambda move: move.move_type == "out_refund")
        if notes:
            # sudo: points follow, whoever posts
            enrollments = self.env["edu.enrollment"].sudo()._billed_by(notes)
            credited = enrollments.filtered(lambda e: e.amount_invoiced <= 0)
            credited._edu_after_credited()
        return posted
