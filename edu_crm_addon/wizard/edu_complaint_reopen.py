from odoo import api, fields, models

from ..models.complaint.edu_complaint_answer import STAFF


class EduComplaintReopen(models.TransientModel):
    """A customer comes back: a new round within the window, a new complaint later."""

    _name = "edu.complaint.reopen"
    _description = "Open a complaint again"
    _inherit = "edu.complaint.wizard"

    reason = fields.Text(string="Why the customer is not satisfied", required=True)
    can_reopen = fields.Boolean(compute="_compute_can_reopen")

    @api.depends("complaint_id")
    def _compute_can_reopen(self):
        for wizard in self:
            complaint = wizard.complaint_id
            wizard.can_reopen = bool(complaint) and complaint._can_reopen()

    def action_reopen(self):
        self.ensure_one()
        complaint = self.complaint_id._come_back(self.reason, by=STAFF)
        if complaint == self.complaint_id:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": complaint._name,
            "res_id": complaint.id,
            "view_mode": "form",
        }
