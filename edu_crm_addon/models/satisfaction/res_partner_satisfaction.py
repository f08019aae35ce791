from odoo import fields, models
from odoo.tools import SQL

from ...const import GROUP_READONLY
from ...logic import satisfaction as rule
from ..customer.res_partner import ResPartner as Customer

TRENDS = [
    (rule.UP, "Rising"),
    (rule.SAME, "Unchanged"),
    (rule.DOWN, "Falling"),
    (rule.NONE, "First score"),
]
FIGURES = ("edu_satisfaction", "edu_satisfaction_on", "edu_satisfaction_trend")


class ResPartner(models.Model):
    """How satisfied the contact was last: by its own answer, or one about it.

    Follows from the scores of overall satisfaction, and is stored to be searched and
    listed. A contact that was never asked has no date.
    """

    _inherit = "res.partner"
    _edu_derived_fields = Customer._edu_derived_fields | {*FIGURES}

    edu_satisfaction = fields.Float(
        string="Satisfaction",
        readonly=True,
        copy=False,
        digits=(5, 1),
        aggregator="avg",
        groups=GROUP_READONLY,
        help="The latest score of overall satisfaction, 0 to 100.",
    )
    edu_satisfaction_on = fields.Date(
        string="Satisfaction asked on",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_satisfaction_trend = fields.Selection(
        TRENDS,
        string="Satisfaction trend",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="Compared with the score before; less than 5 points are no change.",
    )

    def _refresh_satisfaction(self):
        """Take the figures from the latest two scores, by one plain update."""
        if not self.ids:
            return
        self.env["edu.satisfaction.score"].flush_model()
        self.flush_recordset(FIGURES)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner partner
                   SET edu_satisfaction = latest.scores[1],
                       edu_satisfaction_on = latest.day,
                       edu_satisfaction_trend = CASE
                            WHEN latest.scores[1] IS NULL THEN NULL
                            WHEN latest.scores[2] IS NULL THEN %(none)s
                            WHEN latest.scores[1] - latest.scores[2] >= %(step)s
                            THEN %(up)s
                            WHEN latest.scores[2] - latest.scores[1] >= %(step)s
                            THEN %(down)s
                            ELSE %(same)s END
                  FROM (SELECT who.id,
                               MAX(score.date) AS day,
                               ARRAY_AGG(score.experience
                                    ORDER BY score.date DESC, score.id DESC) AS scores
                          FROM UNNEST(%(ids)s) AS who(id)
                     LEFT JOIN LATERAL (%(own)s UNION %(about)s) score ON TRUE
                      GROUP BY who.id) latest
                 WHERE partner.id = latest.id
                """,
                none=rule.NONE,
                up=rule.UP,
                down=rule.DOWN,
                same=rule.SAME,
                step=rule.TREND_STEP,
                ids=self.ids,
                own=self._latest_scores_query(SQL("partner_id")),
                about=self._latest_scores_query(
                    SQL("COALESCE(learner_id, partner_id)")
                ),
            )
        )
        self.invalidate_recordset(FIGURES, flush=False)
        self.modified(FIGURES)

    def _latest_scores_query(self, person):
        return SQL(
            """
            (SELECT id, date, experience
               FROM edu_satisfaction_score
              WHERE %s = who.id
                AND partner_id IS NOT NULL
                AND dimension = %s
                AND has_experience
           ORDER BY date DESC, id DESC
              LIMIT 2)
            """,
            person,
            rule.OVERALL,
        )
