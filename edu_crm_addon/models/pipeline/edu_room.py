from odoo import fields, models


class EduRoom(models.Model):
    """A room in which lessons are held; without company, shared by all of them."""

    _name = "edu.room"
    _description = "Room"
    _inherit = "edu.catalogue.mixin"
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(translate=False)
    capacity = fields.Integer(help="Number of seats. 0: not known.")
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code <> ''",
        "This code is already used by another room.",
    )
    _capacity_positive = models.Constraint(
        "CHECK (capacity >= 0)", "The capacity of a room cannot be negative."
    )
