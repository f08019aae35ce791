from odoo import models


class ResUsers(models.Model):
    """A user has the fields of its contact, so their rules hold here too."""

    _name = "res.users"
    _inherit = ["res.users", "edu.role.mixin"]

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        return self.partner_id._without_customer_numbers(vals_list, default or {})
