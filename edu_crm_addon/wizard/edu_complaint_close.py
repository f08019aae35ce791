from odoo import api, fields, models

from ..models.complaint.edu_complaint_answer import SATISFIED


class EduComplaintClose(models.TransientModel):
    """The closing check: what the customer wanted, what came of it, the question."""

    _name = "edu.complaint.close"
    _description = "Close a complaint"
    _inherit = "edu.complaint.wizard"

    want = fields.Selection(related="complaint_id.want", related_sudo=False)
    remedy = fields.Selection(related="complaint_id.remedy", related_sudo=False)
    verdict = fields.Selection(related="complaint_id.verdict", related_sudo=False)
    answer = fields.Selection(related="complaint_id.answer", related_sudo=False)
    cause_id = fields.Many2one(
        "edu.complaint.cause",
        compute="_compute_lesson",
        store=True,
        readonly=False,
        required=True,
    )
    lesson = fields.Text(
        string="Lesson learned",
        compute="_compute_lesson",
        store=True,
        readonly=False,
        required=True,
    )
    satisfied = fields.Selection(
        SATISFIED,
        required=True,
        help="What the customer says to the closing question: is this all right?",
    )

    @api.depends("complaint_id")
    def _compute_lesson(self):
        for wizard in self:
            wizard.cause_id = wizard.complaint_id.cause_id
            wizard.lesson = wizard.complaint_id.lesson

    def action_close(self):
        self.ensure_one()
        self.complaint_id.write(
            {
                "satisfied": self.satisfied,
                "cause_id": self.cause_id.id,
                "lesson": self.lesson,
            }
        )
        self.complaint_id.action_close()
        return {"type": "ir.actions.act_window_close"}
