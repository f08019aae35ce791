"""The host's pages of questions, for answers to our waves."""

from odoo import http
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

WRONG_USER = "answer_wrong_user"
TOO_LATE = "answer_deadline"


class EduSurvey(Survey):
    @http.route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Answers to a wave are given once: a second one would be of no wave."""
        # sudo: the token is the right
        answers = request.env["survey.user_input"].sudo()
        if answers.search([("access_token", "=", answer_token)]).edu_wave_id:
            return request.redirect("/")
        return super().survey_retry(survey_token, answer_token, **post)

    def _check_validity(self, survey_sudo, answer_sudo, answer_token, **kwargs):
        """Close answers with their wave, and let an interviewer fill in theirs."""
        code = super()._check_validity(survey_sudo, answer_sudo, answer_token, **kwargs)
        if not answer_sudo or not answer_sudo.edu_wave_id:
            return code
        if code == WRONG_USER and answer_token and answer_sudo._edu_may_fill_in():
            code = True
        if code is True and answer_sudo.state != "done":
            return answer_sudo.edu_wave_id._takes_answers() or TOO_LATE
        return code
