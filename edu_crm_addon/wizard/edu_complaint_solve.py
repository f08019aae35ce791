from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic import complaint as rule
from ..models.complaint.edu_complaint_answer import SATISFIED
from ..models.complaint.edu_complaint_handling import RESPONSIBILITIES


class EduComplaintSolve(models.TransientModel):
    """Solved at first contact: what was done and why it came to it closes it."""

    _name = "edu.complaint.solve"
    _description = "Solved at first contact"
    _inherit = "edu.complaint.wizard"

    want = fields.Selection(related="complaint_id.want", related_sudo=False)
    remedy = fields.Selection(related="complaint_id.remedy", related_sudo=False)
    type_id = fields.Many2one(
        "edu.complaint.type",
        compute="_compute_type_id",
        store=True,
        readonly=False,
        required=True,
    )
    solution = fields.Text(string="What was done", required=True)
    cause_id = fields.Many2one("edu.complaint.cause", required=True)
    responsibility = fields.Selection(
        RESPONSIBILITIES, required=True, default="service"
    )
    verdict = fields.Selection(
        [
            (rule.UPHELD, "Upheld"),
            (rule.PARTLY, "Partly upheld"),
            (rule.NOT_UPHELD, "Not upheld"),
        ],
        required=True,
        default=rule.UPHELD,
    )
    verdict_reason = fields.Text(string="Explanation to the customer")
    satisfied = fields.Selection(
        SATISFIED,
        required=True,
        help="What the customer says to the closing question: is this all right?",
    )

    @api.depends("complaint_id")
    def _compute_type_id(self):
        for wizard in self:
            wizard.type_id = wizard.complaint_id.type_id

    def action_solve(self):
        self.ensure_one()
        if self.verdict in rule.EXPLAINED and not (self.verdict_reason or "").strip():
            raise UserError(self.env._("Say what you explained to the customer."))
        complaint = self.complaint_id
        if complaint.type_id != self.type_id:
            complaint.type_id = self.type_id
        complaint._close_at_first_contact(
            self.solution,
            self.cause_id,
            self.satisfied,
            verdict=self.verdict,
            verdict_reason=self.verdict_reason,
            responsibility=self.responsibility,
        )
        return {"type": "ir.actions.act_window_close"}
