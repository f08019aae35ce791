from odoo import fields, models


class EduComplaintStatementAsk(models.TransientModel):
    """A leader asks somebody a complaint is about to answer certain points."""

    _name = "edu.complaint.statement.ask"
    _description = "Ask for a statement"
    _inherit = "edu.complaint.wizard"

    concerned_ids = fields.Many2many(
        "res.partner", related="complaint_id.accused_partner_ids", related_sudo=False
    )
    partner_id = fields.Many2one("res.partner", string="Ask", required=True)
    points = fields.Text(
        string="Points to answer",
        required=True,
        help="The person reads this and nothing else. Do not say who complained.",
    )
    due_date = fields.Date(string="Answer until")

    def action_ask(self):
        self.ensure_one()
        self.complaint_id._ask_statement(self.partner_id, self.points, self.due_date)
        return {"type": "ir.actions.act_window_close"}
