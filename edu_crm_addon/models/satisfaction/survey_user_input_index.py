from odoo import api, fields, models

from ...const import GROUP_LEADER
from ...logic import satisfaction as rule


class SurveyUserInput(models.Model):
    """The scores of an answer, and their mean as the company weights them."""

    _inherit = "survey.user_input"

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

    @api.depends("edu_score_ids")
    def _compute_edu_satisfaction_index(self):
        for answer in self:
            scores = answer.edu_score_ids.filtered("has_experience")
            values = {score.dimension: score.experience for score in scores}
            weights = scores.company_id._satisfaction_weights() if scores else {}
            answer.edu_satisfaction_index = rule.index(values, weights) or 0
