from odoo import fields, models

from ..models.complaint.edu_complaint_answer import ACCEPTED, REFUSED, STAFF


class EduComplaintReply(models.TransientModel):
    """Staff log what a customer said to the result, by telephone or face to face."""

    _name = "edu.complaint.reply"
    _description = "Log the customer's answer"
    _inherit = "edu.complaint.wizard"

    answer = fields.Selection(
        [(ACCEPTED, "Accepted"), (REFUSED, "Refused")],
        string="Customer's answer",
        required=True,
    )
    note = fields.Text(string="What the customer said")

    def action_log(self):
        self.ensure_one()
        complaint = self.complaint_id
        complaint._check_waiting()
        if self.answer == ACCEPTED:
            complaint._accept(self.note, by=STAFF)
        else:
            complaint._refuse(self.note, by=STAFF)
        return {"type": "ir.actions.act_window_close"}
