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
ZONES = [
    (rule.AT_RISK, "At risk"),
    (rule.INDIFFERENT, "Indifferent"),
    (rule.LOYAL, "Loyal"),
]
FIGURES = (
    "edu_satisfaction",
    "edu_satisfaction_on",
    "edu_satisfaction_gap",
    "edu_satisfaction_trend",
    "edu_satisfaction_zone",
)


class ResPartner(models.Model):
    """How satisfied the contact was last: by its own answer, or one about it.

    Follows from the scores of overall satisfaction, and is stored to be searched and
    listed. A contact that never answered has no date; zero is a score.
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
        string="Satisfaction as of",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )
    edu_satisfaction_gap = fields.Float(
        string="Compared with expectation",
        readonly=True,
        copy=False,
        digits=(5, 1),
        aggregator="avg",
        groups=GROUP_READONLY,
        help="Experience minus expectation; below zero the customer is dissatisfied.",
    )
    edu_satisfaction_trend = fields.Selection(
        TRENDS,
        string="Satisfaction trend",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="Compared with the score before; less than 5 points are no change.",
    )
    edu_satisfaction_zone = fields.Selection(
        ZONES,
        string="Satisfaction zone",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="What the score lets expect of loyalty; the settings say from where on.",
    )

    def _refresh_satisfaction(self):
        """Take the figures from the latest two scores, by one plain update."""
        if not self.ids:
            return
        self.env["edu.satisfaction.score"].flush_model()
        self.env["res.company"].flush_model(["edu_at_risk_below", "edu_loyal_from"])
        self.flush_recordset(FIGURES)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner partner
                   SET edu_satisfaction = figures.score,
                       edu_satisfaction_on = figures.date,
                       edu_satisfaction_gap = figures.gap,
                       edu_satisfaction_trend = figures.trend,
                       edu_satisfaction_zone = figures.zone
                  FROM (%s) figures
                 WHERE partner.id = figures.id
                   AND (partner.edu_satisfaction, partner.edu_satisfaction_on,
                        partner.edu_satisfaction_gap, partner.edu_satisfaction_trend,
                        partner.edu_satisfaction_zone) IS DISTINCT FROM
                       (figures.score, figures.date,
                        figures.gap, figures.trend,
                        figures.zone)
                """,
                self._satisfaction_figures_query(),
            )
        )
        self.invalidate_recordset(FIGURES, flush=False)
        self.modified(FIGURES)

    def _satisfaction_figures_query(self):
        return SQL(
            """
            SELECT who.id, latest.experience AS score, latest.date, latest.gap,
                   CASE WHEN latest.id IS NULL THEN NULL
                        WHEN before.id IS NULL THEN %(none)s
                        WHEN latest.experience - before.experience >= %(step)s
                        THEN %(up)s
                        WHEN before.experience - latest.experience >= %(step)s
                        THEN %(down)s
                        ELSE %(same)s END AS trend,
                   CASE WHEN latest.id IS NULL THEN NULL
                        WHEN latest.experience < company.edu_at_risk_below
                        THEN %(at_risk)s
                        WHEN latest.experience >= company.edu_loyal_from
                        THEN %(loyal)s
                        ELSE %(indifferent)s END AS zone
              FROM UNNEST(%(ids)s) AS who(id)
         LEFT JOIN LATERAL (%(latest)s LIMIT 1) latest ON TRUE
         LEFT JOIN LATERAL (%(latest)s LIMIT 1 OFFSET 1) before ON TRUE
         LEFT JOIN res_company company ON company.id = latest.company_id
            """,
            none=rule.NONE,
            up=rule.UP,
            down=rule.DOWN,
            same=rule.SAME,
            step=rule.TREND_STEP,
            at_risk=rule.AT_RISK,
            indifferent=rule.INDIFFERENT,
            loyal=rule.LOYAL,
            ids=self.ids,
            latest=self._latest_scores_query(SQL("%s", rule.OVERALL)),
        )

    def _latest_scores_query(self, dimension, limit=2):
        """Return the scores by, or about, the contact ``who.id``, the latest first."""
        queries = [
            SQL(
                """
                (SELECT id, date, company_id, experience, gap
                   FROM edu_satisfaction_score
                  WHERE %s = who.id
                    AND partner_id IS NOT NULL
                    AND dimension = %s
                    AND has_experience
               ORDER BY date DESC, id DESC
                  LIMIT %s)
                """,
                person,
                dimension,
                limit,
            )
            for person in (SQL("partner_id"), SQL("COALESCE(learner_id, partner_id)"))
        ]
        return SQL("%s UNION %s ORDER BY date DESC, id DESC", *queries)
