from odoo import fields, models


class ResCompany(models.Model):
    """How long the result of a trial lesson may take."""

    _inherit = "res.company"

    edu_trial_result_hours = fields.Integer(
        string="Result of a trial lesson within",
        default=12,
        help="Hours after the end of a confirmed trial lesson; then its adviser is "
        "reminded once to record the result.",
    )

    _edu_trial_result_hours_plausible = models.Constraint(
        "CHECK (edu_trial_result_hours BETWEEN 0 AND 720)",
        "The result of a trial lesson may take between 0 and 720 hours.",
    )
