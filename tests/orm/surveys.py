"""Factories of questionnaires, campaigns and answers."""

from odoo.fields import Command, Date

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

OF_ANSWER = {"test_entry", "edu_is_anonymous", "edu_method", "edu_interviewer_id"}


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

    # ------------------------------------------------------------------ answers
    @classmethod
    def begin(cls, wave=None, partner=None, **values):
        """Return the answer of an invited customer, as if the link was opened.

        ``values`` are those of the answer, if it has such a field, or the invitation.
        """
        wave = wave or cls.make_wave()
        partner = partner or cls.make_customer()
        Input = cls.env["survey.user_input"]
        own = {name: values.pop(name) for name in list(values) if name in OF_ANSWER}
        invitation = cls.invite(wave, partner, **values)
        answer = Input.create(
            {
                "survey_id": wave.survey_id.id,
                "partner_id": partner.id,
                "edu_wave_id": wave.id,
                "edu_invitation_id": invitation.id,
                **own,
            }
        )
        invitation.input_id = answer
        answer._mark_in_progress()
        return answer

    @classmethod
    def tick(cls, answer, ticks):
        """Answer the questions of each dimension of ``ticks`` by its number."""
        for question in answer.survey_id.question_ids:
            if question.edu_dimension in ticks:
                answer._save_lines(question, str(ticks[question.edu_dimension]))

    @classmethod
    def answer(cls, answer, ticks):
        """Tick, and send the sheet."""
        cls.tick(answer, ticks)
        answer._mark_done()
        return answer

    @classmethod
    def answer_each(cls, answer, *values):
        """Answer the questions in their order, and send the sheet."""
        for question, value in zip(answer.survey_id.question_ids, values, strict=True):
            answer._save_lines(question, value)
        answer._mark_done()
        return answer

    @classmethod
    def scores_of(cls, answers):
        return cls.env["edu.satisfaction.score"].search(
            [("input_id", "in", answers.ids)]
        )
