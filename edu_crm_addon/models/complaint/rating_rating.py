from odoo import api, models
from odoo.exceptions import AccessError

COMPLAINT = "edu.complaint"


class RatingRating(models.Model):
    """Ratings of complaints come from customers only."""

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._edu_check_customers_own()
        return ratings

    def write(self, vals):
        self._edu_check_customers_own()
        result = super().write(vals)
        if {"res_model_id", "res_id", "res_model"} & vals.keys():
            self._edu_check_customers_own()
        return result

    @api.ondelete(at_uninstall=False)
    def _edu_unlink_except_complaints(self):
        self._edu_check_customers_own()

    def _edu_check_customers_own(self):
        if not self.env.su and COMPLAINT in self.mapped("res_model"):
            raise AccessError(
                self.env._("Only the customer rates a complaint; staff change nothing.")
            )
