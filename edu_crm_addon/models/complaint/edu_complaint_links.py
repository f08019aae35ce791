from odoo import models


class EduComplaint(models.Model):
    """From a complaint to the documents it is about."""

    _inherit = "edu.complaint"

    def action_open_learner(self):
        return self._open_linked("learner_id")

    def action_open_enrollment(self):
        return self._open_linked("enrollment_id")

    def action_open_order(self):
        return self._open_linked("order_id")

    def action_open_invoice(self):
        return self._open_linked("invoice_id")

    def action_open_lead(self):
        return self._open_linked("lead_id")

    def action_open_merged_into(self):
        return self._open_linked("merged_into_id")

    def _open_linked(self, name):
        self.ensure_one()
        record = self[name]
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
