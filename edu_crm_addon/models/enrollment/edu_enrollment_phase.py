from odoo import api, fields, models

from ...logic import phase as rule

PHASES = [
    (rule.RECRUITMENT, "Enrollment drive"),
    (rule.TEACHING, "Teaching"),
    (rule.TUTORING, "Tutoring"),
    (rule.EMPLOYMENT, "Employment"),
]


class EduEnrollment(models.Model):
    """Care goes all the way; see ``logic/phase.py``."""

    _inherit = "edu.enrollment"

    phase = fields.Selection(
        PHASES,
        compute="_compute_phase",
        store=True,
        readonly=False,
        precompute=True,
        help="Follows from the state; you can set it by hand until the state changes.",
    )

    @api.depends("state", "stage_id")
    def _compute_phase(self):
        for enrollment in self:
            enrollment.phase = rule.phase(enrollment.state, enrollment.stage_id.code)
