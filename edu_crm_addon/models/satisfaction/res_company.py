from odoo import fields, models

from ...logic import satisfaction as rule

THRESHOLDS = ("edu_at_risk_below", "edu_loyal_from")


class ResCompany(models.Model):
    """How often customers are asked, from which score on somebody calls, and when who
    was dissatisfied is asked whether it is better now.

    What a score means here: zones of loyalty, and the weights of the index.
    """

    _inherit = "res.company"

    # Surveys
    edu_survey_rest_days = fields.Integer(
        string="Rest between surveys",
        default=30,
        help="Days during which a contact is not invited to another survey. 0: none.",
    )
    edu_low_score = fields.Integer(
        string="Low score",
        default=40,
        help="A score of 0 to 100; at or under it somebody follows up.",
    )
    edu_reask_days = fields.Integer(
        string="Ask again after",
        default=7,
        help="Days after a low score was followed up. 0: by hand only.",
    )
    # Zones
    edu_at_risk_below = fields.Integer(
        string="Customers at risk below",
        default=50,
        help="A customer whose satisfaction is lower may leave.",
    )
    edu_loyal_from = fields.Integer(
        string="Loyal customers from",
        default=80,
        help="From this satisfaction on loyalty rises sharply.",
    )
    # Weights
    edu_weight_teaching = fields.Integer(string="Weight of teaching", default=25)
    edu_weight_product = fields.Integer(string="Weight of products", default=25)
    edu_weight_service = fields.Integer(string="Weight of service", default=25)
    edu_weight_price = fields.Integer(string="Weight of the price", default=25)
    edu_weight_overall = fields.Integer(string="Weight of the overall score", default=0)

    _edu_survey_numbers_plausible = models.Constraint(
        "CHECK (edu_survey_rest_days BETWEEN 0 AND 3650"
        " AND edu_low_score BETWEEN 0 AND 100)",
        "The rest lasts 0 to 3650 days; a low score is one of 0 to 100.",
    )
    _edu_reask_days_plausible = models.Constraint(
        "CHECK (edu_reask_days BETWEEN 0 AND 365)",
        "The customer is asked again within a year, or not at all.",
    )
    _edu_zones_in_order = models.Constraint(
        "CHECK (edu_at_risk_below BETWEEN 0 AND edu_loyal_from"
        " AND edu_loyal_from <= 100)",
        "The limits of the satisfaction zones lie between 0 and 100, in this order.",
    )
    _edu_weights_not_negative = models.Constraint(
        "CHECK (LEAST(edu_weight_teaching, edu_weight_product, edu_weight_service,"
        " edu_weight_price, edu_weight_overall) >= 0)",
        "A weight cannot be negative.",
    )

    def write(self, vals):
        moved = self.filtered(
            lambda company: any(
                name in vals and company[name] != vals[name] for name in THRESHOLDS
            )
        )
        result = super().write(vals)
        if moved:
            self._refresh_satisfaction_zones()
        return result

    def _refresh_satisfaction_zones(self):
        """Sort the contacts anew, whichever company they belong to."""
        # sudo: the zones follow, whoever may see the contacts
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        partners.search([("edu_satisfaction_on", "!=", False)])._refresh_satisfaction()

    def _satisfaction_weights(self):
        """Return how much each dimension counts in the index, by its code."""
        company = self.sudo()  # sudo: everybody may know
        return {
            rule.TEACHING: company.edu_weight_teaching,
            rule.PRODUCT: company.edu_weight_product,
            rule.SERVICE: company.edu_weight_service,
            rule.PRICE: company.edu_weight_price,
            rule.OVERALL: company.edu_weight_overall,
        }
