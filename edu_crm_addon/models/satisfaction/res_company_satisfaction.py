from odoo import fields, models

from ...logic import satisfaction as rule

THRESHOLDS = ("edu_at_risk_below", "edu_loyal_from")


class ResCompany(models.Model):
    """What a score means here: zones of loyalty, and the weights of the index."""

    _inherit = "res.company"

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
    edu_weight_teaching = fields.Integer(string="Weight of teaching", default=25)
    edu_weight_product = fields.Integer(string="Weight of products", default=25)
    edu_weight_service = fields.Integer(string="Weight of service", default=25)
    edu_weight_price = fields.Integer(string="Weight of the price", default=25)
    edu_weight_overall = fields.Integer(string="Weight of the overall score", default=0)

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
