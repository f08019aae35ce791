from odoo import api, models
from odoo.tools import SQL

from .edu_satisfaction_score import PERSON

# What an answer may be told apart by; an anonymous wave keeps one of them at most.
SEGMENTS = (
    "stage_id",
    "type_id",
    "tier_id",
    "course_id",
    "teacher_id",
    "team_id",
    "role",
    "method",
)


class EduSatisfactionScore(models.Model):
    """Scores of an anonymous wave carry the one characteristic it is published by.

    Two of them together would name people: the only learner of a stage in a course.
    """

    _inherit = "edu.satisfaction.score"

    @api.model_create_multi
    def create(self, vals_list):
        # Who knows that a wave is not anonymous says so: no query for it.
        unsure = [vals for vals in vals_list if vals.get("is_anonymous") is not False]
        waves = self.env["edu.survey.wave"].browse(
            {vals["wave_id"] for vals in unsure if vals.get("wave_id")}
        )
        # sudo: whether a wave is anonymous binds everybody who answers
        secret = {w.id: w for w in waves.sudo() if w.is_anonymous}
        for vals in vals_list:
            if wave := secret.get(vals.get("wave_id")):
                hidden = {*PERSON, *SEGMENTS} - {wave.anonymous_by}
                vals.update(
                    dict.fromkeys(hidden, False),
                    is_anonymous=True,
                    date=wave.date_start,
                )
        scores = super().create(vals_list)
        if secret:
            # sudo: whose rows these are is known here only
            scores.sudo().filtered("is_anonymous")._cut_times()
        return scores

    def _cut_times(self):
        """Let the rows be made by the system on the first day of the wave."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE edu_satisfaction_score SET create_uid = 1, write_uid = 1,"
                " create_date = date, write_date = date WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(flush=False)
