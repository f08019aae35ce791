from odoo import fields, models


class ResCompany(models.Model):
    """How long a customer who wrote about a complaint may wait for an answer."""

    _inherit = "res.company"

    edu_complaint_answer_hours = fields.Integer(
        string="Answer mail about complaints within",
        default=24,
        help="Hours on the clock after which a customer's mail without answer is "
        "listed as late. 0: never.",
    )

    _edu_complaint_answer_hours_plausible = models.Constraint(
        "CHECK (edu_complaint_answer_hours BETWEEN 0 AND 1000)",
        "A mail is answered within 0 to 1000 hours.",
    )
