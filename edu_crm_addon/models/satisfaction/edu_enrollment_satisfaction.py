from odoo import fields, models

from ...const import GROUP_READONLY


class EduEnrollment(models.Model):
    """The learner's satisfaction, for whoever decides whom to call before the end."""

    _inherit = "edu.enrollment"

    satisfaction = fields.Float(
        related="learner_id.edu_satisfaction",
        related_sudo=False,
        aggregator=None,
        groups=GROUP_READONLY,
    )
    satisfaction_on = fields.Date(
        related="learner_id.edu_satisfaction_on",
        related_sudo=False,
        groups=GROUP_READONLY,
    )
    satisfaction_zone = fields.Selection(
        related="learner_id.edu_satisfaction_zone",
        related_sudo=False,
        groups=GROUP_READONLY,
    )
