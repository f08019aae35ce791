from odoo import api, fields, models
from odoo.exceptions import UserError

from .edu_complaint import LEVELS
from .edu_complaint_answer import ANSWERED_BY, ANSWERS, SATISFIED
from .edu_complaint_handling import VERDICTS


class EduComplaintRound(models.Model):
    """The figures of one round of a complaint that was opened again, frozen then."""

    _name = "edu.complaint.round"
    _description = "Earlier round of a complaint"
    _order = "complaint_id, number, id"
    _rec_name = "number"

    complaint_id = fields.Many2one(
        "edu.complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True)
    number = fields.Integer(string="Round", required=True, readonly=True)
    # Dates
    opened_at = fields.Datetime(string="Opened", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    closed_at = fields.Datetime(string="Closed at", readonly=True)
    due_at = fields.Datetime(string="Decision promised until", readonly=True)
    in_time = fields.Selection(
        [("yes", "In time"), ("no", "Late")], string="Decided in time", readonly=True
    )
    # Result
    verdict = fields.Selection(VERDICTS, readonly=True)
    verdict_reason = fields.Text(string="Explanation to the customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Handler", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    answer = fields.Selection(ANSWERS, string="Customer's answer", readonly=True)
    answer_by = fields.Selection(ANSWERED_BY, string="Answer given by", readonly=True)
    score = fields.Float(
        string="Rating", readonly=True, help="What the customer gave, 1 to 5. 0: none."
    )
    satisfied = fields.Selection(SATISFIED, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(
        readonly=True, help="What all measures had cost the school until then."
    )
    is_first_contact = fields.Boolean(string="Solved at first contact", readonly=True)
    reopen_reason = fields.Text(string="Why opened again", readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE (complaint_id, number)", "This round of the complaint is already there."
    )

    def write(self, vals):
        if vals:
            self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._refuse_change()

    def _refuse_change(self):
        raise UserError(self.env._("The figures of an earlier round stay as they are."))
