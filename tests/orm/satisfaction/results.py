"""Answers to a wave for tests of its results."""

from odoo.addons.edu_crm_addon.logic import satisfaction as rule


class ResultCase:
    """For a test case with the factories of surveys."""

    @classmethod
    def add_answers(cls, wave, *answers, **values):
        """Store the scores of one answer for each dict of ``{dimension: score}``."""
        scores = cls.env["edu.satisfaction.score"].sudo()
        for answer in answers:
            sheet = cls.env["survey.user_input"].create(
                {"survey_id": wave.survey_id.id, "state": "done"}
            )
            scores.create(
                [
                    {
                        "date": wave.date_start,
                        "company_id": wave.company_id.id,
                        "source": "survey",
                        "dimension": dimension,
                        "has_experience": True,
                        "experience": score,
                        "band": rule.band(score),
                        "items": 1,
                        "method": wave.method,
                        "input_id": sheet.id,
                        "wave_id": wave.id,
                        "campaign_id": wave.campaign_id.id,
                        **values,
                    }
                    for dimension, score in answer.items()
                ]
            )

    def result_of(self, wave, dimension, user=None):
        """Return the row of a dimension in the results of a wave."""
        self.env.flush_all()
        rows = wave.with_user(user or self.env.user)._results()["dimensions"]
        return next(row for row in rows if row["code"] == dimension)
