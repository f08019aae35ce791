"""Factories of questionnaires, campaigns and answers."""

from odoo.fields import Command, Date

from odoo.addons.edu_crm_addon.logic import satisfaction as rule


class SurveyFactory:
    """For a test case whose class counts its records in ``_numbers``."""

    @classmethod
    def make_questionnaire(cls, *dimensions, measure=rule.EXPERIENCE, **values):
        """Return a survey with a question of 1 to 5 for each dimension, all by default.

        The recommendation is asked on 0 to 10.
        """
        questions = [
            {
                "title": f"How is {dimension}?",
                "question_type": "scale",
                "scale_min": 0 if dimension == rule.RECOMMENDATION else 1,
                "scale_max": 10 if dimension == rule.RECOMMENDATION else 5,
                "edu_dimension": dimension,
                "edu_measure": measure,
                "sequence": number,
            }
            for number, dimension in enumerate(dimensions or rule.DIMENSIONS, 1)
        ]
        return cls.env["survey.survey"].create(
            {
                "title": f"Questionnaire {next(cls._numbers)}",
                "edu_is_satisfaction": True,
                "access_mode": "token",
                "questions_layout": "one_page",
                "question_and_page_ids": [Command.create(vals) for vals in questions],
                **values,
            }
        )

    @classmethod
    def make_campaign(cls, survey=None, **values):
        return cls.env["edu.survey.campaign"].create(
            {
                "name": f"Campaign {next(cls._numbers)}",
                "survey_id": (survey or cls.make_questionnaire()).id,
                **values,
            }
        )

    @classmethod
    def make_wave(cls, campaign=None, **values):
        """Return an open wave of today; nobody is invited yet."""
        campaign = campaign or cls.make_campaign()
        today = campaign.company_id._edu_today()
        return cls.env["edu.survey.wave"].create(
            {
                "name": f"Wave {next(cls._numbers)}",
                "campaign_id": campaign.id,
                "survey_id": campaign.survey_id.id,
                "method": campaign.method,
                "is_anonymous": campaign.is_anonymous,
                "date_start": today,
                "date_end": Date.add(today, days=campaign.answer_days),
                "state": "open",
                **values,
            }
        )

    @classmethod
    def invite(cls, wave, *partners, learner=None, **values):
        """Return one invitation, as sent, for each of ``partners``."""
        return cls.env["edu.survey.invitation"].create(
            [
                {
                    "wave_id": wave.id,
                    "partner_id": partner.id,
                    "learner_id": learner.id if learner else False,
                    "method": wave.method,
                    "user_id": partner.user_id.id,
                    "state": "sent",
                    **values,
                }
                for partner in partners
            ]
        )
