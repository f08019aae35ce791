from odoo import models

DATES = frozenset({"date_start", "date_end"})


class EduCourseRun(models.Model):
    """A run on other days is another agreement with everybody who signed for it."""

    _inherit = "edu.course.run"

    def write(self, vals):
        result = super().write(vals)
        if not DATES.isdisjoint(vals):
            # sudo: who plans the run changes what their orders promised
            orders = self.sudo().enrollment_ids.order_id
            orders._edu_review_contracts()
        return result
