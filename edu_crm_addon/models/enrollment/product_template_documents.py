from odoo import fields, models

from ...const import GROUP_READONLY


class ProductTemplate(models.Model):
    """The documents that a course asks its learners for."""

    _inherit = "product.template"

    edu_document_type_ids = fields.Many2many(
        "edu.document.type",
        "edu_product_document_type_rel",
        "product_tmpl_id",
        "document_type_id",
        string="Documents required",
        ondelete="restrict",
        groups=GROUP_READONLY,
        help="Every new enrollment asks for these.",
    )
