from odoo import fields, models


class EduSurveyWave(models.Model):
    """Waves of second questions are no runs of the campaign itself."""

    _inherit = "edu.survey.wave"

    is_reask = fields.Boolean(
        string="Asked again",
        readonly=True,
        help="Asks those once more who had a low score.",
    )
