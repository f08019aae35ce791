from odoo import fields, models


class ResCompany(models.Model):
    """How long a school waits for its customers after a complaint was decided."""

    _inherit = "res.company"

    edu_complaint_answer_days = fields.Integer(
        string="Wait for the customer's answer",
        default=5,
        help="Working days after the result. Without an answer the complaint goes on "
        "as “no answer”. 0: it waits for ever.",
    )
    edu_complaint_reopen_days = fields.Integer(
        string="Reopen complaints within",
        default=10,
        help="Working days after closing in which a dissatisfied customer has the same "
        "complaint opened again. Later it becomes a new one that names the first.",
    )

    _edu_complaint_days_plausible = models.Constraint(
        "CHECK (edu_complaint_answer_days BETWEEN 0 AND 365"
        " AND edu_complaint_reopen_days BETWEEN 0 AND 365)",
        "The days for answering and for reopening must lie between 0 and 365.",
    )
