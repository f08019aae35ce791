from odoo import api, models
from odoo.tools import SQL

from .edu_survey_invitation import DONE, OPENED, PARTIAL, SENT
from .person_sql import joins_of_person

INVITED = (SENT, OPENED, PARTIAL, DONE)
# By what those who answered are compared with those who were invited.
SEGMENTS = ("method", "stage_id", "tier_id", "tenure")
ENROLLMENT = (
    "learner_id",
    "payer_id",
    "date_start",
    "company_id",
    "state",
    "stage_id",
)


class EduSurveyInvitation(models.Model):
    """Who was invited, and who of them answered: counted by what is known of them."""

    _inherit = "edu.survey.invitation"

    @api.model
    def _counts(self, query):
        """Return ``{wave id: {(state, reason): number}}`` of the invitations."""
        counts = {}
        if query.is_empty():
            return counts
        names = ("wave_id", "state", "skip_reason")
        columns = [self._field_to_sql(self._table, name, query) for name in names]
        query.groupby = SQL(", ").join(columns)
        rows = self.env.execute_query(query.select(*columns, SQL("count(*)")))
        query.groupby = None
        for wave_id, state, reason, number in rows:
            counts.setdefault(wave_id, {})[state, reason] = number
        return counts

    @api.model
    def _segments(self, query, wave):
        """Return ``{segment: {key: (invited, answered)}}``; what is unknown is None.

        Counted is the person the survey is about: the learner, or else who was asked.
        Stage and tier are found as those of scores are: both stand on one page. The
        tenure is that on the first day of the wave.
        """
        segments = {name: {} for name in SEGMENTS}
        if query.is_empty():
            return segments
        # Nothing of them waits to be written.
        self.env["res.partner"].flush_model(["edu_stage_ids", "edu_tier_id"])
        self.env["edu.enrollment"].flush_model(ENROLLMENT)
        columns = [SQL.identifier(name) for name in SEGMENTS]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT GROUPING(%(columns)s), %(columns)s, count(*),
                       count(*) FILTER (WHERE is_done)
                  FROM (%(facts)s) facts
              GROUP BY GROUPING SETS (%(sets)s)
                """,
                columns=SQL(", ").join(columns),
                sets=SQL(", ").join(SQL("(%s)", column) for column in columns),
                facts=self._segment_facts(query, wave),
            )
        )
        for level, *keys, invited, answered in rows:
            number = next(i for i in range(4) if not level >> (3 - i) & 1)
            segments[SEGMENTS[number]][keys[number]] = (invited, answered)
        return segments

    @api.model
    def _segment_facts(self, query, wave):
        return SQL(
            """
            SELECT invitation.method,
                   COALESCE(enrollment.stage_id, stage.id) AS stage_id,
                   COALESCE(about.edu_tier_id, asked.edu_tier_id) AS tier_id,
                   CASE WHEN since.first_day IS NULL THEN 'none'
                        WHEN since.first_day > wave.date_start - 182 THEN 'new'
                        WHEN since.first_day > wave.date_start - 365 THEN 'year'
                        WHEN since.first_day > wave.date_start - 730 THEN 'second_year'
                        ELSE 'longer' END AS tenure,
                   invitation.state = %(done)s AS is_done
              FROM edu_survey_invitation invitation
              JOIN edu_survey_wave wave ON wave.id = invitation.wave_id
              JOIN res_partner about
                ON about.id = COALESCE(invitation.learner_id, invitation.partner_id)
              JOIN res_partner asked ON asked.id = invitation.partner_id
              %(person)s
         LEFT JOIN LATERAL (
                   SELECT least(
                       (SELECT min(date_start) FROM edu_enrollment
                         WHERE learner_id = about.id),
                       (SELECT min(date_start) FROM edu_enrollment
                         WHERE payer_id = about.id)) AS first_day) since ON TRUE
             WHERE invitation.wave_id = %(wave)s
               AND invitation.state IN %(invited)s
               AND invitation.id IN %(ids)s
            """,
            person=joins_of_person(SQL("wave.company_id")),
            done=DONE,
            wave=wave.id,
            invited=INVITED,
            ids=query.subselect(),
        )
