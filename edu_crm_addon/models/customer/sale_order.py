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
        ahead = self._relationships_ahead(vals)
        customers = self._confirmed_customers()
        result = super().write(vals)
        if ahead and self._is_of_today():
            for partner, relationship in ahead.items():
                partner._set_relationship(relationship)
        else:
            (customers | self._confirmed_customers())._after_documents_changed()
        return result

    def _relationships_ahead(self, vals):
        """One order more of one customer needs no look at all its documents."""
        if vals.get("state") != "sale" or "partner_id" in vals or len(self) != 1:
            return {}
        order = self.sudo()  # sudo: as in `_confirmed_customers`
        if order.state == "sale":
            return {}
        return order.partner_id._relationships_after_one_more_order()

    def _is_of_today(self):
        return self.date_order > fields.Datetime.now() - timedelta(days=1)

    def _confirmed_customers(self):
        # sudo: the relationship is kept up whoever confirms the order
        return self.sudo().filtered(lambda order: order.state == "sale").partner_id
