from odoo import models


class AccountMove(models.Model):
    """A refund after a complaint is done when its credit note is posted.

    Only credit notes of customers cost a query; other entries cost nothing.
    """

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        if notes := posted._edu_credit_notes():
            self.env["edu.complaint.measure"]._after_notes_posted(notes)
        return posted

    def button_draft(self):
        notes = self._edu_credit_notes().filtered(lambda move: move.state == "posted")
        result = super().button_draft()
        if notes:
            self.env["edu.complaint.measure"]._after_notes_taken_back(notes)
        return result

    def _edu_credit_notes(self):
        return self.filtered(lambda move: move.move_type == "out_refund")
