from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # Surveys
    edu_survey_rest_days = fields.Integer(
        related="company_id.edu_survey_rest_days", readonly=False
    )
    edu_low_score = fields.Integer(related="company_id.edu_low_score", readonly=False)
    edu_reask_days = fields.Integer(related="company_id.edu_reask_days", readonly=False)
    # Zones and weights
    edu_at_risk_below = fields.Integer(
        related="company_id.edu_at_risk_below", readonly=False
    )
    edu_loyal_from = fields.Integer(related="company_id.edu_loyal_from", readonly=False)
    edu_weight_teaching = fields.Integer(
        related="company_id.edu_weight_teaching", readonly=False
    )
    edu_weight_product = fields.Integer(
        related="company_id.edu_weight_product", readonly=False
    )
    edu_weight_service = fields.Integer(
        related="company_id.edu_weight_service", readonly=False
    )
    edu_weight_price = fields.Integer(
        related="company_id.edu_weight_price", readonly=False
    )
    edu_weight_overall = fields.Integer(
        related="company_id.edu_weight_overall", readonly=False
    )
