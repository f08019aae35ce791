from odoo import fields, models

from ...const import GROUP_READONLY


class SurveySurvey(models.Model):
    """Questionnaires of satisfaction are surveys of the host."""

    _inherit = "survey.survey"

    edu_is_satisfaction = fields.Boolean(
        string="Satisfaction questionnaire",
        groups=GROUP_READONLY,
        help="Offered to survey campaigns of Education CRM.",
    )
