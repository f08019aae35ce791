from odoo import models


class EduEducationType(models.Model):
    """How the customer's education is run: public, private, international, online."""

    _name = "edu.education.type"
    _description = "Education type"
    _inherit = "edu.catalogue.mixin"
