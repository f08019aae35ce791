from odoo import models
from odoo.tools import SQL

from ...logic import satisfaction as rule
from .edu_satisfaction_score import PERSON
from .person_sql import joins_of_person

# What the query reads; whatever waits in the cache is written first.
READ = {
    "survey.user_input": ("partner_id", "edu_wave_id", "edu_invitation_id"),
    "survey.user_input.line": ("value_scale", "skipped", "answer_type"),
    "survey.survey": ("access_mode",),
    "survey.question": ("edu_dimension", "edu_measure", "scale_min", "scale_max"),
    "edu.survey.wave": ("company_id", "campaign_id", "method", "is_anonymous"),
    "edu.survey.invitation": ("partner_id", "learner_id", "role", "enrollment_id"),
    "edu.enrollment": ("teacher_id", "course_id", "stage_id", "team_id", "state"),
    "res.partner": ("edu_tier_id", "edu_type_id", "user_id", "company_id"),
    "res.users": ("sale_team_id",),
    "edu.satisfaction.score": ("expectation", "learner_id", "partner_id"),
}


class SurveyUserInput(models.Model):
    """Answers become scores when they are done: once, and never those of a test.

    Two queries for any number of answers, and one for the contacts.
    """

    _inherit = "survey.user_input"

    def _mark_done(self):
        # Before the host: the rules of anonymity may cut the link to the person.
        fresh = self.filtered(lambda i: i.state != "done" and not i.test_entry)
        vals_list = fresh.sudo()._edu_score_vals()  # sudo: whoever answers
        result = super()._mark_done()
        fresh._edu_store_scores(vals_list)
        return result

    def _edu_store_scores(self, vals_list):
        """Store the scores of these answers, and tell who acts on them."""
        if not vals_list:
            return
        # sudo: nobody makes scores by hand
        scores = self.env["edu.satisfaction.score"].sudo().create(vals_list)
        scores._refresh_contacts(vals_list)
        self._after_scored(scores)

    def _after_scored(self, scores):
        """Hook: the answers in ``self`` got these ``scores``, once, as superuser.

        Those of an anonymous wave do not say which is of which answer.
        """

    def _edu_score_vals(self):
        """Return the values of a score for each dimension of each of these answers."""
        if not self.ids:
            return []
        for model, names in READ.items():
            self.env[model].flush_model(names)
        vals_list = []
        self.env.cr.execute(self._edu_score_facts_query())
        for facts in self.env.cr.dictfetchall():
            answers = facts.pop("answers") or ()
            known = facts.pop("known") or {}
            if facts["is_anonymous"]:
                # What was expected before would name whoever it is compared with.
                facts, known = {**facts, **dict.fromkeys(PERSON, False)}, {}
            scores = rule.scores(self._edu_answers(answers), known)
            vals_list += [{**facts, **self._edu_figures(score)} for score in scores]
        return vals_list

    def _edu_answers(self, rows):
        names = ("dimension", "measure", "value", "lowest", "highest")
        return [rule.Answer(**dict(zip(names, row, strict=True))) for row in rows]

    def _edu_figures(self, score):
        return self.env["edu.satisfaction.score"]._figure_vals(score)

    def _edu_score_facts_query(self):
        """Return one row for each answer: who, about what, from where, and what for.

        The learner is whom it is about; without one, the person asked. The course is
        that of the invitation, or the only one the learner is in now.

        Outside of waves only who was invited by name counts: the public address of a
        questionnaire may be used as often as anybody likes.
        """
        return SQL(
            """
            SELECT input.id AS input_id,
                   'survey' AS source,
                   company.id AS company_id,
                   %(today)s AS date,
                   COALESCE(input.edu_method, invitation.method, wave.method,
                            'online_survey') AS method,
                   COALESCE(invitation.role, CASE
                        WHEN about.id <> asked.id THEN 'guardian'
                        WHEN asked.is_company THEN 'organization'
                        ELSE 'customer' END) AS role,
                   asked.id AS partner_id,
                   NULLIF(about.id, asked.id) AS learner_id,
                   adviser.id AS user_id,
                   COALESCE(enrollment.team_id, adviser.sale_team_id) AS team_id,
                   enrollment.id AS enrollment_id,
                   enrollment.teacher_id,
                   enrollment.course_id,
                   COALESCE(enrollment.stage_id, stage.id) AS stage_id,
                   COALESCE(about.edu_type_id, asked.edu_type_id) AS type_id,
                   COALESCE(about.edu_tier_id, asked.edu_tier_id) AS tier_id,
                   wave.id AS wave_id,
                   wave.campaign_id,
                   COALESCE(wave.is_anonymous, input.edu_is_anonymous, FALSE)
                        AS is_anonymous,
                   COALESCE(invitation.is_reask, FALSE) AS is_reask,
                   answers.list AS answers,
                   known.expectations AS known
              FROM survey_user_input input
              JOIN survey_survey survey ON survey.id = input.survey_id
         LEFT JOIN edu_survey_wave wave ON wave.id = input.edu_wave_id
         LEFT JOIN edu_survey_invitation invitation
                ON invitation.id = input.edu_invitation_id
         LEFT JOIN res_partner asked
                ON asked.id = COALESCE(invitation.partner_id, input.partner_id)
         LEFT JOIN res_partner about
                ON about.id = COALESCE(invitation.learner_id, asked.id)
              JOIN res_company company
                ON company.id = COALESCE(wave.company_id, asked.company_id, %(company)s)
              %(person)s
         LEFT JOIN res_users adviser
                ON adviser.id = COALESCE(invitation.user_id, enrollment.user_id,
                                         about.user_id, asked.user_id)
              JOIN LATERAL (%(answers)s) answers ON answers.list IS NOT NULL
         LEFT JOIN LATERAL (%(known)s) known ON TRUE
             WHERE input.id IN %(ids)s
               AND (wave.id IS NOT NULL
                    OR asked.id IS NOT NULL AND survey.access_mode = 'token')
          ORDER BY input.id
            """,
            today=self.env["res.company"]._edu_today_sql("company"),
            company=self.env.company.id,
            person=joins_of_person(SQL("company.id")),
            answers=self._edu_answers_query(),
            known=self._edu_known_query(),
            ids=tuple(self.ids),
        )

    def _edu_answers_query(self):
        return SQL(
            """
            SELECT jsonb_agg(jsonb_build_array(
                        question.edu_dimension,
                        COALESCE(question.edu_measure, %(experience)s),
                        line.value_scale, question.scale_min, question.scale_max)
                   ) AS list
              FROM survey_user_input_line line
              JOIN survey_question question ON question.id = line.question_id
             WHERE line.user_input_id = input.id
               AND line.answer_type = 'scale'
               AND line.skipped IS NOT TRUE
               AND question.edu_dimension IS NOT NULL
            """,
            experience=rule.EXPERIENCE,
        )

    def _edu_known_query(self):
        """Return the latest expectation of each dimension, the same person's."""
        return SQL(
            """
            SELECT jsonb_object_agg(dimension, expectation) AS expectations
              FROM (SELECT DISTINCT ON (dimension) dimension, expectation
                      FROM edu_satisfaction_score
                     WHERE COALESCE(learner_id, partner_id) = about.id
                       AND partner_id IS NOT NULL
                       AND company_id = company.id
                       AND has_expectation
                  ORDER BY dimension, date DESC, id DESC) latest
            """
        )
