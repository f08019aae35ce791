from odoo import api, fields, models
from odoo.tools import SQL

from ...const import GROUP_LEADER, GROUP_READONLY
from ...logic import satisfaction as rule


class ResPartner(models.Model):
    """The index of a contact: its latest scores, weighted as the company does."""

    _inherit = "res.partner"

    edu_satisfaction_index = fields.Float(
        string="Satisfaction index",
        compute="_compute_edu_satisfaction_index",
        digits=(5, 1),
        groups=GROUP_READONLY,
        help="The latest score of each content, weighted as the settings say.",
    )
    edu_score_count = fields.Integer(
        string="Satisfaction scores",
        compute="_compute_edu_score_count",
        groups=GROUP_LEADER,
    )

    @api.depends("edu_satisfaction_on")
    @api.depends_context("company")
    def _compute_edu_satisfaction_index(self):
        values = self._latest_experiences()
        weights = self.env.company._satisfaction_weights()
        for partner in self:
            known = values.get(partner._origin.id, {})
            partner.edu_satisfaction_index = rule.index(known, weights) or 0

    def _latest_experiences(self):
        """Return ``{partner id: {dimension: score}}`` in the current company."""
        if not self._origin.ids:
            return {}
        self.env["edu.satisfaction.score"].flush_model()
        query = SQL(
            """
            SELECT who.id, content.dimension, latest.experience
              FROM UNNEST(%(ids)s) AS who(id)
        CROSS JOIN UNNEST(%(dimensions)s) AS content(dimension)
              JOIN LATERAL (%(latest)s LIMIT 1) latest ON TRUE
             WHERE latest.company_id = %(company)s
            """,
            ids=self._origin.ids,
            dimensions=list(rule.DIMENSIONS),
            latest=self._latest_scores_query(SQL("content.dimension"), limit=1),
            company=self.env.company.id,
        )
        values = {}
        for partner_id, dimension, score in self.env.execute_query(query):
            values.setdefault(partner_id, {})[dimension] = score
        return values

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_edu_score_count(self):
        counts = dict.fromkeys(self._origin, 0)
        rows = self.env["edu.satisfaction.score"]._read_group(
            self._edu_score_domain(), ["partner_id", "learner_id"], ["__count"]
        )
        for asked, learner, count in rows:
            for partner in asked | learner:
                if partner in counts:
                    counts[partner] += count
        for partner in self:
            partner.edu_score_count = counts.get(partner._origin, 0)

    def _edu_score_domain(self):
        ids = self._origin.ids
        return ["|", ("partner_id", "in", ids), ("learner_id", "in", ids)]

    def action_edu_open_scores(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_satisfaction_score_action",
            self._edu_score_domain(),
            {"search_default_experience": 0},
        )
