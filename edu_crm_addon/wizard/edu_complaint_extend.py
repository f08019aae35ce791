from odoo import api, fields, models


class EduComplaintExtend(models.TransientModel):
    """A leader gives a promise more time: until when, and why; the customer is told."""

    _name = "edu.complaint.extend"
    _description = "Give a complaint more time"
    _inherit = "edu.complaint.wizard"

    deadline_id = fields.Many2one(
        "edu.complaint.deadline",
        string="Promise",
        required=True,
        ondelete="cascade",
        compute="_compute_deadline_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('complaint_id', '=', complaint_id), ('done_at', '=', False),"
        " ('dropped_at', '=', False)]",
    )
    promised_at = fields.Datetime(
        related="deadline_id.due_at", string="Promised until", related_sudo=False
    )
    due_at = fields.Datetime(string="New date", required=True)
    reason = fields.Char(required=True, help="The customer reads it.")

    @api.depends("complaint_id")
    def _compute_deadline_id(self):
        for wizard in self:
            wizard.deadline_id = wizard.complaint_id.deadline_ids._owed()[:1]

    def action_extend(self):
        self.ensure_one()
        self.deadline_id._extend(self.due_at, self.reason)
        return {"type": "ir.actions.act_window_close"}
