from odoo import models

# Codes that rules rely on; the rows are data.
LEARNER = "learner"
GUARDIAN = "guardian"
SUPPLIER = "product_supplier"


class EduCustomerNature(models.Model):
    """What a customer is to us: institution, investor, supplier, learner, guardian."""

    _name = "edu.customer.nature"
    _description = "Customer nature"
    _inherit = "edu.catalogue.mixin"
