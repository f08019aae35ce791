from odoo import api, models


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
        customers = self._confirmed_customers()
        result = super().write(vals)
        (customers | self._confirmed_customers())._after_documents_changed()
        return result

    def _confirmed_customers(self):
        # sudo: the relationship is kept up whoever confirms the order
        return self.sudo().filtered(lambda order: order.state == "sale").partner_id
