from odoo import api, models

from ..complaint.edu_complaint_priority import PRIORITIES


class EduComplaint(models.Model):
    """Customers of a high tier come first, and are promised to be answered sooner."""

    _inherit = "edu.complaint"

    # The tier as it is when the complaint is classified: a later one moves nothing.
    @api.depends("partner_id")
    def _compute_priority_proposed(self):
        result = super()._compute_priority_proposed()
        for complaint in self:
            # sudo: the order of work does not depend on who sees the customer
            steps = complaint.sudo().partner_id.edu_tier_id.priority_steps
            if steps:
                codes = [code for code, _label in PRIORITIES]
                place = codes.index(complaint.priority_proposed) + steps
                complaint.priority_proposed = codes[min(place, len(codes) - 1)]
        return result

    @api.depends("partner_id")
    def _compute_priority(self):
        return super()._compute_priority()

    def _promise_days(self, kind):
        days = super()._promise_days(kind)
        # sudo: as above
        sooner = self.sudo().partner_id.edu_tier_id.days_sooner
        return days and max(days - sooner, 1)
