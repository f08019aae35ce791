from datetime import timedelta

from odoo import api, fields, models


class SaleOrder(models.Model):
    """Confirmed orders make buyers; see ``logic/relationship.py``.

    A quotation changes nothing, so it costs nothing.
    """

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._confirmed_customers()._after_documents_changed()
        return orders

    def write(self, vals):
        if vals.keys().isdisjoint(("partner_id", "state", "date_order")):
            return super().write(vals)
        if vals.get("state") == "sale" and "partner_id" not in vals:
            return self._write_confirmation(vals)
        customers = self._confirmed_customers()
        result = super().write(vals)
        (customers | self._confirmed_customers())._after_documents_changed()
        return result

    def _write_confirmation(self, vals):
        """One order more of one customer needs no look at all its documents."""
        # sudo: the relationship is kept up whoever confirms the order
        orders = self.sudo()
        ahead = {}
        if len(orders) == 1 and orders.state != "sale":
            ahead = orders.partner_id._relationships_after_one_more_order()
        result = super().write(vals)
        if ahead and orders.date_order > fields.Datetime.now() - timedelta(days=1):
            for partner, relationship in ahead.items():
                partner.edu_relationship = relationship
        else:
            orders.partner_id._after_documents_changed()
        return result

    def _confirmed_customers(self):
        # sudo: the relationship is kept up whoever confirms the order
        return self.sudo().filtered(lambda order: order.state == "sale").partner_id
