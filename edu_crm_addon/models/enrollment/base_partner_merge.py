from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _drop_row(self, table, row_id):
        """An enrollment is never lost: two of the same course must be settled first."""
        if table != self.env["edu.enrollment"]._table:
            return super()._drop_row(table, row_id)
        enrollment = self.env["edu.enrollment"].sudo().browse(row_id)
        raise UserError(
            self.env._(
                "Both contacts are enrolled in “%(course)s” from %(day)s on. Cancel "
                "one of the enrollments first: %(enrollment)s.",
                course=enrollment.course_id.name,
                day=enrollment.date_start,
                enrollment=enrollment.name,
            )
        )
