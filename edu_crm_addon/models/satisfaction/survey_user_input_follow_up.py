from odoo import api, models

JOB = "survey_follow_up"


class SurveyUserInput(models.Model):
    """A low score is followed up; trouble with that never stops who answers."""

    _inherit = "survey.user_input"

    def _after_scored(self, scores):
        result = super()._after_scored(scores)
        follow_ups = self.env["edu.satisfaction.follow.up"].sudo()
        todo = scores.filtered("is_reask") | follow_ups._scores_to_follow(scores)
        if todo:
            sheets = todo.input_id
            # sudo: what fails is listed for the staff, and tried again at night
            failures = self.env["edu.job.failure"].sudo()
            failures._run_batch(JOB, sheets, type(self)._edu_follow_scores)
        return result

    def _edu_follow_scores(self):
        """Follow up the scores of these answers; safe to repeat."""
        # sudo: whoever answers
        follow_ups = self.env["edu.satisfaction.follow.up"].sudo()
        scores = self.env["edu.satisfaction.score"].sudo()
        rows = scores.search([("input_id", "in", self.ids)], order="id")
        follow_ups._follow(rows)
        follow_ups._take_answers(rows)

    @api.model
    def _cron_follow_scores(self):
        """Try again what could not be followed up when it was answered."""
        failures = self.env["edu.job.failure"].search(
            [("job", "=", JOB), ("res_model", "=", self._name)], order="id"
        )
        sheets = self.browse(failures.mapped("res_id")).exists()
        step = type(self)._edu_follow_scores
        return self.env["edu.job.failure"]._run_job(JOB, sheets, step, size=50)
