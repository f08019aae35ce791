from odoo import fields, models

from ...const import GROUP_READONLY

KINDS = [
    ("introduction", "Course introduction"),
    ("plan", "Study plan"),
    ("case", "Success case"),
]


class ProductDocument(models.Model):
    """Documents of a course that advisers send to prospects."""

    _name = "product.document"
    _inherit = ["product.document", "edu.role.mixin"]

    edu_kind = fields.Selection(
        KINDS,
        string="Course information",
        help="Attached when course information is sent to a prospect.",
        groups=GROUP_READONLY,
    )
