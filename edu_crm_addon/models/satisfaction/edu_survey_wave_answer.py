from odoo import models

from .edu_survey_wave import OPEN


class EduSurveyWave(models.Model):
    """Until when a wave takes answers."""

    _inherit = "edu.survey.wave"

    def _takes_answers(self):
        self.ensure_one()
        # sudo: the questionnaire is the host's, the day the company's
        wave = self.sudo()
        return (
            wave.state == OPEN
            and wave.date_end >= wave.company_id._edu_today()
            and wave.survey_id.active
            and bool(wave.survey_id.question_ids)
        )
