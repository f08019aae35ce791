from odoo import models


class SaleOrderLine(models.Model):
    """Order and invoice name the learner: siblings in one course are told apart.

    The description stays as it was typed; where it is shown the learner is added.
    """

    _inherit = "sale.order.line"

    def _edu_learner_text(self):
        """Return whom the line is for, in the customer's words; empty if no course."""
        self.ensure_one()
        # sudo: who sees the line sees whom it is for, the customer above all
        name = self.sudo().edu_learner_id.name
        if not name or not self._edu_courses():
            return ""
        lang = self.order_id._get_lang()
        return self.with_context(lang=lang).env._("Learner: %s", name)

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if text := self._edu_learner_text():
            values["name"] = f"{values['name']}\n{text}"
        return values
