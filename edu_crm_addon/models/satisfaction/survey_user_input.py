from odoo import api, fields, models
from odoo.tools import SQL

from ...const import GROUP_AGENT, GROUP_LEADER, GROUP_READONLY
from ...logic import satisfaction as rule
from .edu_satisfaction_score import PERSON
from .edu_survey_campaign import METHODS
from .person_sql import joins_of_person

JOB = "survey_follow_up"
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
    """An answer to a wave: how it was given, who typed it in, and what it scores.

    In an anonymous wave ``edu_invitation_id`` is there only while it is filled in. It
    tells the invitation how far it is. Answers become scores when they are done: once,
    and never those of a test; two queries for any number of answers, and one for the
    contacts. A low score is followed up; trouble with that never stops who answers.
    """

    _name = "survey.user_input"
    _inherit = ["survey.user_input", "edu.role.mixin"]
    # Set by links and buttons; forged, an answer would change its wave or its author.
    _edu_derived_fields = frozenset(
        {
            "edu_wave_id",
            "edu_invitation_id",
            "edu_is_anonymous",
            "edu_method",
            "edu_interviewer_id",
        }
    )

    edu_wave_id = fields.Many2one(
        "edu.survey.wave",
        string="Wave",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=GROUP_READONLY,
    )
    edu_invitation_id = fields.Many2one(
        "edu.survey.invitation",
        string="Invitation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_READONLY,
    )
    edu_is_anonymous = fields.Boolean(
        string="Anonymous answer", readonly=True, copy=False, groups=GROUP_READONLY
    )
    edu_method = fields.Selection(
        METHODS, string="Method", readonly=True, copy=False, groups=GROUP_READONLY
    )
    edu_interviewer_id = fields.Many2one(
        "res.users",
        string="Interviewer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=GROUP_READONLY,
    )
    edu_score_ids = fields.One2many(
        "edu.satisfaction.score",
        "input_id",
        string="Satisfaction scores",
        readonly=True,
        groups=GROUP_LEADER,
    )
    edu_satisfaction_index = fields.Float(
        string="Satisfaction index",
        compute="_compute_edu_satisfaction_index",
        digits=(5, 1),
        groups=GROUP_LEADER,
        help="The scores of this answer, weighted as the settings say.",
    )

    # Two tabs, or two workers, make one answer.
    _edu_invitation_once = models.UniqueIndex(
        "(edu_invitation_id) WHERE edu_invitation_id IS NOT NULL",
        "This invitation has its answer already.",
    )

    @api.depends("edu_score_ids")
    def _compute_edu_satisfaction_index(self):
        for answer in self:
            scores = answer.edu_score_ids.filtered("has_experience")
            values = {score.dimension: score.experience for score in scores}
            weights = scores.company_id._satisfaction_weights() if scores else {}
            answer.edu_satisfaction_index = rule.index(values, weights) or 0

    # ------------------------------------------------------------------ filling in
    def write(self, vals):
        result = super().write(vals)
        # The host notes the page after each that was sent, the last one too.
        if vals.get("last_displayed_page_id"):
            self.filtered(
                lambda answer: answer.state == "in_progress"
            ).sudo().edu_invitation_id._set_partial()
        return result

    def _mark_done(self):
        # Before the host: the rules of anonymity may cut the link to the person, and of
        # an anonymous answer nothing leads to the invitation later.
        fresh = self.filtered(lambda i: i.state != "done" and not i.test_entry)
        vals_list = fresh.sudo()._edu_score_vals()  # sudo: whoever answers
        self.sudo().edu_invitation_id._set_done()
        result = super()._mark_done()
        fresh._edu_store_scores(vals_list)
        return result

    def _set_interviewer(self, method, interviewer):
        """Note who types in the answer from now on, or that the customer does."""
        self.write(
            {
                "edu_method": method,
                "edu_interviewer_id": interviewer.id if interviewer else False,
            }
        )

    def _edu_may_fill_in(self):
        """Tell whether the user, who is not the contact of the answer, may fill it in.

        An interviewer may, who has begun it; an anonymous answer has no contact.
        """
        self.ensure_one()
        answer = self.sudo()
        if answer.edu_is_anonymous:
            asked = answer.edu_invitation_id.partner_id
            return not asked or asked == self.env.user.partner_id
        return answer.edu_interviewer_id == self.env.user and self.env.user.has_group(
            GROUP_AGENT
        )

    def _get_line_answer_values(self, question, answer, answer_type):
        if answer_type == "scale":
            answer = question._edu_scale_answer(answer)
        return super()._get_line_answer_values(question, answer, answer_type)

    # ------------------------------------------------------------------ scores
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
        follow_ups = self.env["edu.satisfaction.follow.up"].sudo()
        todo = scores.filtered("is_reask") | follow_ups._scores_to_follow(scores)
        if todo:
            sheets = todo.input_id
            # sudo: what fails is listed for the staff, and tried again at night
            failures = self.env["edu.job.failure"].sudo()
            failures._run_batch(JOB, sheets, type(self)._edu_follow_scores)

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

    # ------------------------------------------------------------------ following up
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
