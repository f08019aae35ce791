"""Base of the tests of low scores: scores as an answer makes them."""

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


class LowScoreCase(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow_ups = cls.env["edu.satisfaction.follow.up"]
        cls.adviser = cls.make_user("agent")
        cls.campaign = cls.make_campaign(low_score=40)
        cls.wave = cls.make_wave(cls.campaign)

    @classmethod
    def make_scores(cls, partner=None, wave=None, words=None, sheet=None, **scores):
        """Return the scores of a new answer, by dimension, as when it was given."""
        wave = wave or cls.wave
        values = {"edu_method": wave.method}
        is_reask = scores.pop("is_reask", False)
        has_experience = scores.pop("has_experience", True)
        date = scores.pop("date", wave.company_id._edu_today())
        learner = scores.pop("learner", cls.env["res.partner"])
        partner = partner or cls.make_customer(user_id=cls.adviser.id)
        if sheet is None:
            sheet = cls.env["survey.user_input"].create(
                {
                    "survey_id": wave.survey_id.id,
                    "partner_id": partner.id,
                    "edu_wave_id": wave.id,
                    **values,
                }
            )
        if words:
            cls.env["survey.user_input.line"].create(
                {
                    "user_input_id": sheet.id,
                    "question_id": cls.add_open_question(wave.survey_id).id,
                    "answer_type": "text_box",
                    "value_text_box": words,
                }
            )
        return cls.env["edu.satisfaction.score"].create(
            [
                {
                    "date": date,
                    "company_id": wave.company_id.id,
                    "source": "survey",
                    "dimension": dimension,
                    "has_experience": has_experience,
                    "experience": score,
                    "partner_id": partner.id,
                    "learner_id": learner.id,
                    "input_id": sheet.id,
                    "user_id": partner.user_id.id,
                    "wave_id": wave.id,
                    "campaign_id": wave.campaign_id.id,
                    "is_reask": is_reask,
                }
                for dimension, score in (scores or {rule.SERVICE: 25}).items()
            ]
        )

    @classmethod
    def add_open_question(cls, survey):
        return cls.env["survey.question"].create(
            {"title": "Why?", "question_type": "text_box", "survey_id": survey.id}
        )

    @classmethod
    def follow(cls, partner=None, **scores):
        """Return the follow-up of an answer that is low in the service."""
        return cls.follow_ups._follow(cls.make_scores(partner, **scores))

    @classmethod
    def make_done(cls, partner=None, **scores):
        follow_up = cls.follow(partner, **scores)
        follow_up.result = "Called: another teacher"
        follow_up.action_done()
        return follow_up
